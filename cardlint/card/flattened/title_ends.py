"""The end of a heading's title without its line break, estimated from the words on both sides of each place."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from cardlint.lazy_regex import LazyPattern

__all__ = ["LONGEST", "bare", "evidence", "likely_end", "prefixes", "without_decoration"]

LONGEST = 24
"""The most words in a title; hardly any title is longer."""

_NUMBERING = LazyPattern(r"\d+(?:\.\d+)*[.)]?")
_CJK_SENTENCE = LazyPattern(r"[，。：、；]")
_OWN_SHAPES = frozenset("-*+>|–—:&/")
_BEGINNINGS = (
    ("**", "bold"),
    ("__", "bold"),
    ("`", "code"),
    ("![", "image"),
    ("[", "link"),
    ("http:", "url"),
    ("https:", "url"),
    ("www.", "url"),
    ("<", "tag"),
    ("|", "pipe"),
    ("$", "math"),
    ("\\", "math"),
)


def likely_end(words: Sequence[str], start: int, limit: int, level: int) -> int:
    """Return the likeliest index after a title that begins at `start` and ends at `limit` at the latest.

    For each index there are odds that a title which has not ended before ends there. The likeliest index is the one
    with the highest probability that the title ends there and not before.
    """
    from cardlint.vocabulary.titles.title_ends import TITLES, WEIGHTS

    limit = min(limit, start + LONGEST)
    best, best_end = -math.inf, limit
    open_so_far = 0.0
    for end in range(start + 1, limit):
        odds = sum(WEIGHTS.get(sign, 0.0) for sign in evidence(words, start, end, level, TITLES))
        here = open_so_far - math.log1p(math.exp(-odds))
        if here > best:
            best, best_end = here, end
        open_so_far -= math.log1p(math.exp(odds))
    return best_end if best >= open_so_far else limit


def evidence(words: Sequence[str], start: int, end: int, level: int, titles: frozenset[str]) -> Iterator[str]:
    """Yield evidence for or against a title that ends before `end`; `titles` are known ones, as `bare` words."""
    title, before, behind = words[start:end], words[end - 1], words[end]
    further = words[end + 1] if end + 1 < len(words) else ""
    rank = "h1" if level == 1 else "hn"
    left, right, next_right, tail = shape(before), shape(behind), shape(further), _tail(before)
    yield from ("bias", rank, f"n={min(end - start, 12)}", f"{rank} n={min(end - start, 8)}")
    yield from (f"a={bare(before)}", f"b={bare(behind)}", f"c={bare(further)}")
    yield from (f"sa={left}", f"sb={right}", f"sc={next_right}", f"ta={tail}", f"ta,sb={tail},{right}")
    yield from (f"sa,sb={left},{right}", f"sb,sc={right},{next_right}", f"sa,sb,sc={left},{right},{next_right}")
    yield from _unclosed(title)
    for sign in _known(words, start, end, titles):
        yield from (sign, f"{sign},sb={right}", f"{sign},sb,sc={right},{next_right}")
    if len(title) > 1:
        capitals = all(shape(word) != "low" or len(word) < 5 for word in title)
        yield from (f"caps={capitals},sb={right}", f"caps={capitals},sb={right},sc={next_right}")
    if bare(behind) == bare(words[start]) and len(bare(behind)) > 2:
        yield "repeats"
    if bare(behind) == bare(before):
        yield "same"
    capitalised = next((count for count, word in enumerate(words[end + 1 : end + 5]) if shape(word) == "low"), 4)
    yield f"low={min(capitalised, len(words[end + 1 : end + 5]))},sb={right}"


def _known(words: Sequence[str], start: int, end: int, titles: frozenset[str]) -> Iterator[str]:
    first = without_decoration(words, start, end - 1)
    found = " ".join(map(bare, words[first:end]))
    longer = f"{found} {bare(words[end])}"
    goes_on = longer in titles or longer in prefixes(titles)
    if found in titles:
        yield "known, goes on" if goes_on else "known"
        yield f"known n={min(end - first, 5)}"
    elif goes_on:
        yield "longer"


def _unclosed(title: Sequence[str]) -> Iterator[str]:
    text = " ".join(title)
    if text.count("(") > text.count(")"):
        yield "open("
    if text.count("[") > text.count("]"):
        yield "open["
    if text.count("**") % 2:
        yield "open**"
    elif text.count("`") % 2:
        yield "open`"
    if text.count('"') % 2:
        yield 'open"'


@cache
def prefixes(titles: frozenset[str]) -> frozenset[str]:
    """Return the beginnings of known titles that have two words or more."""
    split = [title.split() for title in titles]
    return frozenset(" ".join(words[:count]) for words in split for count in range(2, len(words)))


def without_decoration(words: Sequence[str], start: int, last: int) -> int:
    """Return the index after the numbers and emoji at the start of a title; at most `last`."""
    while start < last and (_NUMBERING.fullmatch(words[start]) or not any(map(str.isalnum, words[start]))):
        start += 1
    return start


def bare(word: str) -> str:
    """Return a word without its case, its markup and the punctuation around it, unless nothing is left."""
    return word.casefold().strip("*_`\"'()[]:,.!?") or word


def shape(word: str) -> str:
    """Return the kind of a word by its first characters."""
    if not word:
        return "end"
    if word in _OWN_SHAPES:
        return word
    for beginning, name in _BEGINNINGS:
        if word.startswith(beginning):
            return name
    if word.startswith("("):
        return "(low" if word[1:2].islower() else "(up"
    return _shape_of_letters(word)


def _shape_of_letters(word: str) -> str:
    if _NUMBERING.fullmatch(word) and word[-1] in ".)" and word[:-1].isdigit():
        return "num."
    tests: tuple[tuple[Callable[[], bool], str], ...] = (
        (word[0].isdigit, "digit"),
        (lambda: word[0] > "\u2e80" and word[0].isalpha(), "cjklong" if _is_sentence(word) else "cjk"),
        (lambda: len(word) > 1 and word[0].isupper() and word.isupper(), "UP"),
        (word[0].isupper, "Up"),
        (word[0].islower, "low"),
        (lambda: not any(map(str.isalnum, word)), "sign"),
    )
    return next((name for test, name in tests if test()), "other")


def _is_sentence(word: str) -> bool:
    """Return True if a word in a script without spaces is a whole sentence."""
    return len(word) > 10 or _CJK_SENTENCE.search(word) is not None


def _tail(word: str) -> str:
    """Return the kind of a word's end: a mark, a digit or a letter."""
    stripped = word.rstrip("*_`\"'")
    if not stripped:
        return "-"
    if stripped[-1] in ".:?!,;)]":
        return stripped[-1]
    return "0" if stripped[-1].isdigit() else "a"
