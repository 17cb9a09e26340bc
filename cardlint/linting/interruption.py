"""Ending the work on a card before all its rules have run, because the result is not needed any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from cardlint.config.selection import ActiveRule

__all__ = ["Interrupted", "Interruptible"]


class Interrupted(BaseException):
    """The work on a card was ended."""


class Interruptible(Sequence[ActiveRule]):
    """Rules before each of which a function is called that may raise `Interrupted`."""

    def __init__(self, rules: Sequence[ActiveRule], go_on: Callable[[], None]) -> None:
        self._rules = rules
        self._go_on = go_on

    def __iter__(self) -> Iterator[ActiveRule]:
        for rule in self._rules:
            self._go_on()
            yield rule

    def __len__(self) -> int:
        return len(self._rules)

    @overload
    def __getitem__(self, index: int) -> ActiveRule: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ActiveRule]: ...
    def __getitem__(self, index: int | slice) -> ActiveRule | Sequence[ActiveRule]:
        return self._rules[index]
