"""Links and images of the body: text, target, and the places of both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from cardlint.card.links.addresses import Reference
from cardlint.card.links.html_links import links_in_block, links_of_tag
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.inline import plain_text
from cardlint.card.markdown.tree import Content, Heading, Html, Image, Inline, InlineHtml, Link, Paragraph, Row, Text
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Source, Span

__all__ = ["Reference", "find_links", "links_of"]


_BARE = LazyPattern(r"https?://[^\s<>]+", re.IGNORECASE)
_TARGET = LazyPattern(r"\]\(\s*+(?P<target><[^<>\n]*>|\S*?)(?:\s++(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*+\)", re.DOTALL)


def find_links(document: Document, wanted: Callable[[str], object] = bool) -> tuple[Reference, ...]:
    """Return the links and images of a document, in the order of the card.

    `wanted` decides by the text of a paragraph, heading, cell or HTML block if its links are needed; other text is not
    parsed. Links by reference are always included, since their targets are elsewhere.
    """
    found: list[Reference] = []
    for block in document.walk():
        match block:
            case Paragraph() | Heading():
                if _has_links(block.content.text, document, wanted):
                    found += _among(document.inlines(block.content), document.source)
            case Row():
                for cell in block.cells:
                    if _has_links(cell.content.text, document, wanted):
                        found += _among(document.inlines(cell.content), document.source)
            case Html() if wanted(block.content.text):
                found += links_in_block(block.content)
    return tuple(sorted(found, key=lambda reference: reference.span))


def links_of(content: Content, document: Document) -> tuple[Reference, ...]:
    """Return the links and images of one content of a document, in their order."""
    if not _has_links(content.text, document, bool):
        return ()
    return tuple(_among(document.inlines(content), document.source))


def _has_links(text: str, document: Document, wanted: Callable[[str], object]) -> bool:
    # text without any of these can only have links by reference
    if "](" in text or "<" in text or "://" in text:
        return bool(wanted(text)) or ("]" in text and document.has_definitions)
    return "]" in text and document.has_definitions


def _among(inlines: Sequence[Inline], source: Source) -> Iterator[Reference]:
    for index, inline in enumerate(inlines):
        match inline:
            case Link():
                yield _element(inline, source)
                yield from (found for found in _among(inline.children, source) if found.image)
            case Image():
                yield _element(inline, source)
            case Text():
                yield from _bare(inline)
            case InlineHtml():
                yield from links_of_tag(inline, inlines, index)
            case _:
                yield from _among(inline.children, source)


def _element(inline: Link | Image, source: Source) -> Reference:
    span, image = inline.span, isinstance(inline, Image)
    text = plain_text(inline.children)
    if source.text.startswith("<", span.start):
        inner = Span(span.start + 1, span.end - 1)
        return Reference(span, text, inner, inline.target, inner, "autolink")
    start = span.start + (2 if image else 1)
    text_span = Span(start, start)
    if inline.children:
        text_span = Span(inline.children[0].span.start, inline.children[-1].span.end)
    written = _TARGET.fullmatch(source.text, text_span.end, span.end)
    if written is None:
        return Reference(span, text, text_span, inline.target, span, "reference", image)
    place, stop = written.span("target")
    if stop - place > 1 and written["target"].startswith("<"):
        place, stop = place + 1, stop - 1
    # an address is kept as written: mistune encodes blanks and characters outside of ASCII
    plain = source.text[place:stop]
    target = inline.target if "\\" in plain or "&" in plain else plain
    return Reference(span, text, text_span, target, Span(place, stop), "inline", image)


def _bare(inline: Text) -> Iterator[Reference]:
    """Yield addresses in the text that become links (GFM); with escapes their places are uncertain."""
    if "://" not in inline.text or len(inline.text) != len(inline.span):
        return
    for match in _BARE.finditer(inline.text):
        address = _without_punctuation(match[0])
        start = inline.span.start + match.start()
        span = Span(start, start + len(address))
        yield Reference(span, address, span, address, span, "autolink")


def _without_punctuation(address: str) -> str:
    """Return the address without punctuation at the end of a sentence and unopened closing parentheses."""
    unopened = address.count(")") - address.count("(")
    end = len(address)
    while end and address[end - 1] in "?!.,:*_~'\"`;)":
        if address[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return address[:end]
