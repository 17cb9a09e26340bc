"""The result of comparing two statements, as a word for programs and as a sign for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the canvas needs rich, which JSON does not
    from cardlint.commands.show.canvas import Piece, Signs

__all__ = ["STYLES", "Verdict", "legend", "sign_of"]


class Verdict(Enum):
    """The result of a comparison; ALONE if there is nothing to compare with, or if that is not certain."""

    AGREE = "agree"
    DIFFER = "differ"
    ALONE = "alone"


STYLES = {Verdict.AGREE: "green", Verdict.DIFFER: "bold red", Verdict.ALONE: "dim"}


def sign_of(verdict: Verdict, signs: Signs) -> str:
    """Return the sign of a verdict."""
    return {Verdict.AGREE: signs.agree, Verdict.DIFFER: signs.differ, Verdict.ALONE: signs.dot}[verdict]


def legend(verdicts: Iterable[Verdict], signs: Signs) -> Iterator[Piece]:
    """Yield the number of each verdict with its sign."""
    counts = Counter(verdicts)
    for index, verdict in enumerate(Verdict):
        words = "stated once" if verdict is Verdict.ALONE else verdict.value
        style = STYLES[verdict] if counts[verdict] else "dim"
        yield (f"{'  ' if index else ''}{sign_of(verdict, signs)} {counts[verdict]} {words}", style)
