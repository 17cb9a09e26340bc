"""The known name that a misspelt one means, judged by the slips of a typist."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from cardlint.lazy_regex import LazyPattern

__all__ = ["near_miss", "plain_name"]

_LONGEST = 40  # letters of a name that may be a misspelt key
_NO_DIGITS = LazyPattern(r"\D+")
_CAMEL = LazyPattern(r"(?<=[a-z])(?=[A-Z])")


def plain_name(name: str) -> str:
    """Return a name in the spelling of most keys: `structuredData` and `Structured-Data` are `structured_data`."""
    return _CAMEL.sub("_", name.strip()).lower().replace("-", "_").replace(" ", "_")


def near_miss(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that `name` is a slip of, or None if there is none or more than one.

    A slip is a letter that is missing, doubled or wrong, or two that changed places; a second slip is allowed among the
    same letters. In short names only swapped letters are a slip. A name with a sign or digit added is not one: people
    switch a key off so (`xdatasets`, `_license`, `license2`).
    """
    plain = plain_name(name)
    if not plain or len(plain) > _LONGEST:
        return None
    candidates = _by_letter(frozenset(known)).get(plain[0], ())
    slips = {key: count for key, usual in candidates if (count := _slips(plain, usual)) is not None}
    least = [key for key, count in slips.items() if count == min(slips.values())]
    return least[0] if len(least) == 1 else None


@lru_cache(16)
def _by_letter(known: frozenset[str]) -> dict[str, list[tuple[str, str]]]:
    """Return known names in their own and in the usual spelling, by the letters that a slip of them can begin with."""
    names: dict[str, list[tuple[str, str]]] = {}
    for name in known:
        usual = plain_name(name)
        for letter in set(usual[:2]):
            names.setdefault(letter, []).append((name, usual))
    return names


def _slips(name: str, key: str) -> int | None:
    """Return the number of slips that lead from a key to a name, or None if there are too many."""
    if len(name) < 4 or abs(len(name) - len(key)) > 2:
        return None
    if _NO_DIGITS.sub("", name) != _NO_DIGITS.sub("", key):
        return None
    count = _distance(name, key)
    if count == 0:
        return 0
    if min(len(name), len(key)) <= 4:
        return count if count == 1 and sorted(name) == sorted(key) else None
    if count == 1 or (count == 2 and set(name) == set(key) and len(key) > 5):
        return count
    return None


def _distance(one: str, other: str) -> int:
    """Return the distance of Damerau and Levenshtein: letters to add, remove, replace or swap with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, target in enumerate(other, 1):
            best = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != target))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == target:
                best = min(best, before[column - 2] + 1)
            current.append(best)
        before, last = last, current
    return last[-1]
