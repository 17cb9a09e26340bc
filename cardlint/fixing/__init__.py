"""Fixing a card: choose edits, apply them in rounds, prove that they do no harm, and write the file."""
