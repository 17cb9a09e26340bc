"""A number that a card reports for a metric, with all that is stated about it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from cardlint.card.numbers.number import Number
from cardlint.source import Source, Span
from cardlint.vocabulary.labels.metrics import Label, read_label

__all__ = ["Claim"]


class Claim(Struct, frozen=True):
    """A number that a card reports for a metric.

    `metric` is the canonical id, `variant` the form of the metric (None for the plain one), `label` its name as
    written. `number` is the value, `span` its place in the card, or in `file` if that is not None. `source` is
    `model-index`, `eval-results`, `summary` (the evaluation bullets), `results-row`, `table` or `prose`. A field that
    the card does not state is None. `verified` marks values measured by the Hub's own evaluator, `names` are more names
    of the dataset, and `elsewhere` is true if the metadata names another page as its source.
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
