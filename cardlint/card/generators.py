"""Which program wrote a card, told by marks that it leaves in the metadata and the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardlint.card.frontmatter import Fences
from cardlint.card.metadata import Scalar
from cardlint.card.tasks import tag_scalars
from cardlint.record import changed
from cardlint.vocabulary.generators import GENERATORS, Generator

if TYPE_CHECKING:
    from cardlint.card import Card

__all__ = ["Generator", "find_generator"]


def find_generator(card: Card) -> Generator | None:
    """The most special of the known generators whose marks the card has."""
    marks = _Marks(card)
    found = next((each for each in GENERATORS if any(marks.has(mark) for mark in each.marks)), None)
    if found and found.family == "trainer" and "\n- PEFT " in card.source.text:
        return changed(found, library="peft")
    return found


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
        if not equals or kind not in ("tag", "library", "key"):
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
