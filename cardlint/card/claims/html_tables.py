"""Tables written in HTML, as the same blocks that a Markdown table is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardlint.card.markdown.tree import Cell, Content, Html, Row, Table
from cardlint.lazy_regex import LazyPattern

__all__ = ["read_html_tables"]

_TABLE = LazyPattern(r"(?is)<table\b[^<>]*>(?P<inside>.*?)(?:</table\s*>|\Z)")
_ROW = LazyPattern(r"(?is)<tr\b[^<>]*>(?P<inside>.*?)(?=</tr\s*>|<tr\b|</t(?:head|body|able)\s*>|\Z)")
_CELL = LazyPattern(r"(?is)<t[hd]\b(?P<attributes>[^<>]*)>(?P<inside>.*?)(?=</t[hd]\s*>|<t[hd]\b|\Z)")
_SPANS = LazyPattern(r"(?i)\b(?P<direction>col|row)span\s*=\s*[\"']?(?P<count>\d{1,2})")
_MOST_CELLS = 5_000


def read_html_tables(block: Html) -> Iterator[Table]:
    """Yield the tables of a block of HTML; a cell that spans columns or rows is repeated in each of them.

    The first row is the header.
    """
    text = block.content.text
    if "<t" not in text.lower():
        return
    for match in _TABLE.finditer(text):
        rows = list(_rows(block.content, match.start("inside"), match.end("inside")))
        if len(rows) > 1:
            width = max(len(row.cells) for row in rows)
            yield Table(block.content.span(*match.span()), rows[0], tuple(rows[1:]), ("",) * width)


def _rows(content: Content, start: int, end: int) -> Iterator[Row]:
    left: dict[int, tuple[int, Cell]] = {}  # by column: the rows that a cell from above still spans, and the cell
    number = 0
    for match in _ROW.finditer(content.text, start, end):
        cells: list[Cell] = []
        for found in _CELL.finditer(content.text, match.start("inside"), match.end("inside")):
            _fill(cells, left)
            spans = {each["direction"].lower(): int(each["count"]) for each in _SPANS.finditer(found["attributes"])}
            cell = _cell(content, found)
            for _ in range(max(spans.get("col", 1), 1)):
                if spans.get("row", 1) > 1:
                    left[len(cells)] = (spans["row"] - 1, cell)
                cells.append(cell)
        _fill(cells, left)
        number += len(cells)
        if number > _MOST_CELLS:
            return
        if cells:
            yield Row(content.span(*match.span()), tuple(cells))


def _fill(cells: list[Cell], left: dict[int, tuple[int, Cell]]) -> None:
    """Add the cells from rows above that reach down to the next column of this row."""
    while len(cells) in left:
        column = len(cells)
        rows, cell = left.pop(column)
        if rows > 1:
            left[column] = (rows - 1, cell)
        cells.append(cell)


def _cell(content: Content, found: re.Match[str]) -> Cell:
    inside = found["inside"]
    start = found.start("inside") + len(inside) - len(inside.lstrip())
    text = " ".join(inside.split())
    span = content.span(start, start + len(inside.strip()))
    return Cell(span, Content(text, ((0, span.start),)))
