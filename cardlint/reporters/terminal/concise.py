"""One line per finding, for searches and other tools."""

from __future__ import annotations

from typing import TextIO

from cardlint.finding import Finding
from cardlint.reporters.masking import Mask
from cardlint.reporters.report import Report, Style
from cardlint.reporters.terminal.profile_line import profile_line
from cardlint.reporters.terminal.styling import Paint, Piece
from cardlint.reporters.terminal.summary_text import closing

__all__ = ["write"]


def write(report: Report, stream: TextIO, style: Style) -> None:
    """Write `path:line:column: severity[rule] message` for every finding, then the summary."""
    if not style.color:  # this format is often piped: without colour there are no escape sequences at all
        style = Style(color=False, width=style.width, unicode=style.unicode, hyperlinks=False)
    paint = Paint(style)
    mask = report.mask()
    stream.writelines(paint.line(_pieces(finding, paint, mask)) for finding in report.findings)
    stream.writelines(closing(report, paint))
    stream.writelines(profile_line(report, paint))


def _pieces(finding: Finding, paint: Paint, mask: Mask) -> list[Piece]:
    position = finding.source.position(finding.span.start)
    word = finding.severity.label
    return [
        Piece(paint.clean(finding.source.path), "strong"),
        Piece(f":{position.line}:{position.column}: "),
        Piece(word, word),
        Piece("["),
        paint.rule(finding.rule),
        Piece("] "),
        *paint.prose(mask.text(finding.message)),
    ]
