"""The parts of a document that are not text in a language: code and formulas."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, CodeBlock, CodeSpan, Content, Heading, InlineMath, Math, Paragraph, Row
from cardlint.source import Span

__all__ = ["blocks_at", "contents_of", "in_text", "literal_spans"]


def blocks_at(document: Document, offsets: Sequence[int]) -> Iterator[Block]:
    """Yield every block that one of the offsets is in; the offsets ascend."""
    for block in document.walk():
        first = bisect_left(offsets, block.span.start)
        if first < len(offsets) and offsets[first] < block.span.end:
            yield block


def contents_of(block: Block) -> Iterator[Content]:
    """Yield the contents of a block that have inline elements."""
    match block:
        case Heading() | Paragraph():
            yield block.content
        case Row():
            yield from (cell.content for cell in block.cells)


def literal_spans(document: Document, offsets: Sequence[int]) -> Iterator[Span]:
    """Yield the spans of code and formulas in the blocks that one of the offsets is in; the offsets ascend."""
    for block in blocks_at(document, offsets):
        if isinstance(block, CodeBlock | Math):
            yield block.span
        for content in contents_of(block):
            for inline in document.inlines(content):
                yield from (part.span for part in inline.walk() if isinstance(part, CodeSpan | InlineMath))


def in_text(document: Document, offsets: Sequence[int]) -> list[int]:
    """Return the offsets that are not in code or a formula; the offsets ascend."""
    literal: set[int] = set()
    for span in literal_spans(document, offsets):
        literal.update(offsets[bisect_left(offsets, span.start) : bisect_left(offsets, span.end)])
    return [offset for offset in offsets if offset not in literal]
