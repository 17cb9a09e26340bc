"""Rule `impossible-metrics`."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim
from cardlint.card.numbers.rounding import Interval, shown
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

_SIGNS = (
    *("ouge", "OUGE", "mse", "MSE", "Mse", "quared", "QUARED", "icro", "MICRO", "@", "_at_"),
    *("erplexity", "ERPLEXITY", "ppl", "PPL", "Ppl"),
    *("ap 50", "ap50", "ap_50", "ap-50", "AP 50", "AP50", "AP_50", "AP-50"),
    *("ar 1", "ar1", "ar_1", "ar-1", "AR 1", "AR1", "AR_1", "AR-1"),
)
"""The spellings of the metrics that this rule compares; a card without any of them is skipped at once."""

# Pairs of a metric and a variant of which the first never exceeds the second.
_ORDERS = (
    (("rouge", "rouge2"), ("rouge", "rouge1")),
    (("mae", None), ("rmse", None)),
    (("map", "@50-95"), ("map", "@50")),
    (("map", "@75"), ("map", "@50")),
    (("mar", "mar1"), ("mar", "mar10")),
    (("mar", "mar10"), ("mar", "mar100")),
)
# Metrics that never fall with more candidates, and the words that may name a kind of them.
_AT_MOST = frozenset(("recall", "hit_rate", "accuracy"))
_DISTANCES = frozenset(("cosine", "cos", "sim", "dot", "euclidean", "manhattan"))
# The old ROUGE samples the scores again for each of its values, so two close values may be in the wrong order.
_BOOTSTRAP = Decimal("1.02")

_SLACK = Decimal("0.02")  # how far a loss may be from the logarithm of the perplexity
_TWO = Decimal(2).ln()


@rule(severity=Severity.WARNING)
def impossible_metrics(card: Card) -> Iterator[Problem]:
    r"""Metrics of one evaluation contradict each other by their definitions.

    ROUGE-2 never exceeds ROUGE-1, MAE never exceeds RMSE, and the mAP over all thresholds never exceeds the one at 50.
    MSE is the square of RMSE; the perplexity of a language model is the exponential of its loss; the micro-averaged F1
    is the harmonic mean of precision and recall; recall never falls with more candidates. If the numbers contradict
    this, even when each may be off by one unit of its last digit, one of them belongs to another evaluation or was
    computed in another way. ROUGE-L and ROUGE-1 are not compared, since the old implementation samples them separately.

    Bad:
        # tide

        It achieves the following results on the evaluation set:
        - Loss: 0.2584
        - Rmse: 0.5083
        - Mse: 0.3584

    Good:
        # tide

        It achieves the following results on the evaluation set:
        - Loss: 0.2584
        - Rmse: 0.5083
        - Mse: 0.2584
    """
    if not any(sign in card.source.text for sign in _SIGNS):
        return
    # one finding per contradiction: at the first row of a table, and at the first of places that repeat an evaluation
    found: dict[str, dict[str, Problem]] = {}
    for claims in card.evaluations:
        for relation, problem in _contradictions(card, claims):
            found.setdefault(relation, {}).setdefault(claims[0].source, problem)
    for problems in found.values():
        first, *others = sorted(problems.values(), key=lambda problem: problem.span)
        yield replace(first, related=(*first.related, *(Related(other.span, "also here") for other in others)))


def _contradictions(card: Card, claims: tuple[Claim, ...]) -> Iterator[tuple[str, Problem]]:
    by_name = {(claim.metric, claim.variant): claim for claim in claims}
    for lower, upper in _orders(claims, by_name):
        if _exceeds(lower, upper):
            message = f"{lower.label} is {lower.text}, but cannot exceed {upper.label}, which is {upper.text}"
            yield f"{lower.label}<{upper.label}", _problem(lower, upper, message)
    root, square = by_name.get(("rmse", None)), by_name.get(("mse", None))
    if root and square and _differ(root, square):
        message = f"{square.label} is {square.text}, which is not the square of {root.label}, {root.text}"
        yield "square", _problem(square, root, message)
    perplexity, loss = by_name.get(("perplexity", None)), _language_loss(card, claims, by_name)
    if perplexity and loss and _no_exponential(perplexity, loss):
        message = f"{perplexity.label} is {perplexity.text}, which is not the exponential of {loss.label}, {loss.text}"
        yield "exponential", _problem(perplexity, loss, message)
    mean = by_name.get(("f1", "micro"))
    parts = [by_name.get((metric, "micro")) for metric in ("precision", "recall")]
    if mean and parts[0] and parts[1] and _no_mean(mean, parts[0], parts[1]):
        both = f"precision and recall, {parts[0].text} and {parts[1].text}"
        message = f"{mean.label} is {mean.text}, which is not the harmonic mean of {both}"
        yield "mean", _problem(mean, parts[0], message)


def _orders(claims: tuple[Claim, ...], by_name: dict[tuple[str, str | None], Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield pairs of claims of which the first never exceeds the second."""
    for lower, upper in _ORDERS:
        if lower in by_name and upper in by_name:
            yield by_name[lower], by_name[upper]
    # COCO calls the mean over all thresholds just `map`; so does retrieval, but there `@50` is a number of documents
    if ("map", "@75") in by_name and ("map", None) in by_name and ("map", "@50") in by_name:
        yield by_name["map", None], by_name["map", "@50"]
    cuts: dict[tuple[str, tuple[str, ...]], dict[int, Claim]] = {}
    for claim in claims:
        marks = [mark[1:] for mark in claim.reading.marks if mark.startswith("@")]
        others = tuple(mark for mark in claim.reading.marks if not mark.startswith("@"))
        is_known = claim.metric in _AT_MOST and _DISTANCES.issuperset(claim.reading.words)
        is_known = is_known and ("@" in claim.label or "_at_" in claim.label)
        if is_known and len(marks) == 1 and marks[0].isdecimal():
            cuts.setdefault((claim.metric, (*others, *claim.reading.words)), {})[int(marks[0])] = claim
    for series in cuts.values():
        yield from pairwise(series[cut] for cut in sorted(series))


def _exceeds(lower: Claim, upper: Claim) -> bool:
    """True if the first claim exceeds the second for all values that round to the numbers shown, on one scale."""
    # COCO writes -1 for a class that does not occur
    if lower.unit != upper.unit or lower.value < 0 or upper.value < 0 or _scales_differ(lower.value, upper.value):
        return False
    one, other = shown(lower.number), shown(upper.number)
    if one is None or other is None:
        return False
    return one.low > other.high * (_BOOTSTRAP if lower.metric == "rouge" else 1)


def _scales_differ(lower: Decimal, upper: Decimal) -> bool:
    """True if one value may be a percentage and the other a fraction; honest values are rarely that far apart."""
    return lower > 1 >= upper


def _problem(claim: Claim, other: Claim, message: str) -> Problem:
    return Problem(
        claim.span,
        message,
        help="Find out which of the numbers is wrong, and correct it.",
        related=(Related(other.span, f"{other.label} is {other.text}"),),
    )


def _differ(root: Claim, square: Claim) -> bool:
    one, other = shown(root.number), shown(square.number)
    return one is not None and other is not None and one.low >= 0 and not one.squared().meets(other)


def _language_loss(card: Card, claims: tuple[Claim, ...], by_name: dict[tuple[str, str | None], Claim]) -> Claim | None:
    """Return the loss that the perplexity is computed from, if that is certain."""
    smoothing = card.training.number("label_smoothing_factor")
    losses = [claim for claim in claims if claim.metric.endswith("loss")]
    if smoothing or not losses:
        return None
    return by_name.get(("loss", "lm")) or (by_name.get(("loss", None)) if len(losses) == 1 else None)


def _no_exponential(perplexity: Claim, loss: Claim) -> bool:
    """True if the loss is not the logarithm of the perplexity, neither to base e nor to base 2."""
    if perplexity.value < 1:  # which `metric-out-of-range` reports
        return False
    one, other = shown(perplexity.number), shown(loss.number)
    logarithms = one.logarithms() if one else None
    if logarithms is None or other is None:
        return False
    bits = Interval(logarithms.low / _TWO, logarithms.high / _TWO)
    wide = other.widened(_SLACK)
    return not (wide.meets(logarithms) or wide.meets(bits))


def _no_mean(mean: Claim, precision: Claim, recall: Claim) -> bool:
    intervals = [shown(claim.number) for claim in (mean, precision, recall)]
    if len({claim.unit for claim in (mean, precision, recall)}) > 1 or None in intervals:
        return False
    f1, one, other = (interval for interval in intervals if interval is not None)
    if one.low <= 0 or other.low <= 0:
        return False
    # the harmonic mean grows with both values
    low = 2 * one.low * other.low / (one.low + other.low)
    high = 2 * one.high * other.high / (one.high + other.high)
    return not f1.meets(Interval(low, high))
