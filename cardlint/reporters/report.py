"""The output formats: each turns one report into text on a stream, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TextIO, cast

from msgspec import Struct

from cardlint.finding import Finding, Safety, Severity

if TYPE_CHECKING:
    from cardlint.reporters.masking import Mask
    from cardlint.run.serialization import Secret

__all__ = ["FORMATS", "Report", "Reporter", "Style", "Summary", "Trouble", "reporter", "summarize"]

FORMATS = {
    "full": "terminal.full",
    "concise": "terminal.concise",
    "json": "machine.json",
    "jsonl": "machine.jsonl",
    "sarif": "machine.sarif",
    "github": "machine.github",
    "gitlab": "machine.gitlab",
    "junit": "machine.junit",
    "rdjson": "machine.rdjson",
    "markdown": "markdown.report",
    "html": "html.report",
}
"""The module of each format, below `cardlint.reporters`; it has a function `write`."""


class Summary(Struct, frozen=True):
    """The counts of a run.

    `cards` were checked and `skipped` files were not; `fixable` are the findings with a safe fix, `fixable_unsafe`
    those with an unsafe one, and no finding is in both. Findings that are `known`, from a baseline, are in no other
    count.
    """

    cards: int
    skipped: int
    errors: int
    warnings: int
    notes: int
    suppressed: int
    fixable: int
    fixable_unsafe: int
    known: int = 0

    @property
    def findings(self) -> int:
        return self.errors + self.warnings + self.notes


class Trouble(Struct, frozen=True):
    """A file that could not be read, or a bug in a rule: what keeps a run from being trusted."""

    path: str
    message: str


class Report(Struct, frozen=True):
    """A run's result, whole: `findings` in the order they are shown, `version` that of cardlint.

    A `quiet` one is told to people without the summary. `secrets` are those of all the findings' texts, for who knows
    them; else they are looked for. Where cardlint could not write a fix, all cards being on the Hub, `can_fix` is
    False.
    """

    findings: Sequence[Finding]
    summary: Summary
    troubles: Sequence[Trouble]
    version: str
    quiet: bool = False
    secrets: Sequence[Secret] | None = None
    can_fix: bool = True

    def mask(self) -> Mask:
        """What hides the secrets in all that is written."""
        from cardlint.reporters.masking import Mask, secrets_in

        return Mask(secrets_in(self.findings) if self.secrets is None else self.secrets)


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


def summarize(findings: Sequence[Finding], *, cards: int, skipped: int, suppressed: int) -> Summary:
    """Count the findings, and add the counts that only the run knows."""
    severities = [finding.severity for finding in findings]
    fixes = [finding.problem.fix.safety for finding in findings if finding.problem.fix]
    return Summary(
        cards=cards,
        skipped=skipped,
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        notes=severities.count(Severity.NOTE),
        suppressed=suppressed,
        fixable=fixes.count(Safety.SAFE),
        fixable_unsafe=fixes.count(Safety.UNSAFE),
    )


def reporter(name: str) -> Reporter:
    """The reporter of a format, whose module is imported only now.

    Raises:
        ValueError: there is no format of this name.
    """
    if name not in FORMATS:
        raise ValueError(f"no output format {name!r}; there are {', '.join(FORMATS)}")
    return cast("Reporter", import_module(f"cardlint.reporters.{FORMATS[name]}").write)
