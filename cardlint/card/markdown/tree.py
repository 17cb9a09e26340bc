"""The Markdown tree: blocks and inline elements, each with its exact span in `Source.text`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from msgspec import Struct

from cardlint.source import Span

__all__ = [
    "Block",
    "BlockQuote",
    "Cell",
    "CodeBlock",
    "CodeSpan",
    "Content",
    "Emphasis",
    "Footnote",
    "FootnoteReference",
    "Heading",
    "Html",
    "Image",
    "Inline",
    "InlineHtml",
    "InlineMath",
    "LineBreak",
    "Link",
    "List",
    "ListItem",
    "Math",
    "Paragraph",
    "Row",
    "Strikethrough",
    "Strong",
    "Table",
    "Text",
    "ThematicBreak",
]


_BEYOND = 1 << 62  # an offset beyond every text
_MOST_CELLS = 20_000  # of a table of results


# Of the structs here none can be part of a cycle, since each is complete when the one around it is made. A long card
# has hundreds of thousands of them: unknown to the garbage collector, they are smaller, and never searched.
class Content(Struct, frozen=True, gc=False):
    """The text of a block without the markers around it, and its mapping to the source.

    Lines are joined by a line feed and lose their indentation. `start` is the offset of the first character in
    `Source.text`. `further` are ascending pairs (offset in `text`, offset in `Source.text`): from the start to the
    first pair, and from one pair to the next, both offsets advance together.
    """

    text: str
    start: int
    further: tuple[tuple[int, int], ...] = ()

    @property
    def anchors(self) -> tuple[tuple[int, int], ...]:
        """The pairs of `further`, behind that of the start."""
        return ((0, self.start), *self.further)

    def offset(self, index: int) -> int:
        """Return the offset in the source of the character `index` of `text`; `len(text)` is the end."""
        passed = bisect_right(self.further, (index, _BEYOND)) if self.further else 0
        at, start = self.further[passed - 1] if passed else (0, self.start)
        return start + index - at

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the span of `text[start:end]` in the source."""
        stop = len(self.text) if end is None else end
        if stop <= start:
            return Span(self.offset(start), self.offset(start))
        # computed from the last character, because the next line's anchor is after that line's indentation
        return Span(self.offset(start), self.offset(stop - 1) + 1)

    def part(self, start: int, end: int) -> Content:
        """Return `text[start:end]` with its mapping to the source."""
        inside = self.further
        if inside:
            inside = inside[bisect_right(inside, (start, _BEYOND)) : bisect_left(inside, (end,))]
        return Content(self.text[start:end], self.offset(start), tuple((at - start, place) for at, place in inside))


class Block(Struct, frozen=True, gc=False):
    """A block; its span runs from the first character after the indentation to the last one, line end excluded."""

    span: Span

    @property
    def children(self) -> tuple[Block, ...]:
        """The blocks inside, in the order of the source."""
        return ()


class Heading(Block, frozen=True):
    """A heading; `level` is 1 to 6, `style` is `atx` or `setext`."""

    level: int
    content: Content
    style: str = "atx"


class Paragraph(Block, frozen=True):
    content: Content


class List(Block, frozen=True):
    """A list; `start` is the first number of an ordered list and None for bullets."""

    items: tuple[ListItem, ...]
    start: int | None
    tight: bool

    @property
    def children(self) -> tuple[Block, ...]:
        return self.items


class ListItem(Block, frozen=True):
    """A list item; `marker` is the bullet or number as written, `checked` is None unless the item is a task."""

    marker: str
    blocks: tuple[Block, ...]
    checked: bool | None = None

    @property
    def children(self) -> tuple[Block, ...]:
        return self.blocks


class Cell(Struct, frozen=True, gc=False):
    """A table cell without the blanks around it."""

    content: Content

    # not kept, since a long card may have a million cells
    @property
    def span(self) -> Span:
        """The span of the text, empty for an empty cell."""
        return self.content.span()


class Row(Block, frozen=True):
    """A table row as written: it may have fewer or more cells than the header."""

    cells: tuple[Cell, ...]


class Table(Block, frozen=True):
    """A GFM table; `alignments` has `left`, `center`, `right` or an empty string for each column."""

    header: Row
    rows: tuple[Row, ...]
    alignments: tuple[str, ...]

    @property
    def is_data(self) -> bool:
        """True if the table has more cells than a report of results: no metric or training is read from it."""
        return len(self.header.cells) * len(self.rows) > _MOST_CELLS

    @property
    def children(self) -> tuple[Block, ...]:
        return (self.header, *self.rows)


class CodeBlock(Block, frozen=True):
    """A code block; `info` is the text after the opening fence, `closed` is true if a fence ends it."""

    content: Content
    info: str = ""
    fenced: bool = False
    closed: bool = True

    @property
    def language(self) -> str:
        """The first word of `info`."""
        return self.info.split(None, 1)[0] if self.info.strip() else ""


class BlockQuote(Block, frozen=True):
    blocks: tuple[Block, ...]

    @property
    def children(self) -> tuple[Block, ...]:
        return self.blocks


class ThematicBreak(Block, frozen=True):
    pass


class Html(Block, frozen=True):
    """A block of raw HTML, comments included."""

    content: Content


class Footnote(Block, frozen=True):
    """The definition of a footnote, `[^label]: ...`."""

    label: str
    blocks: tuple[Block, ...]

    @property
    def children(self) -> tuple[Block, ...]:
        return self.blocks


class Math(Block, frozen=True):
    """A display formula between `$$` on lines of their own."""

    content: Content


class Inline(Struct, frozen=True, gc=False):
    """An inline element with its markers; `children` are empty for leaves."""

    span: Span

    @property
    def children(self) -> tuple[Inline, ...]:
        return ()

    def walk(self) -> Iterator[Inline]:
        """Yield this element and all elements inside it, in the order of the source."""
        yield self
        for child in self.children:
            yield from child.walk()


class Text(Inline, frozen=True):
    """Plain text; escapes and character references are resolved."""

    text: str


class CodeSpan(Inline, frozen=True):
    code: str


class InlineHtml(Inline, frozen=True):
    raw: str


class InlineMath(Inline, frozen=True):
    formula: str


class FootnoteReference(Inline, frozen=True):
    label: str


class LineBreak(Inline, frozen=True):
    """The end of a line inside a block; `hard` is true if it shows as a line break."""

    hard: bool


class _Parent(Inline, frozen=True):
    inlines: tuple[Inline, ...]

    @property
    def children(self) -> tuple[Inline, ...]:
        return self.inlines


class Emphasis(_Parent, frozen=True):
    pass


class Strong(_Parent, frozen=True):
    pass


class Strikethrough(_Parent, frozen=True):
    pass


class Link(_Parent, frozen=True):
    """A link of any form; `target` is its unescaped destination."""

    target: str
    title: str = ""


class Image(_Parent, frozen=True):
    target: str
    title: str = ""
