"""Dated facts as data: the Hub's lists and the texts of generators, each with its source and how to refresh it."""
