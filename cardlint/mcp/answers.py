"""The answer of a tool: structured content for programs, and a short text."""

from __future__ import annotations

from io import StringIO
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from cardlint.reporters.budget import most_severe
from cardlint.reporters.machine import json
from cardlint.reporters.report import Report, Style
from cardlint.reporters.terminal import concise
from cardlint.wording import visible

__all__ = [
    "LONGEST_DIFF",
    "LONGEST_EDITS",
    "LONGEST_SHOWN",
    "MOST_ERRORS",
    "MOST_FINDINGS",
    "MOST_LINES",
    "Answer",
    "ToolError",
    "report_in_words",
    "report_object",
    "shortened_parts",
]

MOST_FINDINGS = 200
"""The number of findings in structured content; a hostile card could have many thousands."""

MOST_ERRORS = 200
"""The number of errors about files in structured content."""

MOST_LINES = 20
"""The number of findings in a text."""

LONGEST_EDITS = 50_000
"""The characters of a fix's edits: that of a flattened card has the whole card."""

LONGEST_DIFF = 100_000
"""The characters of a diff."""

LONGEST_SHOWN = 500_000
"""The bytes of a parsed card in JSON."""

_PLAIN = Style(color=False, width=100, unicode=True, hyperlinks=False)


class ToolError(Exception):
    """A call that cannot be answered; the message is one line."""


class Answer(Struct, frozen=True):
    """The answer to a call: an object in JSON, and a short text."""

    json: str
    text: str


def report_object(report: Report) -> dict[str, Any]:
    """Return a report with the keys of the JSON report, and the numbers of findings and errors that are left out."""
    stream = StringIO()
    json.write(_shortened(report, MOST_FINDINGS), stream, _PLAIN)
    written: dict[str, Any] = msgspec.json.decode(stream.getvalue())
    for finding in written["findings"]:
        _shorten_fix(finding["fix"])
    errors = written["errors"]
    return {
        **written,
        "errors": errors[:MOST_ERRORS],
        "left_out": max(0, len(report.findings) - MOST_FINDINGS),
        "errors_left_out": max(0, len(errors) - MOST_ERRORS),
    }


def _shorten_fix(fix: dict[str, Any] | None) -> None:
    """Remove the edits of a fix if they are too long; the tool `fix` applies it in full."""
    if fix is not None and sum(len(edit["text"]) for edit in fix["edits"]) > LONGEST_EDITS:
        fix["left_out"] = len(fix["edits"])
        fix["edits"] = []


def shortened_parts(parts: dict[str, msgspec.Raw]) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the parts of a parsed card as far as there is room, and the number of entries left out of each.

    The shortest parts are kept first. Of a list that is too long the first entries are kept, of a mapping none.
    """
    room = LONGEST_SHOWN
    kept: dict[str, Any] = {}
    left_out: dict[str, int] = {}
    for name in sorted(parts, key=lambda name: len(bytes(parts[name]))):
        raw = parts[name]
        if len(bytes(raw)) <= room:
            kept[name] = raw
            room -= len(bytes(raw))
            continue
        entries = msgspec.json.decode(raw, type=list[msgspec.Raw] | dict[str, msgspec.Raw])
        fitting: list[msgspec.Raw] = []
        for entry in entries if isinstance(entries, list) else ():
            room -= len(bytes(entry)) + 1
            if room < 0:
                break
            fitting.append(entry)
        room = max(0, room)
        kept[name] = fitting if isinstance(entries, list) else {}
        left_out[name] = len(entries) - len(fitting)
    return {name: kept[name] for name in parts}, left_out


def report_in_words(report: Report) -> str:
    """Return the most severe findings, a line each with the first line of its help below, and a summary."""
    shown = _shortened(report, MOST_LINES)
    stream = StringIO()
    concise.write(shown, stream, _PLAIN)
    lines = stream.getvalue().split("\n")
    mask = report.mask()
    for number, finding in enumerate(shown.findings):
        advice = mask.text(finding.problem.help).partition("\n")[0]
        if advice:
            lines[number] += f"\n  {visible(advice)}"
    return "\n".join(lines)


def _shortened(report: Report, most: int) -> Report:
    """Return the report with its most severe findings only; the counts stay."""
    if len(report.findings) <= most:
        return report
    return replace(report, findings=[report.findings[index] for index in most_severe(report.findings, most)])
