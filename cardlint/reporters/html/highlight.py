"""A card's text with the marks of what findings speak of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.reporters.html.escaping import escape
from cardlint.source import Span

__all__ = ["Ink", "Mark"]

_WEIGHTS = ("error", "warning", "note", "related")


class Mark(Struct, frozen=True):
    """A span of the file, what kind of finding marks it, and the finding's number, None for a related place."""

    span: Span
    kind: str
    number: int | None


class Ink:
    """Writes the text of one row."""

    def __init__(self, card: Card, marks: Sequence[Mark]) -> None:
        self.card = card
        self.marks = sorted(marks, key=lambda mark: mark.span)
        self._starts = [mark.span.start for mark in self.marks]
        self._reach = list(accumulate((mark.span.end for mark in self.marks), max))
        self._named: set[int] = set()

    def text(self, text: str, span: Span) -> str:
        """Text that shows what stands at `span` of the card's source, the marked parts of it marked.

        Where it does not stand there letter by letter (escapes, character references, a card that was flattened) it is
        marked as a whole or not at all.
        """
        here = self.card.locate(span)
        marks = self._at(here)
        if not marks:
            return escape(text)
        if self.card.recovery is not None or len(span) != len(text):
            return self._marked(text, marks[0])
        edges = {here.start, here.end}
        edges |= {edge for mark in marks for edge in (mark.span.start, mark.span.end) if here.start < edge < here.end}
        cuts = sorted(edges)
        parts = []
        for start, end in pairwise(cuts):
            piece = text[start - here.start : end - here.start]
            covering = next((mark for mark in marks if mark.span.start <= start and end <= mark.span.end), None)
            parts.append(escape(piece) if covering is None else self._marked(piece, covering))
        return "".join(parts)

    def hit(self, span: Span) -> str:
        """The classes of an element at `span` that shows nothing of what is marked in it, as a link its address."""
        marks = self._at(self.card.locate(span))
        return f" hit {marks[0].kind}" if marks else ""

    def _at(self, span: Span) -> list[Mark]:
        """The marks that share a character with a span of the file, the gravest first."""
        found = []
        for index in range(bisect_left(self._starts, span.end) - 1, -1, -1):
            if self._reach[index] <= span.start:  # nor does any mark before it reach that far
                break
            if self.marks[index].span.overlaps(span):
                found.append(self.marks[index])
        return sorted(found, key=lambda mark: (_WEIGHTS.index(mark.kind), mark.span.start))

    def unused(self) -> str:
        """Places to go to for the findings whose text is not in the row; asked for when all is written."""
        numbers = {mark.number for mark in self.marks if mark.number is not None} - self._named
        return "".join(f'<span id="mark-{number + 1}"></span>' for number in sorted(numbers))

    def _marked(self, text: str, mark: Mark) -> str:
        name = ""
        if mark.number is not None and mark.number not in self._named:
            self._named.add(mark.number)
            name = f' id="mark-{mark.number + 1}"'
        return f'<mark class="{mark.kind}"{name}>{escape(text)}</mark>'
