"""What is more than a few lines behind a command: one module a command, functions that make the text it prints."""
