"""The group `metrics`: the results in the metadata and in the body, compared."""
