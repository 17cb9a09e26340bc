"""Escaping of text for HTML."""

from __future__ import annotations

import re

from cardlint.lazy_regex import LazyPattern
from cardlint.reporters.escaping import HIDDEN_IN_LINES
from cardlint.reporters.terminal.styling import prose as pieces
from cardlint.source import without_surrogates

__all__ = ["escape", "prose"]

_SPECIAL = LazyPattern("[&<>\"'\t]|\r\n?")
_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\t": "&#9;"}


def escape(text: str) -> str:
    """Escape text for an element or a quoted attribute; as in a terminal, a dot replaces each hidden character."""
    return _SPECIAL.sub(_name, without_surrogates(HIDDEN_IN_LINES.sub("·", text)))


def _name(match: re.Match[str]) -> str:
    return _NAMES.get(match[0], "\n")


def prose(text: str) -> str:
    """Return the text of a rule as HTML, with code in back-ticks as code."""
    return "".join(
        f"<code>{escape(piece.text[1:-1])}</code>" if piece.code else escape(piece.text) for piece in pieces(text)
    )
