"""The drawings below a line of source: underlines and their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.reporters.terminal.cells import width_of
from cardlint.reporters.terminal.layout import Place
from cardlint.reporters.terminal.styling import Paint, Piece, joined

__all__ = ["Mark", "by_weight", "drawings"]

Mark = tuple[Place, int, int]
"""A place with the half-open range of cells that it underlines."""


def by_weight(marks: Sequence[Mark]) -> list[Mark]:
    """Sort the primary place first, since it is drawn over the others."""
    return sorted(marks, key=lambda mark: not mark[0].primary)


def drawings(marks: Sequence[Mark], room: int, paint: Paint) -> Iterator[list[Piece]]:
    """Yield the underlines with the last label beside them, then the other labels on lines of their own."""
    if not marks:
        return
    labelled = sorted(
        (mark for mark in marks if mark[0].label and not mark[0].tall), key=lambda mark: (mark[1], mark[2])
    )
    row = _underlines(marks, paint)
    end = max(mark[2] for mark in marks)
    if labelled and labelled[-1][2] == end and end + 1 + _label_width(labelled[-1], paint) <= room:
        place = labelled.pop()[0]
        row += [Piece(" "), *paint.prose(place.label, place.role)]
    yield row
    while labelled:
        mark = labelled.pop()
        yield _hung(mark, labelled, room, paint)


def _label_width(mark: Mark, paint: Paint) -> int:
    return width_of(paint.clean(mark[0].label))


def _underlines(marks: Sequence[Mark], paint: Paint) -> list[Piece]:
    cells: list[Piece] = [Piece(" ")] * max(end for _, _, end in marks)
    for place, start, end in reversed(by_weight(marks)):
        cells[start:end] = [Piece("^" if place.primary else paint.glyphs.under, place.role)] * (end - start)
    return joined(cells)


def _hung(mark: Mark, waiting: Sequence[Mark], room: int, paint: Paint) -> list[Piece]:
    """Return a label below its underline, with vertical lines for the labels that follow, which begin to its left."""
    place, start, _ = mark
    glyphs = paint.glyphs
    words = paint.prose(place.label, place.role)
    width = _label_width(mark, paint)
    taken = max((other + 1 for _, other, _ in waiting), default=0)
    if start + len(glyphs.corner) + width <= room:
        return [*_descending(waiting, start, paint), Piece(glyphs.corner, place.role), *words]
    column = start + 1 - len(glyphs.turned) - width
    if column >= taken:  # there is room only to its left
        return [*_descending(waiting, column, paint), *words, Piece(glyphs.turned, place.role)]
    column = max(room - len(glyphs.corner) - width, min(taken, start))
    return [*_descending(waiting, column, paint), Piece(glyphs.corner, place.role), *words]


def _descending(waiting: Sequence[Mark], column: int, paint: Paint) -> list[Piece]:
    """Return white space up to a column, with vertical lines for the labels that follow."""
    cells = [Piece(" ")] * column
    for place, start, _ in waiting:
        if start < column:
            cells[start] = Piece(paint.glyphs.bar, place.role)
    return joined(cells)
