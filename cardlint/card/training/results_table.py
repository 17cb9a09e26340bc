"""Results tables: one row for each evaluation during training, with cells as exact numbers."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Table
from cardlint.card.numbers.number import Number, parse_number
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import normalise_label

__all__ = ["ResultsTable", "read_results_table"]

_STEPS = ("step", "steps", "iteration")
_EPOCHS = ("epoch", "epochs")
_LOSS = ("Loss", "loss", "LOSS")
# A table that compares models may have columns `Epochs` and `Loss` too, but each of its rows is another training.
_MODELS = ("model", "models", "model name", "base model", "run", "experiment")


class ResultsTable(Struct, frozen=True, dict=True):
    """A table with a row for each evaluation during training: its texts by column and row, and the parsed table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    table: Table

    def column(self, *names: str) -> int | None:
        """Return the index of the first column with one of `names` (in lower case), or None."""
        for index, column in enumerate(self.columns):
            if normalise_label(column) in names:
                return index
        return None

    @cached_property
    def steps(self) -> int | None:
        """The index of the column that counts the steps, or None."""
        return self.column(*_STEPS)

    @cached_property
    def epochs(self) -> int | None:
        """The index of the column that counts the epochs, or None."""
        return self.column(*_EPOCHS)

    def texts(self, column: int) -> tuple[str, ...]:
        """Return the cells of a column; a cell that a short row lacks is empty."""
        return tuple(row[column].strip() if column < len(row) else "" for row in self.rows)

    def numbers(self, column: int | None) -> dict[int, Number]:
        """Return the numbers of a column by row; cells with other text are left out."""
        if column is None:
            return {}
        if column not in self._numbers:  # kept, because several rules read them
            numbers = ((row, parse_number(text)) for row, text in enumerate(self.texts(column)) if text)
            self._numbers[column] = {row: number for row, number in numbers if number is not None}
        return self._numbers[column]

    @cached_property
    def _numbers(self) -> dict[int, dict[int, Number]]:
        return {}

    def span(self, row: int, column: int) -> Span:
        """Return the span of a cell."""
        return self.table.rows[row].cells[column].span

    def header_span(self, column: int) -> Span:
        """Return the span of a column's name."""
        return self.table.header.cells[column].span

    def names(self, row: int) -> tuple[str, ...]:
        """Name a row by its step and its epoch, as far as it has them, else by its number."""
        cells = [("step", self.steps), ("epoch", self.epochs)]
        texts = [(name, self.texts(column)[row]) for name, column in cells if column is not None]
        return tuple(f"{name} {text}" for name, text in texts if text) or (f"row {row + 1}",)

    @cached_property
    def is_divided(self) -> bool:
        """True if a row divides the table into those of several trainings."""
        return any(map(self.divides, range(len(self.rows))))

    def divides(self, row: int) -> bool:
        """Return True if a row has a text in one cell only, and this is not a number."""
        texts = [text for text in self.rows[row] if text.strip()]
        return len(texts) == 1 and parse_number(texts[0]) is None

    def epoch_error(self) -> Decimal:
        """Return the rounding error of an epoch: half a unit of the last digit that the column shows.

        The Trainer rounds to two digits (four since 4.40) and drops trailing zeros: `1.0` is exact to at least two
        digits.
        """
        most = max((_digits_behind_point(number.value) for number in self.numbers(self.epochs).values()), default=0)
        return Decimal((0, (5,), -1 - (max(most, 2) if most else 0)))


def read_results_table(table: Table, document: Document) -> ResultsTable | None:
    """Return the table as a results table, or None: it must count steps or epochs and have a loss."""
    columns = tuple(document.plain(cell.content) for cell in table.header.cells)
    if not any(word in column for column in columns for word in _LOSS):
        return None
    names = {normalise_label(column) for column in columns}
    if names.isdisjoint((*_STEPS, *_EPOCHS)) or not names.isdisjoint(_MODELS):
        return None
    rows = tuple(tuple(document.plain(cell.content) for cell in row.cells) for row in table.rows)
    results = ResultsTable(columns, rows, table)
    counted = results.numbers(results.steps) or results.numbers(results.epochs)
    return results if counted or not rows else None


def _digits_behind_point(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
