"""A number that a card reports for a metric, with all that is stated about it."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from msgspec import Struct

from cardlint.card.numbers.number import Number
from cardlint.source import Source, Span
from cardlint.vocabulary.labels.metrics import Label, read_label

__all__ = ["SOURCES", "Claim", "Grounds", "How", "Reason", "Unattributed"]


SOURCES = ("model-index", "eval-results", "summary", "results-row", "table", "fenced", "prose", "repository")
"""The places that claims are read from, by the name in JSON; `repository` are the files beside the card."""


class How(Enum):
    """The form of text by which a number is certainly a result of the card's own model."""

    METADATA = "metadata"
    FILE = "results file"
    TEMPLATE = "template"
    RESULTS_LIST = "list of results"
    VALUE_COLUMN = "value column"
    OWN_COLUMN = "own column"
    OWN_ROW = "own row"
    OWN_TABLE = "own table"
    OWN_SENTENCE = "own sentence"
    PASTED = "pasted results"

    @property
    def words(self) -> str:
        """Its name for people."""
        return "generator's template" if self is How.TEMPLATE else self.value


class Grounds(Struct, frozen=True):
    """The grounds of a claim: the form, and the span of the heading, label or words that establish it."""

    how: How
    span: Span


class Claim(Struct, frozen=True, kw_only=True):
    """One number that a card reports for a metric of its model.

    `metric` is the canonical id, `variant` what sets it apart from the metric as such, `label` its name as written.
    `number` is the value and `span` its place: in the card, or in `file` if that is not None. `source` is one of
    `SOURCES`: `summary` are the evaluation bullets, `fenced` are results pasted as a program printed them. Parts of the
    evaluation that the card does not state are None; `names` are further names of what was measured. `verified` is true
    for results of the Hub's own evaluator, and `elsewhere` if the metadata names another page as the source. `setting`
    are the words that narrow the number to a part of the data or a way of measuring: it is comparable only with a
    number of the same words. `grounds` establish that the number is this model's. A `vague` number ("about 0.8") is
    shown and never compared.
    """

    metric: str
    label: str
    number: Number
    source: str
    span: Span
    variant: str | None = None
    task: str | None = None
    dataset: str | None = None
    config: str | None = None
    split: str | None = None
    verified: bool = False
    names: tuple[str, ...] = ()
    file: Source | None = None
    elsewhere: bool = False
    setting: str | None = None
    grounds: Grounds
    vague: bool = False

    @property
    def value(self) -> Decimal:
        """The exact decimal as written, without a percent sign."""
        return self.number.value

    @property
    def text(self) -> str:
        return self.number.text

    @property
    def unit(self) -> str | None:
        """`percent`, or None if no unit is shown."""
        return "percent" if self.number.percent else None

    @property
    def reading(self) -> Label:
        """The label in its parts."""
        return read_label(self.label)

    @property
    def measured_on(self) -> tuple[str | None, ...]:
        """The data of the evaluation, as far as stated: task, dataset, configuration and split."""
        return (self.task, self.dataset, self.config, self.split)

    def is_about(self, other: Claim) -> bool:
        """Return True if both name the same metric in the same variant."""
        return (self.metric, self.variant) == (other.metric, other.variant)


class Reason(Enum):
    """The reason why a number is not attributed to the card's own model: the question that the text leaves open."""

    NO_METRIC = "no metric"
    SEVERAL_METRICS = "several metrics"
    ANOTHER_MODEL = "another model"
    UNEXPLAINED = "unexplained words"
    RELATIVE = "relative"
    COUNT = "count"

    @property
    def question(self) -> str:
        """The question that has no answer: metric, subject, evaluation, value or absolute."""
        return _QUESTIONS[self]


_QUESTIONS = {
    Reason.NO_METRIC: "metric",
    Reason.SEVERAL_METRICS: "metric",
    Reason.ANOTHER_MODEL: "subject",
    Reason.UNEXPLAINED: "subject",
    Reason.RELATIVE: "absolute",
    Reason.COUNT: "value",
}


class Unattributed(Struct, frozen=True, kw_only=True):
    """A number that looks like a result and is not a claim; `words` are those that left its attribution open.

    `label` is the name of the metric if one is known.
    """

    number: Number
    span: Span
    reason: Reason
    words: str = ""
    label: str | None = None
