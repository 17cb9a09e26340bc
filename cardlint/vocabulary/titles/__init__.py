"""Titles of sections and cards: the kind of section that a title names, and signs of the end of a title."""
