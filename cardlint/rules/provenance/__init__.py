"""The group `provenance`: the base models, datasets and licenses of a model, and its name."""
