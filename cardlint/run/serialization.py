"""Findings as bytes and back: what a worker sends, what the cache keeps, what waits on disk for the report.

The texts that findings point into are no part of what is packed but for those of files beside the card; a card's own
stands beside it, since the cache need not hold what lies in the folder.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from cardlint.finding import Edit, Finding, Fix, Problem, Related, RuleInfo, Safety, Severity
from cardlint.source import Source, Span

__all__ = ["PackedResult", "Secret", "Tally", "pack", "pack_source", "tally", "unpack", "unpack_source"]

_VERSION = 4  # of marshal's format: the same in every Python that cardlint runs on

Packed = tuple[Any, ...]

_plain = str.__str__  # marshal takes no subclass of it, such as a plugin may use


class Secret(Struct, frozen=True):
    """Where a secret stands, by the path of the text and the span in it, and what it is."""

    path: str
    span: Span
    text: str


class Tally(Struct, frozen=True):
    """How many findings there are of each severity, and how many with a safe and with an unsafe fix."""

    errors: int = 0
    warnings: int = 0
    notes: int = 0
    fixable: int = 0
    fixable_unsafe: int = 0

    def __len__(self) -> int:
        return self.errors + self.warnings + self.notes

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.errors + other.errors,
            self.warnings + other.warnings,
            self.notes + other.notes,
            self.fixable + other.fixable,
            self.fixable_unsafe + other.fixable_unsafe,
        )

    def reaches(self, severity: Severity | None) -> bool:
        """Whether there is a finding of this severity or a graver one; None is a severity that nothing reaches."""
        if severity is None:
            return False
        counts = {Severity.ERROR: self.errors, Severity.WARNING: self.warnings, Severity.NOTE: self.notes}
        return any(count for grave, count in counts.items() if grave >= severity)


class PackedResult(Struct, frozen=True):
    """What became of one card: its findings packed, how many there are, and the secrets in the texts they speak of."""

    tally: Tally = Tally()
    suppressed: int = 0
    secrets: tuple[Secret, ...] = ()
    findings: bytes = b""


def tally(findings: Iterable[Finding]) -> Tally:
    """Count findings."""
    findings = list(findings)
    severities = [finding.severity for finding in findings]
    fixes = [finding.problem.fix.safety for finding in findings if finding.problem.fix]
    return Tally(
        severities.count(Severity.ERROR),
        severities.count(Severity.WARNING),
        severities.count(Severity.NOTE),
        fixes.count(Safety.SAFE),
        fixes.count(Safety.UNSAFE),
    )


def pack(findings: Iterable[Finding]) -> bytes:
    """The findings of one card, all with the same source."""
    others: list[Source] = []
    packed = [_pack(finding, others) for finding in findings]
    return marshal.dumps((packed, [pack_source(source) for source in others]), _VERSION)


def unpack(packed: bytes, source: Source, rules: Mapping[str, RuleInfo]) -> list[Finding]:
    """The findings again, in `source`; `rules` has what is to be known of every rule by its name."""
    findings, sources = marshal.loads(packed)  # noqa: S302 - bytes of our own
    others = [unpack_source(each) for each in sources]
    return [_unpack(each, source, others, rules) for each in findings]


def pack_source(source: Source) -> Packed:
    """A text as a tuple that marshal takes."""
    return (source.path, source.text, source.encoding, [(span.start, span.end) for span in source.undecodable])


def unpack_source(packed: Packed) -> Source:
    """The text again."""
    path, text, encoding, undecodable = packed
    return Source(path, text, encoding, tuple([Span(*span) for span in undecodable]))


def _pack(finding: Finding, others: list[Source]) -> Packed:
    problem = finding.problem
    return (
        finding.rule.name,
        int(finding.severity),
        int(problem.span.start),
        int(problem.span.end),
        _plain(problem.message),
        _plain(problem.help),
        [_pack_related(related, finding.source, others) for related in problem.related],
        problem.fix and _pack_fix(problem.fix),
        problem.severity and int(problem.severity),
    )


def _pack_related(related: Related, card: Source, others: list[Source]) -> Packed:
    """Its last value is the number of its text among the others, -1 for the card named as such, None for no name."""
    number = None
    if related.source is card:
        number = -1
    elif related.source is not None:
        number = next((place for place, other in enumerate(others) if other is related.source), len(others))
        if number == len(others):
            others.append(related.source)
    return (int(related.span.start), int(related.span.end), _plain(related.message), number)


def _pack_fix(fix: Fix) -> Packed:
    edits = [(int(edit.span.start), int(edit.span.end), _plain(edit.text)) for edit in fix.edits]
    return (_plain(fix.title), fix.safety.value, edits)


def _unpack(packed: Packed, source: Source, others: list[Source], rules: Mapping[str, RuleInfo]) -> Finding:
    name, severity, start, end, message, advice, related, fix, own_severity = packed
    places = tuple(
        [
            Related(Span(first, last), words, None if number is None else source if number < 0 else others[number])
            for first, last, words, number in related
        ]
    )
    problem = Problem(
        Span(start, end),
        message,
        advice,
        places,
        fix and _unpack_fix(fix),
        own_severity and Severity(own_severity),
    )
    return Finding(source, rules[name], Severity(severity), problem)


def _unpack_fix(packed: Packed) -> Fix:
    title, safety, edits = packed
    return Fix(title, tuple([Edit(Span(start, end), text) for start, end, text in edits]), Safety(safety))
