"""Merge conflicts that were committed, anywhere in a card."""

from __future__ import annotations

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.source import Source, Span

__all__ = ["Conflict", "find_conflicts"]

# Git writes seven characters and a label; the line between the sides has no label.
_OPENING = LazyPattern(r"<{7}(?: (?P<label>.*))?$")
_PARTING = LazyPattern(r"={7}[ \t]*$")
_CLOSING = LazyPattern(r">{7}(?: (?P<label>.*))?$")


class Conflict(Struct, frozen=True):
    """The three marker lines of a conflict and the labels that Git gives its sides (empty if there are none)."""

    opening: Span
    parting: Span
    closing: Span
    ours: str
    theirs: str

    @property
    def span(self) -> Span:
        """The span from the opening marker to the end of the closing one."""
        return Span(self.opening.start, self.closing.end)


def find_conflicts(source: Source) -> tuple[Conflict, ...]:
    """Find every conflict whose markers are at line starts and in their order, in code too."""
    if "<<<<<<<" not in source.text or ">>>>>>>" not in source.text:
        return ()
    conflicts: list[Conflict] = []
    opening: tuple[Span, str] | None = None
    parting: Span | None = None
    for span in source.lines:
        if not source.text.startswith(("<<<<<<<", "=======", ">>>>>>>"), span.start):
            continue
        line = source.slice(span)
        if match := _OPENING.match(line):
            opening, parting = (span, match["label"] or ""), None
        elif opening and parting is None and _PARTING.match(line):
            parting = span
        elif match := _CLOSING.match(line):
            if opening and parting:
                conflicts.append(
                    Conflict(opening[0], parting, span, opening[1].strip(), (match["label"] or "").strip())
                )
            opening = parting = None
    return tuple(conflicts)
