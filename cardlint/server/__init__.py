"""`cardlint server`: the linter behind an editor, by the Language Server Protocol."""
