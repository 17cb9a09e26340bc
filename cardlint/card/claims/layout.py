"""The layout of a table: the headings of its columns, its rows of values, and the group that each row is in."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cardlint.card.claims.grids import Grid
from cardlint.card.markdown.tree import Cell
from cardlint.card.numbers.value import read_value

__all__ = ["Heading", "Layout", "read_layout"]

_FEWEST_COLUMNS = 3  # of a table with group rows; a row of two cells may just lack its value


class Heading(Struct, frozen=True):
    """A text above the numbers of a column, or above the rows of a group."""

    text: str
    cell: Cell


class Layout(Struct, frozen=True):
    """The headings of each column from top to bottom, and the rows of values with their group, if any."""

    headings: tuple[tuple[Heading, ...], ...]
    rows: tuple[int, ...]
    groups: dict[int, Heading]


def read_layout(grid: Grid) -> Layout:
    """Read which rows of a grid are headings: further rows of the header, and rows of one text above a group."""
    first = next((row for row in range(len(grid.texts)) if not _is_header(grid, row)), len(grid.texts))
    headings = tuple(_headings(grid, column, first) for column in range(len(grid.titles)))
    rows: list[int] = []
    groups: dict[int, Heading] = {}
    group: Heading | None = None
    for row in range(first, len(grid.texts)):
        above = _group(grid, row)
        if above is not None:
            group = above
            continue
        rows.append(row)
        if group is not None:
            groups[row] = group
    return Layout(headings, tuple(rows), groups)


def _headings(grid: Grid, column: int, first: int) -> tuple[Heading, ...]:
    """Return the different texts of a column in the header and in the rows above `first`."""
    found = {grid.titles[column]: Heading(grid.titles[column], grid.header[column])}
    for row in range(first):
        if column < len(grid.texts[row]):
            text = grid.texts[row][column]
            found.setdefault(text, Heading(text, grid.cells[row][column]))
    if len(found) > 1:
        found.pop("", None)
    return tuple(found.values())


def _is_header(grid: Grid, row: int) -> bool:
    """Return True for a row that continues the header: several texts, no value, and no label of its own."""
    texts = grid.texts[row]
    continues = bool(texts) and texts[0] in {"", grid.titles[0]}
    return continues and len(_distinct(texts[1:])) > 1 and not any(map(read_value, texts))


def _group(grid: Grid, row: int) -> Heading | None:
    """Return the only text of a row that has no value: alone in its first cell, or across all cells."""
    texts = grid.texts[row]
    distinct = _distinct(texts)
    if len(grid.titles) < _FEWEST_COLUMNS or len(distinct) != 1 or read_value(distinct[0]) is not None:
        return None
    is_across = len(texts) > 1 and all(text == distinct[0] for text in texts)
    is_first = texts[0] == distinct[0] and not any(texts[1:])
    return Heading(distinct[0], grid.cells[row][0]) if is_across or is_first else None


def _distinct(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
