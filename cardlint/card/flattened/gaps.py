"""Where a flattened text gets its line breaks back: a gap turns one run of blanks into line breaks and indentation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

__all__ = ["BLANKS", "Gap", "Gaps"]

BLANKS = " \t"


class Gap(Struct, frozen=True):
    """The blanks `text[start:end]` stand for `lines` line breaks and `indent` blanks."""

    start: int
    end: int
    lines: int
    indent: int
    certain: bool


class Gaps:
    """The gaps found so far, in whatever order they are found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.indents = False
        """Whether lines that are there already are given the indentation that is asked for."""
        self._by_end: dict[int, Gap] = {}
        self._doubts: list[int] = []

    def before(self, offset: int, *, lines: int = 1, indent: int = 0, certain: bool) -> None:
        """Break the line before `offset`, at the blanks there; where there are none, or only blanks, nothing breaks.

        Asked twice, the wider gap stands, and it is certain when either was.
        """
        start = _blanks_start(self.text, offset)
        if start and self.text[start - 1] in "\r\n":
            if not self.indents or offset - start == indent:
                return
            start -= 2 if self.text.endswith("\r\n", 0, start) else 1
        if start in {0, offset}:
            return
        known = self._by_end.get(offset)
        if known is None:
            self._by_end[offset] = Gap(start, offset, lines, indent, certain)
        else:
            wider = max(known.lines, lines)
            deeper = max(known.indent, indent)
            self._by_end[offset] = Gap(start, offset, wider, deeper, known.certain or certain)

    def doubt(self, offset: int) -> None:
        """Say that a line break may be missing at `offset`: then the last one before it is a guess too."""
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
