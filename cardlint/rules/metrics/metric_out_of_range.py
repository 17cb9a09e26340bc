"""Rule `metric-out-of-range`."""

from collections.abc import Iterator
from decimal import Decimal

from cardlint.card import Card
from cardlint.card.claims import Claim
from cardlint.card.disputed import disputed_values
from cardlint.finding import Problem, Related, Severity
from cardlint.pattern import pattern
from cardlint.rule import rule


@rule(severity=Severity.ERROR)
def metric_out_of_range(card: Card) -> Iterator[Problem]:
    r"""A metric has a value that it cannot have.

    No accuracy exceeds 1, or 100 in percent; no error rate is negative, and no perplexity below 1. Somebody mistyped
    the value, lost its decimal point, or put it below another metric's name. Rates that can exceed 100 percent (the
    word error rate) are left alone, and so is -1, by which detection says that a class did not occur.

    Bad:
        ---
        model-index:
        - name: tide
          results:
          - task:
              type: image-classification
            dataset:
              type: owner/tides
              name: Tides
            metrics:
            - type: accuracy
              value: 934
        ---

    Good:
        ---
        model-index:
        - name: tide
          results:
          - task:
              type: image-classification
            dataset:
              type: owner/tides
              name: Tides
            metrics:
            - type: accuracy
              value: 0.934
        ---
    """
    text = card.source.text
    # of a column the first value speaks for all, and of the places that repeat a value the first in the card
    found: dict[tuple[str, Decimal], list[Claim]] = {}
    columns: set[str] = set()
    for claim in card.claims:
        if claim.file is not None or not _beyond(claim) or _OF_HOW_MANY.match(text, claim.span.end):
            continue
        if claim.source != "results-row" or claim.label not in columns:
            found.setdefault((claim.metric, claim.value), []).append(claim)
        if claim.source == "results-row":
            columns.add(claim.label)
    disputed = disputed_values(card) if found else {}
    wrong = {claim.span for claims in found.values() for claim in claims}
    for claims in found.values():
        # where the other side has a value that can be, `metric-mismatch` says all
        if any(disputed.get(claim.span, claim.span) not in wrong for claim in claims):
            continue
        first, *others = sorted(claims, key=lambda claim: claim.span)
        yield Problem(
            first.span,
            f"{first.label} is {first.text}, but {_beyond(first)}",
            help="Correct the value, or the name of the metric.",
            related=tuple(Related(other.span, "here too") for other in others),
        )


# What follows a count: `934 of 1000`, `934/1000`.
_OF_HOW_MANY = pattern(r"[ \t*_`]*(?:/|(?:out )?of\b)")

# Whose bounds not everybody keeps: of several classes the first, rescaled the second, wide-band the third.
_LENIENT = frozenset(("brier_score", "bertscore", "pesq", "frugalscore"))


def _beyond(claim: Claim) -> str:
    """Why the metric cannot have the value; empty where it can, or where it may be something else."""
    from cardlint.vocabulary.metric_names import RANGES

    value = claim.value
    low, high, hard_low, hard_high = RANGES.get(claim.metric, (None,) * 4)
    if claim.metric in _LENIENT or value == -1:
        return ""
    if high == 1 and hard_high is not None:
        hard_high = max(hard_high, 100)  # in percent, with or without the sign
    if hard_high is not None and value > hard_high and _is_just_that(claim):
        return f"it cannot exceed {high}, or {hard_high} in percent" if high == 1 else f"it cannot exceed {hard_high}"
    # a table's negative numbers are differences
    is_level = claim.source in {"model-index", "summary", "results-row"}
    if hard_low is not None and value < hard_low and is_level and _is_just_that(claim):
        return "it cannot be negative" if hard_low == 0 else f"it cannot be less than {low}"
    return ""


_DISTANCES = frozenset(("cosine", "cos", "sim", "dot", "euclidean", "manhattan"))


def _is_just_that(claim: Claim) -> bool:
    """Whether the label names the metric and nothing derived from it: no threshold, difference, or error of its own."""
    marks = {mark for mark in claim.reading.marks if "/" in mark}
    return claim.reading.known and not marks and _DISTANCES.issuperset(claim.reading.words)
