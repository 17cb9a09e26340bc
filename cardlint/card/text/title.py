"""The title of a card: the name that it gives the model, in any form of heading."""

from __future__ import annotations

import re

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Heading, Html, Paragraph, Strong
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.titles.section_kinds import kinds_of_title
from cardlint.vocabulary.titles.working_names import is_working_name

__all__ = ["Title", "find_title"]

_HTML_HEADING = LazyPattern(r"<h[1-6]\b[^>]{0,300}>(?P<text>.{0,500}?)</h[1-6]\s*>", re.DOTALL | re.IGNORECASE)
_TAG = LazyPattern(r"<[^>]*>")
_PICTURE = LazyPattern(r"<img\b", re.IGNORECASE)
_AROUND_NAME = LazyPattern(r"model card (?:for|of)\b:?[ \t]*|[ \t]{1,9}model card$", re.IGNORECASE)
_WORD = LazyPattern(r"[^\W_]+")
# The words of section titles; a title with any other word may name the model, even if it resembles a section title.
_SECTION_WORDS = frozenset(
    (
        *("a", "about", "an", "and", "background", "bias", "biases", "card", "citation", "code", "data", "dataset"),
        *("datasets", "description", "details", "disclaimer", "evaluation", "example", "examples", "fine", "for"),
        *("from", "get", "getting", "how", "hyperparameters", "in", "inference", "information", "instructions"),
        *("intended", "introduction", "is", "it", "leaderboard", "library", "license", "limitations", "llm", "model"),
        *("models", "of", "on", "open", "our", "out", "overview", "performance", "procedure", "prompt", "quick"),
        *("quickstart", "release", "result", "results", "run", "scope", "start", "started", "summary", "the", "this"),
        *("to", "trained", "training", "tuning", "usage", "use", "used", "uses", "using", "was", "what", "with"),
    )
)


class Title(Struct, frozen=True):
    """The title as a reader sees it, and its span; a picture in place of a title has an empty text."""

    text: str
    span: Span

    @property
    def name(self) -> str:
        """The title without the words "Model Card for" around the name."""
        name = _AROUND_NAME.sub("", self.text) if "model card" in self.text.lower() else self.text
        return name.strip(" \t`*_\"'")


def find_title(document: Document) -> Title | None:
    """Return the title of a card, or None if there is none.

    The title is the first heading, or a bold line above it, unless that names a section. The next candidate is a
    heading of level 1 that does not name a section; the last are a picture above the first heading and a heading of
    level 1 without text.
    """
    without_text = None
    above = True
    for block in document.blocks:
        is_first_level = isinstance(block, Heading) and block.level == 1
        title = _title(block, document) if above or is_first_level else None
        above = above and not isinstance(block, Heading)
        if title is not None and title.text:
            if not _names_section(title, block):
                return title
        elif is_first_level or not isinstance(block, Heading):
            without_text = without_text or title
    return without_text


def _title(block: Block, document: Document) -> Title | None:
    match block:
        case Heading():
            return Title(document.plain(block.content).strip(), block.span)
        case Html():
            text = block.content.text
            heading = _HTML_HEADING.search(text) if "</" in text else None
            shown = " ".join(_TAG.sub(" ", heading["text"]).split()) if heading else ""
            if heading and shown:
                return Title(shown, block.content.span(*heading.span()))
            return Title("", block.span) if _has_picture(text) else None
        case Paragraph():
            text = block.content.text
            inlines = document.inlines(block.content) if text.startswith(("**", "__")) else ()
            if len(inlines) == 1 and isinstance(inlines[0], Strong):
                return Title(document.plain(block.content).strip(), block.span)
            return Title("", block.span) if _has_picture(text) else None
    return None


def _has_picture(text: str) -> bool:
    return "![" in text or ("<" in text and _PICTURE.search(text) is not None)


def _names_section(title: Title, block: Block) -> bool:
    text = title.text
    if isinstance(block, Heading) and block.level == 1 and ("_" in text or is_working_name(text)):
        return False  # a name, even if it consists of words of section titles
    words = _WORD.findall(text.lower())
    return all(map(_is_section_word, words)) and bool(kinds_of_title(text))


def _is_section_word(word: str) -> bool:
    return word in _SECTION_WORDS or (not word.isascii() and len(word) <= 6)  # one written without spaces
