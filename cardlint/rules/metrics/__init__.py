"""Rules of the group `metrics`."""
