"""The last line of a report for people: if the run passes its profile, and how far it is from the next one."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.config.profiles import next_profile
from cardlint.reporters.report import Report
from cardlint.reporters.terminal.styling import Paint, prose
from cardlint.wording import counted

__all__ = ["profile_line"]


def profile_line(report: Report, paint: Paint) -> Iterator[str]:
    """Yield the line, unless the report is quiet, says nothing of its profile, or is incomplete."""
    words = "" if report.quiet or report.troubles or not report.counts.cards else _words(report)
    if words:
        yield paint.sentence((), prose(words), 2)


def _words(report: Report) -> str:
    if report.profile is None:
        return ""
    stricter = next_profile(report.profile)
    findings = counted(report.short_of_next, "finding")
    if report.counts.errors or report.counts.warnings:
        return f"The profile `{stricter}` would add {findings}." if report.short_of_next else ""
    if stricter is None:
        return f"The run passes `{report.profile}`, the strictest profile."
    if report.short_of_next:
        return f"The run passes `{report.profile}`; {findings} short of `{stricter}`."
    return f"The run passes `{report.profile}` and `{stricter}`."
