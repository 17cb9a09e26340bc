"""The tables of a card as numbers with the texts that head their rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from cardlint.card.claims.grids import Grid, PlacedGrid
from cardlint.card.markdown.tree import Cell
from cardlint.card.numbers.number import NUMERAL, Number, read_number
from cardlint.card.numbers.rounding import Interval, computed, is_computable
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["Line", "NumberTable", "TableNumber", "number_tables"]

# A number with marks around it that say nothing of its value: brackets, arrows, medals, footnotes, units of points.
_LONGEST = 300  # characters of a cell with a number
_MARKED = LazyPattern(rf"[^\w.+\u2212-]*(?P<number>{NUMERAL}(?:\s*[%\uff05])?)\s*(?:pp|pts?|points?|x|×)?[^\w.]*")


class TableNumber(Struct, frozen=True, dict=True):
    """A number in a cell."""

    number: Number
    span: Span

    @cached_property
    def interval(self) -> Interval:
        """The values that may have been rounded to the number; few tables have columns that need them."""
        interval = computed(self.number)
        assert interval is not None
        return interval

    @property
    def text(self) -> str:
        return self.number.text

    @property
    def value(self) -> Decimal:
        return self.number.value

    @property
    def digits(self) -> int:
        """The number of digits behind the decimal point."""
        exponent = self.value.as_tuple().exponent
        return max(-exponent, 0) if isinstance(exponent, int) else 0

    @property
    def is_signed(self) -> bool:
        """True if a plus or minus is written in front of the number."""
        return self.text[:1] in "+-\u2212"


class Line(Struct, frozen=True):
    """The numbers of a row or column; `labels` are the texts of the cells that head it."""

    labels: tuple[str, ...]
    numbers: tuple[TableNumber | None, ...]

    @property
    def label(self) -> str:
        """The texts that head the line as one."""
        return " ".join(filter(None, self.labels))


class NumberTable(Struct, frozen=True):
    """The rows of a table, and what heads each of their numbers."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]

    def transposed(self) -> NumberTable:
        """Return the table with its columns as lines."""
        columns = (tuple(line.numbers[index] for line in self.lines) for index in range(len(self.heads)))
        lines = tuple(Line((head,), numbers) for head, numbers in zip(self.heads, columns, strict=True))
        return NumberTable(tuple(line.label for line in self.lines), lines)


def number_tables(grids: Iterable[PlacedGrid]) -> Iterator[NumberTable]:
    """Yield the tables that have columns of numbers."""
    for grid, _ in grids:
        table = _read(grid)
        if table.lines and table.heads:
            yield table


def _read(grid: Grid) -> NumberTable:
    cells = [[_number(row, texts, index) for index in range(len(grid.titles))] for row, texts in _rows(grid)]
    columns = [index for index in range(len(grid.titles)) if _is_numeric(grid, cells, index)]
    first = columns[0] if columns else 0
    labels = [index for index in range(len(grid.titles)) if index not in columns and index < first]
    lines = []
    for (_, texts), numbers in zip(_rows(grid), cells, strict=True):
        heads = tuple(texts[index].strip() if index < len(texts) else "" for index in labels)
        lines.append(Line(heads, tuple(numbers[index] for index in columns)))
    return NumberTable(tuple(grid.titles[index] for index in columns), tuple(lines))


def _rows(grid: Grid) -> Iterator[tuple[tuple[Cell, ...], tuple[str, ...]]]:
    return zip(grid.cells, grid.texts, strict=True)


def _number(cells: tuple[Cell, ...], texts: tuple[str, ...], index: int) -> TableNumber | None:
    if index >= len(texts) or len(texts[index]) > _LONGEST:
        return None
    match = _MARKED.fullmatch(texts[index])
    number = read_number(match["number"].removeprefix("+")) if match else None
    if match is None or number is None or not is_computable(number):
        return None
    content, sign = cells[index].content, "+" * match["number"].startswith("+")
    number = Number(number.value, number.percent, sign + number.text, number.numeral)
    start = content.text.find(number.text)
    span = content.span(start, start + len(number.text)) if start >= 0 else cells[index].span
    return TableNumber(number, span)


def _is_numeric(grid: Grid, cells: list[list[TableNumber | None]], index: int) -> bool:
    """Return True if at least half of the texts of a column are numbers."""
    texts = [row[index] for row in grid.texts if index < len(row) and row[index].strip()]
    numbers = sum(row[index] is not None for row in cells)
    return bool(texts) and numbers * 2 >= len(texts)
