"""The title of a card: the name that it gives the model, in any form of heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Html, Image, Link, Paragraph, Strong
from cardlint.card.text.headings import Headline
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.titles.first_tries import is_first_try
from cardlint.vocabulary.titles.section_kinds import kinds_of_title
from cardlint.vocabulary.titles.working_names import is_working_name

__all__ = ["Title", "find_title"]

_PICTURE = LazyPattern(r"<img\b[^>]{0,1000}>", re.IGNORECASE)
_BADGE = LazyPattern(r"badge|shields\.io|colab|discord|twitter|slack|ko-?fi|patreon|zenodo|doi\b", re.IGNORECASE)
_AROUND_NAME = LazyPattern(r"model card (?:for|of)\b:?[ \t]*|[ \t]{1,9}model card$", re.IGNORECASE)
_WORD = LazyPattern(r"[^\W_]+")
_REMARK = LazyPattern(r"\([^()]*\)")
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
    """The title as a reader sees it, and its span; a picture in place of a title has an empty text.

    `is_sole` is true for the only heading of level 1.
    """

    text: str
    span: Span
    is_sole: bool = False

    @property
    def name(self) -> str:
        """The title without the words "Model Card for" around the name."""
        name = _AROUND_NAME.sub("", self.text) if "model card" in self.text.lower() else self.text
        return name.strip(" \t`*_\"'")


def find_title(parts: Sequence[Block | Headline], document: Document) -> Title | None:
    """Return the title of a card with these headlines and blocks, or None if there is none.

    The title is the first heading of any level, in Markdown or HTML, or a bold line above it, unless that names a
    section. The next candidate is a heading of level 1 that does not name a section; the last are a picture above the
    first heading, if it is not a badge, and a heading of level 1 without text.
    """
    of_first_level = sum(isinstance(part, Headline) and part.level == 1 for part in parts)
    without_text = None
    above = True
    for part in parts:
        is_heading = isinstance(part, Headline) and part.level > 0
        is_first_level = isinstance(part, Headline) and part.level == 1
        title = _title(part, document) if above or is_first_level else None
        above = above and not is_heading
        if title is not None and title.text:
            if not _names_section(title, is_first_level=is_first_level):
                return Title(title.text, title.span, is_sole=is_first_level and of_first_level == 1)
        elif is_first_level or not is_heading:
            without_text = without_text or title
    return without_text


def _title(part: Block | Headline, document: Document) -> Title | None:
    match part:
        case Headline():
            return Title(part.title, part.block.span)
        case Html():
            return Title("", part.span) if _has_picture(part.content.text) else None
        case Paragraph():
            text = part.content.text
            if "<img" in text.lower():
                return Title("", part.span) if _has_picture(text) else None
            if not text.startswith(("**", "__")) and "![" not in text:
                return None
            inlines = document.inlines(part.content)
            if len(inlines) == 1 and isinstance(inlines[0], Strong):
                return Title(document.plain(part.content).strip(), part.span)
            pictures = [inline for inline in inlines if isinstance(inline, Image | Link)]
            return Title("", part.span) if any(map(_is_picture, pictures)) else None
    return None


def _has_picture(text: str) -> bool:
    """Return True if HTML has a picture that is not a badge."""
    if "<img" not in text.lower():
        return False
    return any(not _BADGE.search(picture[0]) for picture in _PICTURE.finditer(text))


def _is_picture(inline: Image | Link) -> bool:
    """Return True for an image that is not a badge; an image with a link is one."""
    return isinstance(inline, Image) and not _BADGE.search(inline.target)


def _names_section(title: Title, *, is_first_level: bool) -> bool:
    text = title.text
    if is_first_level and ("_" in text or is_working_name(text) or is_first_try(text)):
        return False  # a name, even if it consists of words of section titles
    words = _WORD.findall(_REMARK.sub(" ", text.lower()))
    return all(map(_is_section_word, words)) and bool(kinds_of_title(text))


def _is_section_word(word: str) -> bool:
    return word in _SECTION_WORDS or (not word.isascii() and len(word) <= 6)  # one written without spaces
