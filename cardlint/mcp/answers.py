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

__all__ = ["MOST_FINDINGS", "MOST_LINES", "Answer", "ToolError", "report_in_words", "report_object"]

MOST_FINDINGS = 200
"""The number of findings in structured content; a hostile card could have many thousands."""

MOST_LINES = 20
"""The number of findings in a text."""

_PLAIN = Style(color=False, width=100, unicode=True, hyperlinks=False)


class ToolError(Exception):
    """A call that cannot be answered; the message is one line."""


class Answer(Struct, frozen=True):
    """The answer to a call: an object in JSON, and a short text."""

    json: str
    text: str


def report_object(report: Report) -> dict[str, Any]:
    """Return a report with the keys of the JSON report, and the number of findings for which there was no room."""
    stream = StringIO()
    json.write(_shortened(report, MOST_FINDINGS), stream, _PLAIN)
    written: dict[str, Any] = msgspec.json.decode(stream.getvalue())
    return {**written, "left_out": max(0, len(report.findings) - MOST_FINDINGS)}


def report_in_words(report: Report) -> str:
    """Return the most severe findings, a line each, and a summary."""
    stream = StringIO()
    concise.write(_shortened(report, MOST_LINES), stream, _PLAIN)
    return stream.getvalue()


def _shortened(report: Report, most: int) -> Report:
    """Return the report with its most severe findings only; the counts stay."""
    if len(report.findings) <= most:
        return report
    return replace(report, findings=[report.findings[index] for index in most_severe(report.findings, most)])
