"""The tree of a card as HTML; nothing in it is executed or fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.markdown.tree import (
    Block,
    BlockQuote,
    CodeBlock,
    CodeSpan,
    Content,
    Emphasis,
    Footnote,
    FootnoteReference,
    Heading,
    Html,
    Image,
    Inline,
    InlineHtml,
    InlineMath,
    LineBreak,
    Link,
    List,
    ListItem,
    Math,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from cardlint.reporters.html.escaping import escape
from cardlint.reporters.html.highlight import Ink
from cardlint.reporters.machine.paths import as_ascii
from cardlint.source import Span

__all__ = ["Drawing"]

_SAFE = ("https://", "http://", "mailto:")


class Drawing:
    """A writer of HTML for the blocks of one card."""

    def __init__(self, card: Card, ink: Ink) -> None:
        self.card = card
        self.ink = ink

    def block(self, block: Block) -> str:
        """Return a block as HTML, with all that it contains."""
        match block:
            case Heading():
                # one level below the headings of the page
                attributes = f'class="heading h{block.level}" role="heading" aria-level="{min(block.level + 2, 6)}"'
                return f"<div {attributes}>{self.content(block.content)}</div>"
            case Paragraph():
                return f"<p>{self.content(block.content)}</p>"
            case List():
                tag = "ul" if block.start is None else f'ol start="{block.start}"'
                return f"<{tag}>{''.join(map(self.item, block.items))}</{tag[:2]}>"
            case Table():
                return self.table(block)
            case BlockQuote():
                return f"<blockquote>{self.blocks(block.blocks)}</blockquote>"
            case Footnote():
                return f'<div class="footnote"><sup>{escape(block.label)}</sup>{self.blocks(block.blocks)}</div>'
            case ThematicBreak():
                return "<hr>"
        return self.raw(block)

    def blocks(self, blocks: Sequence[Block]) -> str:
        return "".join(map(self.block, blocks))

    def raw(self, block: Block) -> str:
        """Return code, HTML or a formula as it is written."""
        match block:
            case CodeBlock():
                return f'<pre class="code"><code>{self.lines(block.content)}</code></pre>'
            case Html():
                return f'<pre class="code html"><code>{self.lines(block.content)}</code></pre>'
            case Math():
                return f'<pre class="code math"><code>{self.lines(block.content)}</code></pre>'
        return f"<p>{self.ink.text(self.card.source.slice(block.span), block.span)}</p>"

    def item(self, item: ListItem) -> str:
        box = "" if item.checked is None else f'<span class="box">{"☑" if item.checked else "☐"}</span> '
        tight = len(item.blocks) > 0 and isinstance(item.blocks[0], Paragraph)
        first = self.content(item.blocks[0].content) if tight else ""  # type: ignore[attr-defined]
        return f"<li>{box}{first}{self.blocks(item.blocks[1:] if tight else item.blocks)}</li>"

    def table(self, table: Table) -> str:
        head = self.row(table.header, "th", table.alignments)
        rows = "".join(self.row(row, "td", table.alignments) for row in table.rows)
        return f'<div class="wide"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'

    def row(self, row: Row, tag: str, alignments: Sequence[str]) -> str:
        cells = []
        for index, cell in enumerate(row.cells):
            side = alignments[index] if index < len(alignments) else ""
            attribute = f' class="{side}"' if side else ""
            cells.append(f"<{tag}{attribute}>{self.content(cell.content)}</{tag}>")
        return f"<tr>{''.join(cells)}</tr>"

    def content(self, content: Content) -> str:
        return self.inlines(self.card.body.inlines(content))

    def inlines(self, inlines: Sequence[Inline]) -> str:
        return "".join(map(self.inline, inlines))

    def inline(self, inline: Inline) -> str:
        match inline:
            case Text():
                return self.ink.text(inline.text, inline.span)
            case LineBreak():
                return "<br>" if inline.hard else "\n"
            case CodeSpan():
                return f"<code>{self.within(inline.code, inline.span)}</code>"
            case InlineMath():
                return f'<code class="math">{self.within(inline.formula, inline.span)}</code>'
            case InlineHtml():
                return f'<code class="html">{self.ink.text(inline.raw, inline.span)}</code>'
            case FootnoteReference():
                return f"<sup>{self.within(inline.label, inline.span)}</sup>"
            case Link():
                return self.link(inline)
            case Image():
                target = self.within(inline.target, inline.span)
                return f'<span class="image">{self.inlines(inline.inlines)} <small>{target}</small></span>'
        tag = "em" if isinstance(inline, Emphasis) else "strong" if isinstance(inline, Strong) else "s"
        return f"<{tag}>{self.inlines(inline.children)}</{tag}>"

    def link(self, link: Link) -> str:
        """Return a link: a web address is clickable, any other is shown as a tooltip."""
        words = self.inlines(link.inlines) or escape(link.target)
        title = escape(link.target)
        marked = self.ink.hit(link.span)
        if link.target.lower().startswith(_SAFE):
            address = f'href="{escape(as_ascii(link.target))}" rel="noopener noreferrer nofollow"'
            return f'<a class="link{marked}" {address} title="{title}">{words}</a>'
        return f'<span class="link{marked}" title="{title}">{words}</span>'

    def within(self, text: str, span: Span) -> str:
        """Return text that is somewhere within `span`, between Markdown markers."""
        place = self.card.source.slice(span).find(text)
        exact = Span(span.start + place, span.start + place + len(text)) if place >= 0 else span
        return self.ink.text(text, exact)

    def lines(self, content: Content) -> str:
        """Return the lines of a content, each with the place of its own line in the source."""
        return "\n".join(self._lines(content))

    def _lines(self, content: Content) -> Iterator[str]:
        start = 0
        for line in content.text.split("\n"):
            yield self.ink.text(line, content.span(start, start + len(line)))
            start += len(line) + 1
