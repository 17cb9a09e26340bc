"""The marks by which a text shows who wrote it: statements of its metadata and sentences of its body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache

from msgspec import Struct

from cardlint.vocabulary.generators.generator import Generator
from cardlint.vocabulary.generators.table import GENERATORS

__all__ = ["Mark", "Part", "Statements", "find_marks", "marks_of", "unwrapped"]

_KINDS = ("tag", "library", "key")

_PIECE = 100_000  # characters

Part = tuple[str, str]
"""The kind of a part and its value: a `tag`, `library` or `key` of the metadata, or "" for a text of the body."""

Statements = Mapping[str, AbstractSet[str]]
"""The tags, the library and the keys of a front matter, by the kinds of parts."""


class Mark(Struct, frozen=True):
    """A mark of a generator: all its parts must be there. `order` counts marks, the most special first."""

    order: int
    generator: Generator
    parts: tuple[Part, ...]


def find_marks(body: str, statements: Statements) -> Iterator[Mark]:
    """Yield the marks that a body and the statements of its front matter have, in no certain order."""
    text = unwrapped(body)
    for mark in _candidates(text, statements):
        if all(value in (statements[kind] if kind else text) for kind, value in mark.parts[1:]):
            yield mark


def unwrapped(body: str) -> str:
    """Return a body without fenced code and with each paragraph on one line.

    Programs break their sentences where they like, and code may show a card. Only entries of lists keep lines of their
    own, since a sentence never begins with a marker.
    """
    if "```" in body or "~~~" in body:
        body = _without_fenced_code(body)
    if "\n>" in body:
        body = body.replace("\n> ", "\n").replace("\n>", "\n")
    body = body.replace("\n- ", "\n\n- ")
    pieces = []
    start = 0
    while start < len(body):  # all paragraphs of a long card at once would take several times its memory
        end = body.find("\n\n", start + _PIECE)
        end = len(body) if end < 0 else end
        pieces.append("\n".join(" ".join(paragraph.split()) for paragraph in body[start:end].split("\n\n")))
        start = end + 2
    return "\n".join(pieces)


def _without_fenced_code(body: str) -> str:
    """Return a body without its fenced blocks; an open fence reaches to the end."""
    kept: list[str] = []
    fence = ""
    for line in body.split("\n"):
        start = line.lstrip(" >")
        if fence:
            if start.startswith(fence) and not start.strip(f"{fence[0]} \t\r"):
                fence = ""
        elif start.startswith("~~~") or (start.startswith("```") and "`" not in start.lstrip("`")):
            fence = start[: len(start) - len(start.lstrip(start[0]))]
        else:
            kept.append(line)
    return "\n".join(kept)


def marks_of(generator: Generator) -> Iterator[tuple[Part, ...]]:
    """Yield the parts of each mark of a generator."""
    for mark in generator.marks:
        yield tuple(map(_part, (mark,) if isinstance(mark, str) else mark))


def _part(written: str) -> Part:
    kind, equals, value = written.partition("=")
    return (kind, value) if equals and kind in _KINDS else ("", written)


def _candidates(text: str, statements: Statements) -> Iterator[Mark]:
    """Yield the marks whose first part is there."""
    by_word, by_statement = _first_parts()
    for word in ("", *_words_among(text, by_word.keys())):
        for value, mark in by_word[word]:
            if value in text:
                yield mark
    for kind, of_kind in by_statement.items():
        for value in statements[kind] & of_kind.keys():
            yield from of_kind[value]


def _words_among(text: str, wanted: AbstractSet[str]) -> set[str]:
    """Return the wanted words that a text has, piece by piece: a set of all words takes several times its memory."""
    found: set[str] = set()
    start = 0
    while start < len(text):
        end = text.find(" ", start + _PIECE)
        end = len(text) if end < 0 else end
        found |= wanted & set(text[start:end].split())
        start = end
    return found


@cache
def _first_parts() -> tuple[dict[str, list[tuple[str, Mark]]], dict[str, dict[str, list[Mark]]]]:
    """Return all marks by their first part: texts by a word that a text with them has, statements by kind and value."""
    by_word: dict[str, list[tuple[str, Mark]]] = {"": []}
    by_statement: dict[str, dict[str, list[Mark]]] = {}
    marks = ((generator, parts) for generator in GENERATORS for parts in marks_of(generator))
    for order, (generator, parts) in enumerate(marks):
        kind, value = parts[0]
        mark = Mark(order, generator, parts)
        if kind:
            by_statement.setdefault(kind, {}).setdefault(value, []).append(mark)
        else:
            by_word.setdefault(_longest_word(value), []).append((value, mark))
    return by_word, by_statement


def _longest_word(value: str) -> str:
    """Return the longest word that has blanks around it, or an empty text; the others may be parts of words."""
    return max(f"x{value}x".split()[1:-1], key=len, default="")
