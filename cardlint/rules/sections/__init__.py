"""The group `sections`: the parts of the body that people read."""
