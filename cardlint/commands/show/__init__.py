"""The work of `cardlint show`: a picture of the parsed card, and the same as JSON."""
