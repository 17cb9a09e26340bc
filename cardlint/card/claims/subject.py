"""The subject of a number: this model or another one, and which dataset of the metadata."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache

from cardlint.card.claims.claim import Claim
from cardlint.card.yaml.nodes import Metadata, Scalar, listed_mappings
from cardlint.lazy_regex import LazyPattern

__all__ = ["Subjects", "dataset_words"]

_WORD = LazyPattern(r"[^\W\d_]+|\d+(?:\.\d+)*")
_PAIR = LazyPattern(r"(?<![\w-])[a-z]{2,3}-[a-z]{2,3}(?![\w-])")
_BETWEEN_DIGITS = LazyPattern(r"(?<=\d)[\W_]+(?=\d)")
_OPENING = LazyPattern(r"(?i)^(?:model card (?:for|of)|meet|introducing|welcome to|announcing)\b[\s:]*")
_REST = LazyPattern(r":\s| [\u2013\u2014|-] |\s*[(\[|]")
_NOT_ALPHANUMERIC = LazyPattern(r"[\W_]+")
_OURS = LazyPattern(r"\b(?:ours|our model|this model|this work)\b", 2)  # re.IGNORECASE
# Words that do not distinguish datasets.
_WORDS_OF_ANY_DATASET = frozenset((
    "the", "a", "of", "on", "for", "and", "in", "to", "with", "by", "set", "sets", "data", "dataset", "datasets",
    "corpus", "benchmark", "version", "v", "task", "evaluation", "eval", "test", "dev", "devtest", "val", "valid",
    "validation", "train", "training", "split", "results", "result", "score", "scores", "shot", "shots", "few",
    "zero", "num", "mc", "s", "subset", "default", "unknown", "none", "full", "all", "us", "model", "metric",
    "metrics", "performance", "language", "lm",
))  # fmt: skip
_SHORTEST_NAME = 6
_NAME_WORD = LazyPattern(r"[^\s,:;()]+")
_MOST_WORDS = 8


class Subjects:
    """The names of this model, and the datasets of the results in the metadata."""

    def __init__(self, titles: Sequence[str], metadata: Metadata, repo_id: str | None, stated: Sequence[Claim]) -> None:
        self._titles = titles
        self._metadata = metadata
        self._repo_id = repo_id
        self.stated = stated

    @cached_property
    def datasets(self) -> tuple[frozenset[str], ...]:
        """The words of each dataset that a result in the metadata names."""
        names = {claim.names for claim in self.stated if claim.names}
        return tuple({dataset_words(name) for each in names for name in each} - {frozenset()})

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of this model, reduced to letters and digits."""
        return frozenset(filter(None, map(_plain, self._names())))

    def _names(self) -> Iterable[str]:
        for title in self._titles:
            bare = _OPENING.sub("", title)
            yield from (title, bare, _REST.split(bare, 1)[0])
        for _, model in listed_mappings(self._metadata.get("model-index")):
            name = model.get("name")
            if isinstance(name, Scalar):
                yield name.text
        name = self._metadata.get("model_name")
        if isinstance(name, Scalar):
            yield name.text
        if self._repo_id:
            yield self._repo_id

    def own_prefix(self, text: str) -> int:
        """Return the length of the own name at the beginning of a text, 0 if it begins with anything else."""
        found = 0
        for match in list(_NAME_WORD.finditer(text))[:_MOST_WORDS]:
            if _plain(text[: match.end()].removesuffix("'s").removesuffix("\u2019s")) in self.names:
                found = match.end()
        return found

    def is_own(self, text: str) -> bool:
        """Return True if the text names this model."""
        return _plain(text) in self.names or _OURS.search(text) is not None

    def resembles_own(self, text: str) -> bool:
        """Return True if the text is part of this model's name, or contains it."""
        plain = _plain(text)
        return len(plain) >= _SHORTEST_NAME and any(
            plain in name or (len(name) >= _SHORTEST_NAME and name in plain) for name in self.names
        )

    def is_dataset(self, text: str) -> bool:
        """Return whether a text names a data set of the metadata's results, or a known benchmark."""
        words = dataset_words(text)
        return bool(words) and (
            any(words <= known or known <= words for known in self.datasets)
            or any(benchmark <= words for benchmark in _benchmarks())
        )


@cache
def _benchmarks() -> tuple[frozenset[str], ...]:
    from cardlint.vocabulary.labels.benchmarks import BENCHMARKS

    return tuple(dict.fromkeys(map(dataset_words, BENCHMARKS)))


@lru_cache(1024)
def _plain(name: str) -> str:
    """Return a name reduced to letters and digits; only between two digits a separator counts."""
    name = _BETWEEN_DIGITS.sub("\0", name.rsplit("/", 1)[-1].lower())
    return "\0".join(_NOT_ALPHANUMERIC.sub("", part) for part in name.split("\0"))


@lru_cache(1024)
def dataset_words(name: str) -> frozenset[str]:
    """Return the words and numbers that identify a dataset: `flores101-devtest` gives `flores` and `101`.

    A pair of languages is one word, since `eng-fra` is not `fra-eng`.
    """
    lower = name.lower()
    return frozenset(_WORD.findall(lower)).union(_PAIR.findall(lower)) - _WORDS_OF_ANY_DATASET
