"""Which claims of the metadata and the text are about one result, and whether they agree.

A value of the metadata is compared with the best source of the text that states it: the evaluation bullets, else a
table, else a row of a results table, else prose. Within a source, where more than one pairing is possible and any of
them agrees, the values agree; where nobody can tell which one is meant, they are not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from cardlint.card.claims.claim import Claim
from cardlint.card.claims.pairing import comparable
from cardlint.card.numbers.number import agree
from cardlint.lazy_regex import pattern
from cardlint.source import Source
from cardlint.vocabulary.labels.metrics import SCORE

__all__ = ["Comparison", "comparable", "compare"]

_LADDER = ("summary", "table", "results-row", "prose")
_OF_SPEECH = frozenset(("wer", "cer"))
_LANGUAGE_MODEL = pattern(
    r"(?<!without )(?<!no )(?<!No )\bLM\b|"
    r"(?<!without a )(?<!without )(?<!no )\b[Ll]anguage[ -][Mm]odel\b|\b[Kk]en[Ll][Mm]\b|\b\w-?gram\b"
)
_MOST_PAIRS = 200_000  # of claims that are looked at; where there are more nobody could follow the comparison


class Comparison(Struct, frozen=True):
    """A claim of the metadata and the one of the text that it is measured by; `agrees` says whether they do."""

    stated: Claim
    shown: Claim
    agrees: bool


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
    """Finds for each claim of the metadata the claim of the text that it is measured by."""

    def __init__(self, stated: Sequence[Claim], body_claims: Sequence[Claim], source: Source, body_text: str) -> None:
        self.source = source
        self.body_text = body_text
        self.stated = stated
        # a number of which only the dataset is named is compared with those of every metric
        self.shown: dict[str, dict[str, list[Claim]]] = {source: defaultdict(list) for source in _LADDER}
        for claim in body_claims:
            self.shown[claim.source][claim.metric].append(claim)

    def shown_for(self, claim: Claim, source: str) -> list[Claim]:
        """The claims of a source that may be about the same result, looked at loosely."""
        by_metric = self.shown[source]
        if claim.metric == SCORE:
            known = [other for each in by_metric.values() for other in each]
        else:
            known = [*by_metric.get(claim.metric, ()), *by_metric.get(SCORE, ())]
        return [other for other in known if comparable(claim, other, loosely=True)]

    def measure(self, claim: Claim) -> Comparison | None:
        """The comparison with the best source that states the claim; None where none does, or nobody can tell."""
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
        return None

    def counterpart(self, claim: Claim, fits: Sequence[tuple[int, Claim]]) -> Claim | None:
        """Of claims of one source that all differ from a claim the one that is meant; None where nobody can tell."""
        best = max(fit for fit, _ in fits)
        closest = [other for fit, other in fits if fit == best]
        other = closest[0]
        if any(each.number.value != other.number.value for each in closest):
            return None
        if claim.variant != other.variant and self.has_another_form(claim, other):
            return None  # of several averages nobody can say which one an unnamed one is
        for rival in self.stated:
            if rival is claim or not comparable(rival, other, loosely=True):
                continue
            if comparable(rival, other) >= best or agree(rival.number, other.number):
                return None
        return None if self.may_differ_by_language_model(claim, other) else other

    def has_another_form(self, claim: Claim, other: Claim) -> bool:
        """Whether the source has the metric in further forms, of the kind by which two claims differ."""
        readings = [each.reading for each in self.shown[other.source][other.metric]]
        if claim.reading.marks != other.reading.marks:
            return len({reading.marks for reading in readings}) > 1
        return len({reading.words for reading in readings if reading.marks == other.reading.marks}) > 1

    def may_differ_by_language_model(self, claim: Claim, other: Claim) -> bool:
        """Whether error rates may have been taken with a language model here and without one there."""
        return claim.metric in _OF_SPEECH and "LM" not in other.label and self.mentions_language_model

    @cached_property
    def mentions_language_model(self) -> bool:
        return _LANGUAGE_MODEL.search(self.body_text) is not None

    def best_row(self, claim: Claim, shown: Sequence[Claim]) -> list[Claim]:
        """The claims of the row of a results table that agrees with the most of the metadata's other claims.

        A row with which nothing agrees is none: the training may have been stopped, or evaluated again, anywhere.
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
        """By the line of a results table's row the metrics that the metadata states too, and whether they agree."""
        rows: dict[int, list[tuple[str, bool]]] = defaultdict(list)
        lines = self.source.line_index
        for stated in self.stated:
            for other in self.shown["results-row"].get(stated.metric, ()):
                if stated.metric != "loss" and comparable(stated, other):
                    rows[lines(other.span.start)].append((stated.metric, agree(stated.number, other.number)))
        return rows
