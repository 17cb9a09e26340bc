"""The last lines of a report for people: the summary, and the next command to run."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cardlint.finding import Fix, Safety
from cardlint.linting.results import Counts
from cardlint.reporters.report import Report
from cardlint.reporters.terminal.styling import Paint, Piece, prose
from cardlint.wording import counted

__all__ = ["MARKS", "closing", "hint_line", "legend", "mark_of", "summary_line"]

MARKS = {"[*]": "has a safe fix (`--fix`)", "[~]": "has a fix to review (`--fix --unsafe-fixes`)"}
"""The marks of findings with fixes, and their meanings."""


def closing(report: Report, paint: Paint) -> Iterator[str]:
    """Yield the last lines: the summary, and a helpful command; failures are written to standard error before."""
    if report.quiet:
        return
    yield paint.sentence((), _summary(report), 2)
    hint = hint_line(report)
    if hint:
        yield paint.sentence((), prose(hint), 2)


def mark_of(fix: Fix | None) -> str:
    """Return the mark of a finding with this fix: `[*]` if it is safe, `[~]` if not, no text without a fix."""
    if fix is None:
        return ""
    return "[*]" if fix.safety is Safety.SAFE else "[~]"


def legend(marks: Collection[str], paint: Paint) -> Iterator[str]:
    """Yield the line that explains the marks that were written, if any was."""
    words = [f"{mark} {meaning}" for mark, meaning in MARKS.items() if mark in marks]
    if words:
        yield paint.sentence((), prose(f"{'; '.join(words)}."), 2)


def summary_line(report: Report) -> str:
    """Return the summary as a sentence."""
    return "".join([piece.text for piece in _summary(report)])


def hint_line(report: Report) -> str:
    """Return the command that helps next, or an empty text."""
    return _hint(report.counts) if report.can_fix else ""


def _summary(report: Report) -> list[Piece]:
    summary = report.counts
    failures = counted(len(report.troubles), "failure")
    cards = counted(summary.cards, "card")
    aside = _aside(summary, not_shown=summary.findings - len(report.findings))
    if summary.findings and not summary.cards and not report.troubles:  # about a folder without a card
        return [Piece("Found "), *_found(summary), Piece(f"; no card was checked{aside}.")]
    if summary.findings:
        end = f"{cards}{aside}, and {failures}." if report.troubles else f"{cards}{aside}."
        return [Piece("Found "), *_found(summary), Piece(f" in {end}")]
    if report.troubles:
        begun = f"{cards} checked{aside}, but " if summary.cards else "Nothing was checked: "
        return [Piece(begun), Piece(failures, "error"), Piece(".")]
    if not summary.cards:
        why = "; `--show-files` says why" if summary.skipped else ""
        return [Piece("No card was checked", "warning"), *prose(f"{aside}{why}.")]
    if report.idle:
        return [Piece("No rule is on", "warning"), Piece(f": {cards} read{aside}, but nothing was looked for.")]
    return [Piece("All good:", "good"), Piece(f" {cards} checked{aside}.")]


def _found(summary: Counts) -> Iterator[Piece]:
    counts = (("error", summary.errors), ("warning", summary.warnings), ("note", summary.notes))
    present = [(word, number) for word, number in counts if number]
    for index, (word, number) in enumerate(present):
        if index:
            yield Piece(" and " if index == len(present) - 1 else ", ")
        yield Piece(counted(number, word), word)


def _aside(summary: Counts, *, not_shown: int) -> str:
    """Return what else the summary counts; findings below `min-severity` are not shown."""
    counts = (("not shown", not_shown), ("suppressed", summary.suppressed), ("skipped", summary.skipped))
    words = [f"{number} {word}" for word, number in counts if number]
    if summary.known:
        words = [f"{summary.known} known", f"{summary.findings} new", *words]
    return f" ({', '.join(words)})" if words else ""


def _hint(summary: Counts) -> str:
    safe, unsafe = summary.fixable, summary.fixable_unsafe
    if safe and unsafe:
        return f"Run `cardlint check --fix` to fix {safe} of them; `--unsafe-fixes` fixes {unsafe} more."
    if safe or unsafe:
        command = "cardlint check --fix" if safe else "cardlint check --fix --unsafe-fixes"
        return f"Run `{command}` to fix {_how_many(safe or unsafe, summary.findings)}."
    return ""


def _how_many(fixable: int, findings: int) -> str:
    if fixable < findings:
        return f"{fixable} of them"
    return "it" if findings == 1 else "them all"
