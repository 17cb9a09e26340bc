"""The cause of two differing values of one result, if the card shows it, and the value to write instead."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cardlint.card.agreement.comparison import Comparison
from cardlint.card.claims.claim import Claim
from cardlint.card.numbers.number import Number, agree
from cardlint.card.training.training import Training
from cardlint.source import Source, Span
from cardlint.vocabulary.labels.metric_names import COMPONENT_SCORES
from cardlint.vocabulary.labels.metrics import normalise_label

__all__ = ["Cause", "body_value", "find_cause"]

_SIGNIFICANT = 3  # with this many digits, two equal numbers are not a coincidence


class Cause(Struct, frozen=True):
    """The cause of a difference; `origin` is the claim of the body whose value the metadata has copied, if any.

    `advice` says what to do if the cause is certain, and is empty otherwise.
    """

    words: str
    origin: Claim | None = None
    advice: str = ""


def find_cause(found: Comparison, body_claims: Sequence[Claim], training: Training) -> Cause | None:
    """Find the likely cause: another row, another metric's value, or a typo; None if the card does not show it."""
    return (
        _unlabelled(found, body_claims)
        or _other_row(found.in_metadata, body_claims, training)
        or _other_metric(found, body_claims)
        or _one_digit(found)
    )


def _unlabelled(found: Comparison, body_claims: Sequence[Claim]) -> Cause | None:
    """Find the unlabelled score of a spaCy pipeline in the place of the labelled one, written by mistake."""
    if _component(found.in_body) != "DEP_LAS":
        return None
    for claim in body_claims:
        if _component(claim) == "DEP_UAS" and agree(claim.number, found.in_metadata.number):
            words = "the unlabelled score by a bug of spacy-huggingface-hub before 0.0.6"
            return Cause(words, claim, "Write the labelled score, or push the pipeline again with a newer version.")
    return None


def _component(claim: Claim) -> str:
    """Return a label as spaCy's table of scores has it."""
    return claim.label.strip("`* ")


def _other_row(stated: Claim, body_claims: Sequence[Claim], training: Training) -> Cause | None:
    """Find the row of a results table that the metadata's value comes from."""
    for claim in body_claims:
        if claim.source == "results-row" and claim.is_about(stated) and agree(claim.number, stated.number):
            name = _row_name(training, claim.span)
            return Cause(f"its value at {name}" if name else "its value in another row", claim)
    return None


def _row_name(training: Training, place: Span) -> str:
    """Name a row by its step and epoch: `step 90 (epoch 1.0)`."""
    for results in training.results:
        for index, row in enumerate(results.table.rows):
            if row.span.covers(place):
                first, *rest = results.names(index)
                return f"{first} ({rest[0]})" if rest else first
    return ""


def _other_metric(found: Comparison, body_claims: Sequence[Claim]) -> Cause | None:
    """Find the metric whose value the metadata has: two columns or two lines were swapped."""
    if len(found.in_metadata.number.numeral.strip("-0.")) < _SIGNIFICANT:
        return None
    for claim in body_claims:
        has_other_label = normalise_label(claim.label) != normalise_label(found.in_body.label)
        another = has_other_label and not claim.is_about(found.in_body)
        beside = claim.source == found.in_body.source != "results-row" and claim.dataset == found.in_body.dataset
        if another and beside and agree(claim.number, found.in_metadata.number):
            return Cause(f"the value of `{claim.label.strip('`')}`", claim)
    return None


def _one_digit(found: Comparison) -> Cause | None:
    """Return a cause if the two numbers differ in one digit only, or in two digits that changed places."""
    one, other = found.in_metadata.number.numeral, found.in_body.number.numeral
    if len(one) != len(other) or len(one) < _SIGNIFICANT:
        return None
    differing = [index for index, (first, second) in enumerate(zip(one, other, strict=True)) if first != second]
    if len(differing) == 1:
        return Cause("one digit differs")
    if len(differing) == 2 and differing[0] + 1 == differing[1]:
        first, second = differing
        if one[first] == other[second] and one[second] == other[first]:
            return Cause("two digits have changed places")
    return None


def body_value(found: Comparison, body_claims: Sequence[Claim], source: Source) -> str | None:
    """Return the value to write into the metadata: the body's, in full precision; None if the scales differ.

    spaCy writes fractions into the metadata and percentages into the body, so that its scores are rescaled.
    """
    stated, shown = found.in_metadata, found.in_body
    if stated.file is not None or source.slice(stated.span).strip("'\"") != stated.text or stated.unit:
        return None
    if _is_fraction(stated.number) != _is_fraction(shown.number):
        is_spacys = _component(shown) in COMPONENT_SCORES and _is_fraction(stated.number)
        return f"{shown.value.scaleb(-2):f}" if is_spacys else None
    best = shown.number.numeral
    for claim in body_claims:
        precise = claim.number.numeral
        finer = len(precise) > len(best) and _is_fraction(claim.number) == _is_fraction(shown.number)
        if finer and claim.is_about(shown) and claim.dataset == shown.dataset and agree(claim.number, shown.number):
            best = precise
    return best


def _is_fraction(number: Number) -> bool:
    return not number.percent and abs(number.value) <= 1
