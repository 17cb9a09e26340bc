"""GitLab's Code Quality report: a list of findings, each with a unique and stable fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, TextIO

from cardlint.finding import Finding, Severity
from cardlint.linting.results import Trouble
from cardlint.reporters.machine.fingerprints import fingerprints
from cardlint.reporters.machine.json import encode, write_items
from cardlint.reporters.machine.paths import from_root
from cardlint.reporters.masking import Mask
from cardlint.reporters.report import Report, Style

__all__ = ["write"]

# GitLab has info, minor, major, critical and blocker
_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def write(report: Report, stream: TextIO, _style: Style) -> None:
    """Write the list, one entry per line."""
    stream.write("[")
    write_items(stream, map(encode, _entries(report)), indent=2, end="]\n")


def _entries(report: Report) -> Iterator[dict[str, Any]]:
    mask = report.mask()
    for trouble in report.troubles:
        yield _trouble(trouble, mask)
    for finding, mark in zip(report.findings, fingerprints(report.findings, mask), strict=True):
        yield _entry(finding, mark, mask)


def _entry(finding: Finding, mark: str, mask: Mask) -> dict[str, Any]:
    source, span = finding.source, finding.span
    last = max(span.start, span.start + len(source.slice(span).rstrip()) - 1)
    return {
        "description": mask.text(finding.message) or finding.rule.name,
        "check_name": finding.rule.name,
        "fingerprint": mark,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": from_root(source.path, "CI_PROJECT_DIR"),
            "lines": {"begin": source.line_index(span.start) + 1, "end": source.line_index(last) + 1},
        },
    }


def _trouble(trouble: Trouble, mask: Mask) -> dict[str, Any]:
    """Return the entry for a failure, since GitLab has no other place for it."""
    words = f"trouble\0{trouble.path}\0{trouble.message}".encode("utf-8", "surrogatepass")
    return {
        "description": mask.text(trouble.message) or "trouble",
        "check_name": "trouble",
        "fingerprint": hashlib.sha256(words).hexdigest()[:32],
        "severity": "blocker",
        "location": {"path": from_root(trouble.path, "CI_PROJECT_DIR"), "lines": {"begin": 1, "end": 1}},
    }
