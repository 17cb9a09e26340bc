"""Rules of the group `sections`."""
