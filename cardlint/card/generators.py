"""Which program wrote a card, told by marks that it leaves in the metadata and the text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cardlint.card.frontmatter import Fences
from cardlint.card.metadata import Scalar
from cardlint.card.tasks import tag_scalars
from cardlint.record import changed
from cardlint.source import Span
from cardlint.vocabulary.generators import GENERATORS, Generator

if TYPE_CHECKING:
    from cardlint.card import Card

__all__ = ["Generator", "find_generator", "mark_span"]


_KINDS = frozenset(("tag", "library", "key"))
_Part = tuple[str, str]


def find_generator(card: Card) -> Generator | None:
    """The most special of the known generators whose marks the card has."""
    marks = _Marks(card)
    found = next((each for each, parts in _every_mark() if all(map(marks.shows, parts))), None)
    if found and found.family == "trainer" and "\n- PEFT " in card.source.text:
        return changed(found, library="peft")
    return found


def mark_span(card: Card, generator: Generator) -> Span:
    """Where the card shows first that this generator wrote it."""
    marks = _Marks(card)
    for each, parts in _every_mark():
        if each.name == generator.name and all(map(marks.shows, parts)):
            return marks.place(parts[0])
    return Span(0, 0)


@cache
def _every_mark() -> tuple[tuple[Generator, tuple[_Part, ...]], ...]:
    """All marks of all generators in their order, in parts: every card is searched for each of them."""
    return tuple(
        (each, tuple(map(_part, (mark,) if isinstance(mark, str) else mark)))
        for each in GENERATORS
        for mark in each.marks
    )


def _part(part: str) -> _Part:
    """Kind and value of a part of a mark; what is of no kind is a text of the body."""
    kind, equals, value = part.partition("=")
    return (kind, value) if equals and kind in _KINDS else ("", part)


class _Marks:
    """Where a card's marks are looked up: first as plain text, which is cheap, and then in their place."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.text = card.source.text
        read = card.front_matter.fences is Fences.READ
        self.body = card.front_matter.span.end if read else 0

    def shows(self, part: _Part) -> bool:
        kind, value = part
        return self.text.find(value, self.body) >= 0 if not kind else value in self.text and self._states(kind, value)

    def _states(self, kind: str, value: str) -> bool:
        metadata = self.card.metadata
        if not metadata.read or metadata.error:  # what nobody can read may still be seen
            return {"tag": f"- {value}\n", "library": f"library_name: {value}", "key": f"\n{value}:"}[kind] in self.text
        match kind:
            case "tag":
                return any(tag.text == value for tag in tag_scalars(metadata))
            case "library":
                library = metadata.get("library_name")
                return isinstance(library, Scalar) and library.text == value
        return metadata.mapping.entry(value) is not None

    def place(self, part: _Part) -> Span:
        """Where a part stands; an empty span where it does not."""
        kind, value = part
        if not kind:
            start = max(self.text.find(value, self.body), 0)
            return Span(start, start + len(value))
        if kind == "tag":
            return next((tag.span for tag in tag_scalars(self.card.metadata) if tag.text == value), Span(0, 0))
        node = self.card.metadata.get("library_name" if kind == "library" else value)
        return node.span if node else Span(0, 0)
