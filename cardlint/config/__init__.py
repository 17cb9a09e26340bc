"""The configuration: its file, its keys, and which rules it selects for a card."""
