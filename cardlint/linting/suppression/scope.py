"""How far a directive reaches: the offsets at which a finding may begin that it silences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Mapping, Metadata
from cardlint.card.yaml.nodes import Sequence as Items
from cardlint.linting.suppression.comments import Lines, front_matter_of
from cardlint.linting.suppression.directives import Directive
from cardlint.source import Span

__all__ = ["Reaches"]

_NOWHERE = Span(0, 0)


class Reaches:
    """Works out the reach of each directive of a card; what ends a region is not looked at."""

    def __init__(self, card: Card, directives: Sequence[Directive]) -> None:
        self.card = card
        self.lines = card.source.lines
        self.end = len(card.source.text) + 1  # a finding may stand behind the last character
        self.passed: set[int] = set()
        self.asked = self.answer = -1
        for directive in directives:
            lines = Lines(card.source, directive.comment.span)
            if lines.alone:
                self.passed.update(range(lines.first, lines.last + 1))

    def of(self, directive: Directive) -> Span:
        """Where a finding begins that the directive silences."""
        lines = Lines(self.card.source, directive.comment.span)
        match directive.verb:
            case "disable-file":
                return Span(0, self.end)
            case "disable-line":
                return self._lines(lines.first, lines.last)
            case "disable-next-line":
                below = self._below(lines.last)
                return self._lines(below, below)
            case "disable" if directive.in_yaml:
                return self._entry_below(lines.first) if lines.alone else self._entry(directive, lines.first)
        return Span(lines.whole.start, self.end)

    def _lines(self, first: int, last: int) -> Span:
        """From the start of a line to the start of the one behind another; nothing where there is no such line."""
        if first >= len(self.lines):
            return _NOWHERE
        return Span(self.lines[first].start, self.lines[last + 1].start if last + 1 < len(self.lines) else self.end)

    def _below(self, line: int) -> int:
        """The next line that is neither blank, also in a quotation, nor nothing but a directive."""
        if not self.asked <= line < self.answer:  # a stack of comments is about one line
            self.asked = line
            self.answer = next(filter(self._counts, range(line + 1, len(self.lines))), len(self.lines))
        return self.answer

    def _counts(self, index: int) -> bool:
        return index not in self.passed and bool(self.card.source.slice(self.lines[index]).strip(" \t>"))

    def _entry(self, directive: Directive, line: int) -> Span:
        """What a comment in YAML stands behind: its line, and the value that the last entry on it opens."""
        units = [unit for unit in self._units.get(line, ()) if unit.start < directive.comment.span.start]
        # of `- name: x` the entry and not the item: the last to begin, and of two such the first to end
        return self._with(line, max(units, key=lambda unit: (unit.start, -unit.end), default=None))

    def _entry_below(self, line: int) -> Span:
        """What begins on the next line of the YAML: of `- name: x` the item with all its entries."""
        below = self._below_in_yaml(line)
        units = self._units.get(below, ())
        return self._with(below, min(units, key=lambda unit: (unit.start, -unit.end), default=None))

    def _with(self, line: int, unit: Span | None) -> Span:
        last = self.card.source.line_index(max(unit.end - 1, unit.start)) if unit else line
        return self._lines(line, max(line, last))

    def _below_in_yaml(self, line: int) -> int:
        for index in range(line + 1, len(self.lines)):
            span = self.lines[index]
            if span.start > self._metadata.span.end:
                break
            text = self.card.source.slice(span).strip()
            if text and not text.startswith("#"):
                return index
        return len(self.lines)

    @cached_property
    def _metadata(self) -> Metadata:
        return front_matter_of(self.card)

    @cached_property
    def _units(self) -> dict[int, list[Span]]:
        """The entries and items of the front matter by the line they begin on."""
        units = defaultdict(list)
        for span in _entries_and_items(self._metadata):
            units[self.card.source.line_index(span.start)].append(span)
        return units


def _entries_and_items(metadata: Metadata) -> Iterator[Span]:
    for node in metadata.walk():
        match node:
            case Mapping(entries=entries):
                yield from (entry.span for entry in entries)
            case Items(items=items):
                yield from (item.span for item in items if len(item.span))
