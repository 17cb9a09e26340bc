"""Claims from tables other than the training's.

All that a table says about one number are its parts: the headings above it, the labels beside it, the group of its row.
The number is a claim if the parts answer by white list whose it is and which metric it has, and if no part is left
unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from cardlint.card.claims.claim import Claim, Grounds, How, Reason, Unattributed
from cardlint.card.claims.clauses import Measured, is_of_another, measured_on, split_of_heading
from cardlint.card.claims.columns import (
    ColumnKind,
    aggregate,
    is_class_title,
    is_value_title,
    kind_of_labels,
    split_of,
)
from cardlint.card.claims.espnet import is_scoring_table, read_scoring_table
from cardlint.card.claims.grids import Context, Grid, PlacedGrid
from cardlint.card.claims.layout import read_layout
from cardlint.card.claims.parts import Meaning, Part, meaning_of_heading, meaning_of_label
from cardlint.card.markdown.tree import Cell
from cardlint.card.numbers.number import Number
from cardlint.card.numbers.value import Value, read_value
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import SCORE, Label, is_noise, read_label
from cardlint.vocabulary.labels.settings import kind_of_setting

if TYPE_CHECKING:
    from cardlint.card.claims.subject import Subjects

__all__ = ["read_tables"]

_LONGEST_LABEL = 120
_YES = frozenset(("yes", "true", "\u2713", "\u2705"))
_NO = frozenset(("no", "false", "\u2717", "\u274c", "-", ""))
_OTHER_RUN = LazyPattern(r"(?i)\bdiffer(?:s|ent)?\b")
_IN_BRACKETS = LazyPattern(r"\((?P<text>[^()\n]{2,30})\)")
_ON_WHAT = LazyPattern(r"(?i)\bon\s+[^():,;.\n]{2,60}")
_RESULTS_OF = LazyPattern(
    r"(?i)^(?:results|evaluation|performance)\b(?: results)?\W*"
    r"|(?:(?<!\W)\W++)?\b(?:evaluation|results|scores?|performance)\W*$"
)
_WITHOUT = LazyPattern(r"(?i)\b(?:without|w/o|no) \w+")
_COUNT = LazyPattern(r"(?<!\s)\s*+\((?:n ?= ?)?[0-9][0-9.,]*\)$")
_LONGEST_CAPTION = 100
_SAYS_WHAT = frozenset((Meaning.VALUE, Meaning.OWN, Meaning.DATASET, Meaning.AVERAGE, Meaning.SETTING))


def read_tables(grids: Iterable[PlacedGrid], subjects: Subjects) -> Iterator[Claim | Unattributed]:
    """Yield the numbers of tables: claims if their model and metric are established, else the reason."""
    for grid, context in grids:
        if is_scoring_table(grid):
            yield from read_scoring_table(grid, context)
        else:
            # a table whose values are said to differ from those reported is not expected to agree with them
            is_other = _OTHER_RUN.search(context.text) or is_of_another(context.titles, context.caption, subjects)
            yield from _TableReader(grid, context, subjects).numbers(is_of_another=bool(is_other))


class _Open(Struct, frozen=True):
    """A question that the parts of a number leave open, with the words that do."""

    reason: Reason
    words: str = ""


class _Metric(Struct, frozen=True):
    """The metric of a number as its table names it, and the label that does."""

    label: str
    read: Label


class _TableReader:
    """A reader of one table: it finds the columns of labels and of numbers, and the parts of each number."""

    def __init__(self, grid: Grid, context: Context, subjects: Subjects) -> None:
        self.grid = grid
        self.context = context
        self.subjects = subjects
        self.layout = read_layout(grid)
        count = len(grid.titles)
        self.columns = [[row[index] if index < len(row) else "" for row in grid.texts] for index in range(count)]
        self.values = [index for index in range(count) if self.holds_numbers(index)]
        self.labels = [index for index in range(count) if index not in self.values and index < self.last_value()]
        self.kinds = {index: kind_of_labels(grid.titles[index], self.texts(index), subjects) for index in self.labels}
        self.headings = {index: self.parts_above(index) for index in self.values}
        self.has_own_column = any(_find(parts, Meaning.OWN) for parts in self.headings.values())

    def texts(self, index: int) -> list[str]:
        """Return the texts of a column in the rows of values."""
        return [self.columns[index][row] for row in self.layout.rows]

    def holds_numbers(self, index: int) -> bool:
        """Return True if at least half of a column's cells are numbers, and its title does not announce labels."""
        stated = [text for text in self.texts(index) if text]
        numbers = sum(read_value(text) is not None for text in stated)
        is_first_of_several = index == 0 and len(self.grid.titles) > 1
        if is_first_of_several and is_class_title(self.grid.titles[0]):
            return False
        is_headed = bool(self.grid.titles[index]) and is_value_title(self.grid.titles[index])
        return numbers > 0 and (is_headed or numbers * 2 >= len(stated))

    def last_value(self) -> int:
        """Return the last column of numbers; labels are to the left of it."""
        return self.values[-1] if self.values else 0

    def parts_above(self, column: int) -> tuple[Part, ...]:
        return tuple(
            Part(
                heading.text,
                meaning_of_heading(heading.text, self.grid.titles, self.subjects),
                heading.cell.span,
                False,
            )
            for heading in self.layout.headings[column]
        )

    def numbers(self, *, is_of_another: bool) -> Iterator[Claim | Unattributed]:
        """Yield the table's numbers, row by row."""
        for row in self.layout.rows:
            beside = self.parts_beside(row) if self.values else ()
            for column in self.values:
                value = self.value(row, column)
                if value is None:
                    continue
                parts = (*self.headings[column], *beside)
                span = _span(self.grid.cells[row][column], value.number)
                if is_of_another:
                    found: Claim | _Open = _Open(Reason.ANOTHER_MODEL, self.context.caption or self.context.title)
                else:
                    found = self.claim(parts, value, span)
                if isinstance(found, _Open):
                    yield Unattributed(number=value.number, span=span, reason=found.reason, words=found.words)
                else:
                    yield found

    def value(self, row: int, column: int) -> Value | None:
        if column >= len(self.grid.cells[row]) or column >= len(self.grid.texts[row]):
            return None
        return read_value(self.grid.texts[row][column])

    def parts_beside(self, row: int) -> tuple[Part, ...]:
        """Return the labels of a row and its group."""
        parts: list[Part] = []
        group = self.layout.groups.get(row)
        if group is not None:
            found = meaning_of_label(group.text, ColumnKind.UNKNOWN, "", (), self.subjects)
            # a group that nothing explains is a category of the rows below it
            meaning = Meaning.REMARK if found is Meaning.UNKNOWN else found
            parts.append(Part(group.text, meaning, group.cell.span, True))
        for index in self.labels:
            text, at = self.label_of(row, index)
            if text and len(text) <= _LONGEST_LABEL:
                parts.append(Part(text, self.meaning(index, text), self.grid.cells[at][index].span, True))
        return tuple(parts)

    def meaning(self, index: int, text: str) -> Meaning:
        others = [kind for other, kind in self.kinds.items() if other != index]
        if index in self.asking_for_model:
            return Meaning.SETTING
        found = meaning_of_label(text, self.kinds[index], self.grid.titles[index], others, self.subjects)
        if index in self.unexplained and found is not Meaning.OWN:
            found = Meaning.UNKNOWN
        if found is not Meaning.UNKNOWN:
            return found
        if ColumnKind.MODEL in others:
            return Meaning.REMARK  # it describes the model of the row
        # a label beside another one narrows the number; the first may as well name a model
        return Meaning.SETTING if index != self.labels[0] or self.has_own_column else found

    @cached_property
    def unexplained(self) -> frozenset[int]:
        """The columns without a kind in which a label means nothing: the others may be names too."""
        return frozenset(
            index
            for index in self.labels
            if self.kinds[index] is ColumnKind.UNKNOWN
            and index not in self.asking_for_model
            and any(
                meaning_of_label(text, ColumnKind.UNKNOWN, "", (), self.subjects) is Meaning.UNKNOWN
                for text in filter(None, self.texts(index))
            )
        )

    def label_of(self, row: int, index: int) -> tuple[str, int]:
        """Return the label of a row and the row it is in; an empty cell left of a label continues the one above."""
        at = row
        if not self.columns[index][row] and any(self.columns[other][row] for other in self.labels if other > index):
            at = self.rows_of_labels[index][row]
        text = self.columns[index][at]
        if index in self.asking_for_model:
            return ("with LM" if text.lower() in _YES else "without LM"), at
        return text, at

    @cached_property
    def rows_of_labels(self) -> dict[int, dict[int, int]]:
        """By column of labels and row: the row of the label there, or of the nearest one above."""
        found: dict[int, dict[int, int]] = {}
        for index in self.labels:
            nearest = self.layout.rows[0] if self.layout.rows else 0
            found[index] = {}
            for row in self.layout.rows:
                nearest = row if self.columns[index][row] else nearest
                found[index][row] = nearest
        return found

    @cached_property
    def asking_for_model(self) -> frozenset[int]:
        """The columns such as "Decode with LM" that have yes or no."""
        return frozenset(
            index
            for index in self.labels
            if "lm" in read_label(self.grid.titles[index]).marks
            and {text.lower() for text in self.texts(index)} <= _YES | _NO
        )

    def claim(self, parts: Sequence[Part], value: Value, span: Span) -> Claim | _Open:
        """Return the claim that the parts of a number establish, or the question that they leave open."""
        count = _find(parts, Meaning.COUNT)
        if count is not None:
            return _Open(Reason.COUNT, count.text)
        grounds = self.grounds(parts)
        if isinstance(grounds, _Open):
            return grounds
        datasets = [_COUNT.sub("", part.text) for part in parts if part.meaning is Meaning.DATASET]
        metric = self.metric(parts, datasets)
        if isinstance(metric, _Open):
            return metric
        datasets += [self.context.dataset] if self.context.dataset else []
        around = self.announced
        dataset = " ".join(dict.fromkeys(datasets)) or around.dataset
        noted = measured_on((value.note,), self.subjects)
        return Claim(
            metric=metric.read.metric,
            variant=metric.read.variant,
            label=metric.label,
            number=value.number,
            source="table",
            span=span,
            dataset=dataset or noted.dataset,
            split=noted.split or metric.read.split or _split(parts, dataset) or around.split,
            setting=" ".join(dict.fromkeys(filter(None, (*self.settings(parts), noted.setting)))) or None,
            grounds=grounds,
            vague=value.vague,
        )

    def grounds(self, parts: Sequence[Part]) -> Grounds | _Open:
        """Return the part by which a number is this model's, or the one that leaves it open."""
        another, unknown, own = (_find(parts, each) for each in (Meaning.ANOTHER, Meaning.UNKNOWN, Meaning.OWN))
        if another is not None:
            return _Open(Reason.ANOTHER_MODEL, another.text)
        if own is not None and own.in_row and unknown is not None and not unknown.in_row:
            return _Open(Reason.UNEXPLAINED, unknown.text)
        if own is not None:
            return Grounds(How.OWN_ROW if own.in_row else How.OWN_COLUMN, own.span)
        heading = parts[0]
        if self.has_own_column or ColumnKind.MODEL in self.kinds.values():
            return _Open(Reason.ANOTHER_MODEL, heading.text)
        if unknown is not None:
            return _Open(Reason.UNEXPLAINED, unknown.text)
        if self.has_nameless_rows and not any(part.in_row for part in parts):
            return _Open(Reason.UNEXPLAINED, self.grid.titles[0])
        if heading.meaning is Meaning.SETTING and not self.are_settings_of_one_kind:
            return _Open(Reason.UNEXPLAINED, heading.text)
        is_value = heading.meaning in {Meaning.VALUE, Meaning.SETTING}
        return Grounds(How.VALUE_COLUMN if is_value else How.OWN_TABLE, heading.span)

    @cached_property
    def has_nameless_rows(self) -> bool:
        """True if at most a number tells the rows apart: each may be another run, as by its number of examples."""
        return len(self.layout.rows) > 1 and not self.labels

    @cached_property
    def are_settings_of_one_kind(self) -> bool:
        """True if the columns of numbers are headed by settings of one kind, or by languages."""
        heads = [parts[0] for parts in self.headings.values() if parts[0].meaning is not Meaning.COUNT]
        are_settings = all(part.meaning is Meaning.SETTING for part in heads)
        return are_settings and len({kind_of_setting(part.text) for part in heads}) == 1

    def metric(self, parts: Sequence[Part], datasets: Sequence[str]) -> _Metric | _Open:
        """Return the metric that the parts name, else the caption or heading, else the score of a benchmark."""
        named = [part for part in parts if part.meaning is Meaning.METRIC]
        of_report = [part for part in named if part.in_row and _is_report_line(part, self.kinds)]
        named = of_report or named
        if len({read_label(part.text).metric for part in named}) > 1:
            return _Open(Reason.SEVERAL_METRICS, " / ".join(part.text for part in named))
        label = max((part.text for part in named), key=len, default="")
        if not label and ColumnKind.METRIC not in self.kinds.values():
            label = self.announced_metric
        if not label:
            return self.score(parts, datasets)
        if is_noise(label):
            return _Open(Reason.COUNT, label)
        forms = [aggregate(part.text) or part.text for part in parts if part.text != label and _is_form(part)]
        label = " ".join((*dict.fromkeys(forms), label))
        return _Metric(label, read_label(label))

    def score(self, parts: Sequence[Part], datasets: Sequence[str]) -> _Metric | _Open:
        """Return the unnamed metric of a benchmark or dataset, or of the average of several."""
        heading = parts[0]
        averages = [part.text for part in parts if part.meaning is Meaning.AVERAGE and self.lists_benchmarks]
        if not (datasets or averages) or heading.meaning not in _SAYS_WHAT:
            return _Open(Reason.NO_METRIC)
        label = [*averages, *datasets][-1]
        read = read_label(label)
        return _Metric(label, Label(SCORE, " ".join(read.marks) or None, read.split, False, read.marks))

    @cached_property
    def announced_metric(self) -> str:
        """The metric that the caption or the heading of the section names and nothing else, or empty."""
        for text in (self.context.caption, self.context.text, self.context.title):
            label = text.strip(" :*_\n")
            if label and len(label) <= _LONGEST_CAPTION:
                read = read_label(label)
                if read.known and not read.words:
                    return label
                for match in _IN_BRACKETS.finditer(label):
                    if read_label(match["text"]).known:
                        return match["text"]
        return ""

    @cached_property
    def lists_benchmarks(self) -> bool:
        """True if the table has a column, or headings, of benchmarks or datasets."""
        labels = (text for index in self.labels for text in self.texts(index))
        above = any(_find(parts, Meaning.DATASET) for parts in self.headings.values())
        return above or self.announced.dataset is not None or any(map(self.subjects.is_dataset, labels))

    @cached_property
    def announced(self) -> Measured:
        """The dataset and split that the caption or the heading of the section names."""
        dataset = split = None
        for text in (self.context.sentence, self.context.title):
            on = _ON_WHAT.search(text)
            named = measured_on((on[0],), self.subjects) if on else Measured()
            bare = _RESULTS_OF.sub("", text).strip()
            is_name = self.subjects.is_only_dataset(bare) and not self.subjects.is_own(text)
            dataset = dataset or named.dataset or (bare if is_name else None)
            split = split or named.split or split_of_heading(text)
        return Measured(dataset, split)

    def settings(self, parts: Sequence[Part]) -> Iterator[str]:
        """Yield the words of the parts that narrow a number."""
        for part in parts:
            if part.meaning is Meaning.OWN:
                yield self.subjects.own_setting(part.text) or ""
            elif part.meaning in {Meaning.SETTING, Meaning.CLASS, Meaning.UNKNOWN} and not _is_form(part):
                yield part.text


def _find(parts: Sequence[Part], meaning: Meaning) -> Part | None:
    return next((part for part in parts if part.meaning is meaning), None)


def _split(parts: Sequence[Part], dataset: str | None) -> str | None:
    """Return the split that the parts name, or else the name of the dataset."""
    named = next((split_of(part.text) for part in parts if part.meaning is Meaning.SPLIT), None)
    return named or (read_label(_WITHOUT.sub("", dataset)).split if dataset else None)


def _is_report_line(part: Part, kinds: dict[int, ColumnKind]) -> bool:
    """Return True for the accuracy of a classification report, whatever column its value is in."""
    return ColumnKind.CLASS in kinds.values() and read_label(part.text).metric == "accuracy"


def _is_form(part: Part) -> bool:
    """Return True for words that only describe the measurement: an average, a language model, a split."""
    read = read_label(part.text)
    is_form = part.meaning in {Meaning.AVERAGE, Meaning.SETTING, Meaning.SPLIT}
    return is_form and not read.known and not read.words and bool(read.marks or read.split)


def _span(cell: Cell, number: Number) -> Span:
    start = cell.content.text.find(number.text)
    return cell.content.span(start, start + len(number.text)) if start >= 0 else cell.span
