"""Rules of the group `metadata`."""
