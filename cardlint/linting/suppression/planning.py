"""The comments that suppress many findings of a card together: their places, and the edits that write them.

A comment is as close to its findings as its surroundings let it be. Each finding has several possible places, the
closest first, since only the parsed result shows if a comment is read there and changes nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cached_property

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.frontmatter import FrontMatterState
from cardlint.card.markdown.tree import Block, CodeBlock, Heading, Html, Paragraph
from cardlint.card.yaml.nodes import Scalar
from cardlint.finding import Edit, Finding
from cardlint.linting.suppression.scope import entries_and_items
from cardlint.source import BYTE_ORDER_MARK, Span

__all__ = ["FOR_CARD", "IN_YAML", "Form", "Place", "Planner"]


class Form(IntEnum):
    """The forms of comments; at one offset they are written in this order."""

    BEHIND = 0
    """At the end of a line, for that line."""
    CLOSING = 1
    """Below a block, the end of what `AROUND` begins."""
    FILE_IN_YAML = 2
    FILE_AT_BODY = 3
    AROUND = 4
    """Above a block, up to its end."""
    ABOVE = 5
    """Above a line, for that line."""
    ENTRY = 6
    """Above an entry of YAML, with all that is nested in it."""
    YAML_LINE = 7
    """Above a line of YAML, for that line."""
    FILE_AT_END = 8


FOR_CARD = frozenset({Form.FILE_IN_YAML, Form.FILE_AT_BODY, Form.FILE_AT_END})
"""The forms for the whole card."""

IN_YAML = frozenset({Form.FILE_IN_YAML, Form.ENTRY, Form.YAML_LINE})
"""The forms of comments of YAML."""


class Place(Struct, frozen=True):
    """A place for a comment: its form, and the index of its line or block."""

    form: Form
    index: int = 0


class Planner:
    """The possible places of comments in one card."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.source = card.source
        self._starts = [block.span.start for block in card.body.blocks]

    def places(self, finding: Finding) -> Iterator[Place]:
        """Yield the places from which a comment may suppress a finding, the closest first."""
        if not _is_about_card(finding):
            yield from self.at(finding.span.start)
        yield from self.for_card()

    def at(self, offset: int) -> Iterator[Place]:
        """Yield the places of comments for what begins at an offset, the closest first."""
        front_matter = self.card.front_matter
        if front_matter.is_absent or (self._is_found and offset > front_matter.closing.end):
            yield from self._in_body(offset)
        elif self._has_yaml and front_matter.yaml.start <= offset <= front_matter.yaml.end:
            yield from self._in_yaml(offset)

    def for_card(self) -> Iterator[Place]:
        """Yield the places of comments for the whole card."""
        if self._has_yaml:
            yield Place(Form.FILE_IN_YAML)
        yield Place(Form.FILE_AT_END)
        yield Place(Form.FILE_AT_BODY)

    def edits(self, comments: Mapping[Place, Iterable[str]]) -> list[Edit]:
        """Return the edits that write comments with the names of rules, one edit for each offset."""
        inserted: dict[int, list[tuple[Form, str]]] = defaultdict(list)
        for place, names in comments.items():
            for form, offset, text in self._inserts(place, ", ".join(sorted(names))):
                inserted[offset].append((form, text))
        return [
            Edit(Span(offset, offset), "".join(text for _, text in sorted(texts)))
            for offset, texts in sorted(inserted.items())
        ]

    def offsets(self, place: Place) -> list[int]:
        """Return the offsets at which the comments of a place are inserted."""
        return [offset for _, offset, _ in self._inserts(place, "")]

    @property
    def _is_found(self) -> bool:
        return self.card.front_matter.state is FrontMatterState.VALID

    @cached_property
    def _has_yaml(self) -> bool:
        """True if comments in the front matter are read as such."""
        return self._is_found and self.card.metadata.error is None

    def _in_yaml(self, offset: int) -> Iterator[Place]:
        line = self.source.line_index(offset)
        if self._is_free(line):
            yield Place(Form.YAML_LINE, line)
        around = max((start for start, end in self._units if start <= offset < end), default=None)
        if around is not None and self._is_free(self.source.line_index(around)):
            yield Place(Form.ENTRY, self.source.line_index(around))

    @cached_property
    def _units(self) -> list[tuple[int, int]]:
        """The entries and items with several lines; those of one line are reached by it."""
        units = entries_and_items(self.card.metadata)
        index = self.source.line_index
        return [(unit.start, unit.end) for unit in units if index(unit.start) != index(max(unit.end - 1, unit.start))]

    def _is_free(self, line: int) -> bool:
        """Return True if a line of YAML does not begin inside a value."""
        return line not in self._taken

    @cached_property
    def _taken(self) -> frozenset[int]:
        """The lines that begin inside a value of several lines."""
        taken: set[int] = set()
        for node in self.card.metadata.walk():
            if isinstance(node, Scalar) and len(node.span):
                first, last = map(self.source.line_index, (node.span.start, node.span.end - 1))
                taken.update(range(first + 1, last + 1))
        return frozenset(taken)

    def _in_body(self, offset: int) -> Iterator[Place]:
        line = self.source.line_index(offset)
        index = self._block_at(line)
        if index is None:
            return
        block = self.card.body.blocks[index]
        if self.source.line_index(block.span.start) == line:
            yield from self._at_start(block, line)
        elif isinstance(block, Paragraph | Heading) or block.children:
            yield Place(Form.BEHIND, line)
        yield Place(Form.AROUND, index)

    def _at_start(self, block: Block, line: int) -> Iterator[Place]:
        """Yield the places for the first line of a block; between two blocks without a blank line, behind it first."""
        above, behind = Place(Form.ABOVE, line), Place(Form.BEHIND, line)
        if isinstance(block, Heading):
            if block.level > 1:  # a title's section is the whole card
                yield above
        elif isinstance(block, Html):  # it could close a comment that is open
            yield above
        elif line > self.card.front_matter.body_line and self.source.slice(self.source.lines[line - 1]).strip():
            yield from (behind, above)
        else:
            yield from (above, behind)

    def block_of(self, place: Place) -> int | None:
        """Return the index of the block of the body beside which a comment is written."""
        match place.form:
            case Form.AROUND:
                return place.index
            case Form.ABOVE | Form.BEHIND:
                return self._block_at(place.index)
            case Form.FILE_AT_BODY:
                return 0
            case Form.FILE_AT_END:
                return len(self._starts) - 1
        return None

    def _block_at(self, line: int) -> int | None:
        """Return the index of the top-level block with a line."""
        span = self.source.lines[line]
        index = bisect_right(self._starts, span.end) - 1
        if index < 0:
            return None
        first, last = self._lines_of(self.card.body.blocks[index])
        return index if first <= line <= last else None

    def _lines_of(self, block: Block) -> tuple[int, int]:
        return self.source.line_index(block.span.start), self.source.line_index(
            max(block.span.end - 1, block.span.start)
        )

    def _inserts(self, place: Place, names: str) -> Iterator[tuple[Form, int, str]]:
        """Yield the texts of a comment, each with its form and offset."""
        form, index = place.form, place.index
        match form:
            case Form.YAML_LINE:
                yield self._above(form, index, f"# cardlint: disable-next-line={names}", indented=True)
            case Form.ENTRY:
                yield self._above(form, index, f"# cardlint: disable={names}", indented=True)
            case Form.ABOVE:
                yield self._above(form, index, f"<!-- cardlint-disable-next-line {names} -->")
            case Form.BEHIND:
                yield form, self._end_of_text(index), f" <!-- cardlint-disable-line {names} -->"
            case Form.AROUND:
                block = self.card.body.blocks[index]
                first, last = self._lines_of(block)
                yield self._above(form, first, f"<!-- cardlint-disable {names} -->")
                if isinstance(block, CodeBlock) and block.fenced and not block.closed:  # up to the end of the card
                    return
                yield (
                    Form.CLOSING,
                    self.source.lines[last].end,
                    f"{self._line_end(last)}<!-- cardlint-enable {names} -->",
                )
            case Form.FILE_IN_YAML:
                line = self.source.line_index(self.card.front_matter.yaml.start)
                yield self._above(form, line, f"# cardlint: disable-file={names}", indented=True)
            case Form.FILE_AT_BODY:
                line = min(self.card.front_matter.body_line, len(self.source.lines) - 1)
                yield self._above(form, line, f"<!-- cardlint-disable-file {names} -->")
            case Form.FILE_AT_END:
                yield form, len(self.source.text), self._at_end(f"<!-- cardlint-disable-file {names} -->")

    def _above(self, form: Form, index: int, comment: str, *, indented: bool = False) -> tuple[Form, int, str]:
        line = self.source.lines[index]
        text = self.source.slice(line)
        start = line.start + text.startswith(BYTE_ORDER_MARK)
        indent = text[: len(text) - len(text.lstrip(" "))] if indented else ""
        return form, start, f"{indent}{comment}{self._line_end(index)}"

    def _end_of_text(self, index: int) -> int:
        """Return the end of a line's text: before blanks, a hard break, and the last bar of a row."""
        line = self.source.lines[index]
        text = self.source.slice(line).rstrip()
        is_row = text.endswith("|") and not text.endswith("\\|") and "|" in text[:-1]
        is_break = text.endswith("\\") and not text.endswith("\\\\")
        if is_row or is_break:
            text = text[:-1].rstrip()
        return line.start + len(text)

    def _line_end(self, index: int) -> str:
        """Return the line end of a line, or of the one above the last line."""
        lines = self.source.lines
        index = min(index, len(lines) - 2)
        return self.source.text[lines[index].end : lines[index + 1].start] if index >= 0 else "\n"

    def _at_end(self, comment: str) -> str:
        text, lines = self.source.text, self.source.lines
        line_end = self._line_end(len(lines) - 1)
        blank = len(lines) > 1 and not self.source.slice(lines[-2]).strip()
        if not text.strip() or (not self.source.slice(lines[-1]).strip() and blank):
            return f"{comment}{line_end}"
        gap = line_end if not self.source.slice(lines[-1]).strip() else 2 * line_end
        return f"{gap}{comment}{line_end}"


def _is_about_card(finding: Finding) -> bool:
    """Return True for a finding about something that the card lacks, or at its very start."""
    return finding.rule.name.startswith("missing-") or finding.span.end == 0
