"""Rule `unreported-metric`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.wording import listed

# More results than this are those of a whole benchmark, which need not be in the body.
_MOST = 40


@rule(severity=Severity.NOTE)
def unreported_metric(card: Card) -> Iterator[Problem]:
    r"""The model-index has metrics that the body does not show.

    Readers of the card see only some of the results, and cannot check the others. Report in the body what the
    model-index reports. Cards whose body reports none of the results are skipped, and so are losses and results of the
    Hub's own evaluator.

    Bad:
        ---
        model-index:
        - name: tide
          results:
          - task:
              type: text-classification
            dataset:
              type: owner/tides
              name: Tides
            metrics:
            - type: accuracy
              value: 0.934
            - type: f1
              value: 0.927
        ---

        It achieves the following results on the evaluation set:
        - Accuracy: 0.934

    Good:
        ---
        model-index:
        - name: tide
          results:
          - task:
              type: text-classification
            dataset:
              type: owner/tides
              name: Tides
            metrics:
            - type: accuracy
              value: 0.934
            - type: f1
              value: 0.927
        ---

        It achieves the following results on the evaluation set:
        - Accuracy: 0.934
        - F1: 0.927
    """
    stated = [claim for claim in card.metadata_claims if claim.source == "model-index" and _counts(claim)]
    if not stated or len(stated) > _MOST:
        return
    shown = {claim.metric for claim in card.body_claims}
    # a body with none of them may show its results in a picture, or elsewhere
    if shown.isdisjoint(claim.metric for claim in stated):
        return
    lacking: dict[str, Claim] = {}
    for claim in stated:
        if claim.metric not in shown and not _is_named(card, claim):
            lacking.setdefault(claim.metric, claim)
    if lacking:
        first, *others = lacking.values()
        yield Problem(
            first.span,
            f"the model-index reports {_listed([claim.label for claim in lacking.values()])}, but the body does not",
            help="Report the same metrics in the body.",
            related=tuple(Related(claim.span, f"nor does it report {claim.label}") for claim in others[:8]),
        )


def _counts(claim: Claim) -> bool:
    return not claim.verified and claim.reading.known and claim.metric != "loss" and not claim.reading.words


def _is_named(card: Card, claim: Claim) -> bool:
    """True if the body names the metric or its value, in a form that was not read as a claim."""
    text = card.lower_body
    return claim.label.lower() in text or claim.metric.replace("_", " ") in text or claim.text in text


def _listed(labels: list[str]) -> str:
    shown = [f"`{label}`" for label in labels[:5]]
    return listed([*shown, f"{len(labels) - 5} more"] if len(labels) > 5 else shown)
