"""Ranges of offsets, and the offsets in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from cardlint.source import Span

__all__ = ["Intervals", "any_in"]


class Intervals:
    """Half-open ranges of offsets, which may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        spans = [span for span in spans if len(span) > 0]
        self._starts = sorted(span.start for span in spans)
        self._ends = sorted(span.end for span in spans)

    def count(self, offset: int) -> int:
        """Return the number of ranges with an offset."""
        return bisect_right(self._starts, offset) - bisect_right(self._ends, offset)


def any_in(offsets: Sequence[int], span: Span) -> bool:
    """Return True if one of some sorted offsets is in a span."""
    index = bisect_left(offsets, span.start)
    return index < len(offsets) and offsets[index] < span.end
