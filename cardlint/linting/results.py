"""Results of one card and of a run, with their counts and problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from cardlint.finding import Finding, Safety, Severity
from cardlint.source import Span
from cardlint.wording import listed

__all__ = [
    "Bug",
    "CardResult",
    "Counts",
    "Result",
    "Secret",
    "Trouble",
    "bugs_in_words",
    "count",
]

_NAMED = 3
"""The number of rules that are named if many fail alike."""


class Bug(Struct, frozen=True):
    """A bug in a rule: it raised, or yielded something that is not a problem of the card."""

    rule: str
    path: str
    message: str

    @property
    def words(self) -> str:
        """The bug as a message that names its rule."""
        return f"a bug in rule `{self.rule}`: {self.message}"


def bugs_in_words(bugs: Iterable[Bug]) -> str | None:
    """Return the bugs of one card as one message, or None if there are none; rules that fail alike are named once."""
    alike: dict[str, list[Bug]] = {}
    for bug in bugs:
        alike.setdefault(bug.message, []).append(bug)
    return "; ".join(map(_words_of_alike, alike.values())) or None


def _words_of_alike(bugs: Sequence[Bug]) -> str:
    first, *others = bugs
    if not others:
        return first.words
    names = [f"`{bug.rule}`" for bug in bugs[:_NAMED]]
    more = [f"{len(bugs) - _NAMED} more"] if len(bugs) > _NAMED else []
    return f"a bug in rules {listed([*names, *more])}: {first.message}"


class CardResult(Struct, frozen=True):
    """The sorted findings of one card, the number of suppressed ones, and the bugs of rules that ran on it.

    `short_of_next` is the number of errors and warnings that the next profile would add, or None if it was not counted.
    """

    findings: tuple[Finding, ...]
    suppressed: int = 0
    bugs: tuple[Bug, ...] = ()
    short_of_next: int | None = None


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
