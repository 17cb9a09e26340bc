"""Rules of the group `training`."""
