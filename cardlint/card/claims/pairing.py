"""A test if a claim of the metadata and one of the body are about the same result."""

from __future__ import annotations

from cardlint.card.claims.bullets import EVALUATION_SET
from cardlint.card.claims.claim import Claim
from cardlint.card.claims.subject import dataset_words
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels.metrics import SCORE
from cardlint.vocabulary.labels.settings import narrowing_words

__all__ = ["comparable", "difference", "names_dataset"]

_HELD_OUT = frozenset(("validation", "test"))
_UNSTATED = 2  # the fit of two datasets of which one is unnamed
_FREE_SPLITS = frozenset(("", "none", "all"))
# Marks that distinguish two numbers of the same metric, even if one of them does not state it.
_CUTS = ("@", "rouge", "bleu", "lm")
_SPACED_PAIR = LazyPattern(r"^(?P<one>[a-z]{3}) (?P<other>[a-z]{3})\b")


def comparable(stated: Claim, shown: Claim, loosely: bool = False, *, of_any_split: bool = False) -> int:
    """Return how well a claim of the body fits one of the metadata; 0 if they are about different results.

    A number with a language model fits one without any only `loosely`, which is a reason not to report.
    """
    if not loosely and not _same_setting(stated, shown):
        return 0
    metric = _metric_fit(stated, shown)
    variant = _variant_fit(stated, shown, loosely) if metric else 0
    dataset = _dataset_fit(stated, shown, loosely) if variant else 0
    split = 1 if loosely or of_any_split else _split_fit(stated, shown) if dataset else 0
    return metric * 1000 + variant * 100 + dataset * 10 + split if split and dataset else 0


def difference(stated: Claim, shown: Claim) -> str | None:
    """Return in a word why two claims are about different results, or None if they are comparable."""
    if not _same_setting(stated, shown):
        return "setting"
    if not _metric_fit(stated, shown):
        return "metric"
    if not _variant_fit(stated, shown, loosely=False):
        return "variant"
    if not _dataset_fit(stated, shown, loosely=False):
        return "dataset"
    return None if _split_fit(stated, shown) else "split"


def names_dataset(stated: Claim, shown: Claim) -> bool:
    """Return True if a claim of the body names the dataset of one of the metadata."""
    return _dataset_fit(stated, shown, loosely=False) > _UNSTATED


def _same_setting(stated: Claim, shown: Claim) -> bool:
    """False if one of the two is narrowed by words that the other does not have."""
    narrowing = narrowing_words(shown.setting) if shown.setting else ""
    if narrowing and not dataset_words(narrowing) <= _known_words(stated):
        return False
    named = dataset_words(" ".join(stated.reading.words)) - dataset_words(" ".join(stated.names))
    said = dataset_words(" ".join(filter(None, (*shown.reading.words, shown.dataset, shown.setting))))
    return named <= said


def _metric_fit(stated: Claim, shown: Claim) -> int:
    if stated.metric == shown.metric:
        return 2
    # the table of a leaderboard names the dataset but not the metric
    unnamed = SCORE in {stated.metric, shown.metric}
    return 1 if unnamed and shown.dataset is not None else 0


def _variant_fit(stated: Claim, shown: Claim, loosely: bool) -> int:
    """Return 2 if both have the same variant, 1 if one says more than the other."""
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
    words = dataset_words(" ".join(other.words)) if other.words else frozenset()
    return 1 if not words or words <= _known_words(stated) else 0


def _dataset_fit(stated: Claim, shown: Claim, loosely: bool) -> int:
    """Return 4 if the metadata names all of the body's data set, 3 loosely if less, 2 if one names none, else 0."""
    words = dataset_words(shown.dataset) if shown.dataset else frozenset()
    if not words or not stated.names:
        return _UNSTATED
    known = _known_words(stated)
    if not known:
        return _UNSTATED
    if words <= known:
        return 4
    pairs = {word for word in words if "-" in word}
    if pairs and any("-" in word for word in known) and not pairs & known:
        return 0
    # what is left over makes it another data set, which is a reason to be silent only
    return 3 if loosely and any(dataset_words(name) <= words for name in stated.names) else 0


def _known_words(stated: Claim) -> frozenset[str]:
    """Return all words of the metadata about the dataset of a number and about its label."""
    said = " ".join(filter(None, (*stated.names, stated.label, stated.task)))
    # `eng fra devtest` names the same pair of languages as `eng-fra`
    pairs = (f"{match['one']}-{match['other']}" for name in stated.names for match in _SPACED_PAIR.finditer(name))
    return dataset_words(said).union(pairs)


def _split_fit(stated: Claim, shown: Claim) -> int:
    if EVALUATION_SET in shown.names and {_split(stated.reading.split), _split(stated.split)} & _HELD_OUT:
        return 0  # the Trainer's evaluation set may be either
    one, other = _split(stated.split), _split(shown.split)
    if not one or not other:
        return 0 if "train" in (one, other) and other == "train" else 1
    return 2 if one == other else 0


def _split(name: str | None) -> str:
    """Return the plain name of a split."""
    plain = (name or "").lower().partition("[")[0].strip()
    if plain in _FREE_SPLITS:
        return ""
    for start, split in (("train", "train"), ("val", "validation"), ("dev", "validation"), ("test", "test")):
        if plain.startswith(start):
            return split
    return ""
