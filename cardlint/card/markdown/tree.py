"""The Markdown tree: blocks and inline elements, each with its exact span in `Source.text`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from cardlint.record import record
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


@record
class Content:
    """The text of a block without the markers around it, and the way back to the source.

    Lines are joined by a line feed and lose their indentation. `anchors` are pairs (offset in `text`, offset in
    `Source.text`), ascending: from each anchor up to the next one both run in step.
    """

    text: str
    anchors: tuple[tuple[int, int], ...]

    def offset(self, index: int) -> int:
        """Where the character `index` of `text` stands in the source; `len(text)` is the end."""
        if len(self.anchors) == 1:
            at, start = self.anchors[0]
        else:
            at, start = self.anchors[max(bisect_right(self.anchors, (index, 1 << 62)) - 1, 0)]
        return start + index - at

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The span in the source of `text[start:end]`."""
        stop = len(self.text) if end is None else end
        if stop <= start:
            return Span(self.offset(start), self.offset(start))
        # the end is found from the last character, since the next line's anchor lies behind its indentation
        return Span(self.offset(start), self.offset(stop - 1) + 1)


@record
class Block:
    """A block from the first character after its indentation to its last one, line end excluded."""

    span: Span

    @property
    def children(self) -> tuple[Block, ...]:
        """The blocks inside, in source order."""
        return ()


@record
class Heading(Block):
    """`level` is 1 to 6; `style` is `atx` or `setext`."""

    level: int
    content: Content
    style: str = "atx"


@record
class Paragraph(Block):
    content: Content


@record
class List(Block):
    """`start` is the first number of an ordered list and None for bullets."""

    items: tuple[ListItem, ...]
    start: int | None
    tight: bool

    @property
    def children(self) -> tuple[Block, ...]:
        return self.items


@record
class ListItem(Block):
    """`marker` is the bullet or number as written; `checked` is None unless it is a task."""

    marker: str
    blocks: tuple[Block, ...]
    checked: bool | None = None

    @property
    def children(self) -> tuple[Block, ...]:
        return self.blocks


@record
class Cell:
    """One cell of a table; `span` is its text without the blanks around it (empty where the cell is)."""

    span: Span
    content: Content


@record
class Row(Block):
    """A row as written: its cells may be fewer or more than the header's."""

    cells: tuple[Cell, ...]


@record
class Table(Block):
    """A GFM table; `alignments` has `left`, `center`, `right` or an empty string for each column."""

    header: Row
    rows: tuple[Row, ...]
    alignments: tuple[str, ...]

    @property
    def children(self) -> tuple[Block, ...]:
        return (self.header, *self.rows)


@record
class CodeBlock(Block):
    """`content` is the code, `info` what stands behind the opening fence; `closed` says whether a fence ends it."""

    content: Content
    info: str = ""
    fenced: bool = False
    closed: bool = True

    @property
    def language(self) -> str:
        """The first word of `info`."""
        return self.info.split(None, 1)[0] if self.info.strip() else ""


@record
class BlockQuote(Block):
    blocks: tuple[Block, ...]

    @property
    def children(self) -> tuple[Block, ...]:
        return self.blocks


@record
class ThematicBreak(Block):
    pass


@record
class Html(Block):
    """A block of raw HTML, comments included."""

    content: Content


@record
class Footnote(Block):
    """A footnote's definition, `[^label]: ...`."""

    label: str
    blocks: tuple[Block, ...]

    @property
    def children(self) -> tuple[Block, ...]:
        return self.blocks


@record
class Math(Block):
    """A display formula between `$$` on lines of their own."""

    content: Content


@record
class Inline:
    """An inline element with its markers. `children` are empty for leaves."""

    span: Span

    @property
    def children(self) -> tuple[Inline, ...]:
        return ()

    def walk(self) -> Iterator[Inline]:
        """This element and all inside it, in source order."""
        yield self
        for child in self.children:
            yield from child.walk()


@record
class Text(Inline):
    """Plain text, escapes and character references resolved."""

    text: str


@record
class CodeSpan(Inline):
    code: str


@record
class InlineHtml(Inline):
    raw: str


@record
class InlineMath(Inline):
    formula: str


@record
class FootnoteReference(Inline):
    label: str


@record
class LineBreak(Inline):
    """The end of a line inside a block; `hard` where it shows as a break."""

    hard: bool


@record
class _Parent(Inline):
    inlines: tuple[Inline, ...]

    @property
    def children(self) -> tuple[Inline, ...]:
        return self.inlines


@record
class Emphasis(_Parent):
    pass


@record
class Strong(_Parent):
    pass


@record
class Strikethrough(_Parent):
    pass


@record
class Link(_Parent):
    """A link of any form; `target` is where it leads, unescaped, and `title` its title."""

    target: str
    title: str = ""


@record
class Image(_Parent):
    target: str
    title: str = ""
