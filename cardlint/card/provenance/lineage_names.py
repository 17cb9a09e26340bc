"""The names of base models in a sentence: the filler words before them, several names, and what may follow them.

An expression that named the words which may not be there, at every place where they may not be, would take long to
compile. So these words get a mark in front of them, which is white space: an expression asks only for the mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from cardlint.card.provenance.lineage_match import NAME, any_of, words_of
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.lineage import english

__all__ = ["CLOSED", "FILLER", "FOUND", "NOT_CLOSED", "PREPOSITIONS", "Names", "Sentence", "names_at"]

CLOSED, OTHER, FOUND = MARKS = "\x1c\x1d\x1e"
"""Marks before words of a closed class, before nouns that make something else of a name, and before a phrase."""

PREPOSITIONS = ("for", "in", "of", "on", "to", "with", "and")
_CLOSED_WORDS = any_of((*english.CLOSED_CLASS, *PREPOSITIONS))
NOT_CLOSED = rf"(?!(?:{_CLOSED_WORDS})\b)"
_CLOSED_WORD = LazyPattern(rf"(?<!\w)(?=(?:{_CLOSED_WORDS})\b)")
_OTHER_WORD = LazyPattern(rf"(?<!\w)(?=(?:{any_of(english.OTHER_THINGS)})\b)")
_BLANKS = str.maketrans(MARKS, " " * len(MARKS))

# Behind "this model" a link leads to what was made from it: "quantized versions of this model: x".
_WORD = rf"(?<![{CLOSED}{OTHER}])(?!(?:this|these|it|its)\b)[\w'.+&#\"/-]{{1,40}}"
FILLER = (
    rf"(?:{_WORD},?\s+|\(\s*){{0,8}}?"
    r"(?:(?:weights|checkpoint|version|variant|parameters|model|release)\s+of\s+(?:the\s+)?"
    rf"(?:{_WORD}\s+){{0,4}}?)?[(\[\"\u201c\s]*"
)
"""An expression for the words between a phrase and a name, in the marked text of a sentence."""

_NAME = LazyPattern(NAME)
_CONNECTED = LazyPattern(r"\s*[)\]]?\s*(?:,\s*and\b|,|\+|&|\band\b|\bwith\b|\u00d7)")
_BETWEEN = LazyPattern(rf"\s*(?:the\s+)?(?:{_WORD}\s+){{0,3}}?")
_MOST = 13  # names
_TAIL = LazyPattern(
    rf"(?!\s*[)\]\"\u201d]*\s+as\s+(?:an?\s+|the\s+|our\s+)?(?:[\w-]+\s+)?(?:{any_of(english.OTHER_ROLES)})\b)"
    rf"(?=\s*[)\]\"\u201d]*\s*(?:$|[.,;:!?\u2013\u2014(\[+|]|-\s|\n|(?:{any_of(english.FOLLOWERS)})(?!\w)"
    rf"|(?:(?<!{OTHER})[\w/.-]{{1,40}}\s+){{0,4}}?(?:{any_of(english.MODEL_NOUNS)})\b(?!-)"
    rf"|(?<!{OTHER})[\w-]{{1,30}}\s+(?:using|on|in|with|for)\b))"
)


class Sentence:
    """A sentence in lower case, with marks in place of names."""

    def __init__(self, text: str) -> None:
        self.text = text.translate(_BLANKS)  # it could have such white space by itself
        self.words = words_of(text)

    @cached_property
    def marked(self) -> str:
        """The text with marks before the words that are not filler words."""
        return _in_filler(self.text)

    def place(self, place: int) -> int:
        """Return the place in the text of a place in the marked text."""
        return place - sum(self.marked.count(mark, 0, place) for mark in (CLOSED, OTHER))

    def before(self, places: Sequence[int], start: int) -> str:
        """Return the text from a start up to the last of some places, with a mark at each of them.

        Words of a closed class behind a blank have marks too.
        """
        parts = [self.text[begin:end] for begin, end in pairwise((start, *places))]
        return _with_marks("".join(part + FOUND for part in parts), _CLOSED_WORD, CLOSED)


class Names(Struct, frozen=True):
    """The range of names in a sentence, and the match of what follows them."""

    start: int
    end: int
    tail: re.Match[str]


def names_at(sentence: str, start: int, tail: LazyPattern[str] | None) -> Names | None:
    """Return the names that begin at a place; of several only as many as leave the tail behind them.

    Without a tail, the names may not be a part of another thing's name.
    """
    ends = [start + 1]
    while len(ends) < _MOST and (end := _next(sentence, ends[-1])) is not None:
        ends.append(end)
    for end in reversed(ends):
        match = _follows(sentence, end) if tail is None else tail.match(sentence, end)
        if match is not None:
            return Names(start, end, match)
    return None


def _next(sentence: str, place: int) -> int | None:
    """Return the end of the name that a conjunction joins to the name before a place, or None."""
    joined = _CONNECTED.match(sentence, place)
    name = _NAME.search(sentence, joined.end()) if joined else None
    if joined is None or name is None:
        return None
    between = _in_filler(sentence[joined.end() : name.start()])
    return name.end() if _BETWEEN.fullmatch(between) else None


def _follows(sentence: str, place: int) -> re.Match[str] | None:
    return _TAIL.match(_with_marks(sentence[place:], _OTHER_WORD, OTHER, frozenset(("", *')]"\u201d'))))


def _in_filler(text: str) -> str:
    behind = frozenset(("", "("))
    return _with_marks(_with_marks(text, _CLOSED_WORD, CLOSED, behind), _OTHER_WORD, OTHER, behind)


def _with_marks(text: str, word: LazyPattern[str], mark: str, behind: frozenset[str] = frozenset()) -> str:
    """Return a text with a mark before words behind white space, certain characters, or nothing: the empty string."""

    def replace(found: re.Match[str]) -> str:
        before = text[found.start() - 1 : found.start()]
        return mark if before.isspace() or before in behind else ""

    return word.sub(replace, text)
