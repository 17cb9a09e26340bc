"""The keys of a front matter: one table with a row per key, and one grammar for all values."""
