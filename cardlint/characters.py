"""Invisible characters of Unicode, each kind as a range for a class of characters."""

from __future__ import annotations

__all__ = ["DIRECTION_MARKS", "EMBEDDINGS", "INVISIBLE", "ISOLATES", "TAGS", "ZERO_WIDTH"]

DIRECTION_MARKS = "\u061c\u200e\u200f"
"""Marks with a direction, which texts in two scripts need."""

EMBEDDINGS = "\u202a-\u202e"
"""Controls that change the order in which the text after them is shown: embeddings, overrides, and their end."""

ISOLATES = "\u2066-\u2069"
"""The controls that replace embeddings, and keep their effect to the text between them."""

TAGS = "\U000e0000-\U000e007f"
"""Invisible copies of the characters of ASCII; only flags of regions are written with them."""

ZERO_WIDTH = "\u200b-\u200d\u2060\ufeff"
"""Spaces and joiners without a width; emoji and several scripts need the joiners."""

_OTHERS = "\xad\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"

INVISIBLE = f"{_OTHERS}{DIRECTION_MARKS}{EMBEDDINGS}{ISOLATES}{TAGS}"
"""Characters that are invisible or change the direction of the text; without the joiners."""
