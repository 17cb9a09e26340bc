"""Comparison of the claims in the metadata with those in the body.

A value of the metadata is compared with the best source in the body that states it: the evaluation bullets, else a
table, else a row of a results table, else prose. If several pairs are possible within a source, the values agree if any
pair agrees; if it is unclear which claim is meant, they are not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.claims.bullets import EVALUATION_SET
from cardlint.card.claims.claim import Claim
from cardlint.card.claims.pairing import comparable, names_dataset
from cardlint.card.numbers.number import agree
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Source
from cardlint.vocabulary.labels.metrics import SCORE

__all__ = ["Comparison", "comparable", "compare"]

_LADDER = ("summary", "table", "fenced", "results-row", "prose")
_OF_SPEECH = frozenset(("wer", "cer"))
_LANGUAGE_MODEL = LazyPattern(
    r"(?<!without )(?<!no )(?<!No )\bLM\b|"
    r"(?<!without a )(?<!without )(?<!no )\b[Ll]anguage[ -][Mm]odel\b|\b[Kk]en[Ll][Mm]\b|\b\w-?gram\b"
)
_MOST_PAIRS = 200_000  # pairs of claims; with more, a comparison could not be read


class Comparison(Struct, frozen=True):
    """A claim of the metadata and the claim of the body that it is compared with; `agrees` is the result.

    If the split is unknown, the body's evaluation set may be another one than that of the metadata.
    """

    in_metadata: Claim
    in_body: Claim
    agrees: bool
    is_split_unknown: bool = False


def compare(
    metadata_claims: Sequence[Claim], body_claims: Sequence[Claim], source: Source, body_text: str
) -> Iterator[Comparison]:
    """Yield every claim of the metadata that the body states too, in the order of the metadata."""
    stated = [claim for claim in metadata_claims if not claim.verified]
    if stated and len(stated) * max(len(stated), len(body_claims)) <= _MOST_PAIRS:
        comparer = _Comparer(stated, body_claims, source, body_text)
        for claim in stated:
            found = comparer.measure(claim)
            if found is not None:
                yield found


class _Comparer:
    """A search for the claim of the body that each claim of the metadata is compared with."""

    def __init__(self, stated: Sequence[Claim], body_claims: Sequence[Claim], source: Source, body_text: str) -> None:
        self.source = source
        self.body_text = body_text
        self.stated = stated
        # a number with only a dataset's name is compared with those of every metric
        self.shown: dict[str, dict[str, list[Claim]]] = {source: defaultdict(list) for source in _LADDER}
        for claim in body_claims:
            self.shown[claim.source][claim.metric].append(self.with_known_dataset(claim))

    def with_known_dataset(self, claim: Claim) -> Claim:
        """Return a claim of a list without the dataset of the sentence above it if no result has that name.

        The Trainer's sentence names the dataset as the training script did, the metadata often otherwise.
        """
        is_named = any(names_dataset(stated, claim) for stated in self.stated)
        return claim if claim.source != "summary" or is_named else replace(claim, dataset=None, config=None)

    def shown_for(self, claim: Claim, source: str) -> list[Claim]:
        """Return the claims of a source that may be about the same result, matched loosely."""
        by_metric = self.shown[source]
        if claim.metric == SCORE:
            known = [other for each in by_metric.values() for other in each]
        else:
            known = [*by_metric.get(claim.metric, ()), *by_metric.get(SCORE, ())]
        return [other for other in known if comparable(claim, other, loosely=True)]

    def measure(self, claim: Claim) -> Comparison | None:
        """Compare a claim with the best source that states it; None if no source does or the counterpart is unclear."""
        for source in _LADDER:
            # a row of the training log agrees only if nothing else states the metric
            for other in self.shown_for(claim, source) if source != "results-row" else ():
                if agree(claim.number, other.number):
                    return Comparison(claim, other, True)
        for source in _LADDER:
            shown = self.shown_for(claim, source)
            for other in shown:
                if agree(claim.number, other.number):
                    return Comparison(claim, other, True)
            if source == "results-row":
                shown = self.best_row(claim, shown)
            fits = [(fit, other) for other in shown if (fit := comparable(claim, other))]
            if fits:
                counterpart = None if claim.elsewhere else self.counterpart(claim, fits)
                return None if counterpart is None else Comparison(claim, counterpart, False)
        return self.on_evaluation_set(claim)

    def on_evaluation_set(self, claim: Claim) -> Comparison | None:
        """Compare a claim with the Trainer's "evaluation set", which may be its split or another one."""
        for other in self.shown["summary"].get(claim.metric, ()) if not claim.elsewhere else ():
            rivals = [each for each in self.stated if comparable(each, other, loosely=True)]
            is_meant = rivals == [claim] and comparable(claim, other, of_any_split=True)
            if EVALUATION_SET in other.names and is_meant and not self.may_differ_by_language_model(claim, other):
                return Comparison(claim, other, False, is_split_unknown=True)
        return None

    def counterpart(self, claim: Claim, fits: Sequence[tuple[int, Claim]]) -> Claim | None:
        """Return the claim that is meant, of claims of one source that all differ; None if it is unclear."""
        best = max(fit for fit, _ in fits)
        # of several that all differ, the one that is measured without a setting
        other = min((other for fit, other in fits if fit == best), key=lambda each: each.setting is not None)
        if claim.variant != other.variant and self.has_another_form(claim, other):
            return None  # of several averages it is unclear which one a claim without a name for it means
        for rival in self.stated:
            if rival is claim or not comparable(rival, other, loosely=True):
                continue
            if comparable(rival, other) >= best or agree(rival.number, other.number):
                return None
        return None if self.may_differ_by_language_model(claim, other) else other

    def has_another_form(self, claim: Claim, other: Claim) -> bool:
        """Return True if the source has the metric in more forms, of the kind in which the two claims differ."""
        readings = [each.reading for each in self.shown[other.source][other.metric]]
        if claim.reading.marks != other.reading.marks:
            return len({reading.marks for reading in readings}) > 1
        return len({reading.words for reading in readings if reading.marks == other.reading.marks}) > 1

    def may_differ_by_language_model(self, claim: Claim, other: Claim) -> bool:
        """Return True if one of two error rates may be measured with a language model and the other without."""
        if claim.metric not in _OF_SPEECH or not self.mentions_language_model:
            return False
        return not any(map(_is_with_model, self.shown[other.source][claim.metric]))

    @cached_property
    def mentions_language_model(self) -> bool:
        return _LANGUAGE_MODEL.search(self.body_text) is not None

    def best_row(self, claim: Claim, shown: Sequence[Claim]) -> list[Claim]:
        """Return the claims of the results-table row that agrees with most of the metadata's other claims.

        Without an agreeing row there is none: training may have been stopped, or evaluated again, anywhere.
        """
        lines = self.source.line_index
        best: list[Claim] = []
        most = 0
        for other in shown:
            answers = [agrees for metric, agrees in self.rows[lines(other.span.start)] if metric != claim.metric]
            if sum(answers) > most and sum(answers) * 2 >= len(answers):
                most, best = sum(answers), [other]
        return best

    @cached_property
    def rows(self) -> dict[int, list[tuple[str, bool]]]:
        """By the line of a results-table row: the metrics that the metadata states too, and if they agree."""
        rows: dict[int, list[tuple[str, bool]]] = defaultdict(list)
        lines = self.source.line_index
        for stated in self.stated:
            for other in self.shown["results-row"].get(stated.metric, ()):
                if stated.metric != "loss" and comparable(stated, other):
                    rows[lines(other.span.start)].append((stated.metric, agree(stated.number, other.number)))
        return rows


def _is_with_model(claim: Claim) -> bool:
    """Return True for an error rate that is said to be measured with a language model."""
    return _LANGUAGE_MODEL.search(f"{claim.label} {claim.setting or ''}") is not None
