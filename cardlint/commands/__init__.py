"""The work behind the commands: one module per command, with functions that return the text it prints."""
