"""Which row of the results tables a card reports, and which rows are the best."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from cardlint.card import Card
from cardlint.card.claims import Claim
from cardlint.card.numbers import agree, parse_number
from cardlint.card.training import ResultsTable
from cardlint.vocabulary.metric_names import HIGHER_IS_BETTER, LOWER_IS_BETTER
from cardlint.vocabulary.metrics import identify_metric, normalise_label

__all__ = ["ReportedRow", "best_rows", "find_reported_row", "row_name"]

Identity = tuple[str, str | None]
_KEYS = ("step", "steps", "iteration", "epoch", "epochs")
_FEW = 3  # rows from which on one can be called the best


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """A row of a results table with its claims; `matches` says for how many of the reported metrics it agrees."""

    results: ResultsTable
    index: int
    claims: tuple[Claim, ...]
    matches: int


def find_reported_row(card: Card) -> ReportedRow | None:
    """The row that agrees best with the summary, or with the metadata where there is none; else the last one."""
    references = _references(card)
    claims = [claim for claim in card.claims if claim.source == "results-row"]
    starts = [claim.span.start for claim in claims]
    best: ReportedRow | None = None
    for results in card.training.results:
        for index, row in enumerate(results.table.rows):
            inside = claims[bisect_left(starts, row.span.start) : bisect_left(starts, row.span.end)]
            matches = sum(_is_referred(claim, references) for claim in inside)
            if inside and (best is None or matches >= best.matches):
                best = ReportedRow(results, index, tuple(inside), matches)
    return best


def _references(card: Card) -> dict[Identity, list[Claim]]:
    summary = [claim for claim in card.claims if claim.source == "summary"]
    references = defaultdict(list)
    for claim in summary or [claim for claim in card.claims if claim.source == "model-index"]:
        references[claim.metric, claim.variant].append(claim)
    return references


def _is_referred(claim: Claim, references: dict[Identity, list[Claim]]) -> bool:
    known = references.get((claim.metric, claim.variant), ())
    return any(agree(claim.number, reference.number) for reference in known)


def row_name(results: ResultsTable, index: int) -> str:
    """What a row is called: its step or epoch, else its number."""
    row = results.rows[index]
    for key in _KEYS:
        column = results.column(key)
        if column is not None and column < len(row) and row[column]:
            return f"{key} {row[column]}"
    return f"row {index + 1}"


def best_rows(results: ResultsTable) -> dict[int, dict[str, list[str]]]:
    """By row, the columns that are `lowest` or `highest` there, of those whose better direction is known."""
    best: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for index, column in enumerate(results.columns):
        direction = _direction(column)
        values = _values(results, index)
        if direction and len(values) >= _FEW and len(set(values.values())) > 1:
            sign = 1 if direction == "higher" else -1
            row = max(values, key=lambda row: (sign * values[row], -row))
            best[row]["highest" if sign > 0 else "lowest"].append(column)
    return best


def _direction(column: str) -> str | None:
    if normalise_label(column) in {"training loss", "train loss"}:
        return None
    metric = identify_metric(column)[0]
    if metric in HIGHER_IS_BETTER:
        return "higher"
    return "lower" if metric in LOWER_IS_BETTER else None


def _values(results: ResultsTable, column: int) -> dict[int, float]:
    """The numbers of a column by row, near enough to be compared."""
    numbers = ((index, parse_number(row[column])) for index, row in enumerate(results.rows) if column < len(row))
    return {index: float(number.value) for index, number in numbers if number is not None}
