"""Rule `impossible-metrics`."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from decimal import Decimal

from msgspec.structs import replace

from cardlint.card.arithmetic.contradiction import Contradiction
from cardlint.card.arithmetic.emissions import wrong_emissions
from cardlint.card.arithmetic.laws import Conditions, broken_laws, figures_of_claims, may_be_related
from cardlint.card.arithmetic.shares import wrong_shares
from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

_QUESTIONS = ("squad", "question-answering", "question answering", "answers questions", "reading comprehension")
"""Words of cards in which F1 and exact match compare an answer with the right one."""
_OTHER_LOSSES = ("label_smoothing_factor", "rewards/", "distill", "contrastive")
"""Words of cards in which the loss may not be the logarithm of the perplexity."""
_MASKED = ("fill-mask", "masked", "bert", "electra")
"""Words of cards in which loss and perplexity may have been measured with other masks."""


@rule(severity=Severity.WARNING)
def impossible_metrics(card: Card) -> Iterator[Problem]:
    r"""Numbers of a card contradict each other by arithmetic.

    Among the metrics of one evaluation, ROUGE-2 never exceeds ROUGE-1, MAE never RMSE, the mAP over all thresholds
    never the one at 50, the accuracy of the first guess never that of the best five, and exact match never the F1 of
    answers to questions; MSE is the square of RMSE, the perplexity of a language model the exponential of its loss, and
    the micro-averaged F1 the harmonic mean of precision and recall.

    A percentage is the share that the counts behind it make (`87.5% (755/863)`), a column of differences that of its
    neighbours, and an average the mean of what it says it averages. `co2_eq_emissions` are grams.

    Every number may be off by a unit of its last digit, or by a hundred-thousandth of its value. Differences and
    averages are compared if the label says of which numbers they are, or if the other rows do.

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

    Bad:
        # tide

        The model recognizes 99.1% (755/863) of the gulls.

    Good:
        # tide

        The model recognizes 99.1% (855/863) of the gulls.
    """
    # one finding per relation: at the first row of a table, and at the first of places that repeat an evaluation
    found: dict[str, dict[str, Problem]] = {}
    for source, contradiction in _contradictions(card):
        found.setdefault(contradiction.relation, {}).setdefault(source, _problem(contradiction))
    for problems in found.values():
        first, *others = sorted(problems.values(), key=lambda problem: problem.span)
        yield replace(first, related=(*first.related, *(Related(other.span, "also here") for other in others)))


def _contradictions(card: Card) -> Iterator[tuple[str, Contradiction]]:
    """Yield every contradiction with a name for the part of the card that it is in."""
    evaluations = [
        claims
        for claims in (*card.evaluations, *_sentences(card))
        if may_be_related([claim.metric for claim in claims])
    ]
    if evaluations or card.grids:
        conditions = _conditions(card)
        for claims in evaluations:
            for contradiction in broken_laws(figures_of_claims(claims), conditions):
                yield claims[0].source, contradiction
        if card.grids:
            # here, since most cards have no table of numbers
            from cardlint.card.arithmetic.tables import contradictions_in_tables

            for index, contradiction in contradictions_in_tables(card.grids, conditions):
                yield f"table {index}", contradiction
    for contradiction in (*wrong_shares(card.body), *wrong_emissions(card.metadata, card.body)):
        yield "text", contradiction


def _conditions(card: Card) -> Conditions:
    text = card.source.text.lower()
    slack = Decimal("0.1") if any(word in text for word in _MASKED) else Decimal("0.02")
    return Conditions(
        answers_questions=any(word in text for word in _QUESTIONS),
        counts_errors="error" in text,
        slack_of_loss=None if any(word in text for word in _OTHER_LOSSES) else slack,
    )


def _sentences(card: Card) -> Iterator[tuple[Claim, ...]]:
    """Yield the claims of each line of text that are of one dataset and split."""
    groups: dict[Hashable, list[Claim]] = defaultdict(list)
    for claim in card.body_claims:
        if claim.source == "prose":
            groups[card.source.line_index(claim.span.start), claim.measured_on, claim.setting].append(claim)
    yield from map(tuple, groups.values())


def _problem(contradiction: Contradiction) -> Problem:
    return Problem(
        contradiction.span,
        contradiction.message,
        help="Find out which of the numbers is wrong, and correct it.",
        related=tuple(Related(span, text) for span, text in contradiction.related),
    )
