"""Positions after edits, and the spans that edits touch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from cardlint.finding import Edit
from cardlint.source import LINE_END, Span

__all__ = ["Edited"]


class Edited:
    """The positions of a text after edits, which are sorted and do not overlap.

    An edit that replaces one line end by another touches nothing, since all line ends have the same meaning in a card.
    """

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts = [edit.span.start for edit in edits]
        self._ends = [edit.span.end for edit in edits]
        self._shifts = [0, *accumulate(len(edit.text) - len(edit.span) for edit in edits)]
        self._new_starts = [start + shift for start, shift in zip(self._starts, self._shifts, strict=False)]
        self._new_ends = [end + shift for end, shift in zip(self._ends, self._shifts[1:], strict=True)]
        self._is_line_end = [
            bool(LINE_END.fullmatch(edit.text) and LINE_END.fullmatch(text, edit.span.start, edit.span.end))
            for edit in edits
        ]
        self.line_ends = any(self._is_line_end)
        """True if an edit replaces one line end by another."""

    def start(self, offset: int) -> int:
        """Return the new offset of the start of a span: after text inserted there."""
        return offset + self._shifts[bisect_right(self._ends, offset)]

    def end(self, offset: int) -> int:
        """Return the new offset of the end of a span: before text inserted there."""
        return offset + self._shifts[min(bisect_left(self._starts, offset), bisect_right(self._ends, offset))]

    def span(self, span: Span) -> Span:
        """Return the new position of a span that no edit touches."""
        start = self.start(span.start)
        return Span(start, max(start, self.end(span.end)))

    def removes(self, offset: int) -> bool:
        """Return True if the character at `offset` is removed, so that the following text may be in its place."""
        index = bisect_right(self._ends, offset)
        return index < len(self._edits) and self._starts[index] <= offset

    def touches(self, span: Span, *, edges: bool = False) -> bool:
        """Return True if an edit changes something in the span, or adds text at one of its ends on the same line.

        With `edges`, any edit at an end of the span counts as well.
        """
        first = bisect_left(self._ends, span.start)
        for index in range(first, bisect_right(self._starts, span.end)):
            if not self._is_line_end[index] and (edges or _belongs(self._edits[index], span)):
                return True
        return False

    def is_new(self, span: Span) -> bool:
        """Return True if an edit was made inside a span of the new text or at one of its ends."""
        index = bisect_left(self._new_ends, span.start)
        return index < len(self._edits) and self._new_starts[index] <= span.end


def _belongs(edit: Edit, span: Span) -> bool:
    if edit.span.overlaps(span):
        return True
    if edit.span.start == span.end and LINE_END.split(edit.text, 1)[0].strip():
        return True
    return bool(edit.span.end == span.start and LINE_END.split(edit.text)[-1].strip())
