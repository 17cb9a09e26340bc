"""Reviewdog's diagnostic format: columns count bytes of UTF-8, and fixes are suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from cardlint.finding import Edit, Finding, Fix, Severity
from cardlint.fixing.edits import with_line_ends
from cardlint.linting.results import Trouble
from cardlint.reporters.machine.json import encode, write_items
from cardlint.reporters.machine.paths import as_ascii
from cardlint.reporters.masking import Mask
from cardlint.reporters.report import Report, Style
from cardlint.source import UNDECODED, Source, Span

__all__ = ["write"]

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}
MOST_PLACES = 5  # the related places that a message names
_FARTHEST = 20  # the most lines of a suggestion; reviewdog shows all of them, unchanged ones too


def write(report: Report, stream: TextIO, _style: Style) -> None:
    """Write the object, one diagnostic per line."""
    stream.write('{\n  "source": {"name": "cardlint"},\n  "diagnostics": [')
    write_items(stream, map(encode, _diagnostics(report)), indent=4, end="]\n}\n")


def _diagnostics(report: Report) -> Iterator[dict[str, Any]]:
    mask = report.mask()
    for trouble in report.troubles:
        yield _trouble(trouble, mask)
    for finding in report.findings:
        yield _diagnostic(finding, mask)


def _trouble(trouble: Trouble, mask: Mask) -> dict[str, Any]:
    return {"message": mask.text(trouble.message), "location": {"path": trouble.path}, "severity": "ERROR"}


def _diagnostic(finding: Finding, mask: Mask) -> dict[str, Any]:
    problem, source = finding.problem, finding.source
    code = {"value": finding.rule.name}
    if finding.rule.page:
        code["url"] = as_ascii(finding.rule.page)
    diagnostic: dict[str, Any] = {
        "message": "\n".join(
            [*filter(None, (mask.text(problem.message), mask.text(problem.help))), *_related(finding, mask)]
        ),
        "location": {"path": source.path, "range": _range(source, problem.span)},
        "severity": _SEVERITIES[finding.severity],
        "code": code,
    }
    suggestion = _suggestion(problem.fix, source, mask) if problem.fix else None
    if suggestion:
        diagnostic["suggestions"] = [suggestion]
    return diagnostic


def _related(finding: Finding, mask: Mask) -> Iterator[str]:
    """Yield the related places as text: older versions of reviewdog reject a report that has them as data."""
    for related in finding.problem.related[:MOST_PLACES]:
        source = related.source or finding.source
        position = source.position(related.span.start)
        yield mask.text(f"{source.path}:{position.line}:{position.column}: {related.message}")


def _suggestion(fix: Fix, source: Source, mask: Mask) -> dict[str, Any] | None:
    """Join all edits of a fix, since suggestions are applied one by one; None if they are too far apart."""
    edits = with_line_ends(source.text, fix.edits)
    if not edits:
        return None
    whole = Span(edits[0].span.start, max(edit.span.end for edit in edits))
    if source.line_index(whole.end) - source.line_index(whole.start) >= _FARTHEST:
        return None
    parts = []
    cursor = whole.start
    for edit in edits:
        parts += [source.text[cursor : edit.span.start], edit.text]
        cursor = edit.span.end
    text = "".join(parts)
    if not mask.leaves(Fix(fix.title, (Edit(whole, text),))):
        return None
    return {"range": _range(source, whole), "text": text}


def _range(source: Source, span: Span) -> dict[str, Any]:
    return {"start": _position(source, span.start), "end": _position(source, span.end)}


def _position(source: Source, offset: int) -> dict[str, int]:
    line = source.line_index(offset)
    before = source.text[source.lines.starts[line] : offset]
    # each undecodable byte counts as one
    text = UNDECODED.sub(lambda match: "?" * len(match[0]), before)
    column = len(text.encode("utf-8", "surrogatepass"))
    return {"line": line + 1, "column": column + 1}
