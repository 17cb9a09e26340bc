"""Which program wrote a card, told by marks that it leaves in the metadata and the text."""

from __future__ import annotations

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


def find_generator(card: Card) -> Generator | None:
    """The most special of the known generators whose marks the card has."""
    marks = _Marks(card)
    found = next((each for each in GENERATORS if any(marks.has(mark) for mark in each.marks)), None)
    if found and found.family == "trainer" and "\n- PEFT " in card.source.text:
        return changed(found, library="peft")
    return found


def mark_span(card: Card, generator: Generator) -> Span:
    """Where the card shows first that this generator wrote it."""
    marks = _Marks(card)
    parts = next((mark for mark in generator.marks if marks.has(mark)), "")
    return marks.place(parts if isinstance(parts, str) else parts[0])


class _Marks:
    """Where a card's marks are looked up: first as plain text, which is cheap, and then in their place."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.text = card.source.text
        read = card.front_matter.fences is Fences.READ
        self.body = card.front_matter.span.end if read else 0

    def has(self, mark: str | tuple[str, ...]) -> bool:
        return self._has(mark) if isinstance(mark, str) else all(self._has(part) for part in mark)

    def _has(self, part: str) -> bool:
        kind, equals, value = part.partition("=")
        if not equals or kind not in _KINDS:
            return self.text.find(part, self.body) >= 0
        return value in self.text and self._states(kind, value)

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

    def place(self, part: str) -> Span:
        """Where a part stands; an empty span where it does not."""
        kind, equals, value = part.partition("=")
        if not equals or kind not in _KINDS:
            start = max(self.text.find(part, self.body), 0)
            return Span(start, start + len(part))
        if kind == "tag":
            return next((tag.span for tag in tag_scalars(self.card.metadata) if tag.text == value), Span(0, 0))
        node = self.card.metadata.get("library_name" if kind == "library" else value)
        return node.span if node else Span(0, 0)
