"""Escaping of text for HTML."""

from __future__ import annotations

import re

from cardlint.lazy_regex import LazyPattern
from cardlint.reporters.terminal.styling import prose as pieces

__all__ = ["escape", "prose"]

# As in a terminal, a dot replaces each control character and each character that is invisible or turns the text.
_HIDDEN = LazyPattern(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|[\U000e0000-\U000e007f]"
)
_BROKEN = LazyPattern("[\ud800-\udfff]")
_SPECIAL = LazyPattern("[&<>\"'\t]|\r\n?")
_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\t": "&#9;"}


def escape(text: str) -> str:
    """Escape text for an element or a quoted attribute."""
    return _SPECIAL.sub(_name, _BROKEN.sub("\ufffd", _HIDDEN.sub("·", text)))


def _name(match: re.Match[str]) -> str:
    return _NAMES.get(match[0], "\n")


def prose(text: str) -> str:
    """Return the text of a rule as HTML, with code in back-ticks as code."""
    return "".join(
        f"<code>{escape(piece.text[1:-1])}</code>" if piece.code else escape(piece.text) for piece in pieces(text)
    )
