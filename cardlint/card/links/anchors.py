"""The targets of links inside a repository: the headings of the card, and the files beside it."""

from __future__ import annotations

import re

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Heading, Html, Paragraph, Row
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Folder

__all__ = ["find_anchors", "is_repository", "same_anchor"]

# Slugs drop all characters but letters, marks, digits, underscores, hyphens and blanks.
_DROPPED = LazyPattern(r"[^\w\- ]")
_TAG = LazyPattern(r"<[^>]*>")
_HTML_HEADING = LazyPattern(r"<h[1-6]\b[^>]*>(?P<text>.{0,500}?)</h[1-6]\s*>", re.IGNORECASE | re.DOTALL)
_NAMED = LazyPattern(r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)


def find_anchors(body: Document) -> tuple[str, ...]:
    """Return the anchors of a card: the slugs of its headings, numbered if repeated, and the names of tags."""
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
    """Reduce an anchor to letters and digits in lower case, for comparison.

    The slugs of the Hub and GitHub differ only in emoji, dots and the hyphens around them, which are ignored here.
    """
    from urllib.parse import unquote

    return "".join(filter(str.isalnum, unquote(name).lower().removeprefix("#").removeprefix("user-content-")))


def _add(text: str, titles: dict[str, int]) -> None:
    title = _DROPPED.sub("", text.strip().lower()).replace(" ", "-")
    titles[title] = titles.get(title, 0) + 1


def _names(text: str) -> list[str]:
    """Return the names of the tags in a text."""
    return [match[1] or match[2] or match[3] or "" for match in _NAMED.finditer(text)] if "<" in text else []


MODEL_FILES = (
    ".bin",
    ".ckpt",
    ".gguf",
    ".h5",
    ".joblib",
    ".json",
    ".model",
    ".onnx",
    ".pkl",
    ".pt",
    ".pth",
    ".safetensors",
)


def is_repository(folder: Folder | None, path: str) -> bool:
    """Return True if a card is the README.md of a repository or a model's folder, and not one of several cards.

    A download of selected files lacks files of the repository: it has a `.cache`, or nothing but the card.
    """
    if folder is None or path.replace("\\", "/").rpartition("/")[2] != "README.md":
        return False
    if folder.has(".git"):
        return True
    return not folder.has(".cache") and any(name.endswith(MODEL_FILES) for name in folder.names("."))
