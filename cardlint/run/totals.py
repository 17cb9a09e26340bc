"""The result of a run: counts, and findings kept on disk until they are reported."""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, overload

from cardlint.config.setting_types import Profile
from cardlint.files.found import Skipped
from cardlint.finding import Finding, RuleInfo
from cardlint.linting.results import Counts, Secret, Trouble
from cardlint.run.disk_list import DiskList
from cardlint.run.judge import JudgedCard
from cardlint.run.serialization import unpack, unpack_source
from cardlint.source import Source
from cardlint.wording import visible

if TYPE_CHECKING:
    from cardlint.linting.baseline.baseline import BaselineSplit

__all__ = ["RunResult", "StoredFindings"]


class StoredFindings(Sequence[Finding]):
    """The findings of many cards, sorted by path, and unpacked whenever they are read."""

    def __init__(self, rules: Mapping[str, RuleInfo]) -> None:
        self._rules = rules
        self._cards = DiskList()
        self._counts: list[int] = []
        self._count = 0
        self._order: Sequence[int] = ()
        self._ends: list[int] = []  # the number of findings up to the last one of each card, in this order
        self._last: tuple[int, list[Finding]] = (-1, [])

    def add(self, shown: str, number: int, packed: bytes) -> None:
        """Add the findings of one card."""
        self._cards.put(shown, packed)
        self._counts.append(number)
        self._count += number

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Finding]:
        for card in self._cards:
            yield from self._unpack(card)

    @overload
    def __getitem__(self, index: int) -> Finding: ...

    @overload
    def __getitem__(self, index: slice) -> list[Finding]: ...

    def __getitem__(self, index: int | slice) -> Finding | list[Finding]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if len(self._order) != len(self._counts):
            self._order = self._cards.order()
            self._ends = list(accumulate(self._counts[number] for number in self._order))
        place = range(len(self))[index]
        card = bisect_right(self._ends, place)
        number = self._order[card]
        if self._last[0] != number:
            self._last = (number, list(self._unpack(self._cards[number])))
        return self._last[1][place - self._ends[card] + self._counts[number]]

    def _unpack(self, card: bytes) -> Iterator[Finding]:
        source, packed = marshal.loads(card)  # noqa: S302 - packed by the serialization module
        return unpack(packed, unpack_source(source), self._rules)


class RunResult:
    """The result of a run; the order of `findings` does not depend on the number of workers.

    `patches` are the diffs of the fixes, card by card, and `text` is the fixed text of standard input. `profile` is
    that of all cards if the run looks ahead; `short_of_next` counts what the next profile would add. The run is
    `idle` if no rule is on.
    """

    def __init__(self, rules: Mapping[str, RuleInfo] | None = None, skipped: Iterable[Skipped] = ()) -> None:
        self.findings = StoredFindings(rules or {})
        self.skipped = list(skipped)
        self.fixed = self.changed = 0
        self.fails = self.idle = False
        self.profile: Profile | None = None
        self.short_of_next = 0
        self.text: Source | None = None
        self.patches = DiskList()
        self.secrets: list[Secret] = []
        self.troubles: list[Trouble] = []
        self.notes: list[str] = []
        self.splits: list[BaselineSplit] = []
        self._counts = Counts()

    def add(self, card: JudgedCard) -> None:
        """Add the result of a card."""
        self._counts += card.stored.counts
        self.short_of_next += card.stored.short_of_next or 0
        self.fails = self.fails or card.fails
        self.fixed += card.fixed
        self.changed += card.changed
        self.notes += [visible(f"{card.shown}: {remark}") for remark in card.remarks]
        self.troubles += card.troubles
        if card.patch:
            self.patches.put("", card.patch)
        if card.split is not None:
            self.splits.append(card.split)
            self._counts += Counts(known=card.split.known)
        if card.packed:
            self.secrets += card.stored.secrets
            self.findings.add(card.shown, card.reported, card.packed)

    def finish(self) -> RunResult:
        """Sort the troubles, whose order depends on that of the paths, and return the result."""
        self.troubles.sort(key=lambda trouble: (trouble.path, trouble.message))
        return self

    @property
    def counts(self) -> Counts:
        """The counts of the run."""
        return self._counts + Counts(skipped=sum(not item.is_folder for item in self.skipped))
