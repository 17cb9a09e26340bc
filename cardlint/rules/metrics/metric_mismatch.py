"""Rule `metric-mismatch`."""

from collections.abc import Iterator

from cardlint.card import Card
from cardlint.card.claims import Claim
from cardlint.card.numbers import agree
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule import rule


@rule(severity=Severity.ERROR, fix=Safety.UNSAFE, signs=("model-index", "card.eval_results"))
def metric_mismatch(card: Card) -> Iterator[Problem]:
    r"""The metadata and the text report different values for one metric.

    The Hub's leaderboards and filters show the metadata's value, readers see the text's, and one of them is wrong.
    Values agree when one rounds to the other at the digits shown; a percentage and a fraction are the same number.
    Where more than one pairing is possible and any of them agrees, nothing is said.

    Bad:
        ---
        model-index:
        - name: cats
          results:
          - task:
              type: image-classification
            dataset:
              name: cats
              type: owner/cats
            metrics:
            - name: Accuracy
              type: accuracy
              value: 0.91
        ---

        # cats

        It achieves the following results on the evaluation set:
        - Loss: 0.2107
        - Accuracy: 0.934

    Good:
        ---
        model-index:
        - name: cats
          results:
          - task:
              type: image-classification
            dataset:
              name: cats
              type: owner/cats
            metrics:
            - name: Accuracy
              type: accuracy
              value: 0.934
        ---

        # cats

        It achieves the following results on the evaluation set:
        - Loss: 0.2107
        - Accuracy: 0.934
    """
    from cardlint.card.comparison import compare

    if card.has_foreign_metadata:
        return
    for found in compare(card):
        if not found.agrees:
            yield _mismatch(card, found.stated, found.shown)


def _mismatch(card: Card, stated: Claim, shown: Claim) -> Problem:
    row = _other_row(card, stated)
    places = [Related(shown.span, f"the body says {shown.text} here")]
    if row:
        places.append(Related(row.span, f"the metadata has the value of this row: {row.text}"))
    return Problem(
        stated.span,
        f"{_named(shown.label)} is {stated.text} in the metadata but {shown.text} in the body",
        help="Find out which value is right, and write it in both places.",
        related=tuple(places),
        fix=_take_over(stated, shown),
    )


def _named(label: str) -> str:
    """The label amid a sentence; F1 and BLEU keep their capitals."""
    return label if label.isupper() else label.lower()


def _other_row(card: Card, stated: Claim) -> Claim | None:
    """The row of a results table that the metadata's value comes from."""
    rows = (claim for claim in card.claims if claim.source == "results-row" and claim.is_about(stated))
    return next((row for row in rows if agree(row.number, stated.number)), None)


def _take_over(stated: Claim, shown: Claim) -> Fix | None:
    """The body's value for the metadata, if both are of one scale."""
    if stated.unit or shown.unit or (abs(stated.value) <= 1) != (abs(shown.value) <= 1):
        return None
    title = f"Write {shown.text} into the metadata"
    return Fix(title, (Edit(stated.span, shown.text),), Safety.UNSAFE)
