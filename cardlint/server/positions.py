"""Conversion between offsets in a text and positions in an editor."""

from __future__ import annotations

from bisect import bisect_right

from cardlint.lazy_regex import LazyPattern

__all__ = ["Places"]

# The line ends of the protocol, without `\r\r\n`.
_LINE_END = LazyPattern(r"\r\n|\r|\n")

# The bytes per unit of each encoding, and its name in Python.
_CODECS = {"utf-8": (1, "utf-8"), "utf-16": (2, "utf-16-le"), "utf-32": (4, "utf-32-le")}


class Places:
    """The lines and columns of a text as an editor counts them: from 0, with columns in units of the encoding.

    `encoding` is one of `utf-8`, `utf-16` and `utf-32`; the text must not contain surrogates.
    """

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self._width, self._codec = _CODECS[encoding]
        ends = list(_LINE_END.finditer(text))
        self._starts = [0, *(end.end() for end in ends)]
        self._ends = [*(end.start() for end in ends), len(text)]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset; an offset inside a line end counts as the end of its line."""
        line = bisect_right(self._starts, offset) - 1
        before = self.text[self._starts[line] : min(offset, self._ends[line])]
        return line, len(before.encode(self._codec)) // self._width

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column, at most the end of the line or the text.

        A column inside a character gives the start of the character.
        """
        if line >= len(self._starts):
            return len(self.text)
        start, end = self._starts[line], self._ends[line]
        before = self.text[start : min(end, start + column)].encode(self._codec)[: column * self._width]
        return start + len(before.decode(self._codec, "ignore"))
