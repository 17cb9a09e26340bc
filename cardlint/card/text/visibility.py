"""A test if a block shows anything to a reader."""

from __future__ import annotations

import html
import re

from cardlint.card.markdown.tree import Block, BlockQuote, CodeBlock, Html, List, Paragraph, ThematicBreak
from cardlint.lazy_regex import LazyPattern

__all__ = ["shows_something"]

_HIDDEN = LazyPattern(r"<!--.*?(?:-->|$)|<(style|script)\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
_MEDIA = LazyPattern(r"<(?:img|video|audio|iframe|svg|picture|object|embed|canvas|gallery|input|hr)\b", re.IGNORECASE)
_TAG = LazyPattern(r"</?[A-Za-z][^>]{0,2000}>")  # bounded: a `<` without a `>` would be searched to the end of the text


def shows_something(block: Block) -> bool:
    """Return False for blocks that show nothing: comments, thematic breaks, empty lists and bare anchors."""
    match block:
        case ThematicBreak():
            return False
        case Html():
            return _visible(block.content.text)
        case Paragraph() if "<" in block.content.text or "&" in block.content.text:
            return _visible(block.content.text)
        case CodeBlock():
            return bool(block.content.text.strip())
        case List():
            return any(shows_something(inside) for item in block.items for inside in item.blocks)
        case BlockQuote():
            return any(map(shows_something, block.blocks))
    return True


def _visible(text: str) -> bool:
    text = _HIDDEN.sub("", text)
    return bool(_MEDIA.search(text) or html.unescape(_TAG.sub("", text)).strip())
