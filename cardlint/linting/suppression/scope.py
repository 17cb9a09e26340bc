"""The scope of a directive: the offsets at which it suppresses findings."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Paragraph
from cardlint.card.yaml.nodes import Mapping, Metadata
from cardlint.card.yaml.nodes import Sequence as Items
from cardlint.linting.suppression.comments import Lines, front_matter_of
from cardlint.linting.suppression.directives import Directive
from cardlint.source import Span

__all__ = ["Reaches", "entries_and_items"]

_NOWHERE = Span(0, 0)
_DEEPEST = 6  # the levels of headings


class Reaches:
    """Computes the scope of each directive of a card; the ends of regions are ignored."""

    def __init__(self, card: Card, directives: Sequence[Directive]) -> None:
        self.card = card
        self.lines = card.source.lines
        self.end = len(card.source.text) + 1  # a finding may be after the last character
        self.passed: set[int] = set()
        self.asked = self.answer = -1
        self.asked_in_yaml = self.answer_in_yaml = -1
        for directive in directives:
            lines = Lines(card.source, directive.comment.span)
            if lines.alone:
                self.passed.update(range(lines.first, lines.last + 1))

    def of(self, directive: Directive) -> Span:
        """Return the span of findings' starts that the directive suppresses."""
        lines = Lines(self.card.source, directive.comment.span)
        match directive.verb:
            case "disable-file":
                return Span(0, self.end)
            case "disable-line" if directive.in_yaml:
                return self._lines(lines.first, lines.last)
            case "disable-line":
                return self._of_lines(lines.first, lines.last)
            case "disable-next-line" if directive.in_yaml:
                below = self._below(lines.last)
                return self._lines(below, below)
            case "disable-next-line":
                on_heading = None if lines.alone else self._sections.get(lines.first)
                below = self._below(lines.last)
                return on_heading or self._of_lines(below, below)
            case "disable" if directive.in_yaml:
                return self._entry_below(lines.first) if lines.alone else self._entry(directive, lines.first)
        return Span(lines.whole.start, self.end)

    def _of_lines(self, first: int, last: int) -> Span:
        """Return the span of some lines; for a heading on one of them, with its section."""
        found = [self._sections[line] for line in range(first, last + 1) if line in self._sections]
        lines = self._lines(first, last)
        return Span(lines.start, max(lines.end, *(section.end for section in found))) if found else lines

    def _lines(self, first: int, last: int) -> Span:
        """Return the span from the start of one line to the end of another; empty if the first does not exist."""
        if first >= len(self.lines):
            return _NOWHERE
        return Span(self.lines[first].start, self.lines[last + 1].start if last + 1 < len(self.lines) else self.end)

    def _below(self, line: int) -> int:
        """Return the next line that is not blank, also inside a quotation, and has more than a directive."""
        if not self.asked <= line < self.answer:  # several comments in a row are about the same line
            self.asked = line
            self.answer = next(filter(self._counts, range(line + 1, len(self.lines))), len(self.lines))
        return self.answer

    def _counts(self, index: int) -> bool:
        return index not in self.passed and bool(self.card.source.slice(self.lines[index]).strip(" \t>"))

    def _entry(self, directive: Directive, line: int) -> Span:
        """Return the scope of a comment after a value in YAML: its line, and the last entry that begins on it."""
        units = [unit for unit in self._units.get(line, ()) if unit.start < directive.comment.span.start]
        # of `- name: x` the entry, not the item: the last one to begin, and of two such the first to end
        return self._with(line, max(units, key=lambda unit: (unit.start, -unit.end), default=None))

    def _entry_below(self, line: int) -> Span:
        """Return the scope of a comment above a line of YAML: of `- name: x` the item with all its entries."""
        below = self._below_in_yaml(line)
        units = self._units.get(below, ())
        return self._with(below, min(units, key=lambda unit: (unit.start, -unit.end), default=None))

    def _with(self, line: int, unit: Span | None) -> Span:
        last = self.card.source.line_index(max(unit.end - 1, unit.start)) if unit else line
        return self._lines(line, max(line, last))

    def _below_in_yaml(self, line: int) -> int:
        """Return the next line of YAML that is neither blank nor a comment."""
        if not self.asked_in_yaml <= line < self.answer_in_yaml:  # as in `_below`
            self.asked_in_yaml = line
            self.answer_in_yaml = next(filter(self._has_yaml, range(line + 1, self._end_of_yaml)), len(self.lines))
        return self.answer_in_yaml

    def _has_yaml(self, index: int) -> bool:
        text = self.card.source.slice(self.lines[index]).strip()
        return bool(text) and not text.startswith("#")

    @cached_property
    def _end_of_yaml(self) -> int:
        """The first line below the front matter."""
        return bisect_right(self.lines.starts, self._metadata.span.end)

    @cached_property
    def _metadata(self) -> Metadata:
        return front_matter_of(self.card)

    @cached_property
    def _sections(self) -> dict[int, Span]:
        """The section of each heading, by every line of the heading; it ends where a heading of its level begins."""
        sections: dict[int, Span] = {}
        end_below = [self.end] * (_DEEPEST + 1)
        for section in reversed(self.card.sections):
            if isinstance(section.heading, Paragraph):  # a bold line
                continue
            heading = section.heading.span
            first, last = map(self.card.source.line_index, (heading.start, max(heading.end - 1, heading.start)))
            span = Span(heading.start, end_below[section.level])
            sections.update(dict.fromkeys(range(first, last + 1), span))
            end_below[section.level :] = [heading.start] * (_DEEPEST + 1 - section.level)
        return sections

    @cached_property
    def _units(self) -> dict[int, list[Span]]:
        """The entries and items of the front matter, by the line on which they begin."""
        units = defaultdict(list)
        for span in entries_and_items(self._metadata):
            units[self.card.source.line_index(span.start)].append(span)
        return units


def entries_and_items(metadata: Metadata) -> Iterator[Span]:
    """Yield the span of every entry of a mapping, and of every item of a list, except empty ones."""
    for node in metadata.walk():
        match node:
            case Mapping(entries=entries):
                yield from (entry.span for entry in entries)
            case Items(items=items):
                yield from (item.span for item in items if len(item.span))
