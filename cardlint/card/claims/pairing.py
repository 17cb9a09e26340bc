"""Whether a claim of the metadata and one of the text are about one result."""

from __future__ import annotations

from cardlint.card.claims.bullets import EVALUATION_SET
from cardlint.card.claims.claim import Claim
from cardlint.card.claims.subject import dataset_words
from cardlint.lazy_regex import pattern
from cardlint.vocabulary.labels.metrics import SCORE

__all__ = ["comparable"]

_FREE_SPLITS = frozenset(("", "none", "all"))
# Marks by which one number differs from another one of the same metric, unstated or not.
_CUTS = ("@", "rouge", "bleu", "lm")
_SPACED_PAIR = pattern(r"^(?P<one>[a-z]{3}) (?P<other>[a-z]{3})\b")


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
    words = dataset_words(" ".join(other.words)) if other.words else frozenset()
    return 1 if not words or words <= _known_words(stated) else 0


def _dataset_fit(stated: Claim, shown: Claim) -> int:
    """4 where the metadata says all of the dataset that the text does, 3 where less, 2 where one is silent, else 0."""
    words = dataset_words(shown.dataset) if shown.dataset else frozenset()
    if not words or not stated.names:
        return 2
    known = _known_words(stated)
    if not known:
        return 2
    if words <= known:
        return 4
    pairs = {word for word in words if "-" in word}
    if pairs and any("-" in word for word in known) and not pairs & known:
        return 0
    return 3 if any(dataset_words(name) and dataset_words(name) <= words for name in stated.names) else 0


def _known_words(stated: Claim) -> frozenset[str]:
    """All that the metadata says of what a number was measured on, and what it calls it."""
    said = " ".join((*stated.names, stated.label))
    # `eng fra devtest` names a pair of languages as `eng-fra` does
    pairs = (f"{match['one']}-{match['other']}" for name in stated.names for match in _SPACED_PAIR.finditer(name))
    return dataset_words(said).union(pairs)


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
