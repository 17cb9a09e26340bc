"""One number that somebody reported, and what is said of it."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from cardlint.card.numbers.number import Number
from cardlint.source import Source, Span
from cardlint.vocabulary.labels.metrics import Label, read_label

__all__ = ["Claim"]


class Claim(Struct, frozen=True):
    """One number that somebody reported.

    `metric` is the canonical id, `variant` what sets it apart from the metric as such, `label` its name as written.
    `number` is the value, `span` where it stands: in the card, or in `file` where that is not None. `source` is
    `model-index`, `eval-results`, `summary` (the evaluation bullets), `results-row`, `table` or `prose`. What the card
    does not say is None. `verified` is what the Hub's own evaluator has measured, `names` are further names of what it
    was measured on, and `elsewhere` says that the metadata names somebody else's page as its source.
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
        """`percent`, or None where no unit is shown."""
        return "percent" if self.number.percent else None

    @property
    def reading(self) -> Label:
        """The label in its parts."""
        return read_label(self.label)

    @property
    def measured_on(self) -> tuple[str | None, ...]:
        """What it was measured on, as far as that is stated: task, dataset, configuration and split."""
        return (self.task, self.dataset, self.config, self.split)

    def is_about(self, other: Claim) -> bool:
        """Whether both name the same metric in the same variant."""
        return (self.metric, self.variant) == (other.metric, other.variant)
