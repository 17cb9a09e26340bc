"""Links that Markdown does not read as links because of a slip in their syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.literal import contents_of
from cardlint.card.markdown.tree import Content, Image, Inline, LineBreak, Link, Text
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.addresses import UNWRITTEN
from cardlint.vocabulary.pending import ANYWHERE

__all__ = ["LinkSlip", "find_link_slips", "may_have_slips"]


class LinkSlip(Struct, frozen=True):
    """A text with an address that was meant as a link or image, and is shown with its brackets.

    `reason` says what is wrong with it. `correct` is the link as Markdown reads it, or None if that is uncertain.
    """

    span: Span
    reason: str
    correct: str | None
    image: bool = False


_TEXT = r"\[(?!\^)(?P<text>[^\[\]\n\\]{2,200})(?<!\\)\]"
_ADDRESS = r"https?://(?:[^\s()<>\[\]（）]|\([^\s()<>\[\]]{0,200}\)){1,2000}"
_SLIPS = LazyPattern(
    rf"(?<![\\\]A-Za-z0-9_])(?P<bang>!?)(?:"
    rf"{_TEXT}(?:"
    rf"[ \t]{{1,3}}\([ \t]?(?P<blank>{_ADDRESS})[ \t]?\)"
    rf"|（[ \t]?(?P<wide>{_ADDRESS})[ \t]?）"
    rf"|\[(?P<square>{_ADDRESS})\]"
    rf"|\((?P<open>{_ADDRESS})(?=\s|\Z)"
    rf"|\((?P<words>[^\W\d_](?:[\w'/-]| (?! )){{0,40}})\)"
    rf"|\(\[(?P<label>[^\[\]\n]{{1,200}})\]\((?P<nested>{_ADDRESS})\)\)"
    rf")"
    rf"|\((?P<shown>[^()\[\]\n\\]{{2,200}})\)\[(?P<swapped>{_ADDRESS})\]"
    rf")"
)
_REASONS = {
    "blank": "there is a blank between its text and its address",
    "wide": "its address is in full-width brackets",
    "square": "its address is in square brackets",
    "open": "no closing bracket follows its address",
    "words": "it has words in place of an address",
    "nested": "its address is itself a link",
    "swapped": "its brackets are swapped",
}


# The sign of each slip but `)[http`, cheap to look for.
_SIGNS = LazyPattern(
    r"\](?:[ \t]{1,3}\([ \t]?http|（[ \t]?http|\[http|\(\[|\([^\W\d_][\w'/-]{0,40} "
    r"|\(https?://[^\s()]{1,2000}(?:[(\s]|\Z))"
)


def may_have_slips(text: str) -> bool:
    """Return False if a text has no slip."""
    return ")[http" in text or _SIGNS.search(text) is not None


def find_link_slips(document: Document) -> Iterator[LinkSlip]:
    """Yield the slips in the paragraphs, headings and cells of a document, in their order."""
    for block in document.walk():
        for content in contents_of(block):
            yield from _slips(content, document)


def _slips(content: Content, document: Document) -> Iterator[LinkSlip]:
    if "[" not in content.text:
        return
    for match in _SLIPS.finditer(content.text):
        kind = next(name for name in _REASONS if match[name] is not None)
        text = match["shown"] or match["text"]
        span = content.span(*match.span())
        if not any(map(str.isalpha, text)) or (kind == "words" and not _is_unwritten(match["words"])):
            continue
        if _is_plain(document.inlines(content), span, nested=kind == "nested"):
            yield LinkSlip(span, _REASONS[kind], _correct(match, kind, text), image=bool(match["bang"]))


def _is_unwritten(words: str) -> bool:
    """Return True for words in place of an address; one without a blank is a target, and read as a link."""
    return " " in words and (words.lower() in UNWRITTEN or words.lower() in ANYWHERE)


def _is_plain(inlines: tuple[Inline, ...], span: Span, *, nested: bool) -> bool:
    """Return True if a span has no code, link, image or tag in it; `nested` allows the link that is the address."""
    for inline in inlines:
        if not inline.span.overlaps(span) or isinstance(inline, Text | LineBreak):
            continue
        if isinstance(inline, Link | Image):
            if not (nested and span.covers(inline.span) and inline.span.start > span.start):
                return False
        elif not inline.children or not _is_plain(inline.children, span, nested=nested):
            return False
    return True


def _correct(match: re.Match[str], kind: str, text: str) -> str | None:
    if kind == "words" or (kind == "nested" and match["label"] != text):
        return None
    if match.string.endswith("!", 0, match.start()):  # of the sentence: the link would become an image
        return None
    address = match[kind]
    goes_on = kind == "open" and match.string[match.end() : match.end() + 1] not in ("", "\n")
    # at the end of an address, punctuation may be that of its sentence
    return None if goes_on or address[-1] in ".,;:!?*_'\"" else f"{match['bang']}[{text}]({address})"
