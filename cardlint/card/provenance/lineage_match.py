"""Matches of the grammar of lineage sentences, and the helpers that build its expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from cardlint.card.provenance.named_text import BARE, MARK

__all__ = ["NAME", "Match", "any_of", "signs_of"]

NAME = f"[{MARK}{BARE}]"
"""An expression for the mark of a name."""


class Match(Struct, frozen=True):
    """The relation of a sentence, and the range in it that names the base models.

    `is_loose` is true if the words before the name may also precede what is not a model: a bare id is then none.
    `is_doubtful` is true after "based on", which may speak of the architecture alone. `needs_link` is true after
    "trained on", which may precede a dataset.
    """

    relation: str
    start: int
    end: int
    is_loose: bool = False
    is_doubtful: bool = False
    needs_link: bool = False


def any_of(words: Iterable[str]) -> str:
    """Return an expression for one of the words, the longest first, with any white space or hyphen between them."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+").replace(r"\-", "[\u2010\u2011-]?") for word in ordered)


def signs_of(*tables: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the longest word of each phrase of the tables, without hyphens."""
    phrases = (phrase for table in tables for each in table.values() for phrase in each)
    return tuple(dict.fromkeys(max(re.split(r"[{}~ -]+", phrase), key=len) for phrase in phrases))
