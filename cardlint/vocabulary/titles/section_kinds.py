"""Kinds of section that a title names, in any language of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from cardlint.lazy_regex import LazyPattern

__all__ = ["KINDS", "kind_at_end", "kind_by_code", "kinds_of_title"]

KINDS = (
    "description",
    "intended-use",
    "out-of-scope",
    "limitations",
    "bias",
    "ethical-considerations",
    "training-data",
    "training-procedure",
    "hyperparameters",
    "evaluation",
    "results",
    "environmental-impact",
    "technical-specifications",
    "compute",
    "how-to-use",
    "license",
    "citation",
    "contact",
    "framework-versions",
)
"""All kinds."""

_LONGEST = 100  # characters; a longer title is a paragraph after a number sign
_LONGEST_UNSPACED = 24
_MOST_WORDS = 9  # in a part of a title that may name a kind; a longer one is a sentence

_REMARK = LazyPattern(r"\[optional\]|:[a-z_]+:|\([^()]*\)|（[^（）]*）")
_REMARKS = frozenset("[:(（")
_BEHIND_NUMBER = frozenset(".):")
_NUMBER = LazyPattern(r"^(?:\d+(?:\.\d+)*|[ivx]+)[.):]\s*|^\d+(?:\.\d+)*\s+|^[\W\d_]+", re.IGNORECASE)
# signs between words, as spaces
_SPACES = dict.fromkeys((*map(ord, ",:/;|+-_'’`*\"“”.?!"), *range(ord("‐"), ord("―") + 1)), " ")
# vowels above and below letters, which `\w` does not match
_MARKS = "\u0300-\u036f\u0610-\u06ff\u0900-\u0dff\u0e00-\u0e7f"
_ENDS = LazyPattern(rf"^[^\w{_MARKS}]+|^_+|[^\w{_MARKS}]+$|_+$")
_SEPARATOR = LazyPattern(r"(?:(?<!\s)\s++)?[:,/|+;()&：，、（）｜]\s*|(?<!\s)\s++(?:and|or|und|et|y|e|及|和|与)\s+")
_FREE = LazyPattern(r"\b(?:the|an?|this|our|my|your|of this|these)\s+")
_FREE_WORDS = frozenset(("the", "a", "an", "this", "our", "my", "your", "these"))
_WORD_START = LazyPattern(r"\b\w")
_NOISE = (" model", " section", " info")


@lru_cache(1024)
def kinds_of_title(title: str, parents: tuple[str, ...] = (), *, whole: bool = False) -> tuple[str, ...]:
    """Return the kinds of section that a title names: none, one or several.

    `parents` are the kinds of the section above. With `whole`, only titles that are in the tables as a whole have a
    kind: the title of a card may contain the words of one.
    """
    if len(title) > _LONGEST:
        return ()
    plain = _plain(title)
    from cardlint.vocabulary.titles.english import BY_PARENT

    for parent in parents:
        if kind := BY_PARENT.get(parent, {}).get(plain):
            return (kind,)
    known = _known(plain)
    if known is not None or whole:
        return known or ()
    if kind := _alone().get(plain):
        return (kind,)
    found: dict[str, None] = {}
    for part in _parts(title):
        found.update(dict.fromkeys(_of_part(part)))
    return tuple(found)


def kind_by_code(title: str, *, has_code: bool) -> str:
    """Return the kind of a title whose kind depends on code in its section, or an empty text."""
    from cardlint.vocabulary.titles.english import BY_CODE

    return BY_CODE.get(_plain(title), ("", ""))[0 if has_code else 1] if len(title) <= _LONGEST else ""


def kind_at_end(title: str) -> str:
    """Return the kind of a title that has another kind at the end of a card, or an empty text."""
    from cardlint.vocabulary.titles.english import AT_END

    return AT_END.get(_plain(title), "") if len(title) <= _LONGEST else ""


@lru_cache(1024)
def _plain(title: str) -> str:
    """Return a title in lower case, without a leading number, remarks in brackets, articles and punctuation."""
    text = title.lower().replace("&", " and ").replace("＆", " and ")
    if not _REMARKS.isdisjoint(text):
        without = text.replace("[optional]", " ")
        if not _REMARKS.isdisjoint(without):
            without = _REMARK.sub(" ", text)
        text = without if any(map(str.isalnum, without)) or _ENDS.sub("", without) else text
    text = _without_ends(_without_number(text.strip()))
    words = text.translate(_SPACES).split()
    if all(word.isalnum() and word not in _FREE_WORDS for word in words):
        return " ".join(words)
    return _FREE.sub("", " ".join(words) + " ").strip()


def _without_number(text: str) -> str:
    """Return a title without the number before it, arabic or roman."""
    is_word = text[:1].isalpha() and text.lstrip("ivxı")[:1] not in _BEHIND_NUMBER
    return text if is_word else _NUMBER.sub("", text, count=1)


def _without_ends(text: str) -> str:
    return text if text[:1].isalnum() and text[-1].isalnum() else _ENDS.sub("", text)


def _parts(title: str) -> Iterator[str]:
    text = title.lower().replace("[optional]", "")
    text = _without_number(text.strip())
    for part in _SEPARATOR.split(text):
        plain = _plain(part)
        if plain and plain.count(" ") < _MOST_WORDS:
            yield plain


def _of_part(part: str) -> tuple[str, ...]:
    known = _known(part)
    if known is not None:
        return known
    found = () if part.isascii() else _abroad(part)
    if found:
        return found
    if any(map(part.__contains__, _all_signs())):
        for kind, signs, expression in _expressions():
            if any(sign in part for sign in signs) and expression.search(part):
                return (kind,)
    return _abroad(part) if part.isascii() else ()


def _known(plain: str) -> tuple[str, ...] | None:
    """Return the kinds of a whole title from the tables, with or without `model` around it."""
    table = _table()
    return table[plain] if plain in table else table.get(_without_noise(plain))


def _without_noise(plain: str) -> str:
    text = plain.removeprefix("model ")
    for noise in _NOISE:
        if text.endswith(noise):
            return text.removesuffix(noise)
    return text


def _entries(text: str) -> list[str]:
    return [" ".join(entry.split()) for entry in text.split(",")]


@cache
def _table() -> dict[str, tuple[str, ...]]:
    from cardlint.vocabulary.titles.english import NEITHER, SEVERAL, TITLES

    table = {title: (kind,) for kind, titles in TITLES.items() for title in _entries(titles)}
    return table | dict.fromkeys(_entries(NEITHER), ()) | SEVERAL


@cache
def _alone() -> dict[str, str]:
    from cardlint.vocabulary.titles.english import ALONE

    return {title: kind for kind, titles in ALONE.items() for title in _entries(titles)}


@cache
def _expressions() -> list[tuple[str, tuple[str, ...], LazyPattern[str]]]:
    from cardlint.vocabulary.titles.expressions import EXPRESSIONS

    return [
        (kind, tuple(signs.split("|")), LazyPattern("|".join(alternatives)))
        for kind, signs, alternatives in EXPRESSIONS
    ]


@cache
def _all_signs() -> tuple[str, ...]:
    """Return the signs of all expressions, of which most names have none."""
    return tuple(dict.fromkeys(sign for _, signs, _ in _expressions() for sign in signs))


def _abroad(part: str) -> tuple[str, ...]:
    """Return the kinds of a title in another language; a long one without spaces is a sentence."""
    found: list[str] = []
    if not part.isascii() and len(part) <= _LONGEST_UNSPACED:
        found = _found(part, _unspaced(), part, "(?:{})")
    if not found:
        found = _found(part, _spaced(), _WORD_START.findall(part), r"\b(?:{})(?!\w)")
    return tuple(dict.fromkeys(filter(None, found)))


_Phrase = tuple[str, str, str]
"""The beginning of a phrase without wildcards, its expression, and its kind."""


def _found(part: str, phrases: Mapping[str, Sequence[_Phrase]], letters: Iterable[str], places: str) -> list[str]:
    """Return the kinds of the phrases in a part of a title, in order; the first phrase at a place counts.

    Only phrases that may be in the part become an expression, by the letters with which they can begin there: one of
    all phrases takes 5 ms to compile.
    """
    there = [
        (expression, kind)
        for letter in dict.fromkeys(letters)
        for beginning, expression, kind in phrases.get(letter, ())
        if beginning in part
    ]
    if not there:
        return []
    matches = re.finditer(places.format("|".join(f"({expression})" for expression, _ in there)), part)
    return [there[match.lastindex - 1][1] for match in matches if match.lastindex]


@cache
def _unspaced() -> dict[str, list[_Phrase]]:
    from cardlint.vocabulary.titles.other_languages import UNSPACED

    return _by_letter(UNSPACED)


@cache
def _spaced() -> dict[str, list[_Phrase]]:
    from cardlint.vocabulary.titles.other_languages import SPACED

    return _by_letter(SPACED)


def _by_letter(languages: dict[str, dict[str, str]]) -> dict[str, list[_Phrase]]:
    """Return the phrases by their first letter, the longest first."""
    found: dict[str, list[_Phrase]] = {}
    for phrase, kind in sorted(_kinds_by_phrase(languages).items(), key=lambda entry: len(entry[0]), reverse=True):
        found.setdefault(phrase[0], []).append((phrase.partition("*")[0], phrase.replace("*", r"\w*"), kind))
    return found


def _kinds_by_phrase(languages: dict[str, dict[str, str]]) -> dict[str, str]:
    return {
        phrase: kind for kinds in languages.values() for kind, phrases in kinds.items() for phrase in _entries(phrases)
    }
