"""The baseline: recorded findings that are ignored."""
