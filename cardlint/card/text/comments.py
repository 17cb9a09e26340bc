"""Comments in the body, and the text that is removed with one."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Html, InlineHtml, Paragraph
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Source, Span

__all__ = ["Comment", "find_comments", "reach"]


class Comment(Struct, frozen=True):
    """A comment and its text without the marks and the blanks inside them; `block` is the block that it is or is in."""

    span: Span
    text: str
    block: Block


_COMMENT = LazyPattern(r"<!--(?P<text>(?s:.*?))-->")


def find_comments(document: Document) -> Iterator[Comment]:
    """Yield the comments of a document in its order; there are none in code."""
    if "<!--" not in document.source.text:
        return
    for block in document.walk():
        if isinstance(block, Html):
            text = block.content.text
            # only up to the last `-->`: after it, each `<!--` would be searched to the end of the text
            for match in _COMMENT.finditer(text, 0, text.rfind("-->") + 3):
                yield Comment(block.content.span(*match.span()), match["text"].strip(), block)
        elif isinstance(block, Paragraph) and "<!--" in block.content.text:
            for inline in document.inlines(block.content):
                for each in inline.walk():
                    match_ = _COMMENT.fullmatch(each.raw) if isinstance(each, InlineHtml) else None
                    if match_:
                        yield Comment(each.span, match_["text"].strip(), block)


def reach(source: Source, span: Span) -> Span:
    """Return the span to remove with a comment: its lines and a blank one below, or the blanks before it on its line.

    A comment that alone separates two paragraphs leaves a blank line.
    """
    text, lines = source.text, source.lines
    first, last = source.line_index(span.start), source.line_index(span.end)
    before, behind = text[lines[first].start : span.start], text[span.end : lines[last].end]
    if before.strip() or behind.strip():
        return Span(span.start - (0 if behind.strip() else len(before) - len(before.rstrip())), span.end)
    if last + 1 >= len(lines):
        return span
    above = source.slice(lines[first - 1]).strip() if first else ""
    below = source.slice(lines[last + 1]).strip()
    if above and below and not (above.startswith("#") or above.endswith("-->")):
        return span
    following = last + 2 if not above and not below and last + 2 < len(lines) else last + 1
    return Span(lines[first].start, lines[following].start)
