"""The row of the results tables that a card reports, and the best rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from cardlint.card.claims.claim import Claim
from cardlint.card.numbers.number import Number, agree
from cardlint.card.training.results_table import ResultsTable
from cardlint.card.training.training import Training
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels.metric_names import HIGHER_IS_BETTER, LOWER_IS_BETTER
from cardlint.vocabulary.labels.metrics import identify_metric, normalise_label

__all__ = ["ReportedRow", "best_rows", "find_reported_row"]

_MOST = 50  # claims of one label, since each is compared with all rows
_FEW = 3  # the least number of rows of which one can be called the best
_ON_WHAT = LazyPattern(r"(?:eval|val|validation|dev) ")
_WHAT = ("val ", "validation ", "dev ")
_TRAINING = ("training loss", "train loss")


class ReportedRow(Struct, frozen=True):
    """A row of a results table; its columns agree with some claims of the card's summary and differ from others."""

    results: ResultsTable
    index: int
    agreeing: tuple[Claim, ...]
    differing: tuple[Claim, ...]

    @property
    def is_last(self) -> bool:
        """True if this is the last row of the training."""
        return self.index == len(self.results.rows) - 1


def find_reported_row(claims: Sequence[Claim], training: Training) -> ReportedRow | None:
    """Return the row that agrees best with the summary or, without a summary, with the model-index.

    Of rows that agree equally well, or if none agrees, it is the last one.
    """
    references = _references(claims)
    best: ReportedRow | None = None
    for results in training.results:
        columns = [(references.get(_key(name), ()), results.numbers(at)) for at, name in enumerate(results.columns)]
        for index in range(len(results.rows)):
            row = _row(results, index, [(claims, numbers[index]) for claims, numbers in columns if index in numbers])
            if best is None or len(row.agreeing) >= len(best.agreeing):
                best = row
    return best


def _row(results: ResultsTable, index: int, cells: list[tuple[tuple[Claim, ...], Number]]) -> ReportedRow:
    agreeing: list[Claim] = []
    differing: list[Claim] = []
    for claims, number in cells:
        found = next((claim for claim in claims if _same(claim.number, number)), None)
        if found is not None:
            agreeing.append(found)
        else:
            differing += claims[:1]
    return ReportedRow(results, index, tuple(agreeing), tuple(differing))


def _same(one: Number, other: Number) -> bool:
    """Return True if both are the same number as shown; 0, to which every small fraction rounds, equals only itself."""
    return (not one.value) == (not other.value) and agree(one, other)


def _references(claims: Sequence[Claim]) -> dict[str, tuple[Claim, ...]]:
    summary = [claim for claim in claims if claim.source == "summary"]
    references: dict[str, tuple[Claim, ...]] = defaultdict(tuple)
    for claim in summary or [claim for claim in claims if claim.source == "model-index"]:
        of_label = references[_key(claim.label)]
        if len(of_label) < _MOST:
            references[_key(claim.label)] = (*of_label, claim)
    return references


def _key(label: str) -> str:
    """Return a label in lower case without the evaluation set, which the bullets of the summary leave out."""
    plain = normalise_label(label)
    return _ON_WHAT.sub("", plain, count=1) if any(word in plain for word in _WHAT) else plain


def best_rows(results: ResultsTable) -> dict[int, dict[str, list[str]]]:
    """Return by row the columns that have their `lowest` or `highest` value there, if the better direction is known."""
    best: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for index, column in enumerate(results.columns):
        higher = _is_better_higher(column)
        values = {row: number.value for row, number in results.numbers(index).items()}
        if higher is not None and len(values) >= _FEW and len(set(values.values())) > 1:
            choose = max if higher else min
            # the first of equal values
            best[choose(values, key=lambda row: values[row])]["highest" if higher else "lowest"].append(column)
    return best


def _is_better_higher(column: str) -> bool | None:
    """Return True if higher values of a column are better, None if that is unknown."""
    if normalise_label(column) in _TRAINING:
        return None
    metric = identify_metric(column)[0]
    if metric in HIGHER_IS_BETTER:
        return True
    return False if metric in LOWER_IS_BETTER else None
