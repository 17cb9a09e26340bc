"""Links and images of the body, each with what it shows, where it leads, and the places of both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cardlint.card.addresses import Repository, hub_repository
from cardlint.card.markdown import Document
from cardlint.card.tree import Content, Heading, Html, Image, Inline, InlineHtml, Link, Paragraph, Row, Text
from cardlint.pattern import pattern
from cardlint.record import record
from cardlint.source import Source, Span

__all__ = ["Reference", "find_links"]


@record
class Reference:
    """A link or an image: what a reader sees of it, and where it leads, each with its place.

    `form` is `inline`, `reference` (the target stands in a definition elsewhere, and `target_span` is the reference's
    own), `autolink` (text and target are one) or `html`. An image's text is its description.
    """

    span: Span
    text: str
    text_span: Span
    target: str
    target_span: Span
    form: str
    image: bool = False

    @property
    def repository(self) -> Repository | None:
        """The repository of the Hub that the target lies in."""
        return hub_repository(self.target)


# Text without any of these has no link but by reference.
_SIGNS = ("](", "<", "http")
_BARE = pattern(r"https?://[^\s<>]+", re.IGNORECASE)
_TARGET = pattern(r"\]\(\s*(?P<target><[^<>\n]*>|\S*?)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)", re.DOTALL)
_ANCHOR = pattern(r"<a\s[^<>]*?>(?P<inside>.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_TAG = pattern(r"<(?P<name>a|img)\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_HREF = pattern(r"\s(?P<name>href|src)\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'>]+))", re.IGNORECASE)
_ALT = pattern(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_SILENT = pattern(r"<!--.*?(?:-->|\Z)|<(pre|code|script|style|textarea)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_ANY_TAG = pattern(r"<[^<>]*>")


def find_links(document: Document, source: Source) -> tuple[Reference, ...]:
    """Every link and image of a document, in the order of the card."""
    found: list[Reference] = []
    for block in document.walk():
        match block:
            case Paragraph() | Heading():
                found += _in_content(block.content, document, source)
            case Row():
                for cell in block.cells:
                    found += _in_content(cell.content, document, source)
            case Html():
                found += _in_html(block.content)
    return tuple(sorted(found, key=lambda reference: reference.span))


def _in_content(content: Content, document: Document, source: Source) -> Iterator[Reference]:
    text = content.text
    if not any(sign in text for sign in _SIGNS) and not ("]" in text and document.has_definitions):
        return
    yield from _among(document.inlines(content), source)


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
                yield from _tag(inline, inlines[index + 1 :])
            case _:
                yield from _among(inline.children, source)


def _element(inline: Link | Image, source: Source) -> Reference:
    from cardlint.card.inline import plain_text

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
    # an address is kept as it is written: mistune encodes blanks and all that is not ASCII
    plain = source.text[place:stop]
    target = inline.target if "\\" in plain or "&" in plain else plain
    return Reference(span, text, text_span, target, Span(place, stop), "inline", image)


def _bare(inline: Text) -> Iterator[Reference]:
    """Addresses that stand in the text and become links as they are (GFM); escapes put their places in doubt."""
    if "://" not in inline.text or len(inline.text) != len(inline.span):
        return
    for match in _BARE.finditer(inline.text):
        address = match[0].rstrip("?!.,:*_~'\"`;")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip("?!.,:*_~'\"`;")
        start = inline.span.start + match.start()
        span = Span(start, start + len(address))
        yield Reference(span, address, span, address, span, "autolink")


def _tag(inline: InlineHtml, behind: Sequence[Inline]) -> Iterator[Reference]:
    """What an inline tag `<a>` or `<img>` makes, with the text up to its end."""
    tag = _TAG.match(inline.raw)
    target = _HREF.search(tag[0]) if tag else None
    if tag is None or target is None:
        return
    start, end = _value_span(target)
    place = inline.span
    if "\n" not in inline.raw:
        place = Span(inline.span.start + start, inline.span.start + end)
    if tag["name"].lower() == "img":
        yield Reference(inline.span, _description(tag[0]), inline.span, _value(target), place, "html", image=True)
        return
    from cardlint.card.inline import plain_text

    inside: list[Inline] = []
    for following in behind:
        if isinstance(following, InlineHtml) and following.raw.lower().startswith("</a"):
            break
        inside.append(following)
    text_span = Span(inside[0].span.start, inside[-1].span.end) if inside else Span(inline.span.end, inline.span.end)
    span = Span(inline.span.start, text_span.end)
    yield Reference(span, plain_text(inside), text_span, _value(target), place, "html")


def _in_html(content: Content) -> Iterator[Reference]:
    """The links and images of a block of HTML; not those in comments and code."""
    if "href" not in content.text.lower() and "src" not in content.text.lower():
        return
    text = _SILENT.sub(lambda match: " " * len(match[0]), content.text)
    for tag in _TAG.finditer(text):
        target = _HREF.search(text, tag.start(), tag.end())
        if target is None:
            continue
        place = content.span(*_value_span(target))
        if tag["name"].lower() == "img":
            span = content.span(*tag.span())
            yield Reference(span, _description(tag[0]), span, _value(target), place, "html", image=True)
            continue
        whole = _ANCHOR.match(text, tag.start())
        start, end = whole.span("inside") if whole else (tag.end(), tag.end())
        words = " ".join(_ANY_TAG.sub(" ", text[start:end]).split())
        span = content.span(tag.start(), whole.end() if whole else tag.end())
        yield Reference(span, words, content.span(start, end), _value(target), place, "html")


def _value_span(match: re.Match[str]) -> tuple[int, int]:
    return match.span(next(name for name in "abc" if match[name] is not None))


def _value(match: re.Match[str]) -> str:
    value = match["a"] or match["b"] or match["c"] or ""
    if "&" in value:
        from html import unescape

        value = unescape(value)
    return value.strip()


def _description(tag: str) -> str:
    match = _ALT.search(tag)
    return (match[1] or match[2] or "") if match else ""
