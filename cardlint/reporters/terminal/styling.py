"""Colours and links for a terminal, or plain text if it supports none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from cardlint.finding import RuleInfo
from cardlint.lazy_regex import LazyPattern
from cardlint.reporters.machine.paths import as_ascii
from cardlint.reporters.report import Style
from cardlint.reporters.terminal.cells import ASCII, UNICODE, Glyphs, clean, width_of

__all__ = ["Paint", "Piece", "colored", "joined", "prose"]

# Select Graphic Rendition codes by role. Colour is never the only sign.
_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;34",
    "related": "36",
    "frame": "2",
    "strong": "1",
    "card": "1;4",
    "good": "1;32",
    "removed": "31",
    "added": "32",
    "removed change": "7;31",
    "added change": "7;32",
}

_ESCAPE = LazyPattern(r"\x1b\][^\x1b]*\x1b\\")


class Piece(Struct, frozen=True):
    """Text with its role; it must be clean, since it is written unchanged. `code` is true for text from back-ticks."""

    text: str
    role: str = ""
    code: bool = False


class Paint:
    """A writer of pieces as strings for one stream."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.glyphs: Glyphs = UNICODE if style.unicode else ASCII

    def line(self, pieces: Iterable[Piece]) -> str:
        """Return one line with its line end."""
        return self.text(pieces) + "\n"

    def sentence(self, head: Sequence[Piece], words: Iterable[Piece], indent: int) -> str:
        """Return a line of words after a head, on several lines if the terminal is too narrow.

        All lines after the first are indented. `head` has no escape sequence other than the link of a rule's name.
        """
        if not self.style.wraps:
            return self.line([*head, *words])
        start = sum(width_of(_ESCAPE.sub("", piece.text)) for piece in head)
        first, *others = _broken(words, start, self.style.width, indent)
        return "".join([self.line([*head, *first]), *(self.line([Piece(" " * indent), *each]) for each in others)])

    def text(self, pieces: Iterable[Piece]) -> str:
        return "".join(self._piece(piece) for piece in pieces)

    def _piece(self, piece: Piece) -> str:
        return colored(piece.text, piece.role, strong=piece.code) if self.style.color else piece.text

    def clean(self, text: str) -> str:
        """Return `text` on one line and without control characters."""
        return clean(text, self.glyphs)

    def prose(self, text: str, role: str = "") -> list[Piece]:
        """Return the text of a rule as clean pieces."""
        return prose(self.clean(text), role)

    def rule(self, rule: RuleInfo) -> Piece:
        """Return the rule's name, as a link to its page if the terminal supports links."""
        name = self.clean(rule.name)
        if not self.style.hyperlinks or not rule.page:
            return Piece(name)
        return Piece(f"\x1b]8;;{as_ascii(rule.page)}\x1b\\{name}\x1b]8;;\x1b\\")


def colored(text: str, role: str, *, strong: bool = False) -> str:
    """Return clean text in the colour of a role, unchanged if the role has none."""
    codes = ";".join(filter(None, ["1" if strong else "", _CODES.get(role, "")]))
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text


def prose(text: str, role: str = "") -> list[Piece]:
    """Split clean text into pieces; code in back-ticks is a piece of its own."""
    return list(_prose(text, role))


def _prose(text: str, role: str) -> Iterator[Piece]:
    for index, part in enumerate(re.split(r"(`[^`]+`)", text)):
        if part:
            yield Piece(part, role, code=index % 2 == 1)


def _broken(words: Iterable[Piece], start: int, width: int, indent: int) -> list[list[Piece]]:
    """Break the words into lines of at most `width`; the first begins at the cell `start`, the others at `indent`."""
    lines: list[list[Piece]] = [[]]
    column = start
    for blanks, word in _words(words):
        is_short = _width(word) <= width - (indent if lines[-1] else start)
        for number, part in enumerate([word] if is_short else _parts(word)):
            gap = [] if number else blanks
            before, size = _width(gap), _width(part)
            if column + before + size <= width or not lines[-1]:
                lines[-1] += [*gap, *part]
                column += before + size
            else:
                lines.append(part)
                column = indent + size
    return [joined(line) for line in lines]


def _width(pieces: Iterable[Piece]) -> int:
    return sum(width_of(piece.text) for piece in pieces)


_IDEOGRAPHIC = LazyPattern("[^\u2e80-\u9fff\uac00-\ud7a3\uff00-\uff60]*(?:[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uff60]|$)")


def _parts(word: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the parts of a word that is too long for a line; scripts without spaces may be broken between them."""
    for piece in word:
        yield from ([replace(piece, text=text)] for text in _IDEOGRAPHIC.findall(piece.text) if text)


_WORD = LazyPattern(r" +|\(?lines? [0-9][^ ]*|[^ ]+")  # the number of a line stays with its word


def _words(pieces: Iterable[Piece]) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """Yield each word, which may have several pieces, with the blanks before it."""
    blanks: list[Piece] = []
    word: list[Piece] = []
    for piece in pieces:
        for text in _WORD.findall(piece.text):
            if text[0] == " " and word:
                yield blanks, word
                blanks, word = [], []
            (blanks if text[0] == " " else word).append(replace(piece, text=text))
    yield blanks, word


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Merge adjacent pieces of the same kind, so that a colour is switched on once."""
    runs = groupby(pieces, key=lambda piece: (piece.role, piece.code))
    return [Piece("".join([piece.text for piece in run]), *kind) for kind, run in runs]
