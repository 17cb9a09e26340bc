"""Findings with the lines that they refer to, for people at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TextIO

from msgspec.structs import replace

from cardlint.finding import Finding
from cardlint.reporters.masking import Mask
from cardlint.reporters.report import Report, Style
from cardlint.reporters.terminal.difference import compare, difference
from cardlint.reporters.terminal.frames import frames
from cardlint.reporters.terminal.gutter import Margin
from cardlint.reporters.terminal.layout import layout
from cardlint.reporters.terminal.profile_line import profile_line
from cardlint.reporters.terminal.styling import Paint, Piece, prose
from cardlint.reporters.terminal.summary_text import closing

__all__ = ["write"]

HEADING = 4  # the cells of indentation for the other lines of a message
_WHY = "Run `cardlint explain RULE` to see why a rule matters."

MOST_OF_A_RULE = 20
"""The findings of one rule that are shown for one card; the other formats have all of them."""


def write(report: Report, stream: TextIO, style: Style) -> None:
    """Write every finding with its code frames, its help and its fix, then the summary."""
    paint = Paint(style)
    mask = report.mask()
    for _, findings in groupby(report.findings, key=lambda finding: finding.source.path):
        _write_card(findings, stream, paint, mask)
    stream.writelines(closing(report, paint))
    if report.findings and not report.quiet:
        stream.write(paint.sentence((), prose(_WHY), 2))
    stream.writelines(profile_line(report, paint))


def _write_card(findings: Iterator[Finding], stream: TextIO, paint: Paint, mask: Mask) -> None:
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.rule.name] += 1
        if seen[finding.rule.name] <= MOST_OF_A_RULE:
            stream.writelines(_finding(finding, paint, mask))
            stream.write("\n")
    path = paint.clean(finding.source.path)
    more = [(name, count - MOST_OF_A_RULE) for name, count in seen.items() if count > MOST_OF_A_RULE]
    for name, count in more:
        words = [Piece(f"... and {count} more of "), Piece(paint.clean(name), "strong"), Piece(f" in {path}")]
        stream.write(paint.line(words))
    if more:
        stream.write("\n")


def _finding(finding: Finding, paint: Paint, mask: Mask) -> Iterator[str]:
    yield paint.sentence(_header(finding, paint), paint.prose(mask.text(finding.message)), HEADING)
    problem = finding.problem
    plan = layout(finding, mask)
    compared = compare(finding, problem.fix, mask) if problem.fix else None
    numbers = [plan.last_line, *(row.number for row in (compared.rows if compared else ()))]
    margin = Margin(len(str(max(numbers))), paint)
    yield from frames(plan, margin, mask)
    if problem.help or compared:
        yield margin.row()
    advice, *code = mask.text(problem.help).split("\n")
    if problem.help and not (problem.fix and problem.fix.title == advice.rstrip(".:")):  # the fix says the same
        yield margin.remark("help: ", paint.prose(advice))
        yield from map(margin.code, code)
    if problem.fix and compared:
        yield from difference(problem.fix, compared, margin, mask)


def _header(finding: Finding, paint: Paint) -> list[Piece]:
    word = finding.severity.label
    name = replace(paint.rule(finding.rule), role=word)
    return [Piece(f"{word}[", word), name, Piece("]", word), Piece(": ")]
