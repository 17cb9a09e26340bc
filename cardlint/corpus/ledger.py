"""The metric values of a card as rows: all of them, and comparisons between metadata and body."""

from __future__ import annotations

from typing import Any

from cardlint.card.agreement.comparison import Comparison
from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim

__all__ = ["claims_of", "comparisons_of"]


def claims_of(card: Card) -> list[dict[str, Any]]:
    """Return every metric value that the card reports, those in the metadata first."""
    return [_claim(card, claim) for claim in card.claims]


def comparisons_of(card: Card) -> list[dict[str, Any]]:
    """Return every value of the metadata that the body states as well, and if both agree.

    Metadata with template tags or conflict markers is not compared, as in `metric-mismatch`.
    """
    if card.has_foreign_metadata:
        return []
    return [_comparison(card, pair) for pair in card.comparisons if not pair.is_split_unknown]


def _claim(card: Card, claim: Claim) -> dict[str, Any]:
    source = claim.file or card.original
    start = claim.span.start if claim.file is not None else card.locate(claim.span).start
    position = source.position(start)
    return {
        "metric": claim.metric,
        "label": claim.label,
        "text": claim.text,
        "value": claim.number.numeral,
        "unit": claim.unit,
        "source": claim.source,
        "dataset": claim.dataset,
        "split": claim.split,
        "line": position.line,
        "column": position.column,
    }


def _comparison(card: Card, pair: Comparison) -> dict[str, Any]:
    return {
        "metric": pair.in_metadata.metric,
        "label": pair.in_metadata.label,
        "stated": pair.in_metadata.text,
        "shown": pair.in_body.text,
        "shown_in": pair.in_body.source,
        "agrees": pair.agrees,
        "cause": None if pair.agrees else _cause(card, pair),
    }


def _cause(card: Card, pair: Comparison) -> str | None:
    from cardlint.card.agreement.mismatch_cause import find_cause  # here, since few cards contradict themselves

    cause = find_cause(pair, card.body_claims, card.training)
    if cause is None:
        return None
    if cause.origin is None:
        return "slip"
    return "other-row" if cause.origin.source == "results-row" else "other-metric"
