"""Rule `metric-out-of-range`."""

from collections.abc import Iterator
from decimal import Decimal

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim
from cardlint.card.claims.ranges import beyond_range
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule

# The text after a count: `934 of 1000`, `934/1000`.
_OF_HOW_MANY = LazyPattern(r"[ \t*_`]*(?:/|(?:out )?of\b)")


@rule(severity=Severity.ERROR)
def metric_out_of_range(card: Card) -> Iterator[Problem]:
    r"""A metric has a value that is impossible for it.

    An accuracy never exceeds 1, or 100 in percent; an error rate is never negative; a perplexity is never below 1. The
    value was mistyped, has lost its decimal point, or belongs to another metric. Rates that can exceed 100 percent,
    such as the word error rate, are skipped, and so is -1, which object detection writes for a class that does not
    occur.

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
    # one finding per column and per repeated value, at the first place
    found: dict[tuple[str, Decimal], list[Claim]] = {}
    columns: set[str] = set()
    for claim in (*card.metadata_claims, *card.impossible_claims):
        if claim.file is not None or not beyond_range(claim) or _OF_HOW_MANY.match(text, claim.span.end):
            continue
        if claim.source != "results-row" or claim.label not in columns:
            found.setdefault((claim.metric, claim.value), []).append(claim)
        if claim.source == "results-row":
            columns.add(claim.label)
    disputed = card.disputed_spans if found else {}
    wrong = {claim.span for claims in found.values() for claim in claims}
    for claims in found.values():
        # if the other side has a possible value, `metric-mismatch` reports both
        if any(disputed.get(claim.span, claim.span) not in wrong for claim in claims):
            continue
        first, *others = sorted(claims, key=lambda claim: claim.span)
        yield Problem(
            first.span,
            f"{first.label} is {first.text}, but {beyond_range(first)}",
            help="Correct the value, or the name of the metric.",
            related=tuple(Related(other.span, "also here") for other in others),
        )
