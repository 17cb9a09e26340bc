"""`cardlint show`: the parsed card drawn for people, and as JSON."""
