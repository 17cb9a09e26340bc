"""Choosing fixes that can be applied together, and applying edits to a text."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from cardlint.finding import Edit, Finding, Fix, Safety
from cardlint.source import LINE_END

__all__ = ["apply", "compatible_edits", "compatible_fixes", "conflict", "with_line_ends"]

_LONE_LINE_FEED = re.compile(r"(?<!\r)\n")


def compatible_edits(findings: Iterable[Finding], safeties: Collection[Safety]) -> list[Edit]:
    """Return the edits of one round in the order of the text: those of the fixes that `compatible_fixes` returns."""
    return sorted(edit for finding in compatible_fixes(findings, safeties) for edit in _edits(finding))


def compatible_fixes(findings: Iterable[Finding], safeties: Collection[Safety]) -> list[Finding]:
    """Return the findings of one card whose fixes can be applied together; earlier findings take precedence.

    A fix is applied completely or not at all. If one of its edits conflicts with an edit of an earlier finding, it has
    to wait for the next round. A fix that changes nothing, has edits outside of the text or conflicts with itself is
    never returned.
    """
    taken: list[Finding] = []
    edits: list[Edit] = []
    for finding in findings:
        fix = finding.problem.fix
        if fix is None or fix.safety not in safeties or not _is_sound(fix, finding.source.text):
            continue
        if _joins(edits, fix.edits):
            taken.append(finding)
    return taken


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after all edits, whose spans refer to `text` before the edits.

    A line feed in an edit becomes CRLF if most line ends of the text are CRLF.

    Raises:
        ValueError: two edits overlap or insert at the same place, or one is outside of the text.
    """
    ordered = with_line_ends(text, edits)
    if not _is_apart(ordered, len(text)):
        raise ValueError("the edits overlap or are outside of the text")
    parts: list[str] = []
    done = 0
    for edit in ordered:
        parts += (text[done : edit.span.start], edit.text)
        done = edit.span.end
    return "".join((*parts, text[done:]))


def with_line_ends(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits in the order of the text, with the line ends of the text."""
    ordered = sorted(edits)
    if not any("\n" in edit.text for edit in ordered) or not _has_crlf(text):
        return ordered
    return [Edit(edit.span, _LONE_LINE_FEED.sub("\r\n", edit.text)) for edit in ordered]


def conflict(one: Edit, other: Edit) -> bool:
    """Return True if edits of two fixes cannot be applied together.

    They overlap, or one inserts text inside the other or next to it, where the text is about to change.
    """
    if len(one.span) and len(other.span):
        return one.span.overlaps(other.span)
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def _edits(finding: Finding) -> tuple[Edit, ...]:
    fix = finding.problem.fix
    return fix.edits if fix else ()


def _joins(taken: list[Edit], edits: Sequence[Edit]) -> bool:
    """Insert `edits` into the sorted list `taken` and return True, unless one of them conflicts."""
    for edit in edits:
        index = bisect_left(taken, edit)
        # only neighbours can conflict, since the taken edits do not overlap
        if any(conflict(edit, other) for other in taken[max(index - 2, 0) : index + 2]):
            return False
    for edit in edits:
        insort(taken, edit)
    return True


def _is_sound(fix: Fix, text: str) -> bool:
    edits = with_line_ends(text, fix.edits)
    return _is_apart(edits, len(text)) and any(text[edit.span.start : edit.span.end] != edit.text for edit in edits)


def _is_apart(ordered: Sequence[Edit], length: int) -> bool:
    """Return True if sorted edits are inside a text of this length, do not overlap and insert at different places."""
    done = 0
    last = None
    for edit in ordered:
        if not done <= edit.span.start <= edit.span.end <= length or edit.span == last:
            return False
        done, last = edit.span.end, edit.span
    return True


@lru_cache(maxsize=2)  # called for every fix of a card
def _has_crlf(text: str) -> bool:
    """Return True if CRLF is more frequent than LF; without both, if CR CR LF is more frequent than CR."""
    if "\r\n" not in text:
        return False
    ends = [match[0] for match in LINE_END.finditer(text)]
    lf, crlf = ends.count("\n"), ends.count("\r\n")
    return crlf > lf if lf or crlf else ends.count("\r\r\n") > ends.count("\r")
