"""The range of values that a metric can have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.card.claims.claim import Claim

__all__ = ["beyond_range", "without_bits"]

# Metrics with bounds that some cards break: the first for several classes, the second rescaled, the third wide-band.
_LENIENT = frozenset(("brier_score", "bertscore", "pesq", "frugalscore"))


_BITS = frozenset((2, 3, 4, 5, 6, 8, 16, 32, 64))
_BESIDE_PRECISION = frozenset(("recall", "f1", "accuracy"))


def without_bits(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the claims but precisions of a number format: powers of two beside no recall, F1 or accuracy."""
    is_beside = any(claim.metric in _BESIDE_PRECISION for claim in claims)
    return (claim for claim in claims if is_beside or not _may_be_bits(claim))


def _may_be_bits(claim: Claim) -> bool:
    return claim.metric == "precision" and not claim.number.percent and claim.value in _BITS


def beyond_range(claim: Claim) -> str:
    """Return the reason why the metric cannot have the value; empty if it can, or if it may be something else."""
    from cardlint.vocabulary.labels.metric_names import RANGES

    value = claim.value
    low, high, hard_low, hard_high = RANGES.get(claim.metric, (None,) * 4)
    if claim.metric in _LENIENT or value == -1:
        return ""
    if high == 1 and hard_high is not None:
        hard_high = max(hard_high, 100)  # in percent, with or without the sign
    if hard_high is not None and value > hard_high and _is_just_that(claim):
        return f"it cannot exceed {high}, or {hard_high} in percent" if high == 1 else f"it cannot exceed {hard_high}"
    # negative numbers in other tables are differences
    is_level = claim.source in {"model-index", "summary", "results-row"}
    if hard_low is not None and value < hard_low and is_level and _is_just_that(claim):
        return "it cannot be negative" if hard_low == 0 else f"it cannot be less than {low}"
    return ""


_DISTANCES = frozenset(("cosine", "cos", "sim", "dot", "euclidean", "manhattan"))


def _is_just_that(claim: Claim) -> bool:
    """Return True if the label names the metric itself, not a threshold, a difference or an error of it."""
    marks = {mark for mark in claim.reading.marks if "/" in mark}
    return claim.reading.known and not marks and _DISTANCES.issuperset(claim.reading.words)
