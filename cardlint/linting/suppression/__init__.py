"""Comments in a card that suppress findings."""
