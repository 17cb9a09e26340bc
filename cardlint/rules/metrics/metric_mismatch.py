"""Rule `metric-mismatch`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cardlint.card.card import Card
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule

if TYPE_CHECKING:
    from cardlint.card.agreement.comparison import Comparison
    from cardlint.card.claims.claim import Claim


@rule(severity=(Severity.ERROR, Severity.NOTE), fix=Safety.UNSAFE, reads_metadata=True)
def metric_mismatch(card: Card) -> Iterator[Problem]:
    r"""The metadata and the body report different values for the same metric.

    The Hub's leaderboards and filters show the value of the metadata, readers see the one of the body, and one of them
    is wrong. Find out which is right, and write it in both places.

    Values agree if one rounds to the other at the digits shown; a percentage and a fraction are the same number. The
    metadata is compared with the best place of the body that states the metric: the evaluation bullets, else a table,
    else the row of a results table that fits the other metrics, else a sentence. Datasets, splits, averages and results
    with or without a language model are kept apart. If several pairs are possible and any of them agrees, nothing is
    reported. Results that the Hub has verified, or that name another page as their source, are skipped. If the body has
    the metadata's value elsewhere for the metric, for instance in an earlier row of the training, it is a note. So is a
    value of the test or validation split if the body only has one on the "evaluation set", which may be either.

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
    is_noted = False
    for found in card.comparisons:
        if found.is_split_unknown:
            # once a card, and only if the value is nowhere
            if not is_noted and _is_nowhere(card, found):
                is_noted = True
                yield _doubt(found)
        elif not found.agrees:
            yield _mismatch(card, found)


def _is_nowhere(card: Card, found: Comparison) -> bool:
    from cardlint.card.agreement.restated import find_restated

    return find_restated(found.in_metadata, card.body_claims, card.body) is None


def _doubt(found: Comparison) -> Problem:
    """Return the note on a value that the body has only for an evaluation set of unknown split."""
    stated, shown = found.in_metadata, found.in_body
    split = stated.split or stated.reading.split
    return Problem(
        stated.span,
        f"{_named(stated)} is {stated.text} in the metadata, and the body has only {shown.text} on the evaluation set",
        f"If the evaluation set is the {split} split, one of the values is wrong; if not, add the value to the text.",
        (Related(shown.span, f"the body says {shown.text} here"),),
        severity=Severity.NOTE,
    )


def _mismatch(card: Card, found: Comparison) -> Problem:
    from cardlint.card.agreement.mismatch_cause import find_cause
    from cardlint.card.agreement.restated import find_restated

    stated, shown = found.in_metadata, found.in_body
    restated = find_restated(stated, card.body_claims, card.body)
    cause = find_cause(found, card.body_claims, card.training)
    place = "metadata" if stated.file is None else "evaluation results"
    origin = cause.origin if cause else None
    source = f"{place}, {cause.words}," if cause and origin else place
    slip = f": {cause.words}" if cause and not origin and restated is None else ""
    message = f"{_named(stated)} is {stated.text} in the {source} but {shown.text} in the body{slip}"
    advice = "Find out which value is right, and write it in both places."
    related = [Related(shown.span, f"the body says {shown.text} here")]
    if cause and cause.advice:
        advice = cause.advice
    if origin is not None:
        related.append(Related(origin.span, f"the value in the {place} is that of {_place(origin)}: {origin.text}"))
    elif restated is not None:
        related.append(Related(restated, "the body has the same value here"))
        advice = "Say on what each of the two values was measured, or correct one of them."
    # a value that the body has too, if only for another evaluation, is not proved to be wrong
    severity = None if restated is None else Severity.NOTE
    if stated.file is not None:
        there = Related(stated.span, f"the {place} say {stated.text} here", stated.file)
        return Problem(shown.span, message, advice, (there, *related[1:]), severity=severity)
    fix = _take_over(card, found) if restated is None or origin is not None else None
    return Problem(stated.span, message, advice, tuple(related), fix, severity)


def _place(origin: Claim) -> str:
    return "this row" if origin.source == "results-row" else "this metric"


def _named(claim: Claim) -> str:
    """Return the name of the metric amid a sentence; a score is named by its benchmark."""
    if claim.file is not None and claim.dataset:
        benchmark = claim.dataset.rpartition("/")[2]
        task = claim.config if claim.config and claim.config.lower() not in {"default", benchmark.lower()} else None
        return f"{benchmark} (`{task}`)" if task else benchmark
    label = claim.label
    if "_" in label:
        return f"`{label.strip('`')}`"
    return label if label.isupper() or " " in label else label.lower()


def _take_over(card: Card, found: Comparison) -> Fix | None:
    """Return the fix that writes the body's value into the metadata, if both use the same scale."""
    from cardlint.card.agreement.mismatch_cause import body_value

    value = body_value(found, card.body_claims, card.source)
    if value is None:
        return None
    return Fix(f"Write {value} into the metadata", (Edit(found.in_metadata.span, value),), Safety.UNSAFE)
