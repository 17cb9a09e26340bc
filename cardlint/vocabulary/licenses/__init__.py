"""Licenses: the Hub's ids, the names that people write, and model families with their own license."""
