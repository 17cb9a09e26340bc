"""The parts of what a table says about one number: the headings above it and the labels beside it, by their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from cardlint.card.claims.columns import (
    ColumnKind,
    aggregate,
    is_metric_title,
    is_remark_title,
    is_system_title,
    is_tuned_title,
    is_untuned_title,
    is_value_title,
    says_nothing,
    split_of,
)
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import read_label
from cardlint.vocabulary.labels.settings import kind_of_setting

if TYPE_CHECKING:
    from cardlint.card.claims.subject import Subjects

_CODE = LazyPattern(r"(?P<language>[a-z]{2,3})(?:[-_][A-Za-z]{2,4})?")
_IDENTIFIER = LazyPattern(r"(?=\S*(?:_|\d|[A-Z]\S*[A-Z]))\S{2,60}")

__all__ = ["Meaning", "Part", "is_language", "meaning_of_heading", "meaning_of_label"]


class Meaning(Enum):
    """The meaning of a heading or label for the numbers below or beside it."""

    OWN = "this model"
    ANOTHER = "another model"
    VALUE = "value"
    METRIC = "metric"
    DATASET = "dataset"
    SPLIT = "split"
    SETTING = "setting"
    AVERAGE = "average"
    CLASS = "class"
    COUNT = "count"
    REMARK = "remark"
    UNKNOWN = "unknown"


class Part(Struct, frozen=True):
    """A heading or label with its meaning; `in_row` is true for a label beside the number."""

    text: str
    meaning: Meaning
    span: Span
    in_row: bool


def meaning_of_heading(text: str, titles: Sequence[str], subjects: Subjects) -> Meaning:
    """Return the meaning of a heading above numbers; `titles` are those of all columns."""
    format_of_own = subjects.is_own_format(text)
    if subjects.is_own(text) or is_tuned_title(text, titles) or format_of_own:
        return Meaning.OWN
    if format_of_own is False:
        return Meaning.ANOTHER
    if is_untuned_title(text):
        return Meaning.ANOTHER
    if says_nothing(text) and not is_language(text) and kind_of_setting(text) is None:
        return Meaning.COUNT
    return Meaning.VALUE if is_value_title(text) else _meaning(text, subjects)


def meaning_of_label(
    text: str, kind: ColumnKind, title: str, others: Sequence[ColumnKind], subjects: Subjects
) -> Meaning:
    """Return the meaning of a label in a column of a kind and title; `others` are the kinds of the other columns."""
    if kind is ColumnKind.MODEL:
        return Meaning.OWN if subjects.is_own(text) else Meaning.ANOTHER
    if kind is ColumnKind.REMARK or not any(map(str.isalnum, text)):
        return Meaning.REMARK
    if kind in {ColumnKind.CLASS, ColumnKind.TASK} and ColumnKind.DATASET in others:
        return Meaning.REMARK  # a category of benchmarks
    match kind:
        case ColumnKind.SETTING:
            return _meaning_of_setting(text, title)
        case ColumnKind.DATASET:
            return Meaning.AVERAGE if aggregate(text) is not None else Meaning.DATASET
        case ColumnKind.CLASS:
            return _meaning_of_class(text)
    return _meaning_by_text(text, kind, title, subjects)


def _meaning_by_text(text: str, kind: ColumnKind, title: str, subjects: Subjects) -> Meaning:
    """Return the meaning of a label below a title that says what it is, but not what it means."""
    if kind is ColumnKind.UNKNOWN and subjects.is_own(text):
        return Meaning.OWN
    if says_nothing(text) and kind in {ColumnKind.METRIC, ColumnKind.UNKNOWN}:
        return Meaning.COUNT
    found = _meaning(text, subjects)
    if found is not Meaning.UNKNOWN:
        return found
    if kind is ColumnKind.TASK and _IDENTIFIER.fullmatch(text):
        return Meaning.DATASET  # a task of an evaluation harness
    is_titled = kind in {ColumnKind.SPLIT, ColumnKind.TASK} or is_metric_title(title)
    return Meaning.SETTING if is_titled else Meaning.UNKNOWN


def _meaning_of_setting(text: str, title: str) -> Meaning:
    """Return the meaning of a setting; below a title such as "Configuration" it may as well name a system."""
    is_certain = not is_system_title(title) or kind_of_setting(text) is not None or is_language(text)
    return Meaning.SETTING if is_certain else Meaning.UNKNOWN


def _meaning_of_class(text: str) -> Meaning:
    """Return the meaning of a row of a classification report: a class, an average, or the accuracy."""
    if read_label(text).metric == "accuracy":
        return Meaning.METRIC
    return Meaning.AVERAGE if aggregate(text) is not None else Meaning.CLASS


def _meaning(text: str, subjects: Subjects) -> Meaning:
    if read_label(text).known:
        return Meaning.METRIC
    if split_of(text) is not None:
        return Meaning.SPLIT
    if kind_of_setting(text) is not None:
        return Meaning.SETTING
    if aggregate(text) is not None:
        return Meaning.AVERAGE
    if subjects.is_dataset(text):
        return Meaning.DATASET
    if is_language(text):
        return Meaning.SETTING
    return Meaning.REMARK if is_remark_title(text) else Meaning.UNKNOWN


def is_language(text: str) -> bool:
    """Return True for the name of a language, with a remark in brackets or not, or for its code."""
    from cardlint.vocabulary.languages import NAMES
    from cardlint.vocabulary.languages import is_language as is_code

    name = text.partition("(")[0].strip().lower()
    code = _CODE.fullmatch(text)
    return name in NAMES or (code is not None and is_code(code["language"]))
