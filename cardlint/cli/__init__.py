"""The command line: read options and arguments, and call `cardlint.commands` with them."""
