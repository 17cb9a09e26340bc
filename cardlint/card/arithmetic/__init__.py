"""Numbers of a card that follow from others, and those that do not."""
