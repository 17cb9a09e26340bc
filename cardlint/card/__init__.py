"""A model card: the metadata and the text as one tree."""
