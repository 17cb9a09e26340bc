"""Licenses: the Hub's ids, the names that people write, and families with a license of their own."""
