"""Fixes applied to a card: choosing edits, applying them in rounds, proving them, and writing the file."""
