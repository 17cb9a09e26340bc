"""Rule `mixed-scale`."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from cardlint.card.card import Card
from cardlint.card.claims.claim import Claim
from cardlint.card.markdown.tree import Table
from cardlint.card.numbers.number import agree
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule

_METRICS = frozenset(("accuracy", "f1", "precision", "recall"))
_METADATA = frozenset(("model-index", "eval-results"))
_SHARE = (0, 1, 0, 100)  # the range of a metric that is given as a fraction or in percent
_MOST_DIGITS = 60  # of the exponent of a value that the fix rewrites


@rule(severity=Severity.NOTE, fix=Safety.UNSAFE)
def mixed_scale(card: Card) -> Iterator[Problem]:
    r"""Accuracy, F1, precision or recall is a fraction in one place and a percentage in another.

    Readers understand that 0.934 and 93.4 are the same result, programs do not: on the Hub's leaderboards the fraction
    is at the bottom. Use one scale, or add a percent sign to the number or to the table's header. spaCy writes
    fractions into the metadata and percentages into the body by design, and is skipped. The fix moves the whole result
    to the scale of the body, because its other metrics are on the same scale, and takes over the digits of the body.

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
        shown = _repeated(stated, claims)
        if any(_header_has_sign(card, claim) for claim in shown):
            continue
        if shown and all(_is_fraction(claim) != _is_fraction(stated) for claim in shown):
            message = (
                f"{stated.label} is {stated.text} in the metadata ({_kind(stated)}), "
                f"but {shown[0].text} in the body ({_kind(shown[0])})"
            )
            yield _problem(stated, shown[0], message, _rescaled(stated, card))


def _repeated(stated: Claim, claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of the body that repeat one of the metadata."""
    return [
        claim
        for claim in claims
        if claim.source not in _METADATA and claim.is_about(stated) and agree(claim.number, stated.number)
    ]


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


def _rescaled(stated: Claim, card: Card) -> Fix | None:
    """Return the fix that moves all values of a result to the other scale."""
    edits = []
    for claim in _result(stated, card):
        text = _on_other_scale(claim, card.body_claims)
        if text is None:
            return None
        edits.append(Edit(claim.span, text))
    if len(edits) == 1:
        return Fix(f"Write `{edits[0].text}` into the metadata", tuple(edits), Safety.UNSAFE)
    scale = "in percent" if _is_fraction(stated) else "as fractions"
    return Fix(f"Write the values of the result {scale}", tuple(edits), Safety.UNSAFE)


def _result(stated: Claim, card: Card) -> list[Claim]:
    """Return the claims of a result that are on the scale of one of them, except those that the body has on it, too."""
    from cardlint.vocabulary.labels.metric_names import RANGES

    result = []
    for claim in card.metadata_claims:
        is_share = RANGES.get(claim.metric) == _SHARE and claim.value > 0 and claim.unit is None
        is_beside = (claim.source, claim.measured_on, claim.names) == (stated.source, stated.measured_on, stated.names)
        repeated = _repeated(claim, card.body_claims)
        is_shown_so = any(not other.unit and _is_fraction(other) == _is_fraction(claim) for other in repeated)
        if is_share and is_beside and _is_fraction(claim) == _is_fraction(stated) and not is_shown_so:
            result.append(claim)
    return result


def _on_other_scale(claim: Claim, body_claims: Sequence[Claim]) -> str | None:
    """Return a value of the metadata on the other scale: as the body has it, or exact if the body has fewer digits."""
    sign, digits, exponent = claim.value.as_tuple()
    if not isinstance(exponent, int) or abs(exponent) > _MOST_DIGITS or claim.text != claim.number.numeral:
        return None
    shifted = f"{Decimal((sign, digits, exponent + (2 if _is_fraction(claim) else -2))):f}"
    numerals = [
        other.number.numeral
        for other in _repeated(claim, body_claims)
        if other.unit is None and _is_fraction(other) != _is_fraction(claim) and "e" not in other.number.numeral.lower()
    ]
    return max((shifted, *numerals), key=lambda numeral: len(numeral.partition(".")[2]))


def _within(together: tuple[Claim, ...]) -> Iterator[Problem]:
    """Report the first number of an evaluation that is on another scale than the one before it."""
    for before, claim in pairwise(together):
        if _is_fraction(before) != _is_fraction(claim) and claim.source == "summary":
            other = f"{before.label} is {before.text} ({_kind(before)})"
            message = f"{claim.label} is {claim.text} ({_kind(claim)}), but {other}"
            yield _problem(claim, before, message, None)
            return
