"""Where things stand after edits, and which things the edits touch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from cardlint.finding import Edit
from cardlint.source import LINE_END, Span

__all__ = ["Edited"]


class Edited:
    """The way from a text to what edits made of it. The edits stand in order and do not overlap.

    An edit that puts one line end in another's place touches nothing, since cards are read as if all were equal.
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
        """Whether line ends are made others."""

    def start(self, offset: int) -> int:
        """Where what begins at `offset` begins now: behind what was inserted there."""
        return offset + self._shifts[bisect_right(self._ends, offset)]

    def end(self, offset: int) -> int:
        """Where what ends at `offset` ends now: before what was inserted there."""
        return offset + self._shifts[min(bisect_left(self._starts, offset), bisect_right(self._ends, offset))]

    def span(self, span: Span) -> Span:
        """Where a span that no edit touches stands now."""
        start = self.start(span.start)
        return Span(start, max(start, self.end(span.end)))

    def removes(self, offset: int) -> bool:
        """Whether the character at `offset` goes: what began with it may have left its place to what follows."""
        index = bisect_right(self._ends, offset)
        return index < len(self._edits) and self._starts[index] <= offset

    def touches(self, span: Span, *, edges: bool = False) -> bool:
        """Whether an edit changes something in the span, or writes on at one of its ends on the same line.

        With `edges`, an edit that touches an end of the span in whatever way counts too.
        """
        first = bisect_left(self._ends, span.start)
        for index in range(first, bisect_right(self._starts, span.end)):
            if not self._is_line_end[index] and (edges or _belongs(self._edits[index], span)):
                return True
        return False

    def is_new(self, span: Span) -> bool:
        """Whether a span of the new text holds, or has at one of its ends, a place where an edit was made."""
        index = bisect_left(self._new_ends, span.start)
        return index < len(self._edits) and self._new_starts[index] <= span.end


def _belongs(edit: Edit, span: Span) -> bool:
    if edit.span.overlaps(span):
        return True
    if edit.span.start == span.end and LINE_END.split(edit.text, 1)[0].strip():
        return True
    return bool(edit.span.end == span.start and LINE_END.split(edit.text)[-1].strip())
