"""A card's text with marks for its findings."""

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
    """A span of the file, the severity of its finding (or `related`), and the number of the finding, if any."""

    span: Span
    kind: str
    number: int | None


class Ink:
    """A writer of the text of one row."""

    def __init__(self, card: Card, marks: Sequence[Mark]) -> None:
        self.card = card
        self.marks = sorted(marks, key=lambda mark: mark.span)
        self._starts = [mark.span.start for mark in self.marks]
        self._reach = list(accumulate((mark.span.end for mark in self.marks), max))
        self._named: set[int] = set()

    def text(self, text: str, span: Span) -> str:
        """Return the text at `span` of the card's source as HTML, with marks on its marked parts.

        If the text is not the same as in the source (escapes, character references, a flattened card), it is marked as
        a whole or not at all.
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
        """Return the CSS classes of an element at `span` without the marked text, for instance a link's address."""
        marks = self._at(self.card.locate(span))
        return f" hit {marks[0].kind}" if marks else ""

    def _at(self, span: Span) -> list[Mark]:
        """Return the marks that overlap a span of the file, the most severe first."""
        found = []
        for index in range(bisect_left(self._starts, span.end) - 1, -1, -1):
            if self._reach[index] <= span.start:  # no earlier mark reaches further
                break
            if self.marks[index].span.overlaps(span):
                found.append(self.marks[index])
        return sorted(found, key=lambda mark: (_WEIGHTS.index(mark.kind), mark.span.start))

    def unused(self) -> str:
        """Return empty elements for marks that `text` has not written; called after the row is written."""
        numbers = {mark.number for mark in self.marks if mark.number is not None} - self._named
        return "".join(f'<span id="mark-{number + 1}"></span>' for number in sorted(numbers))

    def _marked(self, text: str, mark: Mark) -> str:
        name = ""
        if mark.number is not None and mark.number not in self._named:
            self._named.add(mark.number)
            name = f' id="mark-{mark.number + 1}"'
        return f'<mark class="{mark.kind}"{name}>{escape(text)}</mark>'
