"""Which kinds of section a title names, in any language of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from cardlint.pattern import pattern

__all__ = ["KINDS", "kind_at_end", "kind_by_code", "kinds_of_title"]

KINDS = (
    "description",
    "intended-use",
    "out-of-scope",
    "limitations",
    "training-data",
    "training-procedure",
    "hyperparameters",
    "evaluation",
    "results",
    "environmental-impact",
    "how-to-use",
    "license",
    "citation",
    "contact",
    "framework-versions",
)
"""All kinds, by CONTRACT's words."""

_LONGEST = 100  # characters; more is a paragraph behind a number sign
_LONGEST_UNSPACED = 24
_MOST_WORDS = 9  # in a part of a title that is searched for what names a kind; more is a sentence

_REMARK = pattern(r"\[optional\]|:[a-z_]+:|\([^()]*\)|（[^（）]*）")
_WORDS = pattern(r"\w+")
_NUMBER = pattern(r"^(?:\d+(?:\.\d+)*|[ivx]+)[.):]\s*|^\d+(?:\.\d+)*\s+|^[\W\d_]+", re.IGNORECASE)
_SPACES = pattern(r"[\s\-_‐-―'’`*\"“”.?!]+")
# vowels that stand over and under letters are no letters to an expression
_MARKS = "\u0300-\u036f\u0610-\u06ff\u0900-\u0dff\u0e00-\u0e7f"
_ENDS = pattern(rf"^[^\w{_MARKS}]+|^_+|[^\w{_MARKS}]+$|_+$")
_SEPARATOR = pattern(r"\s*[:,/|+;()&：，、（）｜]\s*|\s+(?:and|or|und|et|y|e|及|和|与)\s+")
_FREE = pattern(r"\b(?:the|an?|this|our|my|your|of this|these)\s+")
_NOISE = pattern(r"^model\s+|\s+model$|\s+(?:section|info)$")


@lru_cache(4096)
def kinds_of_title(title: str, parents: tuple[str, ...] = (), *, whole: bool = False) -> tuple[str, ...]:
    """The kinds of section that a title names: none for a title that names no kind, several for a title of several.

    `parents` are the kinds of the section above. With `whole` only a title that is known as it stands counts: what
    the title of a card says in passing is no kind.
    """
    if len(title) > _LONGEST:
        return ()
    plain = _plain(title)
    from cardlint.vocabulary.section_titles import BY_PARENT

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
    """The kind of a title that names one where its section shows code, and another or none where it does not."""
    from cardlint.vocabulary.section_titles import BY_CODE

    return BY_CODE.get(_plain(title), ("", ""))[0 if has_code else 1] if len(title) <= _LONGEST else ""


def kind_at_end(title: str) -> str:
    """The kind of a title that names another one where it is the last of a card, or none."""
    from cardlint.vocabulary.section_titles import AT_END

    return AT_END.get(_plain(title), "") if len(title) <= _LONGEST else ""


@lru_cache(4096)
def _plain(title: str) -> str:
    """A title in lower case without numbers before it, remarks in brackets, articles and punctuation."""
    text = title.lower().replace("&", " and ").replace("＆", " and ")
    without = _REMARK.sub(" ", text)
    text = without if _ENDS.sub("", without) else text
    text = _ENDS.sub("", _NUMBER.sub("", text.strip(), count=1))
    text = _SPACES.sub(" ", re.sub(r"[,:/;|+]", " ", text))
    return _FREE.sub("", " ".join(text.split()) + " ").strip()


def _parts(title: str) -> Iterator[str]:
    text = title.lower().replace("[optional]", "")
    text = _NUMBER.sub("", text.strip(), count=1)
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
    for kind, expression in _expressions():
        if expression.search(part):
            return (kind,)
    return _abroad(part) if part.isascii() else ()


def _known(plain: str) -> tuple[str, ...] | None:
    """The kinds of a whole title that the tables have, with or without `model` around it."""
    table = _table()
    for text in (plain, _NOISE.sub("", plain)):
        if text in table:
            return table[text]
    return None


def _entries(text: str) -> list[str]:
    return [" ".join(entry.split()) for entry in text.split(",")]


@cache
def _table() -> dict[str, tuple[str, ...]]:
    from cardlint.vocabulary.section_titles import NEITHER, SEVERAL, TITLES

    table = {title: (kind,) for kind, titles in TITLES.items() for title in _entries(titles)}
    return table | dict.fromkeys(_entries(NEITHER), ()) | SEVERAL


@cache
def _alone() -> dict[str, str]:
    from cardlint.vocabulary.section_titles import ALONE

    return {title: kind for kind, titles in ALONE.items() for title in _entries(titles)}


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    from cardlint.vocabulary.section_expressions import EXPRESSIONS

    return tuple((kind, re.compile("|".join(alternatives))) for kind, alternatives in EXPRESSIONS)


def _abroad(part: str) -> tuple[str, ...]:
    """The kinds of a title in another language; without spaces a long one is a sentence."""
    found: list[str] = []
    if not part.isascii() and len(part) <= _LONGEST_UNSPACED:
        expression, kinds = _unspaced()
        found = [kinds[match[0]] for match in expression.finditer(part)]
    if not found and _may_be_abroad(part):
        expression, kinds = _spaced()
        found = [_kind_of(match[0], kinds) for match in expression.finditer(part)]
    return tuple(dict.fromkeys(filter(None, found)))


def _may_be_abroad(part: str) -> bool:
    """Whether a word begins as one of the phrases does: most titles are names, and the expression costs 10 ms."""
    beginnings = _beginnings()
    return any(word[:length] in beginnings for word in _WORDS.findall(part) for length in (1, 2, 3, 4))


@cache
def _beginnings() -> frozenset[str]:
    from cardlint.vocabulary.section_titles_abroad import SPACED

    return frozenset(re.split(r"\W", phrase, maxsplit=1)[0][:4] for phrase in _kinds_by_phrase(SPACED))


def _kind_of(phrase: str, kinds: dict[str, str]) -> str:
    while phrase not in kinds:  # an ending that the table leaves open
        phrase = phrase[:-1]
    return kinds[phrase]


@cache
def _unspaced() -> tuple[re.Pattern[str], dict[str, str]]:
    from cardlint.vocabulary.section_titles_abroad import UNSPACED

    kinds = _kinds_by_phrase(UNSPACED)
    return re.compile("|".join(map(re.escape, sorted(kinds, key=len, reverse=True)))), kinds


@cache
def _spaced() -> tuple[re.Pattern[str], dict[str, str]]:
    from cardlint.vocabulary.section_titles_abroad import SPACED

    kinds = _kinds_by_phrase(SPACED)
    phrases = sorted(kinds, key=len, reverse=True)
    alternatives = "|".join(phrase.replace("*", r"\w*") for phrase in phrases)
    return re.compile(rf"\b(?:{alternatives})(?!\w)"), {phrase.rstrip("*"): kind for phrase, kind in kinds.items()}


def _kinds_by_phrase(languages: dict[str, dict[str, str]]) -> dict[str, str]:
    return {
        phrase: kind for kinds in languages.values() for kind, phrases in kinds.items() for phrase in _entries(phrases)
    }
