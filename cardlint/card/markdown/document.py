"""Markdown to a tree of blocks with exact spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from cardlint.card.markdown.blocks import BlockParser, split_row, trim
from cardlint.card.markdown.inline import has_markup, parse_inline, plain_text
from cardlint.card.markdown.state import ContainerState, Token
from cardlint.card.markdown.tree import (
    Block,
    BlockQuote,
    Cell,
    CodeBlock,
    Content,
    Footnote,
    Heading,
    Html,
    Inline,
    List,
    ListItem,
    Math,
    Paragraph,
    Row,
    Table,
    ThematicBreak,
)
from cardlint.lazy_regex import LazyPattern
from cardlint.source import BYTE_ORDER_MARK, Lines, Source, Span, without_surrogates

__all__ = ["Document", "parse_markdown"]

_TASK = LazyPattern(r"\[([ xX])\][ \t]+")
_MARKER = LazyPattern(r"[*+-]|\d{1,9}[.)]")


class _Builder:
    """A converter of tokens to blocks: it finds their places in the source and extracts their contents."""

    def __init__(self, lines: Lines) -> None:
        self.starts = lines.starts
        self.ends = lines.ends
        self.last = len(lines) - 1

    def offset(self, state: ContainerState, offset: int) -> int:
        """Return the offset in the source of `offset` in a state's text, computed from the end of its line."""
        if state.shift is not None:
            return offset + state.shift
        starts = state.line_starts
        index = bisect_right(starts, offset)
        line = min(state.first_line + index - 1, self.last)
        end = starts[index] - 1 if index < len(starts) else len(state.src)
        place = self.ends[line] - end + offset
        start = self.starts[line]
        return max(start, place)

    def span(self, state: ContainerState, start: int, end: int) -> Span:
        start, end = _trim_block(state.src, start, end)
        begin = self.offset(state, start)
        return Span(begin, max(self.offset(state, end - 1) + 1, begin) if end > start else begin)

    def content(self, state: ContainerState, start: int, end: int) -> Content:
        """Return the lines between `start` and `end` without their indentation."""
        start, end = _trim_block(state.src, start, end)
        text = state.src[start:end]
        if state.shift is not None and "\n " not in text and "\n\t" not in text:
            return Content(text, start + state.shift)
        parts: list[str] = []
        anchors: list[tuple[int, int]] = []
        length = 0
        while start < end:
            stop = state.src.find("\n", start, end)
            stop = end if stop < 0 else stop
            start, _ = trim(state.src, start, stop)
            anchors.append((length, self.offset(state, start)))
            parts.append(state.src[start:stop])
            length += stop - start + 1
            start = stop + 1
        first = anchors[0][1] if anchors else self.offset(state, end)
        return Content("\n".join(parts), first, tuple(anchors[1:]))

    def whole(self, state: ContainerState, token: Token) -> tuple[Span, Content]:
        """Return the span and the content of a block without markers; they share the number of their start."""
        start, end = _trim_block(state.src, token["start"], token["end"])
        content = self.content(state, start, end)
        return Span(content.start, max(self.offset(state, end - 1) + 1, content.start)), content

    def raw(self, state: ContainerState, first: int, last: int, indent: int) -> Content:
        """Return whole lines from `first` to `last`, without at most `indent` columns of white space at their start."""
        if state.shift is not None and not indent and first < last:
            begin = state.line(first)[0]
            return Content(state.src[begin : state.line(last - 1)[1]], begin + state.shift)
        parts: list[str] = []
        anchors: list[tuple[int, int]] = []
        length = 0
        for line in range(first, last):
            start, end = state.line(line)
            stop = min(start + indent, end)
            while start < stop and state.src[start] == " ":
                start += 1
            if indent == 4 and start < stop and state.src[start] == "\t":  # a tab that reaches the fourth column
                start += 1
            anchors.append((length, self.offset(state, start)))
            parts.append(state.src[start:end])
            length += end - start + 1
        begin = anchors[0][1] if anchors else self.starts[min(first, self.last)]
        return Content("\n".join(parts), begin, tuple(anchors[1:]))

    def blocks(self, state: ContainerState) -> tuple[Block, ...]:
        """Return the blocks of a container that is parsed."""
        self.build(state, state.tokens)
        state.tokens = []
        return tuple(state.blocks)

    def build(self, state: ContainerState, tokens: Sequence[Token]) -> None:
        """Add the blocks of some tokens to those of their container."""
        for token in tokens:
            if token["type"] != "blank_line":
                state.blocks.append(_BUILD[token["type"]](self, state, token))

    def heading(self, state: ContainerState, token: Token) -> Block:
        span = self.span(state, token["start"], token["end"])
        level = token["attrs"]["level"]
        if token["style"] == "setext":
            start, end = _trim_block(state.src, token["start"], token["end"])
            text_end = state.src.rfind("\n", start, end)
            return Heading(span, level, self.content(state, start, text_end), "setext")
        start, end = _atx_text(state.src, *_trim_block(state.src, token["start"], token["end"]), level)
        content = Content(state.src[start:end], self.offset(state, start))
        return Heading(span, level, content)

    def paragraph(self, state: ContainerState, token: Token) -> Block:
        return Paragraph(*self.whole(state, token))

    def list(self, _: ContainerState, token: Token) -> Block:
        items = tuple(token["items"])
        attrs = token["attrs"]
        start = attrs["start"] if attrs["ordered"] else None
        return List(Span(items[0].span.start, items[-1].span.end), items, start, token["tight"])

    def list_item(self, state: ContainerState, child: ContainerState) -> ListItem:
        line_start, line_end = state.line(child.marker_line)
        at, _ = trim(state.src, line_start, line_end)
        match = _MARKER.match(state.src, at)
        assert match is not None
        start = self.offset(state, at)
        blocks = self.blocks(child)
        checked = None
        if blocks and isinstance(blocks[0], Paragraph):
            task = _TASK.match(blocks[0].content.text)
            if task:
                checked = task[1] != " "
                blocks = (_shorten(blocks[0], task.end()), *blocks[1:])
        end = blocks[-1].span.end if blocks else start + len(match[0])
        return ListItem(Span(start, end), match[0], blocks, checked)

    def block_quote(self, state: ContainerState, token: Token) -> Block:
        blocks = token["blocks"]
        start, _ = _trim_block(state.src, token["start"], token["end"])
        begin = self.offset(state, start)
        return BlockQuote(Span(begin, max([begin + 1, *(block.span.end for block in blocks)])), blocks)

    def footnote(self, state: ContainerState, token: Token) -> Block:
        blocks = token["blocks"]
        start, _ = _trim_block(state.src, token["start"], token["end"])
        begin = self.offset(state, start)
        head_end = begin + len(token["label"]) + len("[^]:")
        return Footnote(Span(begin, max([head_end, *(block.span.end for block in blocks)])), token["label"], blocks)

    def code(self, state: ContainerState, token: Token) -> Block:
        first = state.line_at(token["start"])
        if token["style"] == "indent":
            last = first + token["raw"].count("\n") + 1
            span = self.span(state, token["start"], state.line(last - 1)[1])
            return CodeBlock(span, self.raw(state, first, last, 4))
        start, end = _trim_block(state.src, token["start"], token["end"])
        last = state.line_at(end - 1)
        line_start, line_end = state.line(last)
        closing = state.src[line_start:line_end].strip(" \t")
        marker = token["marker"]
        closed = last > first and len(closing) >= len(marker) and not closing.strip(marker[0])
        content_end = last if closed else state.line_at(max(token["end"] - 1, start)) + 1
        indent = start - state.line(first)[0]
        info = token.get("attrs", {}).get("info", "")
        return CodeBlock(
            self.span(state, start, end),
            self.raw(state, first + 1, content_end, indent),
            info,
            fenced=True,
            closed=closed,
        )

    def html(self, state: ContainerState, token: Token) -> Block:
        return Html(*self.whole(state, token))

    def math(self, state: ContainerState, token: Token) -> Block:
        start, end = _trim_block(state.src, token["start"], token["end"])
        return Math(self.span(state, start, end), self.content(state, start + 2, end - 2))

    def thematic_break(self, state: ContainerState, token: Token) -> Block:
        return ThematicBreak(self.span(state, token["start"], token["end"]))

    def table(self, state: ContainerState, token: Token) -> Block:
        header = self.row(state, token["start"])
        start = token["delimiter"]
        end = state.find_line_end_at(start)
        alignments = tuple(_alignment(state.src[a:b]) for a, b in split_row(state.src, start, end - 1))
        rows = tuple(self.row(state, row) for row in token["rows"])
        return Table(self.span(state, token["start"], token["end"]), header, rows, alignments)

    def row(self, state: ContainerState, start: int) -> Row:
        end = state.src.find("\n", start)
        end = len(state.src) if end < 0 else end
        span = self.span(state, start, end)
        # within a line, offsets in the state's text and in the source differ by a constant
        shift = span.end - trim(state.src, start, end)[1]
        cells = tuple(self.cell(state.src[a:b], a + shift) for a, b in split_row(state.src, start, end))
        return Row(span, cells)

    @staticmethod
    def cell(text: str, begin: int) -> Cell:
        if "\\|" not in text:
            return Cell(Content(text, begin))
        # in a cell `\|` is a pipe, even inside code
        parts = text.split("\\|")
        further = []
        at = len(parts[0])
        place = begin + len(parts[0]) + 1
        for part in parts[1:]:
            further.append((at, place))
            at += len(part) + 1
            place += len(part) + 2
        return Cell(Content("|".join(parts), begin, tuple(further)))


_BUILD: dict[str, Callable[[_Builder, ContainerState, Token], Block]] = {
    "heading": _Builder.heading,
    "paragraph": _Builder.paragraph,
    "block_text": _Builder.paragraph,
    "list": _Builder.list,
    "block_quote": _Builder.block_quote,
    "block_code": _Builder.code,
    "block_html": _Builder.html,
    "thematic_break": _Builder.thematic_break,
    "footnote": _Builder.footnote,
    "math": _Builder.math,
    "table": _Builder.table,
}


def _trim_block(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets without the white space around a block."""
    while start < end and text[start] in " \t\n\v\f":
        start += 1
    while end > start and text[end - 1] in " \t\n\v\f":
        end -= 1
    return start, end


def _atx_text(text: str, start: int, end: int, level: int) -> tuple[int, int]:
    """Return the offsets of a heading's text, without the number signs that may close it."""
    start, end = trim(text, start + level, end)
    closing = end
    while closing > start and text[closing - 1] == "#":
        closing -= 1
    if closing == start or text[closing - 1] in " \t":
        end = closing
    return trim(text, start, end)


def _shorten(paragraph: Paragraph, count: int) -> Paragraph:
    """Return the paragraph without its first `count` characters, which are on its first line."""
    content = paragraph.content.part(count, len(paragraph.content.text))
    return Paragraph(Span(content.start, max(paragraph.span.end, content.start)), content)


def _alignment(cell: str) -> str:
    left, right = cell.startswith(":"), cell.endswith(":")
    return "center" if left and right else "left" if left else "right" if right else ""


class Document:
    """The blocks of a text; the inline elements of a content are parsed on first access."""

    def __init__(self, source: Source, blocks: tuple[Block, ...], references: Mapping[str, Any]) -> None:
        self.source = source
        self.blocks = blocks
        self._references = references
        self._inlines: dict[Content, tuple[Inline, ...]] = {}

    @property
    def has_definitions(self) -> bool:
        """True if the text has link definitions: `[label]: target`."""
        return bool(self._references)

    def inlines(self, content: Content) -> tuple[Inline, ...]:
        """Return the inline elements of a content of this document; they are parsed on the first call."""
        known = self._inlines.get(content)
        if known is None:
            known = self._inlines[content] = parse_inline(content, self._references)
        return known

    def plain(self, content: Content) -> str:
        """Return the visible text of a content, without markers."""
        text = content.text
        if not has_markup(text):
            return text
        if self._references or len(text) > _SHORT:
            return plain_text(self.inlines(content))
        return _plain(text)

    def walk(self) -> Iterator[Block]:
        """Yield every block, parents before their children, in the order of the source."""
        return iter(self._all_blocks)

    @cached_property
    def _all_blocks(self) -> tuple[Block, ...]:
        found: list[Block] = []
        stack = list(reversed(self.blocks))
        while stack:
            block = stack.pop()
            found.append(block)
            stack.extend(reversed(block.children))
        return tuple(found)


_SHORT = 100  # characters of a title or a cell


@lru_cache(1024)
def _plain(text: str) -> str:
    """Return the visible text of a short content; titles and table cells repeat from card to card."""
    return plain_text(parse_inline(Content(text, 0)))


@lru_cache(maxsize=1)
def _parser() -> BlockParser:
    return BlockParser()


def parse_markdown(source: Source, first_line: int = 0, without: Span | None = None) -> Document:
    """Parse the lines of `source` from index `first_line` on; this never raises.

    Lines that touch `without` are treated as blank, and undecodable bytes are read as U+FFFD, as the Hub reads them.
    """
    lines = source.lines[first_line:]
    if not lines:
        lines = Lines([len(source.text)], [len(source.text)])
    if lines.starts[0] == 0 and source.text.startswith(BYTE_ORDER_MARK):
        lines = Lines([1, *lines.starts[1:]], lines.ends)
    if without is not None:
        touched = [without.start <= line.end and line.start <= without.end for line in lines]
        text = "\n".join("" if hit else source.slice(line) for hit, line in zip(touched, lines, strict=True))
    elif "\r" in source.text:
        text = "\n".join(map(source.slice, lines))
    else:
        text = source.text[lines.starts[0] :]
    builder = _Builder(lines)
    state = ContainerState(builder)
    state.process(without_surrogates(text) + "\n")
    if len(state.src) == len(source.text) - lines.starts[0] + 1 and without is None and "\r" not in source.text:
        state.shift = lines.starts[0]
    parser = _parser()
    # by name, as for the content of containers: mistune compiles one expression for each list of rules
    parser.parse(state, parser.rules)
    return Document(source, builder.blocks(state), state.env["ref_links"])
