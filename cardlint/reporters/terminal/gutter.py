"""The left margin of a report for people: line numbers, arrows and remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from msgspec.structs import replace

from cardlint.reporters.terminal.cells import Glyph, View
from cardlint.reporters.terminal.styling import Paint, Piece

__all__ = ["Margin", "window"]

HANGING = 5  # cells between the line numbers and the other lines of a sentence
NARROWEST = 24  # the least cells for the text, in any terminal


class Margin:
    """The left margin: line numbers and the bar beside them."""

    def __init__(self, width: int, paint: Paint) -> None:
        self.paint = paint
        self.width = width
        self.bar = paint.glyphs.bar
        self.room = max(paint.style.width - width - 3, NARROWEST)

    def row(self, pieces: Iterable[Piece] = (), number: int | None = None) -> str:
        """Return a line of the frame, without white space at its end."""
        label = "" if number is None else str(number)
        kept = list(pieces)
        while kept and not kept[-1].text.strip(" "):
            kept.pop()
        bar = Piece(f"{label:>{self.width}} {self.bar}", "frame")
        if not kept:
            return self.paint.line([bar])
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
        return self.paint.line([bar, Piece(" "), *kept])

    def gap(self) -> str:
        return self.paint.line([Piece("...", "frame")])

    def arrow(self, sign: str, pieces: Iterable[Piece]) -> str:
        return self.paint.sentence([Piece(f"{' ' * self.width}{sign} ", "frame")], pieces, self.width + HANGING)

    def remark(self, word: str, pieces: Iterable[Piece]) -> str:
        """Return a sentence below the frame."""
        head = [Piece(f"{' ' * self.width} = ", "frame"), Piece(word, "strong")]
        return self.paint.sentence(head, pieces, self.width + HANGING)

    def code(self, line: str) -> str:
        """A line of code under a remark, which is not broken."""
        return self.paint.line([Piece(" " * (self.width + HANGING)), Piece(self.paint.clean(line))])


def window(shown: View, role_of: Callable[[Glyph], str]) -> list[Piece]:
    """Return the pieces of a part of a line, with marks where it is cut; half of a wide character is a blank."""
    pieces = [Piece(shown.left, "frame")]
    column = len(shown.left)
    if shown.glyphs:
        pieces.append(Piece(" " * (shown.glyphs[0].column - column)))
        column = shown.glyphs[-1].column + shown.glyphs[-1].width
    for role, run in groupby(shown.glyphs, role_of):
        pieces.append(Piece("".join([glyph.text for glyph in run]), role))
    if shown.right:
        pieces += [Piece(" " * (shown.width - len(shown.right) - column)), Piece(shown.right, "frame")]
    return pieces
