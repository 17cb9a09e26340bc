"""Where a link inside a repository may lead: the headings of the card, and the files beside it."""

from __future__ import annotations

import re

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Heading, Html, Paragraph, Row
from cardlint.lazy_regex import pattern
from cardlint.source import Folder

__all__ = ["find_anchors", "is_repository", "same_anchor"]

# What slugs drop: all but letters, marks, digits, underscores, hyphens and blanks.
_DROPPED = pattern(r"[^\w\- ]")
_TAG = pattern(r"<[^>]*>")
_HTML_HEADING = pattern(r"<h[1-6]\b[^>]*>(?P<text>.{0,500}?)</h[1-6]\s*>", re.IGNORECASE | re.DOTALL)
_NAMED = pattern(r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


def find_anchors(body: Document) -> tuple[str, ...]:
    """What a link may lead to within the card: the slugs of its headings, numbered when repeated, and named tags."""
    titles: dict[str, int] = {}
    names: list[str] = []
    for block in body.walk():
        match block:
            case Heading():
                _add(body.plain(block.content), titles)
                names += _names(block.content.text)
            case Html():
                for heading in _HTML_HEADING.finditer(block.content.text):
                    _add(_TAG.sub("", heading["text"]), titles)
                names += _names(block.content.text)
            case Paragraph():
                names += _names(block.content.text)
            case Row():
                names += (name for cell in block.cells for name in _names(cell.content.text))
    numbered = (f"{title}-{number}" for title, times in titles.items() for number in range(1, times))
    return (*titles, *numbered, *names)


def same_anchor(name: str) -> str:
    """What anchors are compared by: letters and digits alone, in lower case.

    The Hub and GitHub make slugs by one rule but for emoji, dots and the hyphens they leave: that is not decided here.
    """
    from urllib.parse import unquote

    return "".join(filter(str.isalnum, unquote(name).lower().removeprefix("#").removeprefix("user-content-")))


def _add(text: str, titles: dict[str, int]) -> None:
    title = _DROPPED.sub("", text.strip().lower()).replace(" ", "-")
    titles[title] = titles.get(title, 0) + 1


def _names(text: str) -> list[str]:
    """The names that tags of a text have."""
    return [match[1] or match[2] or match[3] or "" for match in _NAMED.finditer(text)] if "<" in text else []


_FILES = (".bin", ".ckpt", ".gguf", ".h5", ".joblib", ".json", ".model", ".onnx", ".pkl", ".pt", ".pth", ".safetensors")


def is_repository(folder: Folder | None, path: str) -> bool:
    """Whether a card lies in a repository or a model's folder as its README.md, and not among other cards.

    A download of chosen files, which leaves a `.cache` or nothing but the card, lacks what the repository has.
    """
    if folder is None or path.replace("\\", "/").rpartition("/")[2] != "README.md":
        return False
    if folder.has(".git"):
        return True
    return not folder.has(".cache") and any(name.endswith(_FILES) for name in folder.names("."))
