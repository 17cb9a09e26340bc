"""A number that a card reports for a metric, with all that is stated about it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from cardlint.card.numbers.number import Number
from cardlint.source import Source, Span
from cardlint.vocabulary.labels.metrics import Label, read_label

__all__ = ["Claim"]


class Claim(Struct, frozen=True):
    """One number that a card reports for a metric of its model.

    `metric` is the canonical id, `variant` what sets it apart from the metric as such, `label` its name as written.
    `number` is the value and `span` its place: in the card, or in `file` if that is not None. `source` is
    `model-index`, `eval-results`, `summary` (the evaluation bullets), `results-row`, `table` or `prose`. Parts of the
    evaluation that the card does not state are None; `names` are further names of what was measured. `verified` is true
    for results of the Hub's own evaluator, and `elsewhere` if the metadata names another page as the source. `setting`
    are the words that narrow the number to a part of the data or a way of measuring: it is comparable only with a
    number of the same words.
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
