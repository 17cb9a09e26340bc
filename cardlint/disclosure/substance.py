"""Sentences that state something, unlike placeholders, promises, refusals, references elsewhere and instructions."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from cardlint.card.text.placeholder_words import core, is_gap, is_note, is_placeholder
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.disclosure.non_statements import ANYWHERE, NO_NAMES, WHOLE
from cardlint.vocabulary.pending import ALONE, NO_NUMBER

__all__ = ["has_statement", "is_name", "is_statement", "sentences_of"]

_SENTENCE = LazyPattern(r"[^\s.!?。！？](?:[^.!?。！？]|[.!?](?=[^\s.!?]))*[.!?。！？]*")
_ANYWHERE = LazyPattern(ANYWHERE)
_WHOLE = LazyPattern(WHOLE)
_WORD = LazyPattern(r"[^\W\d_]{2,}|[^\W\d_\x00-\u02ff]")
_LONGEST = 600  # characters of a sentence that are read
_YOURS = LazyPattern(
    r"(?:your|my|some|the)[\s_-]?\w{0,20}[\s_-]?(?:dataset|data|model|license|name)s?|.*\b(?:todo|tbd)\b.*"
)


def sentences_of(text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
    """Yield the sentences of a visible text, or of a part of it."""
    return _SENTENCE.finditer(text, start, end)


def has_statement(text: str) -> bool:
    """Return True if any sentence of a text states something."""
    return any(is_statement(match[0]) for match in sentences_of(text))


def is_statement(sentence: str) -> bool:
    """Return True if a sentence states something; a question does not."""
    sentence = " ".join(sentence[:_LONGEST].split())
    words = core(sentence)
    if not words or is_placeholder(words) or is_gap(sentence, words) or is_note(sentence) or words in NO_NUMBER:
        return False
    if sentence.rstrip(" .").endswith(("?", "？")) or _WORD.search(words) is None:
        return False
    return _WHOLE.fullmatch(words) is None and _ANYWHERE.search(words) is None


def is_name(text: str) -> bool:
    """Return True if a value of the metadata may name a license, a model or a dataset."""
    words = core(text) or text.strip().lower()
    unnamed = is_placeholder(words) or words in ALONE or words in NO_NUMBER or words in NO_NAMES
    return bool(words) and not unnamed and _YOURS.fullmatch(words) is None
