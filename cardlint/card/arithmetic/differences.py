"""Columns and rows of differences (`Change`, `Δ`) that are not the difference of the numbers beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from itertools import combinations, product

from msgspec import Struct

from cardlint.card.arithmetic.contradiction import Contradiction
from cardlint.card.arithmetic.number_table import Line, NumberTable, TableNumber
from cardlint.card.numbers.rounding import Interval
from cardlint.lazy_regex import LazyPattern

__all__ = ["is_difference", "wrong_differences"]

_DIFFERENCE = LazyPattern(
    r"(?i)[\W_]*(?:(?:absolute|abs\.?|net|relative|rel\.?|total|score) )?"
    r"(?:[Δ∆δ]|delta|change|differences?|diff|gain|improvements?|improv|uplift|lift|increase|boost|variation)"
    r"(?![\w])(?! (?:in|of|for) ).{0,30}"
)
_BEFORE = LazyPattern(
    r"(?i)\b(?:base|baseline|before|original|pre-?trained|zero-?shot|vanilla|untuned|raw|old|previous)\b"
)
_AFTER = LazyPattern(
    r"(?i)\b(?:fine-?tuned|finetune|tuned|after|ours|this model|our model|new|trained|distilled|adapted)\b"
)
_MOST_OPERANDS = 6
_HUNDRED = Decimal(100)

_Formula = Callable[[Decimal, Decimal], Decimal]
_FORMULAS: tuple[_Formula, ...] = (
    lambda a, b: b - a,
    lambda a, b: _HUNDRED * (b - a),
    lambda a, b: (b - a) / _HUNDRED,
    lambda a, b: (b - a) / a,
    lambda a, b: _HUNDRED * (b - a) / a,
    lambda a, b: (b - a) / b,
    lambda a, b: _HUNDRED * (b - a) / b,
    lambda a, b: b / a,
    lambda a, b: a / b,
    lambda a, b: _HUNDRED * b / a,
    lambda a, b: _HUNDRED * a / b,
    # the share of the errors that are gone
    lambda a, b: (b - a) / (1 - a),
    lambda a, b: _HUNDRED * (b - a) / (1 - a),
    lambda a, b: (b - a) / (_HUNDRED - a),
    lambda a, b: _HUNDRED * (b - a) / (_HUNDRED - a),
)
"""The ways in which cards compute a change from one number to another; either sign may be written."""


class _Row(Struct, frozen=True):
    """Two numbers and what the table states as their difference."""

    before: TableNumber
    after: TableNumber
    difference: TableNumber

    def fits(self, formula: _Formula) -> bool:
        """Return True if the formula gives the difference at the digits shown."""
        one, other, stated = (each.interval for each in (self.before, self.after, self.difference))
        with localcontext(prec=30):
            try:
                values = [formula(a, b) for a, b in product((one.low, one.high), (other.low, other.high))]
            except ArithmeticError:
                return False
        interval = Interval(min(values), max(values))
        return interval.meets(stated) or interval.meets(Interval(-stated.high, -stated.low))

    def fits_any(self) -> bool:
        """Return True if any formula gives the difference."""
        return any(map(self.fits, _FORMULAS))


def is_difference(head: str) -> bool:
    """Return True if a heading says that the numbers are differences."""
    return _DIFFERENCE.fullmatch(head) is not None


def wrong_differences(table: NumberTable) -> Iterator[Contradiction]:
    """Yield the differences of a table that are none, in columns and in rows."""
    for each in (table, table.transposed()):
        places = [index for index, head in enumerate(each.heads) if is_difference(head)]
        operands = [index for index in range(len(each.heads)) if index not in places]
        for place in places:
            nearest = sorted(operands, key=lambda index: abs(index - place))[:_MOST_OPERANDS]
            yield from _wrong_in_column(each, place, sorted(nearest))


class _Reading(Struct, frozen=True):
    """A column read as the differences of two others: the rows, and the formula that explains most of them."""

    heads: tuple[str, str]
    rows: tuple[_Row, ...]
    formula: _Formula
    explained: int

    @property
    def wrong(self) -> list[_Row]:
        """The rows that no formula explains."""
        return [row for row in self.rows if not row.fits_any()]

    def is_established(self, operands: int) -> bool:
        """Return True if the other rows, or the headings of a single one, prove what the differences are of."""
        wrong = self.wrong
        if operands == 2 and len(self.rows) == 1:
            return _are_before_and_after(*self.heads) and wrong[0].difference.is_signed if wrong else False
        if operands == 2 and len(self.rows) == 2:
            return self.explained == len(wrong) == 1
        return len(wrong) == 1 and self.explained >= max(_FEWEST[operands > 2], (len(self.rows) - 1) * 3 / 4)


_FEWEST = (2, 3)
"""The rows that prove a reading if there are two other columns, and if there are more."""


def _wrong_in_column(table: NumberTable, place: int, operands: list[int]) -> Iterator[Contradiction]:
    """Yield the wrong differences of a column, by the two columns that explain most of its rows."""
    readings = [_read(table, before, after, place) for before, after in combinations(operands, 2)]
    best = max(readings, key=lambda reading: reading.explained, default=None)
    if best is not None and best.is_established(len(operands)):
        for row in best.wrong:
            yield _contradiction(table.heads[place], row, best.formula)


def _read(table: NumberTable, before: int, after: int, place: int) -> _Reading:
    rows = tuple(_rows(table.lines, before, after, place))
    counts = [sum(row.fits(formula) for row in rows) for formula in _FORMULAS]
    explained = max(counts)
    return _Reading(
        heads=(table.heads[before], table.heads[after]),
        rows=rows,
        formula=_FORMULAS[counts.index(explained)],
        explained=explained,
    )


def _rows(lines: tuple[Line, ...], before: int, after: int, place: int) -> Iterator[_Row]:
    for line in lines:
        one, other, stated = line.numbers[before], line.numbers[after], line.numbers[place]
        if one and other and stated and one.number.percent == other.number.percent:
            yield _Row(one, other, stated)


def _are_before_and_after(one: str, other: str) -> bool:
    return bool((_BEFORE.search(one) and _AFTER.search(other)) or (_AFTER.search(one) and _BEFORE.search(other)))


def _contradiction(head: str, row: _Row, formula: _Formula) -> Contradiction:
    with localcontext(prec=30):
        difference = abs(formula(row.before.value, row.after.value))
    digits = max(each.digits for each in (row.before, row.after, row.difference))
    shown = f"{round(difference, digits).normalize():f}"
    return Contradiction(
        relation=f"difference {row.difference.span.start}",
        span=row.difference.span,
        message=f"`{head}` is {row.difference.text}, but {row.before.text} and {row.after.text} make {shown}",
        related=((row.before.span, row.before.text), (row.after.span, row.after.text)),
    )
