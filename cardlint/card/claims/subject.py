"""The subject of a number: this model or another one, and which dataset of the metadata."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache

from cardlint.card.claims.claim import Claim
from cardlint.card.text.own_names import OwnNames, plain_name
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels.settings import NUMBER_FORMAT, kind_of_setting

__all__ = ["Subjects", "dataset_words", "names_benchmark"]

_WORD = LazyPattern(r"[^\W\d_]+|\d+(?:\.\d+)*")
_PAIR = LazyPattern(r"(?<![\w-])[a-z]{2,3}-[a-z]{2,3}(?![\w-])")
_OUR = r"(?:ours|our (?:\w+ )?model|this (?:fine-?tuned )?model|(?:the )?fine-?tuned model|this work)"
# "Ours", "This model (argmax)"
_OURS = LazyPattern(
    rf"(?i)[^\w()]*(?:{_OUR}|[(\[](?:this|current)[)\]])[^\w()\[]*"
    r"(?P<setting>[(\[][^()\[\]]+[)\]]\W*|(?:with|without|w/|w/o|\+)\s[\w\s+-]+)?"
)
# "River-7B (ours)", "River-7B - ours"
_NAMED_OURS = LazyPattern(
    rf"(?i)(?P<name>[^()\[\]]*\w)[^\w()\[]*"
    rf"(?:[(\[](?:{_OUR}|this|current|this (?:one|repo|repository))(?:,[^()\[\]]*)?[)\]]|[,\u2013-] ?ours)\W*"
)
_BRACKET_BEHIND = LazyPattern(r"(?P<name>[^()\[\]\n]*?[^()\[\]\n ])[ ]*+[(\[](?P<setting>[^()\[\]\n]{1,40})[)\]]\W*")
_TUNED = LazyPattern(r"(?i)^(?:fine-?tuned|finetuned|after)\s+")
_WITH = LazyPattern(r"(?i)(?:with|without|w/|w/o|\+)\s")
_ATTEMPTS = LazyPattern(r"(?i)\b(?:pass|maj|avg)@\d+|\b\d+[- ]shots?\b")
_FORMAT_WORD = LazyPattern(r"[a-z0-9]+(?:_[a-z0-9]+)*|[0-9]+-bits?")
_DIGITS = LazyPattern(r"[\d.]+")
# Words that do not distinguish datasets.
_WORDS_OF_ANY_DATASET = frozenset((
    "the", "a", "of", "on", "for", "and", "in", "to", "with", "by", "set", "sets", "data", "dataset", "datasets",
    "corpus", "benchmark", "version", "v", "task", "evaluation", "eval", "test", "dev", "devtest", "val", "valid",
    "validation", "train", "training", "split", "results", "result", "score", "scores", "shot", "shots", "few",
    "zero", "num", "mc", "s", "subset", "default", "unknown", "none", "full", "all", "us", "model", "metric",
    "metrics", "performance", "language", "lm",
))  # fmt: skip
_LONGEST_NAME = 120  # characters


class Subjects:
    """The names of this model, and the datasets of the results in the metadata."""

    def __init__(self, own: OwnNames, stated: Sequence[Claim]) -> None:
        self._own = own
        self.stated = stated

    @cached_property
    def datasets(self) -> dict[str, frozenset[str]]:
        """The datasets that a result in the metadata names, reduced to letters and digits, with their words."""
        names = {name for claim in self.stated for name in claim.names}
        words = {plain_name(name): dataset_words(name) for name in names}
        return {name: each for name, each in words.items() if each}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of this model, reduced to letters and digits."""
        return self._own.names

    def own_prefix(self, text: str) -> int:
        """Return the length of the own name at the beginning of a text, 0 if it begins with anything else."""
        return self._own.prefix(text)

    def is_own(self, text: str) -> bool:
        """Return True if the text names this model, alone or with a setting."""
        return self.own_setting(text) is not None

    def own_setting(self, text: str) -> str | None:
        """Return the setting that a text names beside this model: empty if none, None if it names anything else.

        `River-7B` and `Ours` are without one, `River-7B (int8)`, `River-7B int8` and `This model (argmax)` have one.
        A part of the own name, and more than the own name, are names of other models.
        """
        if plain_name(text) in self.names or plain_name(_TUNED.sub("", text)) in self.names:
            return ""
        if len(text) > _LONGEST_NAME:
            return None
        ours = _OURS.fullmatch(text)
        if ours is not None:
            return (ours["setting"] or "").strip(" ()[]*_`")
        named = _NAMED_OURS.fullmatch(text)
        if named is not None:
            return None if self._is_another_size(named["name"]) else ""
        behind = _BRACKET_BEHIND.fullmatch(text)
        if behind is not None and plain_name(behind["name"]) in self.names:
            return behind["setting"].strip()
        length = self.own_prefix(text)
        rest = text[length:].strip(" -_,:()[]*`")
        is_setting = kind_of_setting(rest) is not None or _WITH.match(rest) is not None
        return rest if length and is_setting else None

    def is_own_format(self, text: str) -> bool | None:
        """Return True for the number format that the own name has, False for another one, None for anything else."""
        if kind_of_setting(text) != NUMBER_FORMAT:
            return None
        formats = {word for name in self._own.written() for word in _FORMAT_WORD.findall(name.lower())}
        formats = {word for word in formats if kind_of_setting(word) == NUMBER_FORMAT}
        return bool(formats & set(_FORMAT_WORD.findall(text.lower()))) if formats else None

    def _is_another_size(self, name: str) -> bool:
        """Return True for the own name with another size or version: `OLMo 7B` on the card of OLMo 1B."""
        plain = plain_name(name)
        letters = _DIGITS.sub("", plain)
        return plain not in self.names and any(
            letters == _DIGITS.sub("", own) and plain != own for own in self.names if letters
        )

    def is_dataset(self, text: str) -> bool:
        """Return whether a text names a data set of the metadata's results, or a known benchmark."""
        words = dataset_words(text)
        if not words:
            return False
        plain = plain_name(text)
        is_stated = any(known <= words or name.startswith(plain) for name, known in self.datasets.items())
        return is_stated or names_benchmark(text)

    def is_only_dataset(self, text: str) -> bool:
        """Return True if a text names a known dataset or benchmark and nothing else; shots and attempts aside."""
        words = dataset_words(_ATTEMPTS.sub(" ", text))
        return words in self.datasets.values() or (words in _benchmarks() and names_benchmark(text))


def names_benchmark(text: str) -> bool:
    """Return True if a known benchmark is named anywhere in a text."""
    words = dataset_words(text)
    written = frozenset(_WORD.findall(text))
    by_word = _benchmarks_by_word()
    return any(
        benchmark <= words and as_written <= written
        for word in words
        for benchmark, as_written in by_word.get(word, ())
    )


@cache
def _benchmarks() -> dict[frozenset[str], str]:
    from cardlint.vocabulary.labels.benchmarks import BENCHMARKS

    return {dataset_words(name): name for name in BENCHMARKS}


@cache
def _benchmarks_by_word() -> dict[str, list[tuple[frozenset[str], frozenset[str]]]]:
    """Return the words of each benchmark, and those that must be written as in its name, by one of its words."""
    from cardlint.vocabulary.labels.benchmarks import AMBIGUOUS

    found: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = defaultdict(list)
    for words, name in _benchmarks().items():
        found[max(words)].append((words, AMBIGUOUS & {name}))
    return dict(found)


@lru_cache(1024)
def dataset_words(name: str) -> frozenset[str]:
    """Return the words and numbers that identify a dataset: `flores101-devtest` gives `flores` and `101`.

    A pair of languages is one word, since `eng-fra` is not `fra-eng`.
    """
    lower = name.lower()
    return frozenset(_WORD.findall(lower)).union(_PAIR.findall(lower)) - _WORDS_OF_ANY_DATASET
