"""The findings as JSON objects, one per line, for tools that read a stream."""

from __future__ import annotations

from typing import TextIO

from cardlint.reporters.machine.json import finding_lines
from cardlint.reporters.report import Report, Style

__all__ = ["write"]


def write(report: Report, stream: TextIO, _style: Style) -> None:
    """Write the objects that `json` has in `findings`."""
    stream.writelines(line + "\n" for line in finding_lines(report))
