"""Inline Markdown with exact spans, based on mistune; a text is parsed only when its elements are needed.

mistune's inline tokens have no positions either, but they tile the text: each begins where the one before it ends. The
parser below records the ends of all tokens other than text; the spans follow by walking the tokens along the text.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from mistune import InlineParser, InlineState, Markdown
from mistune.plugins.footnotes import INLINE_FOOTNOTE
from mistune.plugins.formatting import strikethrough
from mistune.plugins.math import INLINE_MATH_PATTERN, math
from mistune.util import unescape

from cardlint.card.markdown.tree import (
    CodeSpan,
    Content,
    Emphasis,
    FootnoteReference,
    Image,
    Inline,
    InlineHtml,
    InlineMath,
    LineBreak,
    Link,
    Strikethrough,
    Strong,
    Text,
)
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["has_markup", "parse_inline", "parse_simple", "plain_text"]

Token = dict[str, Any]

_LINE_BREAK = LazyPattern(r"[ \\]*\n[ \t]*")
# Content without any of these is plain text; an underscore inside a word is an ordinary character.
_MARKUP = LazyPattern(r"[\\`*\[\]$\n]|(?<!\w)_|_(?!\w)|<[A-Za-z/!?]|&[#A-Za-z]|~~")
# Markup that needs no parser: the end of a line without blanks around it, bold words between blanks, code, and a link
# to an address without escapes.
_SIMPLE = LazyPattern(
    r"(?<![\s\\])(?P<end>\n)(?!\s)"
    r"|(?<!\S)\*\*(?P<bold>[^\W_](?:[^*_\n]{0,200}[^\W_])?:?)\*\*(?!\S)"
    r"|(?<!`)`(?P<code>[^\s`](?:[^\n`]{0,200}[^\s`])?)`(?!`)"
    r"|\[(?P<link>[^\s^\[\]][^\[\]\n]*)\]\((?P<target>[A-Za-z0-9/#][A-Za-z0-9:/?#@+,;=%.~_-]*)\)"
)


class _Parser(InlineParser):
    """mistune's inline parser; its tokens have an `end` in the text of their own state."""

    # one bracket at a time: every call makes one token, so the call's end is the token's
    SPECIFICATION = InlineParser.SPECIFICATION | {"link_close": r"\]"}

    def parse_method(self, m: re.Match[str], state: InlineState) -> int | None:
        end = super().parse_method(m, state)
        if end and state.tokens[-1]["type"] != "text":
            state.tokens[-1].setdefault("end", end)
        return end

    def parse_footnote(self, m: re.Match[str], state: InlineState) -> int:
        state.append_token({"type": "footnote_ref", "raw": m.group("footnote_key")})
        return m.end()


@lru_cache(maxsize=1)
def _parser() -> _Parser:
    parser = _Parser()
    Markdown(inline=parser, plugins=[strikethrough, math])
    # bounded: otherwise each unclosed formula between back-ticks is searched to the end of the text, for each of them
    pattern = INLINE_MATH_PATTERN.replace(r"[\s\S]*?", r"[\s\S]{0,500}?")
    parser.specification["inline_math"] = pattern.replace("marker>`+)", "marker>`{1,3}+(?!`))")
    parser.register("footnote", INLINE_FOOTNOTE, _Parser.parse_footnote, before="link", start_chars="[")
    return parser


def has_markup(text: str) -> bool:
    """Return True if the text may contain anything but plain text."""
    return _MARKUP.search(text) is not None


def parse_inline(content: Content, references: Mapping[str, Any] | None = None) -> tuple[Inline, ...]:
    """Return the inline elements of a content in order; `references` are the link definitions of its document."""
    text = content.text
    if not has_markup(text):
        return (Text(content.span(), text),) if text else ()
    simple = parse_simple(content)
    if simple is not None:
        return simple
    state = InlineState({"ref_links": references or {}})
    state.src = text
    parser = _parser()
    parser.parse(state)
    return tuple(_Walk(content).inlines(state.tokens, 0, 0)[0])


def parse_simple(content: Content) -> tuple[Inline, ...] | None:
    """Return the elements of a content that has only simple markup, or None for any other content.

    Most contents are simple, and mistune takes thirty times as long for them.
    """
    text = content.text
    found: list[Inline] = []
    at = 0
    for match in _SIMPLE.finditer(text):
        between = text[at : match.start()]
        if has_markup(between) or between.endswith("!"):
            return None
        if between:
            found.append(Text(content.span(at, match.start()), between))
        element = _simple(content, match)
        if element is None:
            return None
        found.append(element)
        at = match.end()
    rest = text[at:]
    if has_markup(rest):
        return None
    return (*found, Text(content.span(at, len(text)), rest)) if rest else tuple(found)


def _simple(content: Content, match: re.Match[str]) -> Inline | None:
    """Return the element of a match, or None if it contains another element."""
    kind = "link" if match["link"] else match.lastgroup or ""
    span, words = content.span(*match.span()), match[kind]
    if kind == "end":
        return LineBreak(span, hard=False)
    if kind == "code":
        return CodeSpan(span, words)
    if has_markup(words):
        return None
    inside = (Text(content.span(*match.span(kind)), words),)
    return Strong(span, inside) if kind == "bold" else Link(span, inside, match["target"])


def plain_text(inlines: Sequence[Inline]) -> str:
    """Return the visible text of the elements: without markers, and with the description of an image."""
    return "".join(_plain(inlines))


def _plain(inlines: Sequence[Inline]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text():
                yield inline.text
            case CodeSpan():
                yield inline.code
            case InlineMath():
                yield inline.formula
            case LineBreak():
                yield "\n" if inline.hard else " "
            case _:
                yield from _plain(inline.children)


class _Walk:
    """Walks tokens along the text of a content and gives each one its span."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.text = content.text

    def inlines(self, tokens: Sequence[Token], at: int, base: int) -> tuple[list[Inline], int]:
        """Convert tokens that begin at `at`, and return their end too; `base` is the start of their state's text."""
        found = []
        for token in tokens:
            if token["type"] == "text" and not token["raw"]:  # the rest of a delimiter that was used up
                continue
            inline, at = self.inline(token, at, base)
            found.append(inline)
        return found, at

    def inline(self, token: Token, at: int, base: int) -> tuple[Inline, int]:
        kind = token["type"]
        if kind == "text":
            end = self.text_end(token["raw"], at)
            return Text(self.span(at, end), unescape(token["raw"])), end
        if kind in {"emphasis", "strong"}:
            width = 2 if kind == "strong" else 1
            children, inner = self.inlines(token["children"], at + width, base)
            end = min(inner + width, len(self.text))
            return (Strong if kind == "strong" else Emphasis)(self.span(at, end), tuple(children)), end
        if kind in {"linebreak", "softbreak"}:
            match = _LINE_BREAK.match(self.text, at)
            end = match.end() if match else at
            return LineBreak(self.span(at, end), kind == "linebreak"), end
        end = min(base + token["end"], len(self.text)) if "end" in token else at
        return self.element(token, at, max(end, at), base), max(end, at)

    def element(self, token: Token, at: int, end: int, base: int) -> Inline:
        """Convert a token with a known end."""
        span = self.span(at, end)
        match token["type"]:
            case "codespan":
                return CodeSpan(span, token["raw"])
            case "inline_html":
                return InlineHtml(span, token["raw"])
            case "inline_math" | "block_math":
                return InlineMath(span, token["raw"])
            case "footnote_ref":
                return FootnoteReference(span, token["raw"])
            case "strikethrough":
                # its children were parsed as a separate text
                children, _ = self.inlines(token["children"], at + 2, at + 2)
                return Strikethrough(span, tuple(children))
        image = token["type"] == "image"
        children, _ = self.inlines(token["children"], at + (2 if image else 1), base)
        attrs = token["attrs"]
        return (Image if image else Link)(span, tuple(children), attrs["url"], attrs.get("title") or "")

    def text_end(self, raw: str, at: int) -> int:
        """Return the end of text that begins at `at`; characters may be escaped by a backslash before them."""
        text = self.text
        if "\\" not in text or (text.startswith(raw, at) and "\\" not in raw):
            return min(at + len(raw), len(text))
        for character in raw:
            escaped = text.startswith("\\", at) and text[at + 1 : at + 2] in _PUNCTUATION
            at += 2 if escaped and text[at + 1] == character else 1
        return min(at, len(text))

    def span(self, start: int, end: int) -> Span:
        return self.content.span(start, end)


_PUNCTUATION = frozenset(string.punctuation)
