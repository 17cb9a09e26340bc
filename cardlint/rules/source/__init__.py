"""Rules of the group `source`."""
