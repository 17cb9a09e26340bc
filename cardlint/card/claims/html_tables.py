"""Tables written in HTML, as the same blocks that a Markdown table is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec.structs import replace

from cardlint.card.markdown.tree import Block, Cell, Content, Html, Row, Table
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["join_html_tables", "read_html_tables"]

_TABLE = LazyPattern(r"(?is)<table\b[^<>]*>(?P<inside>.*?)(?:</table\s*>|\Z)")
_ROW = LazyPattern(r"(?is)<tr\b[^<>]*>(?P<inside>.*?)(?=</tr\s*>|<tr\b|</t(?:head|body|able)\s*>|\Z)")
_CELL = LazyPattern(r"(?is)<t[hd]\b(?P<attributes>[^<>]*)>(?P<inside>.*?)(?=</t[hd]\s*>|<t[hd]\b|\Z)")
_SPANS = LazyPattern(r"(?i)\b(?P<direction>col|row)span\s*=\s*[\"']?(?P<count>\d{1,2})")
_WORD = LazyPattern(r"\S+")
_MOST_CELLS = 5_000


def join_html_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks, with the blocks of HTML that belong to one table as one: a blank line ends a block, not a table."""
    parts: list[Html] = []
    for block in blocks:
        if parts and not isinstance(block, Html):
            yield _joined(parts)
            parts = []
        if not isinstance(block, Html):
            yield block
            continue
        parts.append(block)
        if not _is_open(parts):
            yield _joined(parts)
            parts = []
    if parts:
        yield _joined(parts)


def _is_open(parts: Sequence[Html]) -> bool:
    """Return True if a table begins in blocks of HTML and does not end."""
    return "<table" in parts[0].content.text.lower() and "</table" not in parts[-1].content.text.lower()


def _joined(parts: Sequence[Html]) -> Html:
    if len(parts) == 1:
        return parts[0]
    anchors: list[tuple[int, int]] = []
    length = 0
    for part in parts:
        anchors += ((length + at, offset) for at, offset in part.content.anchors)
        length += len(part.content.text) + 1
    text = "\n".join(part.content.text for part in parts)
    span = Span(parts[0].span.start, parts[-1].span.end)
    return replace(parts[0], span=span, content=Content(text, anchors[0][1], tuple(anchors[1:])))


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
    words = [word.span() for word in _WORD.finditer(content.text, *found.span("inside"))]
    if not words:
        return Cell(Content("", content.offset(found.end("inside"))))
    text = " ".join(content.text[start:end] for start, end in words)
    start, end = words[0][0], words[-1][1]
    if text == content.text[start:end]:
        return Cell(content.part(start, end))
    lengths = accumulate(end - start + 1 for start, end in words)
    further = tuple((at, content.offset(start)) for at, (start, _) in zip(lengths, words[1:], strict=False))
    return Cell(Content(text, content.offset(start), further))
