"""Dated facts as data: what the Hub knows and what generators write, each with its source and how to refresh it."""
