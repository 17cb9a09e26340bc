"""Claims from tables other than the training's: metrics in rows or columns, and only this model's of several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from cardlint.card.claims.claim import Claim
from cardlint.card.claims.clauses import is_of_another, measured_on, split_of_heading
from cardlint.card.claims.columns import (
    ColumnKind,
    aggregate,
    is_tuned_title,
    is_value_title,
    kind_of_labels,
    says_nothing,
    split_of,
)
from cardlint.card.claims.espnet import is_scoring_table, read_scoring_table
from cardlint.card.claims.grids import Context, Grid, find_grids
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Cell
from cardlint.card.numbers.number import Number
from cardlint.card.numbers.value import read_value
from cardlint.card.training.training import Training
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import SCORE, is_noise, read_label

if TYPE_CHECKING:
    from cardlint.card.claims.subject import Subjects

__all__ = ["read_tables"]

_LONGEST_LABEL = 120
_YES = frozenset(("yes", "true", "\u2713", "\u2705"))
_SAID = frozenset((ColumnKind.METRIC, ColumnKind.DATASET, ColumnKind.SETTING))
_OTHER_RUN = LazyPattern(r"(?i)\bdiffer(?:s|ent)?\b")


def read_tables(body: Document, training: Training, subjects: Subjects) -> Iterator[Claim]:
    """Yield the claims from tables whose model and metric are unambiguous."""
    for grid, context in find_grids(body, training):
        # a table whose values are said to differ from those reported is not expected to agree with them
        if not _OTHER_RUN.search(context.text) and not is_of_another(context.title, context.text, subjects):
            if is_scoring_table(grid):
                yield from read_scoring_table(grid, context)
            else:
                yield from _TableReader(grid, context, subjects).claims()


class _Described(Struct, frozen=True):
    """The words for the metric of a cell (None if nothing certain names it), data sets and settings."""

    label: str | None
    datasets: list[str]
    settings: list[str]


class _TableReader:
    """A reader of one table: it finds the columns of labels and of numbers, and the subject of each number."""

    def __init__(self, grid: Grid, context: Context, subjects: Subjects) -> None:
        self.grid = grid
        self.context = context
        self.subjects = subjects
        self.split = split_of_heading(context.title)
        count = len(grid.titles)
        self.columns = [[row[index] if index < len(row) else "" for row in grid.texts] for index in range(count)]
        self.values = [index for index in range(count) if self.holds_numbers(index)]
        self.labels = [index for index in range(count) if index not in self.values and index < self.last_label()]
        self.kinds = {index: kind_of_labels(grid.titles[index], self.columns[index], subjects) for index in self.labels}

    def holds_numbers(self, index: int) -> bool:
        """Return True if at least half of a column's cells are numbers."""
        stated = [text for text in self.columns[index] if text]
        return bool(stated) and sum(read_value(text) is not None for text in stated) * 2 >= len(stated)

    def last_label(self) -> int:
        """Return the last column of numbers; labels are to the left of it."""
        return self.values[-1] if self.values else 0

    def claims(self) -> Iterator[Claim]:
        """Yield the table's claims, row by row."""
        if not self.values or not self.grid.texts:
            return
        rows = self.own_rows()
        columns = self.own_columns()
        for row in rows:
            for column in columns:
                claim = self.claim(row, column)
                if claim is not None:
                    yield claim

    def own_rows(self) -> list[int]:
        """Return the rows with results of this model."""
        rows = list(range(len(self.grid.texts)))
        for index in self.labels:
            texts = self.columns[index]
            match self.kinds[index]:
                case ColumnKind.MODEL:
                    rows = self.of_this_model(rows, index)
                case ColumnKind.CLASS if not self.groups(index):
                    rows = [row for row in rows if aggregate(texts[row]) is not None]
                case ColumnKind.UNKNOWN if len(rows) > 1 and index == self.labels[0] and not self.lists_metrics():
                    return []
        return rows

    def groups(self, index: int) -> bool:
        """Return whether a column only groups the rows: another one names the metric or the benchmark of each."""
        return any(
            self.kinds[other] in {ColumnKind.METRIC, ColumnKind.DATASET} for other in self.labels if other != index
        )

    def lists_metrics(self) -> bool:
        return any(kind is ColumnKind.METRIC for kind in self.kinds.values())

    def of_this_model(self, rows: list[int], index: int) -> list[int]:
        """Return the rows whose label names this model, or the only row of the table."""
        texts = self.columns[index]
        own = [row for row in rows if self.subjects.is_own(texts[row])]
        if own or len(self.grid.texts) == 1:
            return own or rows
        near = [row for row in rows if self.subjects.resembles_own(texts[row])]
        if len(near) == 1:
            return near
        bold = [row for row in rows if index < len(self.grid.cells[row]) and _is_bold(self.grid.cells[row][index])]
        return bold if len(bold) == 1 and len(rows) > 1 else []

    def own_columns(self) -> list[int]:
        """Return the columns of numbers whose title says that they are this model's: by white list.

        Beside a column of labels (metrics, benchmarks, data sets) a title must say value, result, a metric or a split,
        or name this model or a data set. If one names this model, only that one counts.
        """
        titles = self.grid.titles
        columns = [index for index in self.values if not says_nothing(titles[index])]
        if ColumnKind.MODEL in self.kinds.values() or not self.labels:
            return columns
        own = [
            index for index in columns if self.subjects.is_own(titles[index]) or is_tuned_title(titles[index], titles)
        ]
        return own or [index for index in columns if self.is_plain(index) or self.subjects.is_dataset(titles[index])]

    def is_plain(self, index: int) -> bool:
        """Return True if a column's title names a value, a metric or a split, not a model or a dataset."""
        title = self.grid.titles[index]
        return is_value_title(title) or read_label(title).known or split_of(title) is not None

    def claim(self, row: int, column: int) -> Claim | None:
        """Return the claim of one cell; None if it has no number or its subject is unclear."""
        if column >= len(self.grid.cells[row]) or column >= len(self.grid.texts[row]):
            return None
        value = read_value(self.grid.texts[row][column])
        if value is None:
            return None
        number = value.number
        described = self.described(row, column)
        label, datasets = described.label, list(described.datasets)
        if label is None or is_noise(label):
            return None
        read = read_label(label)
        metric = read.metric if read.known else SCORE
        variant = read.variant if read.known else " ".join(read.marks) or None
        split = read.split or self.split
        datasets += [self.context.dataset] if self.context.dataset else []
        if not datasets and self.context.title and self.subjects.is_dataset(self.context.title):
            datasets = [self.context.title]
        if not read.known and not datasets:
            return None
        dataset = " ".join(datasets) or None
        split = split or (read_label(dataset).split if dataset else None)
        noted = measured_on((value.note,), self.subjects)
        span = self.span(self.grid.cells[row][column], number)
        return Claim(
            metric,
            label,
            number,
            "table",
            span,
            variant,
            dataset=dataset or noted.dataset,
            split=noted.split or split,
            setting=" ".join(filter(None, (*described.settings, noted.setting))) or None,
        )

    @staticmethod
    def span(cell: Cell, number: Number) -> Span:
        start = cell.content.text.find(number.text)
        return cell.content.span(start, start + len(number.text)) if start >= 0 else cell.span

    def described(self, row: int, column: int) -> _Described:
        """Return the words for the metric of a cell, and the data sets and settings that are named beside it."""
        title = self.grid.titles[column]
        said = self.labels_of(row)
        names, others = said[ColumnKind.METRIC], said[ColumnKind.UNKNOWN]
        if read_label(title).known:
            names = [title, *names]
        elif not is_value_title(title):
            others = [title, *others]
        datasets = [*said[ColumnKind.DATASET], *(other for other in others if self.subjects.is_dataset(other))]
        settings = said[ColumnKind.SETTING]
        if said[ColumnKind.CLASS]:  # a report's line on all classes, whatever column its value is in
            names = said[ColumnKind.CLASS]
        if not names:
            says_what = is_value_title(title) or title in datasets or self.subjects.is_own(title)
            return _Described(datasets[-1] if datasets and says_what else None, datasets, settings)
        if sum(read_label(name).known for name in names) > 1:
            return _Described(None, [], [])
        forms = [other for other in others if other not in datasets and _is_form(other)]
        return _Described(" ".join([*forms, *names]), datasets, settings)

    def labels_of(self, row: int) -> dict[ColumnKind, list[str]]:
        """Return the labels of a row by what they mean; UNKNOWN has those that only narrow or do not matter."""
        said: dict[ColumnKind, list[str]] = {kind: [] for kind in ColumnKind}
        for index in self.labels:
            text = self.above(row, index)
            if not text or len(text) > _LONGEST_LABEL:
                continue
            kind = self.meaning(index, text)
            if kind is ColumnKind.CLASS:
                if read_label(text).metric == "accuracy":
                    said[ColumnKind.CLASS] = [text]
                elif not self.groups(index):
                    said[ColumnKind.UNKNOWN].append(aggregate(text) or "")
            elif kind is ColumnKind.FORM:
                said[ColumnKind.UNKNOWN].append("with LM")
            else:
                said[kind if kind in _SAID else ColumnKind.UNKNOWN].append(text)
        return said

    def meaning(self, index: int, text: str) -> ColumnKind:
        """Return the kind of one label: its column's, but for a dataset among metrics and a yes below "with LM"."""
        kind = self.kinds[index]
        if kind is ColumnKind.TASK:  # beside a data set or a benchmark it says nothing more
            return ColumnKind.CLASS if self.groups(index) else ColumnKind.DATASET
        if kind is ColumnKind.METRIC and not read_label(text).known and self.subjects.is_dataset(text):
            return ColumnKind.DATASET
        if text.lower() in _YES and "lm" in read_label(self.grid.titles[index]).marks:
            return ColumnKind.FORM
        return kind

    def above(self, row: int, index: int) -> str:
        """Return the label of a row; an empty cell continues the label of the row above."""
        texts = self.columns[index]
        while row > 0 and not texts[row] and len(self.labels) > 1:
            row -= 1
        return texts[row]


def _is_form(text: str) -> bool:
    """Return True for words that only describe the measurement: an average, a language model, a split."""
    read = read_label(text)
    return not read.words and bool(read.marks or read.split)


def _is_bold(cell: Cell) -> bool:
    text = cell.content.text.strip()
    return len(text) > 4 and text.startswith(("**", "__")) and text.endswith(("**", "__"))
