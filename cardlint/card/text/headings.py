"""Headings of any form: Markdown's, HTML's, and bold lines that are worded as headings."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.inline import has_markup
from cardlint.card.markdown.tree import Block, Content, Heading, Html, LineBreak, Paragraph, Strong, Text, ThematicBreak
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.titles.section_kinds import kinds_of_title

__all__ = ["Headline", "find_headlines"]


class Headline(Struct, frozen=True):
    """A heading of any form: `block` is its block in the card, `level` is 0 for a bold line."""

    block: Heading | Paragraph | Html
    title: str
    level: int


_LONGEST_BOLD = 80
_BOLD = ("**", "__")
_AROUND_BOLD = "*_:： \n\t"
_BOLD_ENDS = ("**", "__", ":", "：")
_COMMENT = LazyPattern(r"<!--.*?(?:-->|$)", re.DOTALL)
# An unclosed heading ends with its line. Bounded: otherwise each unclosed tag is searched to the end of the card.
_HTML_HEADING = LazyPattern(
    r"<h(?P<level>[1-6])(?:\s[^>]{0,500})?(?<!/)>"
    r"(?:(?P<closed>(?:(?!<h[1-6])(?s:.)){0,1000}?)</h[1-6]\s{0,9}>|\s{0,20}(?P<open>[^\n]{0,1000}?)(?=<h[1-6]|\n|\Z))",
    re.IGNORECASE,
)
_TAG = LazyPattern(r"<[^>]{0,500}>")


def find_headlines(document: Document) -> Iterator[Block | Headline]:
    """Yield the blocks of a document in order, with headlines in place of headings."""
    blocks = document.blocks
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            yield Headline(block, document.plain(block.content).strip(), block.level)
        elif isinstance(block, Html) and "<h" in block.content.text.lower():
            yield from _in_html(block)
        elif isinstance(block, Paragraph) and block.content.text.startswith(_BOLD):
            title = _bold_title(block, document) if _leads_on(blocks, index) else ""
            yield Headline(block, title, 0) if title else block
        else:
            yield block


def _leads_on(blocks: Sequence[Block], index: int) -> bool:
    """Return True if a block follows that the block at `index` can be the heading of."""
    return index + 1 < len(blocks) and not isinstance(blocks[index + 1], Heading | ThematicBreak)


def _bold_title(paragraph: Paragraph, document: Document) -> str:
    """Return the text of a paragraph that is one bold run and names a kind of section, else an empty text."""
    text = paragraph.content.text.strip()
    if len(text) > _LONGEST_BOLD or "\n" in text or not text.endswith(_BOLD_ENDS):
        return ""
    words = text.strip(_AROUND_BOLD)
    if not has_markup(words) and not kinds_of_title(words):  # as most bold lines, which need not be parsed then
        return ""
    bold, *rest = document.inlines(paragraph.content)
    if not isinstance(bold, Strong) or not all(_is_colon(inline) for inline in rest):
        return ""
    title = document.plain(paragraph.content).strip().rstrip(":：").rstrip()
    is_sentence = title.endswith((".", "!", "。"))
    return title if not is_sentence and kinds_of_title(title) else ""


def _is_colon(inline: object) -> bool:
    return isinstance(inline, LineBreak) or (isinstance(inline, Text) and not inline.text.strip(" :："))


def _in_html(block: Html) -> Iterator[Block | Headline]:
    """Yield the headings of an HTML block and the parts between them."""
    content = block.content
    visible = _COMMENT.sub(lambda comment: " " * len(comment[0]), content.text)
    end = 0
    for match in _HTML_HEADING.finditer(visible):
        title = " ".join(html.unescape(_TAG.sub("", match["closed"] or match["open"] or "")).split())
        if not title:  # a logo
            continue
        if content.text[end : match.start()].strip():
            yield _piece(content, end, match.start())
        yield Headline(_piece(content, match.start(), match.end()), title, int(match["level"]))
        end = match.end()
    if end == 0:
        yield block
    elif content.text[end:].strip():
        yield _piece(content, end, len(content.text))


def _piece(content: Content, start: int, end: int) -> Html:
    """Return part of a block's text as a block, without the white space around it."""
    text = content.text[start:end]
    start += len(text) - len(text.lstrip())
    end -= len(text) - len(text.rstrip())
    return Html(content.span(start, end), content.part(start, end))
