"""Formats for people at a terminal: code frames (`full`) and one line a finding (`concise`)."""
