"""Matches of the grammar of lineage sentences, and the helpers that build its expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import product

from msgspec import Struct

from cardlint.card.provenance.named_text import BARE, MARK

__all__ = ["NAME", "Match", "Signs", "any_of", "phrases_of", "words_of"]

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


def any_of(phrases: Iterable[str]) -> str:
    """Return an expression for one of the phrases, the longest first, with any white space or hyphen between words.

    Phrases that begin with the same words share them: each word takes its time to compile.
    """
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(sorted(set(phrases)), key=len, reverse=True):
        first, _, rest = phrase.partition(" ")
        by_first.setdefault(first, []).append(rest)
    return "|".join(_word(first) + _rest(rests) for first, rests in by_first.items())


def _word(word: str) -> str:
    return re.escape(word).replace(r"\-", "[\u2010\u2011-]?")


def _rest(rests: Sequence[str]) -> str:
    """Return an expression for what follows the first word of phrases; nothing does in a phrase of one word."""
    longer = [rest for rest in rests if rest]
    if not longer:
        return ""
    following = any_of(longer)
    behind = rf"[\s-]+(?:{following})" if "|" in following else rf"[\s-]+{following}"
    return behind if longer == rests else f"(?:{behind})?"


def phrases_of(*tables: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the phrases of all relations of the tables."""
    return [phrase for table in tables for each in table.values() for phrase in each]


_WORD = re.compile(r"[^\W\d_]+")


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, without digits."""
    return frozenset(_WORD.findall(text))


class Signs:
    """The words of phrases, by which most texts without any of the phrases are known.

    Of a pair of lists of phrases a text has one phrase of each.
    """

    def __init__(self, phrases: Iterable[str], pairs: Iterable[tuple[Iterable[str], Iterable[str]]] = ()) -> None:
        self._pairs = [(Signs(first), Signs(second)) for first, second in pairs]
        self._by_word: dict[str, list[frozenset[str]]] = {}
        for words in sorted({words for phrase in phrases for words in _spelt(phrase)}, key=len):
            if not self.may_be_in(words):
                self._by_word.setdefault(max(sorted(words), key=len), []).append(words)

    def may_be_in(self, words: frozenset[str]) -> bool:
        """Return False for the words of a text, in lower case, that has none of the phrases."""
        return any(each <= words for word in self._by_word.keys() & words for each in self._by_word[word]) or any(
            first.may_be_in(words) and second.may_be_in(words) for first, second in self._pairs
        )


@cache
def _spelt(phrase: str) -> tuple[frozenset[str], ...]:
    """Return the words of a phrase, with each hyphen as a break between words, and without it."""
    parts = phrase.split("-")
    joints = product((" ", ""), repeat=len(parts) - 1)
    return tuple(words_of("".join(map(str.__add__, parts, (*each, "")))) for each in joints)
