"""The output formats: each turns one report into text on a stream, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct

from cardlint.finding import Finding

if TYPE_CHECKING:
    from cardlint.linting.results import Counts, Secret, Trouble
    from cardlint.reporters.masking import Mask

__all__ = ["Report", "Reporter", "Style"]


class Report(Struct, frozen=True):
    """A run's result, whole: `findings` in the order they are shown, `version` that of cardlint.

    A `quiet` one is told to people without the summary. `secrets` are those of all the findings' texts, for who knows
    them; else they are looked for. Where cardlint could not write a fix, all cards being on the Hub, `can_fix` is
    False.
    """

    findings: Sequence[Finding]
    counts: Counts
    troubles: Sequence[Trouble]
    version: str
    quiet: bool = False
    secrets: Sequence[Secret] | None = None
    can_fix: bool = True

    def mask(self) -> Mask:
        """Return what hides the secrets in everything that is written."""
        from cardlint.reporters.masking import Mask

        if self.secrets is not None:
            return Mask(self.secrets)
        from cardlint.linting.secrets import secrets_in  # here, since it brings the parsers

        return Mask(secrets_in(self.findings))


class Style(Struct, frozen=True):
    """What the stream's end can show: `width` in terminal cells, `unicode` for boxes and dots beyond ASCII.

    What `wraps` would break a long line anywhere: for it, and for it alone, sentences are broken between words.
    """

    color: bool
    width: int
    unicode: bool
    hyperlinks: bool
    wraps: bool = False


Reporter = Callable[[Report, TextIO, Style], None]
"""Writes a report to a stream. It neither sorts nor filters; what the style does not allow it leaves out."""
