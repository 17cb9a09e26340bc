"""A card divided into rows, so that each finding is next to the text that it refers to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Block
from cardlint.finding import Finding
from cardlint.reporters.html.drawing import Drawing
from cardlint.reporters.html.highlight import Ink, Mark
from cardlint.source import Span

__all__ = ["Row", "Sheet"]


class Row(Struct, frozen=True):
    """A part of the card as HTML, the CSS class of its row, and the indices of the findings that begin in it."""

    kind: str
    drawn: str
    notes: tuple[int, ...]


class _Part(Struct, frozen=True):
    """Lines of the front matter (if `block` is None) or a block; `span` is its place in the file."""

    span: Span
    lines: range
    block: Block | None = None


class Sheet:
    """The rows of one card; `number` is the number of findings in the cards before it."""

    def __init__(self, card: Card, findings: Sequence[Finding], number: int) -> None:
        self.card = card
        self.findings = findings
        self.parts = sorted([*self._front_matter(), *self._blocks()], key=lambda part: part.span)
        self.parts = self.parts or [_Part(Span(0, 0), range(0))]
        self.starts = [part.span.start for part in self.parts]
        self.beginning: list[list[int]] = [[] for _ in self.parts]
        self.marked: list[list[Mark]] = [[] for _ in self.parts]
        self.covered: list[str] = [""] * len(self.parts)
        for index, finding in enumerate(findings):
            self.beginning[self._part_at(finding.span.start)].append(index)
            self._mark(Mark(finding.span, finding.severity.label, number + index))
        for finding in findings:
            for related in finding.problem.related:
                if related.source is None or related.source.path == card.original.path:
                    self._mark(Mark(related.span, "related", None))

    def rows(self) -> Iterator[Row]:
        """Yield every part as a row of HTML."""
        for part, notes, marks, covered in zip(self.parts, self.beginning, self.marked, self.covered, strict=True):
            ink = Ink(self.card, marks)
            if part.block is None:
                kind, drawn = "row yaml", self._yaml(part, ink)
            else:
                line = self.card.original.line_index(part.span.start)
                kind, drawn = "row", f"{self._number(line)}{Drawing(self.card, ink).block(part.block)}"
            # a mark without visible text, for instance for a missing line, is an empty element
            yield Row(f"{kind}{covered}", ink.unused() + drawn, tuple(notes))

    def _mark(self, mark: Mark) -> None:
        """Mark a text inside one part; a longer text is marked at the edge of its parts."""
        length = len(self.card.original.slice(mark.span).rstrip())
        first = self._part_at(mark.span.start)
        last = self._part_at(mark.span.start + max(length - 1, 0))
        if first == last:
            self.marked[first].append(mark)
            return
        self.marked[first].append(Mark(Span(mark.span.start, mark.span.start), mark.kind, mark.number))
        for index in range(first, last + 1):
            if not self.covered[index] and mark.kind != "related":
                self.covered[index] = f" covered {mark.kind}"

    def _part_at(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _front_matter(self) -> Iterator[_Part]:
        """Yield the lines of the front matter; each line in which a finding begins is a part of its own."""
        source, span = self.card.source, self.card.front_matter.span
        if not len(span):
            return
        first, last = source.line_index(span.start), source.line_index(max(span.end - 1, span.start))
        cuts = {first, last + 1}
        if self.card.recovery is None:
            begun = {source.line_index(finding.span.start) for finding in self.findings}
            cuts |= {cut for line in begun if first <= line <= last for cut in (line, line + 1)}
        for start, end in pairwise(sorted(cuts)):
            whole = Span(source.lines.starts[start], source.lines.ends[end - 1])
            yield _Part(self.card.locate(whole), range(start, end))

    def _blocks(self) -> Iterator[_Part]:
        for block in self.card.body.blocks:
            yield _Part(self.card.locate(block.span), range(0), block)

    def _yaml(self, part: _Part, ink: Ink) -> str:
        source = self.card.source
        rows = (
            f"{self._number(line)}{ink.text(source.slice(source.lines[line]), source.lines[line])}\n"
            for line in part.lines
        )
        return f"<pre>{''.join(rows)}</pre>"

    def _number(self, line: int) -> str:
        """Return the number of a line, or nothing for a card that has lost its lines."""
        return f'<span class="line">{line + 1}</span>' if self.card.recovery is None else ""
