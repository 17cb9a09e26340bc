"""The figures of a corpus: sums that do not depend on the order of the parts."""

from __future__ import annotations

from collections import Counter, defaultdict

from msgspec import Struct

__all__ = ["MOST_EXAMPLES", "SEVERITIES", "WHERE", "CardKind", "Example", "Figures", "Found", "Trouble"]

MOST_EXAMPLES = 3
"""The number of examples of a rule."""

SEVERITIES = ("error", "warning", "note")

WHERE = ("metric", "generator", "shown_in", "cause")
"""The columns by which comparisons are counted; by `cause` only those that disagree."""


class CardKind(Struct, frozen=True):
    """A kind of card: its size class, and the program that wrote it, None if unknown."""

    size: str
    generator: str | None


class Found(Struct, frozen=True):
    """A kind of finding; `safety` is that of its fix, None without a fix."""

    rule: str
    severity: str
    safety: str | None


class Trouble(Struct, frozen=True):
    """The number of cards that could not be linted completely for one reason, and the first id among them."""

    reason: str
    cards: int
    example: str


class Example(Struct, frozen=True, order=True):
    """A finding of a rule; examples are ordered by the hash of their cards, so that they are a random sample."""

    sha256: str
    line: int
    id: str
    severity: str
    message: str


class Figures:
    """The sums over a corpus. Cards with trouble are only in `troubles`, not in any other sum."""

    def __init__(self) -> None:
        self.sums: defaultdict[CardKind, Counter[str]] = defaultdict(Counter)
        """The counts of each kind of card: `cards`, `errors`, `comparing` and others, see `counting`."""
        self.hits: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
        """The number of cards in which each rule found something, by generator."""
        self.found: Counter[Found] = Counter()
        self.compared: dict[str, defaultdict[str | None, Counter[str]]] = {by: defaultdict(Counter) for by in WHERE}
        """The counts for each column of `WHERE` and its values: `cards`, `contradicting`, `comparisons`,
        `disagreeing`."""
        self._examples: defaultdict[str, list[Example]] = defaultdict(list)
        self._troubles: dict[str, Trouble] = {}

    def add_example(self, rule: str, example: Example) -> None:
        """Keep an example if it is among the first of its rule, each from another card."""
        kept = {each.sha256: each for each in sorted([*self._examples[rule], example], reverse=True)}
        self._examples[rule] = sorted(kept.values())[:MOST_EXAMPLES]

    @property
    def examples(self) -> dict[str, list[Example]]:
        """The examples of each rule, in the order of the rules' names."""
        return dict(sorted(self._examples.items()))

    def add_trouble(self, reason: str, cards: int, example: str) -> None:
        """Count cards with trouble; `example` is the first id among them."""
        known = self._troubles.get(reason, Trouble(reason, 0, example))
        self._troubles[reason] = Trouble(reason, known.cards + cards, min(known.example, example))

    @property
    def troubles(self) -> list[Trouble]:
        """The troubles, the most frequent first."""
        return sorted(self._troubles.values(), key=lambda trouble: (-trouble.cards, trouble.reason))

    @property
    def total(self) -> Counter[str]:
        """The sums over all cards."""
        return sum(self.sums.values(), Counter())

    @property
    def by_size(self) -> dict[str, Counter[str]]:
        """The sums by size class."""
        sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for kind, counts in self.sums.items():
            sums[kind.size] += counts
        return dict(sums)

    @property
    def by_generator(self) -> dict[str | None, Counter[str]]:
        """The sums by generator, the most frequent first."""
        sums: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
        for kind, counts in self.sums.items():
            sums[kind.generator] += counts
        return dict(sorted(sums.items(), key=lambda entry: (-entry[1]["cards"], entry[0] or "")))
