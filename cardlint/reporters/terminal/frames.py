"""The lines of a card that a finding refers to, with labels drawn below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cardlint.finding import Finding
from cardlint.reporters.masking import Mask
from cardlint.reporters.terminal.cells import Glyph, view
from cardlint.reporters.terminal.gutter import Margin, window
from cardlint.reporters.terminal.layout import Layout, Place, are_many, places_of
from cardlint.reporters.terminal.styling import Paint, Piece
from cardlint.reporters.terminal.underlines import by_weight, drawings
from cardlint.source import Span
from cardlint.wording import line_ranges

__all__ = ["frames", "named_places"]

MOST_LISTED = 4  # the places without a frame that are named


def frames(layout: Layout, margin: Margin, mask: Mask) -> Iterator[str]:
    """Yield the lines of all frames of a finding, and the names of the places without a frame."""
    spare = layout.spare
    for places in layout.frames:
        frame = Frame(places, margin, mask, spare)
        if places is not layout.frames[0]:
            yield margin.row()
        spare -= frame.extra
        yield from frame.draw()
    yield from _named(layout.named, margin, mask)


def named_places(finding: Finding, margin: Margin, mask: Mask) -> Iterator[str]:
    """Yield the names of the related places of a finding that has no place of its own."""
    yield from _named([place for place in places_of(finding, mask) if not place.primary], margin, mask)


def _named(places: Sequence[Place], margin: Margin, mask: Mask) -> Iterator[str]:
    if are_many(places):
        lines = line_ranges(place.first + 1 for place in places)
        yield margin.remark("", [Piece(f"{len(places)} more places in {lines}")])
        return
    for place in places[:MOST_LISTED]:
        words = margin.paint.prose(place.label)
        yield margin.arrow(":::", [*_address(place, margin.paint, mask), Piece(": " if words else ""), *words])
    if len(places) > MOST_LISTED:
        yield margin.arrow(":::", [Piece(f"... and {len(places) - MOST_LISTED} more places")])


def _address(place: Place, paint: Paint, mask: Mask) -> list[Piece]:
    position = place.source.position(place.span.start)
    return [Piece(f"{paint.clean(mask.text(place.source.path))}:{position.line}:{position.column}")]


class Frame:
    """Places of one source that are drawn together, with up to `spare` more lines around them."""

    def __init__(self, places: list[Place], margin: Margin, mask: Mask, spare: int) -> None:
        self.places = places
        self.source = places[0].source
        self.margin = margin
        self.mask = mask
        self.bars = any(place.tall for place in places)
        self.room = margin.room - (2 if self.bars else 0)
        marked = sorted({line for place in places for line in place.lines})
        self.lines = self._with_context(marked, spare)
        self.extra = len(self.lines) - len(marked)

    def draw(self) -> Iterator[str]:
        paint = self.margin.paint
        primary = next((place for place in self.places if place.primary), None)
        yield self.margin.arrow("-->" if primary else ":::", _address(primary or self.places[0], paint, self.mask))
        yield self.margin.row()
        before = self.lines[0] - 1
        for line in self.lines:
            if line - before > 1:
                yield self.margin.gap()
            yield from self._line(line)
            before = line

    def _with_context(self, marked: list[int], spare: int) -> list[int]:
        """Return the marked lines with small gaps between them filled, and their neighbours if there is room."""
        shown = list(marked)
        for above, below in pairwise(marked):
            gap = range(above + 1, below)
            if len(gap) <= min(2, spare):
                shown += gap
                spare -= len(gap)
        for neighbour in (marked[0] - 1, marked[-1] + 1):
            if spare > 0 and self._worth_showing(neighbour):
                shown.append(neighbour)
                spare -= 1
        return sorted(shown)

    def _worth_showing(self, line: int) -> bool:
        if not 0 <= line < len(self.source.lines):
            return False
        span = self.source.lines[line]
        return len(span) <= self.room and bool(self.source.slice(span).strip())

    def _line(self, line: int) -> Iterator[str]:
        """Yield a line of source with its drawings, once for each window that its places need."""
        span = self.source.lines[line]
        text = self.mask.slice(self.source, span)
        here = [place for place in self.places if self._underlined(place, line)]
        for group in self._windows(here, text, span) or [[]]:
            yield from self._window(line, span, text, group)
        for place in self.places:
            if place.tall and place.label and place.last == line:
                words = self.margin.paint.prose(place.label, place.role)
                yield self.margin.row([Piece(self.margin.paint.glyphs.corner, place.role), *words])

    def _window(self, line: int, span: Span, text: str, places: list[Place]) -> Iterator[str]:
        columns = [place.columns_on(span) for place in places]
        shown = view(text, _around(columns), self.room - 1, self.margin.paint.glyphs)
        marks = [
            (place, *shown.columns(column.start, column.end)) for place, column in zip(places, columns, strict=True)
        ]
        covered = any(place.first <= line <= place.last for place in self.places)
        plain = "" if covered else "frame"  # a line of context is dimmed
        colored = [(start, end, place.role) for place, start, end in by_weight(marks)]

        def role_of(glyph: Glyph) -> str:
            for start, end, role in colored:
                if start <= glyph.column < end:
                    return role
            return plain

        yield self.margin.row([*self._bar(line), *window(shown, role_of)], line + 1)
        for row in drawings(marks, self.room, self.margin.paint):
            yield self.margin.row([*self._bar(line), *row])

    def _underlined(self, place: Place, line: int) -> bool:
        """Return True if a place is underlined on a line; one of several lines only if it begins inside the first."""
        if not place.tall or place.first != line:
            return place.first == line
        span = self.source.lines[line]
        return bool(self.source.text[span.start : place.span.start].strip())

    def _windows(self, places: list[Place], text: str, line: Span) -> list[list[Place]]:
        """Group the places of a line by the window that they fit into."""
        groups: list[list[Place]] = []
        for place in sorted(places, key=lambda place: place.span):
            if groups and self._fits([*groups[-1], place], text, line):
                groups[-1].append(place)
            else:
                groups.append([place])
        return groups

    def _fits(self, places: list[Place], text: str, line: Span) -> bool:
        cover = _around([place.columns_on(line) for place in places])
        if len(cover) > self.room and len(text) > 4 * self.room:
            return False
        whole = view(text, cover, self.room - 1, self.margin.paint.glyphs)
        return not whole.cut or (
            bool(whole.glyphs) and whole.glyphs[0].start <= cover.start and cover.end <= whole.glyphs[-1].end
        )

    def _bar(self, line: int) -> list[Piece]:
        """Return the mark beside a line that a place of several lines covers."""
        if not self.bars:
            return []
        covering = [place for place in self.places if place.tall and place.first <= line <= place.last]
        if not covering:
            return [Piece("  ")]
        place = next((place for place in covering if place.primary), covering[0])
        glyphs = self.margin.paint.glyphs
        return [Piece(glyphs.thick if place.primary else glyphs.bar, place.role), Piece(" ")]


def _around(spans: Sequence[Span]) -> Span:
    """Return the span that covers all spans; empty at 0 if there are none."""
    start = min((span.start for span in spans), default=0)
    return Span(start, max((span.end for span in spans), default=start))
