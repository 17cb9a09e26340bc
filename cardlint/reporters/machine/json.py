"""The report as one JSON object."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from json import JSONEncoder
from typing import Any, TextIO

from msgspec.structs import asdict

from cardlint.finding import Finding, Fix, Related
from cardlint.fixing.edits import with_line_ends
from cardlint.reporters.escaping import NOT_IN_JSON
from cardlint.reporters.masking import Mask
from cardlint.reporters.report import Report, Style
from cardlint.source import SURROGATE, Source, Span

__all__ = ["SCHEMA_VERSION", "encode", "finding_lines", "finding_object", "place_object", "write", "write_items"]

SCHEMA_VERSION = 1


def write(report: Report, stream: TextIO, _style: Style) -> None:
    """Write the object, one finding per line: this is fast, and reports can be compared by a diff."""
    stream.write("{\n")
    stream.write(f'  "schema_version": {SCHEMA_VERSION},\n')
    stream.write(f'  "cardlint_version": {encode(report.version)},\n')
    stream.write(f'  "summary": {encode(asdict(report.counts))},\n')
    stream.write('  "findings": [')
    write_items(stream, finding_lines(report), indent=4, end="],\n")
    mask = report.mask()
    troubles = (encode({"path": each.path, "message": mask.text(each.message)}) for each in report.troubles)
    stream.write('  "errors": [')
    write_items(stream, troubles, indent=4, end="]\n")
    stream.write("}\n")


def finding_lines(report: Report) -> Iterator[str]:
    """Yield every finding as a JSON object on one line, without a line end."""
    mask = report.mask()
    for finding in report.findings:
        yield encode(finding_object(finding, mask))


def encode(value: object) -> str:
    """Write strict JSON on one line; every UTF-8 stream accepts it, and no reader splits the line."""
    return NOT_IN_JSON.sub(_replace, _encode(value))


_encode = JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _replace(match: re.Match[str]) -> str:
    character = match[0]
    return "\ufffd" if SURROGATE.match(character) else f"\\u{ord(character):04x}"


def write_items(stream: TextIO, items: Iterable[str], *, indent: int, end: str) -> None:
    """Write the items of an array, one per line, and `end`, which closes the array; without items, on one line."""
    first = separator = "\n" + " " * indent
    for item in items:
        stream.write(separator + item)
        separator = "," + first
    stream.write(end if separator == first else first[:-2] + end)


def finding_object(finding: Finding, mask: Mask) -> dict[str, Any]:
    """Return a finding as the object in the JSON report, before it is encoded."""
    problem = finding.problem
    return {
        "rule": finding.rule.name,
        "group": finding.rule.group,
        "severity": finding.severity.label,
        "message": mask.text(problem.message),
        "path": finding.source.path,
        **place_object(finding.source, problem.span),
        "related": [_related(related, finding.source, mask) for related in problem.related],
        "fix": _fix(problem.fix, finding.source) if problem.fix and mask.leaves(problem.fix) else None,
        "help": mask.text(problem.help),
    }


def place_object(source: Source, span: Span) -> dict[str, Any]:
    """Return the start and end of a span, each with line, column and offset."""
    return {"start": _position(source, span.start), "end": _position(source, span.end)}


def _position(source: Source, offset: int) -> dict[str, int]:
    position = source.position(offset)
    return {"line": position.line, "column": position.column, "offset": offset}


def _related(related: Related, card: Source, mask: Mask) -> dict[str, Any]:
    source = related.source or card
    path = {"path": source.path} if source.path != card.path else {}
    return {"message": mask.text(related.message), **path, **place_object(source, related.span)}


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    edits = [
        {"start": edit.span.start, "end": edit.span.end, "text": edit.text}
        for edit in with_line_ends(source.text, fix.edits)
    ]
    return {"title": fix.title, "safety": fix.safety.value, "edits": edits}
