"""Colours and links as a terminal takes them, or nothing at all where it takes none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from cardlint.finding import RuleInfo
from cardlint.reporters import Style
from cardlint.reporters.cells import ASCII, UNICODE, Glyphs, clean

__all__ = ["Paint", "Piece", "joined", "prose"]

# Select Graphic Rendition, by what is drawn. No colour is the only sign of anything.
_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;34",
    "related": "36",
    "frame": "2",
    "strong": "1",
    "good": "1;32",
    "removed": "31",
    "added": "32",
    "removed change": "7;31",
    "added change": "7;32",
}


class Piece(NamedTuple):
    """Text with what it is; clean, since it is written as it stands. `code` marks what stood in back-ticks."""

    text: str
    role: str = ""
    code: bool = False


class Paint:
    """Turns pieces into a string for one stream."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.glyphs: Glyphs = UNICODE if style.unicode else ASCII

    def line(self, pieces: Iterable[Piece]) -> str:
        """One line with its line end."""
        return self.text(pieces) + "\n"

    def text(self, pieces: Iterable[Piece]) -> str:
        return "".join(self._piece(piece) for piece in pieces)

    def _piece(self, piece: Piece) -> str:
        codes = _CODES.get(piece.role, "")
        if piece.code:
            codes = f"1;{codes}" if codes else "1"
        if not self.style.color or not codes or not piece.text:
            return piece.text
        return f"\x1b[{codes}m{piece.text}\x1b[0m"

    def clean(self, text: str) -> str:
        """`text` on one line and harmless."""
        return clean(text, self.glyphs)

    def prose(self, text: str, role: str = "") -> list[Piece]:
        """Words of a rule, cleaned."""
        return prose(self.clean(text), role)

    def rule(self, rule: RuleInfo) -> Piece:
        """The rule's name, a link to its page where the terminal follows links."""
        name = self.clean(rule.name)
        if not self.style.hyperlinks or not rule.page:
            return Piece(name)
        page = re.sub(r"[^\x21-\x7e]", _percent, rule.page)
        return Piece(f"\x1b]8;;{page}\x1b\\{name}\x1b]8;;\x1b\\")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def prose(text: str, role: str = "") -> list[Piece]:
    """Clean words as pieces, the code in back-ticks set apart."""
    return list(_prose(text, role))


def _prose(text: str, role: str) -> Iterator[Piece]:
    for index, part in enumerate(re.split(r"(`[^`]+`)", text)):
        if part:
            yield Piece(part, role, code=index % 2 == 1)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with neighbours of one kind made one, so that a colour is switched on once."""
    runs = groupby(pieces, key=lambda piece: piece[1:])
    return [Piece("".join([piece.text for piece in run]), *kind) for kind, run in runs]
