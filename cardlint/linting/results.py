"""The sum of a run: counts, and findings that wait for the report without taking memory."""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, overload

from msgspec import Struct

from cardlint.files.discovery import Skipped
from cardlint.finding import Finding, RuleInfo
from cardlint.reporters.report import Summary, Trouble
from cardlint.run.disk_list import Spool
from cardlint.run.serialization import PackedResult, Secret, Tally, pack_source, unpack, unpack_source
from cardlint.source import Source

if TYPE_CHECKING:
    from cardlint.linting.baseline.baseline import Sifted

__all__ = ["Checked", "Findings", "Outcome", "put_together"]


class Outcome(Struct, frozen=True):
    """What became of one card, small enough to be sent by the thousand; `shown` is the card's path.

    `findings` are those of `result` with the card's text, as `put_together` makes them, where there are any. `fixed` is
    how many fixes were applied, `changed` whether they changed the text, and `patch` what they would change, where that
    was asked for.
    """

    shown: str
    result: PackedResult = PackedResult()
    findings: bytes = b""
    fails: bool = False
    troubles: tuple[Trouble, ...] = ()
    remarks: tuple[str, ...] = ()
    changed: bool = False
    fixed: int = 0
    patch: bytes = b""
    sifted: Sifted | None = None


def put_together(source: Source, result: PackedResult) -> bytes:
    """A card's findings with the text that they point into; nothing where there are none."""
    return marshal.dumps((pack_source(source), result.findings)) if result.tally else b""


class Findings(Sequence[Finding]):
    """The findings of many cards, in the contract's order. They are made anew whenever somebody asks for them."""

    def __init__(self, rules: Mapping[str, RuleInfo]) -> None:
        self._rules = rules
        self._cards = Spool()
        self._counts: list[int] = []
        self._count = 0
        self._order: Sequence[int] = ()
        self._ends: list[int] = []  # how many findings stand up to each card's last, in the order
        self._last: tuple[int, list[Finding]] = (-1, [])

    def add(self, shown: str, count: int, findings: bytes) -> None:
        """Put in those of one card."""
        self._cards.put(shown, findings)
        self._counts.append(count)
        self._count += count

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
            self._last = (number, self._unpack(self._cards[number]))
        return self._last[1][place - self._ends[card] + self._counts[number]]

    def _unpack(self, card: bytes) -> list[Finding]:
        source, packed = marshal.loads(card)  # noqa: S302 - bytes of our own
        return unpack(packed, unpack_source(source), self._rules)


class Checked:
    """The sum of a run. `findings` stand in the contract's order whatever the number of workers.

    `patches` are what fixes would change, card by card, and `text` is what became of a text that is no file, where it
    was to be mended.
    """

    def __init__(self, rules: Mapping[str, RuleInfo] | None = None, skipped: Iterable[Skipped] = ()) -> None:
        self.findings = Findings(rules or {})
        self.cards = self.suppressed = self.known = self.fixed = self.changed = 0
        self.fails = False
        self.tally = Tally()
        self.text: Source | None = None
        self.patches = Spool()
        self.secrets: list[Secret] = []
        self.troubles: list[Trouble] = []
        self.skipped = list(skipped)
        self.notes: list[str] = []
        self.sifted: list[Sifted] = []

    def add(self, card: Outcome) -> None:
        """Count one card in."""
        self.cards += 1
        self.suppressed += card.result.suppressed
        self.fails = self.fails or card.fails
        self.fixed += card.fixed
        self.changed += card.changed
        self.notes += [f"{card.shown}: {remark}" for remark in card.remarks]
        self.troubles += card.troubles
        if card.patch:
            self.patches.put("", card.patch)
        if card.sifted is not None:
            self.sifted.append(card.sifted)
            self.known += card.sifted.known
        if card.findings:
            self.tally += card.result.tally
            self.secrets += card.result.secrets
            self.findings.add(card.shown, len(card.result.tally), card.findings)

    def finish(self) -> Checked:
        """Sort what went wrong, too: paths may have been named in any order."""
        self.troubles.sort(key=lambda trouble: (trouble.path, trouble.message))
        return self

    @property
    def summary(self) -> Summary:
        """The counts of the run."""
        return Summary(
            self.cards,
            sum(not item.is_folder for item in self.skipped),
            self.tally.errors,
            self.tally.warnings,
            self.tally.notes,
            self.suppressed,
            self.tally.fixable,
            self.tally.fixable_unsafe,
            self.known,
        )
