"""The group `metadata`: the front matter, and the values of its keys."""
