"""The number of findings per rule, as lines or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TextIO

from msgspec import Struct
from msgspec.structs import asdict

from cardlint.commands.terminal import style_of
from cardlint.finding import Finding, Severity
from cardlint.reporters.report import Report
from cardlint.reporters.terminal.styling import Paint, Piece
from cardlint.reporters.terminal.summary_text import MARKS, legend, mark_of
from cardlint.wording import counted

__all__ = ["as_json", "as_lines"]


class _Frequency(Struct, frozen=True):
    """The number of findings of a rule with a severity, and of those that have a fix, by the mark of the fix."""

    rule: str
    severity: Severity
    count: int
    marks: Mapping[str, int]


def _ranked(findings: Iterable[Finding]) -> list[_Frequency]:
    """Return the frequency of every rule, the most frequent first."""
    marks: dict[tuple[str, Severity], Counter[str]] = {}
    for finding in findings:
        marks.setdefault((finding.rule.name, finding.severity), Counter())[mark_of(finding.problem.fix)] += 1
    counted_rules = [_Frequency(rule, severity, each.total(), each) for (rule, severity), each in marks.items()]
    return sorted(counted_rules, key=lambda each: (-each.count, each.rule))


def as_lines(report: Report, color: str) -> Callable[[TextIO], None]:
    """Return a function that writes the number of findings per rule, with marks for rules whose findings have fixes."""
    total = len(report.findings)
    width = len(str(total))

    def write(stream: TextIO) -> None:
        paint = Paint(style_of(stream, color))
        marks = set()
        for each in _ranked(report.findings):
            mark = next((mark for mark in MARKS if mark in each.marks), "") if report.can_fix else ""
            marks.add(mark)
            word = each.severity.label
            cells = [Piece(f"{each.count:>{width}}"), Piece(f"{word:<7}", word), Piece(f"{mark:<3}", "good")]
            row = "  ".join(paint.text([cell]) for cell in (*cells, Piece(paint.clean(each.rule))))
            stream.write(f"{row}\n")
        cards = report.counts.cards
        where = f"in {counted(cards, 'card')}" if cards else "no card was checked"
        stream.write(f"{total:>{width}}  {where}\n")
        if not report.quiet:
            stream.writelines(legend(marks, paint))

    return write


def as_json(report: Report) -> Callable[[TextIO], None]:
    from cardlint.reporters.machine.json import SCHEMA_VERSION, encode

    counts = [
        {
            "rule": each.rule,
            "severity": each.severity.label,
            "count": each.count,
            "fixable": sum(each.marks.get(mark, 0) for mark in MARKS),
        }
        for each in _ranked(report.findings)
    ]
    whole = {"schema_version": SCHEMA_VERSION, "summary": asdict(report.counts), "statistics": counts}

    def write(stream: TextIO) -> None:
        stream.write(encode(whole) + "\n")

    return write
