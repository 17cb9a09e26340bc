"""Offsets in a text as places in an editor, and back."""

from __future__ import annotations

from bisect import bisect_right

from cardlint.lazy_regex import pattern

__all__ = ["Places", "without_surrogates"]

# Those of the protocol, which knows no `\r\r\n`.
_LINE_END = pattern(r"\r\n|\r|\n")
_SURROGATE = pattern("[\ud800-\udfff]")

# How many bytes a unit of each encoding has, and what Python calls it.
_CODECS = {"utf-8": (1, "utf-8"), "utf-16": (2, "utf-16-le"), "utf-32": (4, "utf-32-le")}


def without_surrogates(text: str) -> str:
    """The text with a replacement character for each half of a pair, which is as long in every encoding."""
    return _SURROGATE.sub("\ufffd", text)


class Places:
    """The lines of a text as an editor counts them: from 0, with columns in units of the encoding agreed upon.

    `encoding` is one of `utf-8`, `utf-16` and `utf-32`; the text holds no surrogates.
    """

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self._width, self._codec = _CODECS[encoding]
        ends = list(_LINE_END.finditer(text))
        self._starts = [0, *(end.end() for end in ends)]
        self._ends = [*(end.start() for end in ends), len(text)]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset; one between the characters of a line end is the end of its line."""
        line = bisect_right(self._starts, offset) - 1
        before = self.text[self._starts[line] : min(offset, self._ends[line])]
        return line, len(before.encode(self._codec)) // self._width

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; one behind the end of its line, or of the text, is that end.

        One inside a character is its beginning.
        """
        if line >= len(self._starts):
            return len(self.text)
        start, end = self._starts[line], self._ends[line]
        before = self.text[start : min(end, start + column)].encode(self._codec)[: column * self._width]
        return start + len(before.decode(self._codec, "ignore"))
