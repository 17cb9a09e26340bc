"""The command line: options and arguments, turned into calls of `cardlint.commands`."""
