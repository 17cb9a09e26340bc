"""Which claims of the metadata and the text are about one result, and whether they agree.

A value of the metadata is compared with the best source of the text that states it: the evaluation bullets, else a
table, else a row of a results table, else prose. Within a source, where more than one pairing is possible and any of
them agrees, the values agree; where nobody can tell which one is meant, they are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from cardlint.card.claims import Claim
from cardlint.card.claims.subjects import dataset_words
from cardlint.card.claims.summary import EVALUATION_SET
from cardlint.card.numbers import agree
from cardlint.pattern import pattern
from cardlint.record import record
from cardlint.vocabulary.metrics import SCORE

if TYPE_CHECKING:
    from cardlint.card import Card

__all__ = ["Comparison", "comparable", "compare"]

_LADDER = ("summary", "table", "results-row", "prose")
_FREE_SPLITS = frozenset(("", "none", "all"))
_OF_SPEECH = frozenset(("wer", "cer"))
_LANGUAGE_MODEL = pattern(
    r"(?<!without )(?<!no )(?<!No )\bLM\b|"
    r"(?<!without a )(?<!without )(?<!no )\b[Ll]anguage[ -][Mm]odel\b|\b[Kk]en[Ll][Mm]\b|\b\w-?gram\b"
)
# Marks by which one number differs from another one of the same metric, unstated or not.
_CUTS = ("@", "rouge", "lm")


@record
class Comparison:
    """A claim of the metadata and the one of the text that it is measured by; `agrees` says whether they do."""

    stated: Claim
    shown: Claim
    agrees: bool


def compare(card: Card) -> Iterator[Comparison]:
    """Every claim of the metadata that the text states too, in the order of the metadata."""
    stated = [claim for claim in card.metadata_claims if not claim.verified]
    if stated:
        comparer = _Comparer(card, stated)
        for claim in stated:
            found = comparer.measure(claim)
            if found is not None:
                yield found


class _Comparer:
    """Finds for each claim of the metadata the claim of the text that it is measured by."""

    def __init__(self, card: Card, stated: Sequence[Claim]) -> None:
        self.card = card
        self.stated = stated
        self.shown: dict[str, list[Claim]] = {source: [] for source in _LADDER}
        for claim in card.body_claims:
            self.shown[claim.source].append(claim)

    def measure(self, claim: Claim) -> Comparison | None:
        """The comparison with the best source that states the claim; None where none does, or nobody can tell."""
        for source in _LADDER:
            shown = [other for other in self.shown[source] if comparable(claim, other, loosely=True)]
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
        forms = {each.variant for each in self.shown[other.source] if each.metric == other.metric}
        if claim.variant != other.variant and len(forms) > 1:
            return None  # of several averages nobody can say which one an unnamed one is
        for rival in self.stated:
            if rival is claim or not comparable(rival, other, loosely=True):
                continue
            if comparable(rival, other) >= best or agree(rival.number, other.number):
                return None
        return None if self.may_differ_by_language_model(claim, other) else other

    def may_differ_by_language_model(self, claim: Claim, other: Claim) -> bool:
        """Whether error rates may have been taken with a language model here and without one there."""
        return claim.metric in _OF_SPEECH and "LM" not in other.label and self.mentions_language_model

    @cached_property
    def mentions_language_model(self) -> bool:
        return _LANGUAGE_MODEL.search(self.card.source.text, self.card.front_matter.span.end) is not None

    def best_row(self, claim: Claim, shown: Sequence[Claim]) -> list[Claim]:
        """The claims of the row of a results table that agrees with the most of the metadata's other claims.

        A row with which nothing agrees is none: the training may have been stopped, or evaluated again, anywhere.
        """
        lines = self.card.source.line_index
        by_line: dict[int, list[Claim]] = {}
        for other in self.shown["results-row"]:
            by_line.setdefault(lines(other.span.start), []).append(other)
        others = [other for other in self.stated if other.metric not in {claim.metric, "loss"}]
        best: list[Claim] = []
        most = 0
        for each in {lines(other.span.start) for other in shown}:
            known = [stated for stated in others if any(comparable(stated, other) for other in by_line[each])]
            count = sum(
                any(comparable(stated, other) and agree(stated.number, other.number) for other in by_line[each])
                for stated in known
            )
            if count > most and count * 2 >= len(known):
                most, best = count, [other for other in shown if lines(other.span.start) == each]
        return best


def comparable(stated: Claim, shown: Claim, loosely: bool = False) -> int:
    """How well a claim of the text fits one of the metadata: 0 where they are not about the same result.

    A number with a language model fits one that says nothing of it only `loosely`: as a reason to be silent.
    """
    metric = _metric_fit(stated, shown)
    variant = _variant_fit(stated, shown, loosely) if metric else 0
    dataset = _dataset_fit(stated, shown) if variant else 0
    split = 1 if loosely else _split_fit(stated, shown) if dataset else 0
    return metric * 1000 + variant * 100 + dataset * 10 + split if split and dataset else 0


def _metric_fit(stated: Claim, shown: Claim) -> int:
    if stated.metric == shown.metric:
        return 2
    # a leaderboard's table names the dataset, and nothing of the metric
    unnamed = SCORE in {stated.metric, shown.metric}
    return 1 if unnamed and shown.dataset is not None else 0


def _variant_fit(stated: Claim, shown: Claim, loosely: bool) -> int:
    """2 where both are of one variant, 1 where one says more than the other."""
    one, other = stated.reading, shown.reading
    if SCORE in {stated.metric, shown.metric}:
        return 1
    marks, shown_marks = set((stated.variant or "").split()) - set(one.words), set(other.marks)
    if marks == shown_marks and set(one.words) == set(other.words):
        return 2
    differing = marks ^ shown_marks
    cuts = [mark for mark in differing if mark.startswith(_CUTS)]
    if cuts and not (loosely and cuts == ["lm"]):
        return 0
    if marks and shown_marks and differing:
        return 0
    known = dataset_words(" ".join((*stated.names, stated.label)))
    if any(word not in known for word in dataset_words(" ".join(other.words))):
        return 0
    return 1


def _dataset_fit(stated: Claim, shown: Claim) -> int:
    """4 where the metadata says all of the dataset that the text does, 3 where less, 2 where one is silent, else 0."""
    words = dataset_words(shown.dataset or "")
    if not words or not stated.names:
        return 2
    known = dataset_words(" ".join((*stated.names, stated.label)))
    if not known:
        return 2
    if words <= known:
        return 4
    return 3 if any(dataset_words(name) and dataset_words(name) <= words for name in stated.names) else 0


def _split_fit(stated: Claim, shown: Claim) -> int:
    if EVALUATION_SET in shown.names and stated.reading.split:
        return 0  # what is called `Test WER` was measured apart from what the Trainer evaluates
    one, other = _split(stated.split), _split(shown.split)
    if not one or not other:
        return 0 if "train" in (one, other) and other == "train" else 1
    return 2 if one == other else 0


def _split(name: str | None) -> str:
    """A split by its plain name."""
    plain = (name or "").lower().partition("[")[0].strip()
    if plain in _FREE_SPLITS:
        return ""
    for start, split in (("train", "train"), ("val", "validation"), ("dev", "validation"), ("test", "test")):
        if plain.startswith(start):
            return split
    return ""
