"""Results of one card and of a run, with their counts and problems."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from cardlint.finding import Finding, Safety, Severity
from cardlint.source import Span

__all__ = ["Bug", "CardResult", "Counts", "Result", "Secret", "Trouble", "count"]


class Bug(Struct, frozen=True):
    """A bug in a rule: it raised, or yielded something that is not a problem of the card."""

    rule: str
    path: str
    message: str

    @property
    def words(self) -> str:
        """The bug as a message that names its rule."""
        return f"a bug in rule `{self.rule}`: {self.message}"


class CardResult(Struct, frozen=True):
    """The sorted findings of one card, the number of suppressed ones, and the bugs of rules that ran on it."""

    findings: tuple[Finding, ...]
    suppressed: int = 0
    bugs: tuple[Bug, ...] = ()


Result = CardResult
"""The name of `CardResult` in the public API."""


class Trouble(Struct, frozen=True):
    """A file that could not be read, or a bug in a rule: the result of the run is incomplete."""

    path: str
    message: str


class Secret(Struct, frozen=True):
    """A secret, its span, and the path of the text that contains it."""

    path: str
    span: Span
    text: str


class Counts(Struct, frozen=True):
    """The counts of a card or a run, in the order of the JSON report's summary.

    `cards` were linted and `skipped` files were not. `fixable` findings have a safe fix and `fixable_unsafe` an unsafe
    one. `known` findings are in the baseline, and `suppressed` ones have a comment; neither is in any other count.
    """

    cards: int = 0
    skipped: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    suppressed: int = 0
    fixable: int = 0
    fixable_unsafe: int = 0
    known: int = 0

    @property
    def findings(self) -> int:
        """The number of active findings."""
        return self.errors + self.warnings + self.notes

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))

    def reaches(self, severity: Severity | None) -> bool:
        """Return True if there is a finding of this severity or a higher one; no finding reaches None."""
        if severity is None:
            return False
        counts = {Severity.ERROR: self.errors, Severity.WARNING: self.warnings, Severity.NOTE: self.notes}
        return any(number for level, number in counts.items() if level >= severity)


def count(findings: Iterable[Finding]) -> Counts:
    """Count findings by severity, and their fixes by safety."""
    findings = list(findings)
    severities = [finding.severity for finding in findings]
    fixes = [finding.problem.fix.safety for finding in findings if finding.problem.fix]
    return Counts(
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        notes=severities.count(Severity.NOTE),
        fixable=fixes.count(Safety.SAFE),
        fixable_unsafe=fixes.count(Safety.UNSAFE),
    )
