"""The report and its style, which each output format writes as text to a stream."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct

from cardlint.config.setting_types import Profile
from cardlint.finding import Finding

if TYPE_CHECKING:
    from cardlint.linting.results import Counts, Secret, Trouble
    from cardlint.reporters.masking import Mask

__all__ = ["Report", "Reporter", "Style"]


class Report(Struct, frozen=True):
    """The result of a run; `findings` are in the order of output, `version` is that of cardlint.

    In formats for people, a `quiet` report has no summary, and a `verbose` one has the help of notes. `secrets` are
    those of the findings' texts; if None, they are searched for. `can_fix` is False if cardlint cannot write any
    fix, because all cards are on the Hub; the run was `idle` if no rule was on. `commit` is the last commit of the
    cards' repository, or empty. `profile` is that of all cards, or None if it is not reported, and `short_of_next`
    the number of errors and warnings that the next profile would add. A reporter adds to `undrawn` every card that
    it cannot draw, with the reason, and goes on; and to `left_out` a sentence on what it leaves out for want of
    room.
    """

    findings: Sequence[Finding]
    counts: Counts
    troubles: Sequence[Trouble]
    version: str
    quiet: bool = False
    verbose: bool = False
    secrets: Sequence[Secret] | None = None
    can_fix: bool = True
    idle: bool = False
    commit: str = ""
    profile: Profile | None = None
    short_of_next: int = 0
    undrawn: list[Trouble] = []
    left_out: list[str] = []

    def mask(self) -> Mask:
        """Return the mask for the report's secrets."""
        from cardlint.reporters.masking import Mask

        if self.secrets is not None:
            return Mask(self.secrets)
        from cardlint.linting.secrets import secrets_in  # here, because it imports the parsers

        return Mask(secrets_in(self.findings))


class Style(Struct, frozen=True):
    """The capabilities of the output: `width` in terminal cells, `unicode` for box characters beyond ASCII.

    `wraps` is true for a terminal that breaks long lines anywhere; only then sentences are broken between words.
    """

    color: bool
    width: int
    unicode: bool
    hyperlinks: bool
    wraps: bool = False


Reporter = Callable[[Report, TextIO, Style], None]
"""A function that writes a report to a stream; it does not sort or filter, and keeps to the style."""
