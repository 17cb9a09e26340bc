"""Rule `mixed-scale`."""

from collections.abc import Iterator
from itertools import pairwise

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim
from cardlint.card.markdown.tree import Table
from cardlint.card.numbers.number import agree
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule

_METRICS = frozenset(("accuracy", "f1", "precision", "recall"))
_METADATA = frozenset(("model-index", "eval-results"))

_MOST_DIGITS = 60  # of the exponent of a value that the fix rewrites


@rule(severity=Severity.NOTE, fix=Safety.UNSAFE)
def mixed_scale(card: Card) -> Iterator[Problem]:
    r"""Accuracy, F1, precision or recall is a fraction in one place and a percentage in another.

    Readers understand that 0.934 and 93.4 are the same result, programs do not: on the Hub's leaderboards the fraction
    is at the bottom. Use one scale, or add a percent sign to the number or to the table's header. spaCy writes
    fractions into the metadata and percentages into the body by design, and is skipped.

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
              value: 93.4
        ---

        It achieves the following results on the evaluation set:
        - Accuracy: 0.934

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

        It achieves the following results on the evaluation set:
        - Accuracy: 0.934
    """
    claims = [claim for claim in card.claims if _has_scale(claim)]
    if len(claims) < 2 or len({_is_fraction(claim) for claim in claims}) == 1 or _is_by_design(card, claims):
        return
    against_metadata = tuple(_metadata_against_text(card, claims))
    yield from against_metadata
    if not against_metadata:
        for together in card.evaluations:
            yield from _within(tuple(claim for claim in together if _has_scale(claim)))


def _has_scale(claim: Claim) -> bool:
    """True if only the size of the number can tell a percentage from a fraction; zero is either."""
    is_one = claim.metric in _METRICS and "%" not in claim.label and not claim.reading.words
    return is_one and claim.unit is None and claim.value > 0 and claim.file is None


def _is_fraction(claim: Claim) -> bool:
    return claim.value <= 1


def _is_by_design(card: Card, claims: list[Claim]) -> bool:
    from cardlint.vocabulary.labels.metric_names import COMPONENT_SCORES

    generator = card.generator
    return (generator is not None and generator.name == "spacy") or any(
        claim.label.strip("`* ") in COMPONENT_SCORES for claim in claims
    )


def _metadata_against_text(card: Card, claims: list[Claim]) -> Iterator[Problem]:
    for stated in claims:
        if stated.source not in _METADATA:
            continue
        shown = [
            claim
            for claim in claims
            if claim.source not in _METADATA and claim.is_about(stated) and agree(claim.number, stated.number)
        ]
        if any(_header_has_sign(card, claim) for claim in shown):
            continue
        if shown and all(_is_fraction(claim) != _is_fraction(stated) for claim in shown):
            message = (
                f"{stated.label} is {stated.text} in the metadata ({_kind(stated)}), "
                f"but {shown[0].text} in the body ({_kind(shown[0])})"
            )
            yield _problem(stated, shown[0], message, _scaled(stated))


def _header_has_sign(card: Card, claim: Claim) -> bool:
    """True if the claim is in a table with a percent sign in its header."""
    tables = (block for block in card.body.walk() if isinstance(block, Table) and block.span.overlaps(claim.span))
    return any("%" in card.source.slice(table.header.span) for table in tables)


def _kind(claim: Claim) -> str:
    return "a fraction" if _is_fraction(claim) else "in percent"


def _problem(claim: Claim, other: Claim, message: str, fix: Fix | None) -> Problem:
    return Problem(
        claim.span,
        message,
        help="Use one scale for both, or add a percent sign in the body.",
        related=(Related(other.span, f"{other.text} is {_kind(other)}"),),
        fix=fix,
    )


def _scaled(stated: Claim) -> Fix | None:
    """Return the fix that writes the metadata's value on the other scale, without loss of digits."""
    sign, digits, exponent = stated.value.as_tuple()
    if not isinstance(exponent, int) or abs(exponent) > _MOST_DIGITS or stated.text != stated.number.numeral:
        return None
    text = f"{type(stated.value)((sign, digits, exponent + (2 if _is_fraction(stated) else -2))):f}"
    return Fix(f"Write `{text}` into the metadata", (Edit(stated.span, text),), Safety.UNSAFE)


def _within(together: tuple[Claim, ...]) -> Iterator[Problem]:
    """Report the first number of an evaluation that is on another scale than the one before it."""
    for before, claim in pairwise(together):
        if _is_fraction(before) != _is_fraction(claim) and claim.source == "summary":
            other = f"{before.label} is {before.text} ({_kind(before)})"
            message = f"{claim.label} is {claim.text} ({_kind(claim)}), but {other}"
            yield _problem(claim, before, message, None)
            return
