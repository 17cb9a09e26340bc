"""The Markdown report, and text that is safe inside Markdown."""
