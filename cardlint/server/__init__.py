"""The language server: linting in an editor by the Language Server Protocol."""
