"""The names by which a card may call its own model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from cardlint.card.yaml.nodes import Metadata, Scalar, listed_mappings
from cardlint.lazy_regex import LazyPattern

__all__ = ["OwnNames", "plain_name", "prefix_of"]

_BETWEEN_DIGITS = LazyPattern(r"(?<=\d)[\W_]+(?=\d)")
_OPENING = LazyPattern(r"(?i)^(?:model card (?:for|of)|meet|introducing|welcome to|announcing)\b[\s:]*")
_CLOSING = LazyPattern(r"(?i)(?<!\s)\s++(?:model(?: card)?|model[- ]card)\W*$")
_REST = LazyPattern(r":\s| [\u2013\u2014|-] |(?:(?<!\s)\s++)?[(\[|]")
_NOT_ALPHANUMERIC = LazyPattern(r"[\W_]+")
_NAME_WORD = LazyPattern(r"[^\s,:;()]+")
_MOST_WORDS = 8


class OwnNames:
    """The names of a card's model, from its titles, its metadata and the id of its repository."""

    def __init__(self, titles: Sequence[str], metadata: Metadata, repo_id: str | None) -> None:
        self.titles = titles
        self.repo_id = repo_id
        self._metadata = metadata

    @cached_property
    def names(self) -> frozenset[str]:
        """The names, reduced to letters and digits."""
        return frozenset(filter(None, map(plain_name, self.written())))

    @cached_property
    def whole_names(self) -> frozenset[str]:
        """The whole titles and the name of the repository, reduced to letters and digits."""
        titles = (_OPENING.sub("", title) for title in self.titles)
        return frozenset(filter(None, map(plain_name, (*titles, self.repo_id or ""))))

    def written(self) -> Iterable[str]:
        """Yield the names as the card writes them."""
        for title in self.titles:
            bare = _OPENING.sub("", title)
            yield from (title, bare, _REST.split(bare, 1)[0], _CLOSING.sub("", bare))
        for _, model in listed_mappings(self._metadata.get("model-index")):
            name = model.get("name")
            if isinstance(name, Scalar):
                yield name.text
        name = self._metadata.get("model_name")
        if isinstance(name, Scalar):
            yield name.text
        if self.repo_id:
            yield self.repo_id

    def prefix(self, text: str) -> int:
        """Return the length of the own name at the beginning of a text, 0 if it begins with anything else."""
        return prefix_of(text, self.names)


def prefix_of(text: str, names: frozenset[str]) -> int:
    """Return the length of the first words of a text that are one of the names, 0 if they are not."""
    found = 0
    for match in list(_NAME_WORD.finditer(text[:_LONGEST]))[:_MOST_WORDS]:
        if plain_name(text[: match.end()].removesuffix("'s").removesuffix("\u2019s")) in names:
            found = match.end()
    return found


_LONGEST = 400  # characters of a name's first words


@lru_cache(1024)
def plain_name(name: str) -> str:
    """Return a name without its owner, reduced to letters and digits; only between two digits a separator counts."""
    name = _BETWEEN_DIGITS.sub("\0", _without_owner(name).lower())
    return "\0".join(_NOT_ALPHANUMERIC.sub("", part) for part in name.split("\0"))


def _without_owner(name: str) -> str:
    """Return what is behind the last slash, unless other words lead to it: `Owls from coastlab/gull` has no owner."""
    owner, _, rest = name.rpartition("/")
    before, blank, _ = owner.rpartition(" ")
    return name if blank and before[-1:].isalnum() else rest
