"""The results of a training as curves of block characters: a small picture for each column of numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.cells import cell_len
from rich.text import Text

from cardlint.card.training.results_table import ResultsTable
from cardlint.commands.show.canvas import Canvas, Piece
from cardlint.vocabulary.labels.metrics import is_noise, normalise_label

__all__ = ["draw_curves"]

_FEWEST = 5  # points of a curve; fewer are easier to read as numbers
_MOST_CURVES = 8
_HEIGHT = 4  # lines of a curve
_WIDTH = 32  # cells of a curve, at most
_GAP = 4
_STEEP = 20  # ratio of highest to lowest value above which logarithms are drawn, so that the end is not a flat line
_KEYS = frozenset(("step", "steps", "iteration", "epoch", "epochs"))


class _Curve(Struct, frozen=True):
    """A column: its name, its first, last, lowest and highest value as written, and its points from 0 to 1."""

    name: str
    first: str
    last: str
    low: str
    high: str
    points: tuple[float, ...]


def draw_curves(results: ResultsTable, canvas: Canvas) -> Iterator[Text]:
    """Yield a curve for each column with enough numbers, as many side by side as fit."""
    curves = list(_curves(results, canvas))
    width = min(_WIDTH, canvas.width)
    across = max((canvas.width + _GAP) // (width + _GAP), 1)
    for start in range(0, min(len(curves), _MOST_CURVES), across):
        if start:
            yield canvas.line()
        panels = [_panel(curve, width, canvas) for curve in curves[start : min(start + across, _MOST_CURVES)]]
        for pieces in zip(*panels, strict=True):
            yield canvas.line(*_beside(pieces, width, canvas))
    if len(curves) > _MOST_CURVES:
        yield canvas.more(len(curves) - _MOST_CURVES, "curve")


def _beside(pieces: Sequence[Sequence[Piece]], width: int, canvas: Canvas) -> Iterator[Piece]:
    for index, panel in enumerate(pieces):
        if index:
            yield " " * _GAP, ""
        yield from canvas.cut(panel, width)


def _curves(results: ResultsTable, canvas: Canvas) -> Iterator[_Curve]:
    for index, column in enumerate(results.columns):
        if normalise_label(column) in _KEYS or is_noise(column):
            continue
        numbers = results.numbers(index)
        values = {row: float(number.value) for row, number in numbers.items()}
        finite = {row: value for row, value in values.items() if math.isfinite(value)}
        if len(finite) >= _FEWEST and len(set(finite.values())) > 1:
            low, high = min(finite, key=lambda row: finite[row]), max(finite, key=lambda row: finite[row])
            first, last, *bounds = (canvas.clean(numbers[row].text) for row in (min(finite), max(finite), low, high))
            name, points = canvas.clean(column), _scaled(list(finite.values()))
            yield _Curve(name, first, last, bounds[0], bounds[1], points)


def _scaled(values: Sequence[float]) -> tuple[float, ...]:
    """Return the values scaled to 0 for the lowest and 1 for the highest; logarithms if the range is large."""
    if min(values) > 0 and max(values) / min(values) > _STEEP:
        values = [math.log(value) for value in values]
    # divide before subtracting, since the difference of two doubles may overflow
    scale = max(map(abs, values))
    low = min(values) / scale
    span = max(values) / scale - low
    return tuple((value / scale - low) / span for value in values) if span else (0.0,) * len(values)


def _panel(curve: _Curve, width: int, canvas: Canvas) -> list[list[Piece]]:
    """Return the lines of a curve: its name with the first and last value, then the picture with its bounds."""
    room = max(cell_len(curve.low), cell_len(curve.high))
    columns = _fitted(curve.points, width - room - 1)
    change = f"{curve.first} {_arrow(canvas)} {curve.last}"
    fits = cell_len(curve.name) + 2 + cell_len(change) <= width
    lines: list[list[Piece]] = [[(canvas.fit(curve.name, width), "bold"), (f"  {change}" if fits else "", "dim")]]
    for line in reversed(range(_HEIGHT)):
        bound = curve.high if line == _HEIGHT - 1 else curve.low if line == 0 else ""
        drawn = "".join(_block(point, line, canvas.signs.spark) for point in columns)
        lines.append(
            [(canvas.pad(drawn, width - room - 1), "green"), (f" {canvas.pad(bound, room, right=True)}", "dim")]
        )
    return lines


def _arrow(canvas: Canvas) -> str:
    return "->" if canvas.signs.spark.isascii() else "\u2192"


def _fitted(points: Sequence[float], width: int) -> list[float]:
    """Return at most `width` points: all of them, repeated if few, else the first and the last of each stretch."""
    if len(points) <= width:
        repeat = max(min(width // len(points), 3), 1)
        return [point for point in points for _ in range(repeat)]
    return [points[0], *(points[(index + 1) * len(points) // (width - 1) - 1] for index in range(width - 1))]


def _block(point: float, line: int, signs: str) -> str:
    """Return the character of one cell: full below the curve, empty above it, a partial block on it."""
    steps = len(signs)
    level = 1 + round(point * (_HEIGHT * steps - 1))
    inside = level - line * steps
    return " " if inside <= 0 else signs[min(inside, steps) - 1]
