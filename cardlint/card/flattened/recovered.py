"""The recovered text of a flattened card, with the offset on disk of every character."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from msgspec import Struct

from cardlint.source import Span

__all__ = ["Boundary", "Piece", "Recovery"]


class Piece(Struct, frozen=True):
    """A run of `length` characters: `recovered_start` in the recovered text is `original_start` in the file."""

    recovered_start: int
    original_start: int
    length: int


class Boundary(Struct, frozen=True):
    """One or more line breaks (and indentation) at `offset` of the recovered text, in place of blanks in the file.

    `certain` is true if the grammar or the generator's own words allow no other place.
    """

    offset: int
    certain: bool


class Recovery(Struct, frozen=True):
    """The recovered text; `pieces` and `boundaries` ascend, and `whole` is false if the body kept its lines."""

    text: str
    pieces: tuple[Piece, ...]
    boundaries: tuple[Boundary, ...]
    whole: bool

    @property
    def likely(self) -> int:
        """The number of boundaries that are a guess."""
        return sum(not boundary.certain for boundary in self.boundaries)

    def original(self, span: Span) -> Span:
        """Return the span in the file for a span of the recovered text.

        Inserted text has no place in the file: a span that begins in it begins at the next original character, and one
        that ends in it ends after the last.
        """
        start = self._forward(span.start, at_end=span.start == span.end)
        return Span(start, max(start, self._backward(span.end)))

    def _forward(self, offset: int, *, at_end: bool) -> int:
        index = max(bisect_right(self.pieces, offset, key=_start) - 1, 0)
        piece = self.pieces[index]
        into = offset - piece.recovered_start
        # an empty span after a line's last character stays there
        if into < piece.length or (at_end and into == piece.length) or index + 1 == len(self.pieces):
            return piece.original_start + max(min(into, piece.length), 0)
        return self.pieces[index + 1].original_start

    def _backward(self, offset: int) -> int:
        piece = self.pieces[max(bisect_left(self.pieces, offset, key=_start) - 1, 0)]
        return piece.original_start + max(min(offset - piece.recovered_start, piece.length), 0)


def _start(piece: Piece) -> int:
    return piece.recovered_start
