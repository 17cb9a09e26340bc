"""Contradictions among the numbers of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cardlint.card.arithmetic.averages import wrong_averages
from cardlint.card.arithmetic.contradiction import Contradiction
from cardlint.card.arithmetic.differences import is_difference, wrong_differences
from cardlint.card.arithmetic.laws import (
    MOST_FIGURES,
    Conditions,
    Figure,
    broken_laws_of_lines,
    figure,
    may_be_related,
)
from cardlint.card.arithmetic.number_table import NumberTable, TableNumber, number_tables
from cardlint.card.claims.grids import PlacedGrid
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels.metrics import Label, read_label

__all__ = ["contradictions_in_tables"]

_EXACT_MATCH = LazyPattern(
    r"(?i)(?P<of>(?:.*?[^ _-])?)[ _-]*+\b(?:exact[ _-]match|exact|em)\b[ _-]*(?:\(em\))?(?: score)?(?: ?\(?%\)?)?"
)
_LONGEST = 300  # characters of a heading that names a metric


def contradictions_in_tables(
    grids: Iterable[PlacedGrid], conditions: Conditions
) -> Iterator[tuple[int, Contradiction]]:
    """Yield every contradiction with the index of its table among those with numbers."""
    for index, table in enumerate(number_tables(grids)):
        for each in (table, table.transposed()):
            lines = tuple(_figures_of_lines(each))
            yield from ((index, found) for found in broken_laws_of_lines(lines, conditions))
        yield from ((index, found) for found in wrong_differences(table))
        yield from ((index, found) for found in wrong_averages(table))


def _figures_of_lines(table: NumberTable) -> Iterator[tuple[Figure, ...]]:
    """Yield the metrics of each line of a table whose headings name metrics."""
    reads = [_read(head) for head in table.heads[:MOST_FIGURES]]
    if not may_be_related([read.metric for read in reads if read is not None]):
        return
    for line in table.lines:
        if is_difference(line.label):
            continue
        pairs = zip(table.heads, reads, line.numbers, strict=False)
        figures = (
            _of_cell(head, read, number) for head, read, number in pairs if read and number and not number.is_signed
        )
        yield tuple(figures)


def _read(label: str) -> Label | None:
    """Return what a heading says if it names a metric."""
    if len(label) > _LONGEST:
        return None
    match = _EXACT_MATCH.fullmatch(label)
    if match:
        words = read_label(match["of"]).words if match["of"] else ()
        return Label("exact_match", None, read_label(match["of"]).split if match["of"] else None, True, (), words)
    read = read_label(label)
    return read if read.known else None


def _of_cell(head: str, read: Label, number: TableNumber) -> Figure:
    return figure(read, head, number.number, number.span, None)
