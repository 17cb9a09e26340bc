"""Claims from the results tables: one for each metric of each evaluation during training."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.claims.bullets import EVALUATION_SET
from cardlint.card.claims.claim import Claim, Grounds, How
from cardlint.card.numbers.number import parse_number
from cardlint.card.training.training import Training
from cardlint.vocabulary.labels.metrics import identify_metric, is_noise, normalise_label

__all__ = ["NOT_METRICS", "read_results_rows"]

NOT_METRICS = frozenset(("training loss", "train loss", "epoch", "epochs", "step", "steps", "iteration"))
"""Columns, normalised, that are not results of an evaluation."""


def read_results_rows(training: Training) -> Iterator[Claim]:
    """Yield every number of the results tables, row by row."""
    for results in training.results:
        for row in results.table.rows:
            for label, cell in zip(results.columns, row.cells, strict=False):
                text = cell.content.text.strip("*_` ")  # the best value is often bold
                number = parse_number(text)
                if number and normalise_label(label) not in NOT_METRICS and not is_noise(label):
                    metric, variant = identify_metric(label)
                    start = cell.content.text.index(text)
                    span = cell.content.span(start, start + len(text))
                    yield Claim(
                        metric=metric,
                        label=label,
                        number=number,
                        source="results-row",
                        span=span,
                        variant=variant,
                        names=(EVALUATION_SET,),
                        grounds=Grounds(How.TEMPLATE, results.table.header.span),
                    )
