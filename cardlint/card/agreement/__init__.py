"""Claims of the metadata compared with claims of the body."""
