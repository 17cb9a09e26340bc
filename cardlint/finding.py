"""Findings and their parts: severity, problem, related places and fix."""

from __future__ import annotations

from enum import Enum, IntEnum

from msgspec import Struct

from cardlint.source import Source, Span

__all__ = ["Edit", "Finding", "Fix", "Problem", "Related", "RuleInfo", "Safety", "Severity"]


class Severity(IntEnum):
    """The severity of a finding; a more severe one is greater."""

    NOTE = 1
    """Worth knowing; does not fail a run by default."""
    WARNING = 2
    """The Hub or a reader is misled, or misses information that they need."""
    ERROR = 3
    """The Hub rejects the card or reads nothing of it, or two of its statements provably disagree."""

    @property
    def label(self) -> str:
        """The name that people and JSON use: `error`, `warning` or `note`."""
        return self.name.lower()


class Safety(Enum):
    """The safety of a fix: if it may be applied without a review."""

    SAFE = "safe"
    """Always correct."""
    UNSAFE = "unsafe"
    """Correct if the author agrees."""


# Each is complete when the one around it is made, so none is part of a cycle: unknown to the garbage collector, they
# are smaller, and never searched.
class Edit(Struct, frozen=True, gc=False):
    """A replacement of the text at `span` with `text`; an empty span inserts."""

    span: Span
    text: str

    def __lt__(self, other: Edit) -> bool:
        return (self.span, self.text) < (other.span, other.text)


class Fix(Struct, frozen=True, gc=False):
    """Edits that belong together and do not overlap; `title` says in the imperative what they do."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE


class Related(Struct, frozen=True, gc=False):
    """A second place that a finding refers to; `source` is given if the place is in another file than the card."""

    span: Span
    message: str
    source: Source | None = None


class Problem(Struct, frozen=True, gc=False):
    """A problem that a rule reports. `severity` is None for the most severe one that the rule declares.

    `message` says what is wrong, `help` in one sentence what to do. Both are plain text with code in back-ticks. The
    lines of `help` after the first are code to copy. `several` is the message for more than one such problem, without
    their number: `sections are empty` for `3 sections are empty`.
    """

    span: Span
    message: str
    help: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None
    several: str = ""


class RuleInfo(Struct, frozen=True):
    """The facts about a rule that findings and reporters need.

    `severity` is the most severe one that the rule reports, `milder` are all others, the most severe first. `page` is
    the address of the rule's documentation, or empty; `fix` is the safety of the rule's best fix.
    """

    name: str
    group: str
    severity: Severity
    summary: str
    page: str = ""
    fix: Safety | None = None
    milder: tuple[Severity, ...] = ()

    @property
    def severities(self) -> tuple[Severity, ...]:
        """All severities that the rule reports, the most severe first."""
        return (self.severity, *self.milder)


class Finding(Struct, frozen=True, gc=False):
    """A problem that a rule found in a card, ready to be reported; all spans point into `source`."""

    source: Source
    rule: RuleInfo
    severity: Severity
    problem: Problem

    @property
    def span(self) -> Span:
        return self.problem.span

    @property
    def message(self) -> str:
        return self.problem.message

    @property
    def sort_key(self) -> tuple[str, int, str, int, str]:
        """The order of findings: by path, start, rule, end and message."""
        return (self.source.path, self.span.start, self.rule.name, self.span.end, self.message)
