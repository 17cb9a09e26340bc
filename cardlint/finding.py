"""What a rule says of a card, and what a reporter shows of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, IntEnum

from msgspec import Struct

from cardlint.source import Source, Span

__all__ = ["Edit", "Finding", "Fix", "Problem", "Related", "RuleInfo", "Safety", "Severity", "listed"]


class Severity(IntEnum):
    """How much a finding weighs; a graver one is greater."""

    NOTE = 1
    """Worth knowing; never fails a run by default."""
    WARNING = 2
    """The Hub or its reader would be misled, or would miss what they need."""
    ERROR = 3
    """The Hub would refuse the card or see nothing of it, or two of its statements are proved to disagree."""

    @property
    def label(self) -> str:
        """The word that people and JSON use: `error`, `warning` or `note`."""
        return self.name.lower()


class Safety(Enum):
    """Whether a fix may be applied without asking."""

    SAFE = "safe"
    """Always right."""
    UNSAFE = "unsafe"
    """Right when the author agrees."""


class Edit(Struct, frozen=True):
    """Put `text` where `span` stands; an empty span inserts."""

    span: Span
    text: str

    def __lt__(self, other: Edit) -> bool:
        return (self.span, self.text) < (other.span, other.text)


class Fix(Struct, frozen=True):
    """Edits that belong together and do not overlap; `title` says in the imperative what they do."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE


class Related(Struct, frozen=True):
    """A second place that a finding speaks of; `source` is given where it stands in another file than the card."""

    span: Span
    message: str
    source: Source | None = None


class Problem(Struct, frozen=True):
    """All that a rule says. `severity` is given only where it is below the rule's own.

    `message` says what is wrong, `help` in one sentence what to do: plain text in which code stands in back-ticks.
    """

    span: Span
    message: str
    help: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None


class RuleInfo(Struct, frozen=True):
    """What a finding and a reporter need to know of a rule.

    `page` is the address of the rule's documentation, empty while there is none; `fix` the best fix it can offer.
    """

    name: str
    group: str
    severity: Severity
    summary: str
    page: str = ""
    fix: Safety | None = None


class Finding(Struct, frozen=True):
    """A problem of one rule in one card, complete when born; all spans point into `source`."""

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
        """Findings stand by path, start, rule, end and message, whatever order they were made in."""
        return (self.source.path, self.span.start, self.rule.name, self.span.end, self.message)


def listed(words: Sequence[str]) -> str:
    """Words as a message lists them: `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
