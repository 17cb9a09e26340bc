"""One line per finding, for searches and other tools."""

from __future__ import annotations

from typing import TextIO

from cardlint.finding import Finding
from cardlint.reporters.masking import Mask
from cardlint.reporters.report import Report, Style
from cardlint.reporters.terminal.profile_line import profile_line
from cardlint.reporters.terminal.styling import Paint, Piece
from cardlint.reporters.terminal.summary_text import closing, legend, mark_of
from cardlint.wording import at_line_start

__all__ = ["write"]


def write(report: Report, stream: TextIO, style: Style) -> None:
    """Write `path:line:column: severity[rule] message` for every finding, then the summary and the legend of marks."""
    if not style.color:  # this format is often piped: without colour there are no escape sequences at all
        style = Style(color=False, width=style.width, unicode=style.unicode, hyperlinks=False)
    paint = Paint(style)
    mask = report.mask()
    marks = set()
    for finding in report.findings:
        mark = mark_of(finding.problem.fix) if report.can_fix else ""
        marks.add(mark)
        stream.write(paint.line(_pieces(finding, mark, paint, mask)))
    stream.writelines(closing(report, paint))
    if not report.quiet:
        stream.writelines(legend(marks, paint))
    stream.writelines(profile_line(report, paint))


def _pieces(finding: Finding, mark: str, paint: Paint, mask: Mask) -> list[Piece]:
    position = finding.source.position(finding.span.start)
    word = finding.severity.label
    return [
        Piece(at_line_start(paint.clean(mask.text(finding.source.path))), "strong"),
        Piece(f":{position.line}:{position.column}: "),
        Piece(word, word),
        Piece("["),
        paint.rule(finding.rule),
        Piece("] "),
        *([Piece(mark, "good"), Piece(" ")] if mark else ()),
        *paint.prose(mask.text(finding.message)),
    ]
