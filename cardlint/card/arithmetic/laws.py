"""Relations between metrics of one evaluation that follow from their definitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from msgspec import Struct

from cardlint.card.arithmetic.contradiction import Contradiction
from cardlint.card.claims.claim import Claim
from cardlint.card.numbers.number import Number
from cardlint.card.numbers.rounding import Interval, computed
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import Label

__all__ = [
    "MOST_FIGURES",
    "Conditions",
    "Figure",
    "broken_laws",
    "broken_laws_of_lines",
    "figure",
    "figures_of_claims",
    "may_be_related",
]


class Figure(Struct, frozen=True):
    """A number of a metric: `marks` and `words` are what sets it apart from the metric as such."""

    metric: str
    marks: frozenset[str]
    words: frozenset[str]
    split: str | None
    label: str
    number: Number
    span: Span

    @property
    def text(self) -> str:
        return self.number.text

    @property
    def value(self) -> Decimal:
        return self.number.value

    @property
    def subject(self) -> tuple[str, frozenset[str], frozenset[str], str | None]:
        """The metric with all that sets it apart; equal for two numbers of the same metric."""
        return (self.metric, self.marks, self.words, self.split)

    def has(self, metric: str, mark: str | None) -> bool:
        return self.metric == metric and (mark is None or mark in self.marks)


def figures_of_claims(claims: Sequence[Claim]) -> tuple[Figure, ...]:
    """Return the claims of one evaluation as figures."""
    figures = []
    for claim in claims:
        read = claim.reading
        if not read.known or read.metric != claim.metric:
            marks = tuple(filter(None, (claim.variant,)))
            read = Label(claim.metric, claim.variant, claim.split, True, marks)
        figures.append(figure(read, claim.label, claim.number, claim.span, claim.split))
    return tuple(figures)


def figure(read: Label, label: str, number: Number, span: Span, split: str | None) -> Figure:
    """Return the figure of a number with what its label says."""
    return Figure(
        metric=read.metric,
        marks=frozenset(read.marks),
        words=frozenset(read.words),
        split=split or read.split,
        label=label,
        number=number,
        span=span,
    )


MOST_FIGURES = 60


_ORDERS = (
    (("rouge", "rouge2"), ("rouge", "rouge1")),
    (("mae", None), ("rmse", None)),
    (("map", "@50-95"), ("map", "@50")),
    (("map", "@75"), ("map", "@50")),
    (("mar", "mar1"), ("mar", "mar10")),
    (("mar", "mar10"), ("mar", "mar100")),
)
"""Metrics of which the first never exceeds the second."""
_AT_MOST = frozenset(("recall", "hit_rate", "accuracy"))
_IN_VARIANTS = frozenset((*_AT_MOST, "rouge", "map", "mar"))
_TOGETHER = (
    frozenset(("mae", "rmse")),
    frozenset(("mse", "rmse")),
    frozenset(("exact_match", "f1")),
    frozenset(("f1", "precision", "recall")),
)
_NOT_A_SHARE = frozenset(("error", "errors", "err", "nauc", "std", "diff1", "max", "rank", "loss"))
# The old ROUGE samples the scores anew for each of its values, so that near the top two may change places.
_BOOTSTRAP = Decimal("1.02")
_CLASSIFICATION = frozenset(("accuracy", "precision", "recall"))


class Conditions(Struct, frozen=True):
    """The words of a card that decide how its metrics are related.

    `answers_questions`: exact match and F1 compare answers with the right ones. `counts_errors`: a bare `Top-1` may be
    a rate of errors. `slack_of_loss`: the difference that there may be between the loss and the logarithm of the
    perplexity; None if the loss may be another one.
    """

    answers_questions: bool
    counts_errors: bool
    slack_of_loss: Decimal | None


def may_be_related(metrics: Sequence[str]) -> bool:
    """Return False for the metrics of an evaluation if no law is about them: most evaluations have a loss and one more.

    The laws are about one metric in two variants, or about two metrics together.
    """
    found = set(metrics)
    if not found.isdisjoint(_IN_VARIANTS) and any(metrics.count(metric) > 1 for metric in found & _IN_VARIANTS):
        return True
    return any(found >= pair for pair in _TOGETHER) or (
        "perplexity" in found and any(metric.endswith("loss") for metric in found)
    )


def broken_laws(figures: Sequence[Figure], conditions: Conditions) -> Iterator[Contradiction]:
    """Yield what contradicts itself among the metrics of one evaluation."""
    # of two numbers of one metric, either might be the one that belongs to the others
    times = Counter(figure.subject for figure in figures)
    stated = [figure for figure in figures if times[figure.subject] == 1][:MOST_FIGURES]
    for lower, upper in _orders(stated, conditions):
        if _exceeds(lower, upper):
            message = f"{lower.label} is {lower.text}, but cannot exceed {upper.label}, which is {upper.text}"
            yield _contradiction(f"{lower.label}<{upper.label}", lower, upper, message)
    for one, other in combinations(stated, 2):
        if _are_alike(one, other):
            yield from _equations(one, other)
    if conditions.slack_of_loss is not None:
        yield from _exponential(stated, conditions.slack_of_loss)
    yield from _harmonic(stated)


_EQUATIONS = {
    "square": {"rmse", "mse"},
    "exponential": {"perplexity", "loss"},
    "mean": {"f1", "precision", "recall"},
}
"""The metrics of each equation by the name of the relation."""


def broken_laws_of_lines(lines: Sequence[Sequence[Figure]], conditions: Conditions) -> Iterator[Contradiction]:
    """Yield what contradicts itself in the lines of one table.

    An equation that none of several lines fulfils is not reported: the numbers were computed in another way.
    """
    broken = [list(broken_laws(figures, conditions)) for figures in lines]
    for relation, metrics in _EQUATIONS.items():
        concerned = [
            any(each.relation == relation for each in found)
            for figures, found in zip(lines, broken, strict=True)
            if metrics <= {figure.metric for figure in figures}
        ]
        if len(concerned) > 1 and all(concerned):
            broken = [[each for each in found if each.relation != relation] for found in broken]
    for found in broken:
        yield from found


def _contradiction(relation: str, figure: Figure, other: Figure, message: str) -> Contradiction:
    related = ((other.span, f"{other.label} is {other.text}"),)
    return Contradiction(relation=relation, span=figure.span, message=message, related=related)


def _are_alike(one: Figure, other: Figure) -> bool:
    """Return True if two figures are of the same data, as far as their labels say."""
    splits = {one.split, other.split}
    return one.words == other.words and (len(splits) == 1 or (None in splits and "train" not in splits))


def _orders(figures: Sequence[Figure], conditions: Conditions) -> Iterator[tuple[Figure, Figure]]:
    """Yield pairs of which the first never exceeds the second."""
    for one, other in combinations(figures, 2):
        if not _are_alike(one, other):
            continue
        for lower, upper in ((one, other), (other, one)):
            if _is_ordered(lower, upper) or (conditions.answers_questions and _is_exact(lower, upper, figures)):
                yield lower, upper
    yield from _coco(figures)
    yield from _cuts(figures, conditions)


def _is_ordered(lower: Figure, upper: Figure) -> bool:
    return any(
        lower.has(*low) and upper.has(*high) and lower.marks - {low[1]} == upper.marks - {high[1]}
        for low, high in _ORDERS
    )


def _is_exact(lower: Figure, upper: Figure, figures: Sequence[Figure]) -> bool:
    """Return True for exact match and F1, unless other metrics show that the F1 is that of a classification."""
    return (
        (lower.metric, upper.metric) == ("exact_match", "f1")
        and not lower.marks
        and not upper.marks
        and not any(figure.metric in _CLASSIFICATION for figure in figures)
    )


def _coco(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    # COCO calls the mean over all thresholds just `map`; so does retrieval, where 50 is a number of documents
    by_mark = {mark: figure for figure in figures if figure.metric == "map" for mark in figure.marks or {""}}
    if {"", "@50", "@75"} <= by_mark.keys() and _are_alike(by_mark[""], by_mark["@50"]):
        yield by_mark[""], by_mark["@50"]


def _cuts(figures: Sequence[Figure], conditions: Conditions) -> Iterator[tuple[Figure, Figure]]:
    """Yield metrics among the first 1, 5, ... candidates, each with the next longer list."""
    series: dict[tuple[str, frozenset[str], frozenset[str]], dict[int, Figure]] = {}
    for figure in figures:
        cut = _cut(figure, conditions)
        if cut is not None and not _NOT_A_SHARE & {word.lower() for word in figure.words}:
            others = frozenset(mark for mark in figure.marks if not mark.startswith("@"))
            series.setdefault((figure.metric, others, figure.words), {})[cut] = figure
    for cuts in series.values():
        ordered = [cuts[cut] for cut in sorted(cuts)]
        yield from (pair for pair in pairwise(ordered) if _are_alike(*pair))


_IN_LIST = LazyPattern(r"(?i)@|_at_|\bat \d|top.{0,100}acc|acc.{0,100}top")
_BARE_TOP = LazyPattern(r"(?i)\W*top[ -]?\d+[\s(]*%?\W*")


def _cut(figure: Figure, conditions: Conditions) -> int | None:
    """Return the number of candidates among which one must be right; 1 for a plain accuracy."""
    if figure.metric not in _AT_MOST:
        return None
    is_bare = _BARE_TOP.fullmatch(figure.label) is not None
    if is_bare and conditions.counts_errors:
        return None
    if figure.metric == "accuracy" and not figure.marks:  # `top-1` leaves no mark
        return 1 if is_bare or "acc" in figure.label.lower() else None
    cuts = [mark[1:] for mark in figure.marks if mark.startswith("@")]
    is_known = len(cuts) == 1 and cuts[0].isdecimal() and (is_bare or _IN_LIST.search(figure.label) is not None)
    return int(cuts[0]) if is_known else None


def _exceeds(lower: Figure, upper: Figure) -> bool:
    """Return True if the one exceeds the other at any value that rounds to what is shown, in one scale."""
    # COCO writes -1 if it has found nothing
    if lower.number.percent != upper.number.percent or lower.value < 0 or upper.value < 0:
        return False
    if lower.value > 1 >= upper.value:  # a percentage and a fraction
        return False
    one, other = computed(lower.number), computed(upper.number)
    if one is None or other is None:
        return False
    return one.low > other.high * (_BOOTSTRAP if lower.metric == "rouge" else 1)


def _equations(one: Figure, other: Figure) -> Iterator[Contradiction]:
    by_metric = {figure.metric: figure for figure in (one, other)}
    root, square = by_metric.get("rmse"), by_metric.get("mse")
    if root and square and root.marks == square.marks and _is_other_square(root, square):
        message = f"{square.label} is {square.text}, which is not the square of {root.label}, {root.text}"
        yield _contradiction("square", square, root, message)


def _is_other_square(root: Figure, square: Figure) -> bool:
    one, other = computed(root.number), computed(square.number)
    return one is not None and other is not None and one.low >= 0 and not one.squared().meets(other)


_TWO = Decimal(2).ln()


def _exponential(figures: Sequence[Figure], slack: Decimal) -> Iterator[Contradiction]:
    """Yield a perplexity that is not the exponential of the loss, if it is certain which loss is that of the model."""
    losses = [figure for figure in figures if figure.metric.endswith("loss")]
    found = [figure for figure in losses if figure.has("loss", "lm")] or (losses if len(losses) == 1 else [])
    for perplexity in figures:
        if perplexity.metric != "perplexity" or perplexity.marks or len(found) != 1:
            continue
        loss = found[0]
        is_its = loss.metric == "loss" and loss.marks <= {"lm"} and _are_alike(perplexity, loss)
        if is_its and _is_not_exponential(perplexity, loss, slack):
            message = (
                f"{perplexity.label} is {perplexity.text}, which is not the exponential of {loss.label}, {loss.text}"
            )
            yield _contradiction("exponential", perplexity, loss, message)


def _is_not_exponential(perplexity: Figure, loss: Figure, slack: Decimal) -> bool:
    """Return True if the loss is the logarithm to neither base in use."""
    if perplexity.value < 1:  # which `metric-out-of-range` reports
        return False
    one, other = computed(perplexity.number), computed(loss.number)
    logarithms = one.logarithms() if one else None
    if logarithms is None or other is None:
        return False
    bits = Interval(logarithms.low / _TWO, logarithms.high / _TWO)
    wide = other.widened(slack)
    return not (wide.meets(logarithms) or wide.meets(bits))


def _harmonic(figures: Sequence[Figure]) -> Iterator[Contradiction]:
    """Yield a micro-averaged F1 that is not the harmonic mean of precision and recall."""
    for mean in figures:
        if not mean.has("f1", "micro"):
            continue
        parts = [
            next(
                (
                    each
                    for each in figures
                    if each.metric == metric and each.marks == mean.marks and _are_alike(each, mean)
                ),
                None,
            )
            for metric in ("precision", "recall")
        ]
        if parts[0] and parts[1] and _is_not_mean(mean, parts[0], parts[1]):
            both = f"precision and recall, {parts[0].text} and {parts[1].text}"
            message = f"{mean.label} is {mean.text}, which is not the harmonic mean of {both}"
            yield _contradiction("mean", mean, parts[0], message)


def _is_not_mean(mean: Figure, precision: Figure, recall: Figure) -> bool:
    intervals = [computed(figure.number) for figure in (mean, precision, recall)]
    if len({figure.number.percent for figure in (mean, precision, recall)}) > 1 or None in intervals:
        return False
    f1, one, other = (interval for interval in intervals if interval is not None)
    if one.low <= 0 or other.low <= 0:
        return False
    # the harmonic mean grows with both
    low = 2 * one.low * other.low / (one.low + other.low)
    high = 2 * one.high * other.high / (one.high + other.high)
    return not f1.meets(Interval(low, high))
