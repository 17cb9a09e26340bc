"""The keys of a front matter: one table with a row a key, and one grammar for the values of all."""
