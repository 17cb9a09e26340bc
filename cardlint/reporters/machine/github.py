"""Annotations of a GitHub workflow, `::error file=...::message`, for the most severe findings; others go to the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TextIO

from cardlint.finding import Finding, Severity
from cardlint.linting.results import Trouble
from cardlint.reporters.machine.paths import from_root
from cardlint.reporters.masking import Mask
from cardlint.reporters.report import Report, Style
from cardlint.reporters.terminal.cells import UNICODE, clean
from cardlint.reporters.terminal.summary_text import summary_line
from cardlint.source import Span
from cardlint.wording import at_line_start, counted

__all__ = ["MOST_OF_A_KIND", "write"]

MOST_OF_A_KIND = 10
"""The annotations of one kind that GitHub shows for a step; it drops the others silently."""

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def write(report: Report, stream: TextIO, _style: Style) -> None:
    """Write the annotations, the other findings as lines in a group of the log, and the summary."""
    mask = report.mask()
    shown = _chosen(report)
    stream.writelines(_trouble(trouble, mask) for trouble in report.troubles[:MOST_OF_A_KIND])
    stream.writelines(_annotation(report.findings[index], mask) for index in sorted(shown))
    others = len(report.findings) - len(shown)
    if others:
        words = f"{counted(others, 'more finding')} in the log: GitHub shows {MOST_OF_A_KIND} annotations of a kind"
        stream.write(f"::notice title=cardlint::{_data(words)}\n")
        stream.write(f"::group::{counted(others, 'more finding')}\n")
        # created again, because many findings together would hold the texts of all cards
        stream.writelines(_line(finding, mask) for index, finding in enumerate(report.findings) if index not in shown)
        stream.write("::endgroup::\n")
    if not report.quiet:
        stream.write(f"{summary_line(report)}\n")


def _chosen(report: Report) -> set[int]:
    """Return the indices of the findings for annotations: of each kind, first one of every rule in every card."""
    room = dict.fromkeys(Severity, MOST_OF_A_KIND)
    room[Severity.ERROR] = max(MOST_OF_A_KIND - len(report.troubles), 0)
    chosen = _within(report.findings, room)
    if len(chosen) < len(report.findings):  # one notice announces the others
        room[Severity.NOTE] -= 1
        chosen = _within(report.findings, room)
    return chosen


def _within(findings: Sequence[Finding], room: dict[Severity, int]) -> set[int]:
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for index, finding in enumerate(findings):
        key = (finding.source.path, finding.rule.name)
        ranked.append((seen[key], index, finding.severity))
        seen[key] += 1
    left = dict(room)
    chosen = set()
    for _, index, severity in sorted(ranked):
        if left[severity] > 0:
            left[severity] -= 1
            chosen.add(index)
    return chosen


def _annotation(finding: Finding, mask: Mask) -> str:
    problem = finding.problem
    words = [clean(line, UNICODE) for line in (mask.text(problem.message), *mask.text(problem.help).split("\n"))]
    properties = {
        "file": from_root(finding.source.path, "GITHUB_WORKSPACE"),
        **_place(finding),
        "title": f"cardlint: {finding.rule.name}",
    }
    return _command(_KINDS[finding.severity], properties, "\n".join(filter(None, words)))


def _place(finding: Finding) -> dict[str, str]:
    """Return the lines and, for a single line, the columns: GitHub accepts no others. The end is the last character."""
    source = finding.source
    # a line end at the end of the span would lead to the next line
    text = source.slice(finding.span).rstrip()
    span = Span(finding.span.start, finding.span.start + len(text))
    start, end = source.position(span.start), source.position(max(span.end - 1, span.start))
    place = {"line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:
        place |= {"col": str(start.column), "endColumn": str(max(end.column, start.column))}
    return place


def _trouble(trouble: Trouble, mask: Mask) -> str:
    properties = {"file": from_root(trouble.path, "GITHUB_WORKSPACE")} if trouble.path else {}
    return _command("error", {**properties, "title": "cardlint"}, clean(mask.text(trouble.message), UNICODE))


def _command(kind: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{kind} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(clean(text, UNICODE)).replace(":", "%3A").replace(",", "%2C")


def _line(finding: Finding, mask: Mask) -> str:
    """Return a finding as `concise` writes it; text of a card cannot become a command to the runner."""
    position = finding.source.position(finding.span.start)
    path = clean(mask.text(finding.source.path), UNICODE)
    message = clean(mask.text(finding.message), UNICODE)
    line = f"{path}:{position.line}:{position.column}: {finding.severity.label}[{finding.rule.name}] {message}"
    return f"{at_line_start(line.replace('##[', '# #['))}\n"
