"""Formats for people at a terminal: code frames (`full`) and one line per finding (`concise`)."""
