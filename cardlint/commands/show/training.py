"""The training in the picture of a card: hyperparameters, results with curves, and framework versions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace
from rich.cells import cell_len
from rich.text import Text

from cardlint.card.agreement.reported_row import ReportedRow, best_rows
from cardlint.card.card import Card
from cardlint.card.numbers.number import parse_number
from cardlint.card.training.training import ResultsTable
from cardlint.commands.show.canvas import Canvas, Column, Piece
from cardlint.commands.show.curves import draw_curves
from cardlint.vocabulary.labels.metrics import normalise_label
from cardlint.wording import counted

__all__ = ["draw_training", "spark_line"]

_MOST_HYPERPARAMETERS = 60
_MOST_TABLES = 4
_MOST_COLUMNS = 60  # columns of a table that are read
_MOST_PANELS = 3
_ALL_ROWS = 8  # longer tables are shortened
_CELL = 20  # width of a table cell, at most
_SPARK = 10  # width of a spark line, at most, unless the column is wider
_KEYS = frozenset(("step", "steps", "iteration", "epoch", "epochs"))


def draw_training(card: Card, canvas: Canvas) -> Iterator[list[Text]]:
    """Yield the lines of each part of the training that the card has."""
    training = card.training
    if training.hyperparameters:
        pairs = [(canvas.clean(name), canvas.clean(each.text)) for name, each in training.hyperparameters.items()]
        yield list(_hyperparameters(pairs, canvas))
    reported = card.reported_row
    for results in training.results[:_MOST_TABLES]:
        yield list(_results(card, results, canvas, reported if reported and reported.results is results else None))
    if len(training.results) > _MOST_TABLES:
        yield [canvas.more(len(training.results) - _MOST_TABLES, "results table")]
    if training.versions:
        words = [f"{canvas.clean(name)} {canvas.clean(version)}" for name, version in training.versions.items()]
        yield [canvas.title("Framework versions"), *canvas.flow(words, f" {canvas.signs.dot} ")]


def _hyperparameters(pairs: Sequence[tuple[str, str]], canvas: Canvas) -> Iterator[Text]:
    """Yield two columns if most values are short, then the long ones on separate lines."""
    yield canvas.title("Hyperparameters", (str(len(pairs)), "dim"))
    shown = pairs[:_MOST_HYPERPARAMETERS]
    half = (canvas.width - 3) // 2
    names = min(max(cell_len(name) for name, _ in shown), half)
    short = [pair for pair in shown if names + 2 + cell_len(pair[1]) <= half]
    if len(short) * 3 < len(shown) * 2:
        short = []
    height = (len(short) + 1) // 2
    for index in range(height):
        left, right = short[index], short[index + height : index + height + 1]
        blank = canvas.pad("", half + 1 - names - cell_len(left[1]))
        pieces = [*_pair(left, names, canvas), (blank, "")]
        yield canvas.line(*pieces, *(_pair(right[0], names, canvas) if right else ()))
    for pair in shown:
        if pair not in short:
            yield canvas.line(*_pair(pair, names, canvas))
    if len(pairs) > len(shown):
        yield canvas.more(len(pairs) - len(shown), "hyperparameter")


def _pair(pair: tuple[str, str], names: int, canvas: Canvas) -> list[Piece]:
    return [(f"{canvas.pad(pair[0], names)}  ", "cyan"), (pair[1], "")]


def _results(card: Card, results: ResultsTable, canvas: Canvas, reported: ReportedRow | None) -> Iterator[Text]:
    """Yield the table, split into panels if it is too wide, with notes on single rows and curves."""
    line = card.original.position(card.locate(results.table.span).start).line
    aside = f"{counted(len(results.rows), 'row')}, line {line}"
    yield canvas.title("Training results", (aside, "dim"))
    notes = _notes(results, reported)
    rows = _chosen(len(results.rows), notes)
    first, columns = _columns(results, rows, notes, canvas)
    panels = list(_panels(first, columns, canvas.width))
    for number, panel in enumerate(panels[:_MOST_PANELS]):
        if number:
            yield canvas.line()
        yield from _panel(panel, rows, canvas)
    drawn = sum(len(panel) - len(first) for panel in panels[:_MOST_PANELS])
    left_out = len(results.columns) - len(first) + 1 - drawn
    if left_out:
        yield canvas.more(left_out, "column")
    for row, note in sorted(notes.items()):
        name = canvas.clean(results.names(row)[0])
        yield canvas.line((f"{canvas.signs.mark} ", "yellow"), (f"{name}: ", "bold"), (canvas.clean(note), ""))
    curves = list(draw_curves(results, canvas))
    if curves:
        yield canvas.line()
        yield from curves


def _notes(results: ResultsTable, reported: ReportedRow | None) -> dict[int, str]:
    """Return notes on rows: the best row of a column, and the reported row."""
    notes = {
        row: [f"{which} {', '.join(columns)}" for which, columns in best.items()]
        for row, best in best_rows(results).items()
    }
    if reported is not None and reported.agreeing:
        notes[reported.index] = ["the reported row", *notes.get(reported.index, [])]
    return {row: "; ".join(words) for row, words in notes.items()}


def _chosen(count: int, notes: dict[int, str]) -> list[int]:
    """Return all rows of a short table, or the first, the last and those with a note of a long one."""
    if count <= _ALL_ROWS:
        return list(range(count))
    chosen = {0, count - 1, *notes}
    # hiding a single row would not save a line
    return [row for row in range(count) if row in chosen or {row - 1, row + 1} <= chosen]


def _columns(
    results: ResultsTable, rows: Sequence[int], notes: dict[int, str], canvas: Canvas
) -> tuple[list[Column], list[Column]]:
    """Return the columns that begin every panel, and the others; the first row of each is its spark line."""
    marks = [("", ""), *((canvas.signs.mark if row in notes else " ", "yellow") for row in rows)]
    leading: list[Column] = [Column((), marks, right=False)]
    others: list[Column] = []
    for index, name in enumerate(results.columns[:_MOST_COLUMNS]):
        texts = [row[index] if index < len(row) else "" for row in results.rows]
        cells = [canvas.fit(canvas.clean(texts[row]), _CELL) for row in rows]
        is_key = normalise_label(name) in _KEYS
        column = Column(_header(canvas.clean(name), canvas), [(cell, "bold" if is_key else "") for cell in cells])
        spark = "" if is_key else spark_line(texts, max(column.width, _SPARK), canvas.signs.spark)
        full = replace(column, cells=[(spark, "green"), *column.cells])
        (leading if is_key else others).append(full)
    return leading, others


def _header(name: str, canvas: Canvas) -> list[str]:
    """Return the name of a column in up to three short lines, since the numbers below are short."""
    lines: list[str] = []
    for word in name.split():
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= _SPARK:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [canvas.fit(line, _CELL) for line in lines[:3]]


def _panels(leading: Sequence[Column], columns: Sequence[Column], width: int) -> Iterator[list[Column]]:
    """Yield panels with as many columns as fit, each panel with the leading ones."""
    start = sum(column.width + 2 for column in leading)
    panel, used = list(leading), start
    for column in columns:
        if len(panel) > len(leading) and used + column.width > width:
            yield panel
            panel, used = list(leading), start
        panel.append(column)
        used += column.width + 2
    yield panel


def _panel(panel: Sequence[Column], rows: Sequence[int], canvas: Canvas) -> Iterator[Text]:
    lines = list(canvas.table(panel))
    heads = len(lines) - len(rows)
    has_curve = any(column.cells[0][0] for column in panel)
    yield from lines[: heads if has_curve else heads - 1]
    for line, (before, row) in zip(lines[heads:], pairwise([-1, *rows]), strict=True):
        if row - before > 1:
            yield canvas.more(row - before - 1, "row", "   ")
        yield line


def spark_line(texts: Sequence[str], width: int, signs: str) -> str:
    """Return the curve of the numbers in `texts`, at most `width` characters wide; empty for fewer than three."""
    values = [value for value in map(_value, texts) if value is not None]
    if len(values) < 3:
        return ""
    if len(values) > width:  # the last of each stretch, so that the end of the training is seen
        values = [values[(index + 1) * len(values) // width - 1] for index in range(width)]
    low, high = min(values), max(values)
    if low == high:
        return signs[0] * len(values)
    # divide before subtracting, since the difference of two doubles may overflow
    scale = max(abs(low), abs(high))
    span = high / scale - low / scale
    return "".join(signs[round((value / scale - low / scale) / span * (len(signs) - 1))] for value in values)


def _value(text: str) -> float | None:
    number = parse_number(text)
    value = float(number.value) if number else math.nan
    return value if math.isfinite(value) else None
