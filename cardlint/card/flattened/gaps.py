"""Line breaks to restore in a flattened text: a gap turns a run of blanks into line breaks and indentation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

__all__ = ["BLANKS", "Gap", "Gaps"]

BLANKS = " \t"


class Gap(Struct, frozen=True):
    """A replacement of the blanks `text[start:end]` by `lines` line breaks and `indent` spaces."""

    start: int
    end: int
    lines: int
    indent: int
    certain: bool


class Gaps:
    """The gaps found so far; they may be found in any order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._by_end: dict[int, Gap] = {}
        self._doubts: list[int] = []

    def before(self, offset: int, *, lines: int = 1, indent: int = 0, certain: bool) -> None:
        """Break the line at the blanks before `offset`; without blanks, or at the start of a line, nothing changes.

        Of two requests the wider one counts, and the gap is certain if either is.
        """
        start = _blanks_start(self.text, offset)
        if start in {0, offset} or self.text[start - 1] in "\r\n":
            return
        known = self._by_end.get(offset)
        if known is None:
            self._by_end[offset] = Gap(start, offset, lines, indent, certain)
        else:
            wider = max(known.lines, lines)
            deeper = max(known.indent, indent)
            self._by_end[offset] = Gap(start, offset, wider, deeper, known.certain or certain)

    def column(self, offset: int) -> int | None:
        """Return the indentation of `offset` if it is the start of a line's text, else None."""
        start = _blanks_start(self.text, offset)
        return offset - start if start and self.text[start - 1] in "\r\n" else None

    def doubt(self, offset: int) -> None:
        """Note that a line break may be missing at `offset`; the last one before it then becomes a guess too."""
        self._doubts.append(offset)

    def __iter__(self) -> Iterator[Gap]:
        gaps = sorted(self._by_end.values(), key=lambda gap: gap.end)
        ends = [gap.end for gap in gaps]
        for index in {bisect_right(ends, offset) - 1 for offset in self._doubts}:
            if index >= 0:
                gaps[index] = replace(gaps[index], certain=False)
        return iter(gaps)


def _blanks_start(text: str, offset: int) -> int:
    while offset and text[offset - 1] in BLANKS:
        offset -= 1
    return offset
