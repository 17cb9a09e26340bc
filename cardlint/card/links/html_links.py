"""Links and images written in HTML, in blocks and within a line."""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from cardlint.card.links.addresses import Reference
from cardlint.card.markdown.inline import plain_text
from cardlint.card.markdown.tree import Content, Inline, InlineHtml
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["links_in_block", "links_of_tag"]

_ANCHOR = LazyPattern(r"</?a(?=[\s>])", re.IGNORECASE)
_TAG = LazyPattern(r"<(?P<name>a|img)\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_HREF = LazyPattern(r"\s(?P<name>href|src)\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'>]+))", re.IGNORECASE)
_ALT = LazyPattern(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_SILENT = LazyPattern(r"<!--|<(?P<name>pre|code|script|style|textarea)\b")
# `str.lower` makes some texts longer.
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_ANY_TAG = LazyPattern(r"<[^<>]*>")


def links_of_tag(inline: InlineHtml, inlines: Sequence[Inline], index: int) -> Iterator[Reference]:
    """Yield the link or image of an inline tag `<a>` or `<img>`, with the text up to its end."""
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
    inside = list(takewhile(_is_inside, islice(inlines, index + 1, None)))
    text_span = Span(inside[0].span.start, inside[-1].span.end) if inside else Span(inline.span.end, inline.span.end)
    span = Span(inline.span.start, text_span.end)
    yield Reference(span, plain_text(inside), text_span, _value(target), place, "html")


def _is_inside(inline: Inline) -> bool:
    """Return True if an element does not end the open link; links cannot contain links."""
    return not isinstance(inline, InlineHtml) or _ANCHOR.match(inline.raw) is None


def links_in_block(content: Content) -> Iterator[Reference]:
    """Yield the links and images of an HTML block, without those in comments and code."""
    lower = content.text.translate(_LOWER)
    if "href" not in lower and "src" not in lower:
        return
    text = _without_code(content.text, lower)
    edges = [match.start() for match in _ANCHOR.finditer(text)]
    for tag in _TAG.finditer(text):
        target = _HREF.search(text, tag.start(), tag.end())
        if target is None:
            continue
        place = content.span(*_value_span(target))
        span = content.span(*tag.span())
        if tag["name"].lower() == "img":
            yield Reference(span, _description(tag[0]), span, _value(target), place, "html", image=True)
            continue
        following = bisect_right(edges, tag.start())
        end = edges[following] if following < len(edges) else tag.end()
        end = max(end, tag.end())
        words = " ".join(_ANY_TAG.sub(" ", text[tag.end() : end]).split())
        inside = content.span(tag.end(), end)
        yield Reference(Span(span.start, max(span.end, inside.end)), words, inside, _value(target), place, "html")


def _without_code(text: str, lower: str) -> str:
    """Replace comments, code and scripts by blanks; unclosed ones are kept."""
    parts: list[str] = []
    at = 0
    unclosed: set[str] = set()
    for match in _SILENT.finditer(lower):
        closing = "-->" if match["name"] is None else f"</{match['name']}"
        if match.start() < at or closing in unclosed:
            continue
        end = lower.find(closing, match.end())
        if end < 0:
            unclosed.add(closing)
            continue
        end += len(closing)
        parts += (text[at : match.start()], " " * (end - match.start()))
        at = end
    return "".join((*parts, text[at:]))


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
