"""The places of a finding: those that are drawn, their lines, and the frames that they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from cardlint.finding import Finding
from cardlint.reporters.masking import Mask
from cardlint.source import BYTE_ORDER_MARK, Source, Span

__all__ = ["MOST_LINES", "Layout", "Place", "are_many", "is_about_card", "layout", "places_of"]

MOST_LINES = 8
"""The most lines of source that are shown for a finding."""

MOST_PLACES = 8  # the most places that are drawn; all of them may be on one line
NEAR = 6  # places with at most this many lines between them share a frame
OPENING = ("", "---")  # what a finding marks at the start of a card if it is about the whole
BLANK = f" \t\r\n{BYTE_ORDER_MARK}"
TALL = 4  # a place with at most this many lines is shown completely


class Place(Struct, frozen=True, dict=True):
    """A span that is drawn, primary or related, and the text beside it."""

    source: Source
    span: Span
    role: str
    label: str = ""
    primary: bool = False

    @cached_property
    def first(self) -> int:
        """The index of the first line."""
        return self.source.line_index(self.span.start)

    @cached_property
    def last(self) -> int:
        """The index of the last line with more than white space."""
        text = self.source.slice(self.span)
        return self.source.line_index(self.span.start + max(len(text.rstrip()) - 1, 0))

    @cached_property
    def lines(self) -> list[int]:
        """The indices of the lines that are shown: the first two and the last, or all of a few."""
        if self.last - self.first < TALL:
            return list(range(self.first, self.last + 1))
        return [self.first, self.first + 1, self.last]

    @property
    def tall(self) -> bool:
        return self.last > self.first

    def columns_on(self, line: Span) -> Span:
        """Return the part of a line that the place covers, in characters from the line's start."""
        start = min(max(self.span.start - line.start, 0), len(line))
        return Span(start, max(min(self.span.end - line.start, len(line)), start))


class Layout(Struct, frozen=True):
    """The places by frame, those that are only named, and the number of lines left for context."""

    frames: list[list[Place]]
    named: list[Place]
    spare: int

    @property
    def last_line(self) -> int:
        """The highest line number that can appear in the margin."""
        return max(min(place.last + 2, len(place.source.lines)) for frame in self.frames for place in frame)


def layout(finding: Finding, mask: Mask) -> Layout:
    """Choose the places of a finding that are drawn; of many in one card, only the first."""
    places = places_of(finding, mask)
    alone = are_many(places[1:])
    drawn, named = (places[:1], places[1:]) if alone else _within_budget(places)
    return Layout(_by_frame(drawn), named, MOST_LINES - _height(drawn))


def are_many(places: Sequence[Place]) -> bool:
    """Return True for so many places of one source that only their lines are named."""
    return len(places) >= MOST_PLACES and len({id(place.source) for place in places}) == 1


def is_about_card(finding: Finding) -> bool:
    """Return True if a finding is about the whole card: it marks the start for what is missing."""
    if _is_opening(finding.source, finding.span):
        return True
    starts = finding.source.slice(finding.span) in OPENING or not finding.source.text[: finding.span.start].strip(BLANK)
    return starts and finding.rule.name.startswith("missing-")


def _is_opening(source: Source, span: Span) -> bool:
    """Return True for an empty place or the opening fence at the very start: it means the metadata or the card."""
    return source.slice(span) in OPENING and not source.text[: span.start].strip(BYTE_ORDER_MARK)


def places_of(finding: Finding, mask: Mask) -> list[Place]:
    """Return the primary place of a finding, then the related ones, without one that only means the metadata."""
    places = [Place(finding.source, _clamped(finding.source, finding.span), finding.severity.label, primary=True)]
    for related in finding.problem.related:
        source = related.source or finding.source
        if source is finding.source and _is_opening(source, related.span):
            continue
        places.append(Place(source, _clamped(source, related.span), "related", mask.text(related.message)))
    return places


def _clamped(source: Source, span: Span) -> Span:
    start = min(max(span.start, 0), len(source.text))
    return Span(start, min(max(span.end, start), len(source.text)))


def _within_budget(places: Sequence[Place]) -> tuple[list[Place], list[Place]]:
    drawn: list[Place] = []
    named: list[Place] = []
    for place in places:
        fits = len(drawn) < MOST_PLACES and _height([*drawn, place]) <= MOST_LINES
        (drawn if fits else named).append(place)
    return drawn, named


def _height(places: Iterable[Place]) -> int:
    return len({(id(place.source), line) for place in places for line in place.lines})


def _by_frame(places: Sequence[Place]) -> list[list[Place]]:
    """Group the places by frame: that of the primary place first, then in the order of their files."""
    groups: list[list[Place]] = []
    order = {id(place.source): index for index, place in reversed(list(enumerate(places)))}
    for place in sorted(places, key=lambda place: (order[id(place.source)], place.first, place.last)):
        near = groups and groups[-1][0].source is place.source
        if near and place.first - max(other.last for other in groups[-1]) <= NEAR:
            groups[-1].append(place)
        else:
            groups.append([place])
    return sorted(groups, key=lambda group: not any(place.primary for place in group))
