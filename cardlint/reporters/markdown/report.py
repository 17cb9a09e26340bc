"""A report as Markdown, for a comment on a pull request and for the summary of a GitHub job."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TextIO

from cardlint.finding import Finding, Severity
from cardlint.linting.results import Trouble
from cardlint.reporters.budget import within
from cardlint.reporters.machine.paths import from_root, uri
from cardlint.reporters.markdown.escaping import block, code, prose
from cardlint.reporters.masking import Mask, masked
from cardlint.reporters.report import Report, Style
from cardlint.reporters.terminal.cells import UNICODE, clean
from cardlint.reporters.terminal.difference import compare
from cardlint.reporters.terminal.summary_text import hint_line, summary_line
from cardlint.source import HUB
from cardlint.wording import counted

__all__ = ["write"]

ROOM = 50_000
"""The characters for findings: a comment on GitHub holds 65,536, and fixes follow."""

ROOM_FOR_FIXES = 10_000
LONGEST = 600  # the characters shown of a message
WIDEST = 160  # the characters shown of a changed line
_SIGNS = {Severity.ERROR: "❌ error", Severity.WARNING: "⚠️ warning", Severity.NOTE: "ℹ️ note"}


def write(report: Report, stream: TextIO, _style: Style) -> None:
    """Write the summary, a table for each card, and the changes of the fixes."""
    mask = report.mask()
    rows = [_row(finding, mask) for finding in report.findings]
    chosen = within(report.findings, _sizes(report.findings, rows), ROOM)
    stream.write(f"### cardlint\n\n{prose(summary_line(report))}\n")
    if report.troubles:
        stream.write("\nFailures:\n\n")
        stream.writelines(_trouble(trouble, mask) for trouble in report.troubles)
    for path, indices in groupby(chosen, key=lambda index: report.findings[index].source.path):
        stream.write(_heading(mask.text(path)))
        stream.writelines(rows[index] for index in indices)
    left_out = len(rows) - len(chosen)
    if left_out:
        report.left_out.append(
            f"the markdown report leaves {counted(left_out, 'finding')} out, none of them more severe: "
            "a comment has no room for them"
        )
        stream.write(f"\nNot shown: {counted(left_out, 'more finding')}, none more severe.\n")
    stream.writelines(_fixes([report.findings[index] for index in chosen], mask))
    hint = "" if report.quiet else hint_line(report)
    if hint:
        stream.write(f"\n{prose(hint)}\n")


def _trouble(trouble: Trouble, mask: Mask) -> str:
    return f"- {code(mask.text(trouble.path))}: {prose(mask.text(trouble.message))}\n"


def _heading(path: str) -> str:
    return f"\n#### {code(path)}\n\n| | line | finding |\n|---|---:|---|\n"


def _sizes(findings: Sequence[Finding], rows: Sequence[str]) -> list[int]:
    """Return the size of each row, with the card's heading if the row is the first of its card to be chosen."""
    sizes = [len(row) for row in rows]
    first: dict[str, int] = {}
    for index, finding in enumerate(findings):
        best = first.setdefault(finding.source.path, index)
        if finding.severity > findings[best].severity:
            first[finding.source.path] = index
    for path, index in first.items():
        sizes[index] += len(_heading(path))
    return sizes


def _row(finding: Finding, mask: Mask) -> str:
    problem = finding.problem
    parts = [prose(_short(mask.text(problem.message)))]
    advice, *lines = mask.text(problem.help).split("\n")
    if advice:
        parts.append(f"<sub>{prose(_short(advice))}</sub>")
    if lines:
        parts.append(block(lines))
    line = finding.source.position(finding.span.start).line
    name = code(finding.rule.name)
    return f"| {_SIGNS[finding.severity]} | {_link(finding, line)} | {name} {'<br>'.join(parts)} |\n"


def _link(finding: Finding, line: int) -> str:
    """Return the line's number; in a GitHub job it is a link to the line."""
    server, repository, commit = (os.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    path = from_root(finding.source.path, "GITHUB_WORKSPACE")
    is_linked = server and repository and commit and not path.startswith(("/", HUB)) and not Path(path).is_absolute()
    if not is_linked or masked(path) != path:
        return str(line)
    return f"[{line}]({server}/{repository}/blob/{commit}/{_in_link(path)}?plain=1#L{line})"


def _in_link(path: str) -> str:
    return uri(path).replace("(", "%28").replace(")", "%29")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _fixes(findings: list[Finding], mask: Mask) -> Iterator[str]:
    """Yield the changes of the fixes, folded, as far as there is room."""
    fixable = [finding for finding in findings if finding.problem.fix]
    shown = [_fix(finding, mask) for finding in fixable]
    kept = within(fixable, [len(text) for text in shown], ROOM_FOR_FIXES)
    if not kept:
        return
    more = f" (of {len(shown)})" if len(kept) < len(shown) else ""
    yield f"\n<details>\n<summary>{counted(len(kept), 'fix')}{more}</summary>\n"
    for index in kept:
        yield shown[index]
    yield "\n</details>\n"


def _fix(finding: Finding, mask: Mask) -> str:
    fix = finding.problem.fix
    assert fix is not None
    compared = compare(finding, fix, mask)
    lines = [f"{row.sign} {_around(clean(row.text, UNICODE), row.change.start)}\n" for row in compared.rows]
    if compared.hidden:
        lines.append(f"  ... {counted(compared.hidden, 'more line')}\n")
    fence = "`" * max(3, *(len(run) + 1 for line in lines for run in re.findall("`+", line)), 3)
    title = f"{code(mask.text(finding.source.path))}: {prose(mask.text(fix.title))} ({fix.safety.value})"
    return f"\n{title}\n\n{fence}diff\n{''.join(lines)}{fence}\n"


def _around(text: str, place: int) -> str:
    if len(text) <= WIDEST:
        return text
    start = max(0, min(place - WIDEST // 2, len(text) - WIDEST))
    end = start + WIDEST
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
