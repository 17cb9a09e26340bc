"""Chooses which fixes go together, and applies edits to a text."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from cardlint.finding import Edit, Finding, Fix, Safety
from cardlint.source import LINE_END

__all__ = ["apply", "choose", "clash", "fit", "select"]

_LONE_LINE_FEED = re.compile(r"(?<!\r)\n")


def choose(findings: Iterable[Finding], safeties: Collection[Safety]) -> list[Edit]:
    """The edits of one round, in the order of the text: those of the fixes that `select` takes."""
    return sorted(edit for finding in select(findings, safeties) for edit in _edits(finding))


def select(findings: Iterable[Finding], safeties: Collection[Safety]) -> list[Finding]:
    """The findings of one card whose fixes are applied together, earlier ones first.

    A fix is taken whole or not at all: not where one of its edits clashes with an edit of a finding before it, which
    leaves it to the next round. One that changes nothing, leaves the text or clashes with itself is never taken.
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
    """The text after all edits, whose spans point into `text` as it is; what no edit covers stays as it is.

    A line feed in an edit becomes CRLF in a text whose line ends are mostly that.

    Raises:
        ValueError: two edits share a character or insert at one place, or one leaves the text.
    """
    ordered = fit(text, edits)
    if not _is_apart(ordered, len(text)):
        raise ValueError("the edits overlap or leave the text")
    parts: list[str] = []
    done = 0
    for edit in ordered:
        parts += (text[done : edit.span.start], edit.text)
        done = edit.span.end
    return "".join((*parts, text[done:]))


def fit(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """The edits in the order of the text, with the line ends that the text has."""
    ordered = sorted(edits)
    if not any("\n" in edit.text for edit in ordered) or not _has_crlf(text):
        return ordered
    return [Edit(edit.span, _LONE_LINE_FEED.sub("\r\n", edit.text)) for edit in ordered]


def clash(one: Edit, other: Edit) -> bool:
    """Whether edits of two fixes cannot go together.

    They share a character, or one inserts inside the other or at its edge: what is inserted there was meant for a
    neighbour that is about to change.
    """
    if len(one.span) and len(other.span):
        return one.span.overlaps(other.span)
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def _edits(finding: Finding) -> tuple[Edit, ...]:
    fix = finding.problem.fix
    return fix.edits if fix else ()


def _joins(taken: list[Edit], edits: Sequence[Edit]) -> bool:
    """Put `edits` among those that are taken, which stand in order, unless one of them clashes."""
    for edit in edits:
        index = bisect_left(taken, edit)
        # neighbours are enough: what is taken does not overlap itself, and only an insert may touch its edge
        if any(clash(edit, other) for other in taken[max(index - 2, 0) : index + 2]):
            return False
    for edit in edits:
        insort(taken, edit)
    return True


def _is_sound(fix: Fix, text: str) -> bool:
    edits = fit(text, fix.edits)
    return _is_apart(edits, len(text)) and any(text[edit.span.start : edit.span.end] != edit.text for edit in edits)


def _is_apart(ordered: Sequence[Edit], length: int) -> bool:
    """Whether sorted edits lie in a text of this length, share nothing and insert at different places."""
    done = 0
    last = None
    for edit in ordered:
        if not done <= edit.span.start <= edit.span.end <= length or edit.span == last:
            return False
        done, last = edit.span.end, edit.span
    return True


@lru_cache(maxsize=2)  # asked for every fix of a card
def _has_crlf(text: str) -> bool:
    """Whether CRLF is the most frequent of the regular line ends; where there is none, whether it was."""
    if "\r\n" not in text:
        return False
    ends = [match[0] for match in LINE_END.finditer(text)]
    lf, crlf = ends.count("\n"), ends.count("\r\n")
    return crlf > lf if lf or crlf else ends.count("\r\r\n") > ends.count("\r")
