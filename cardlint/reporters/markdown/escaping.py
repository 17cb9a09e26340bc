"""Escaping of text for Markdown, also inside a table cell."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from cardlint.lazy_regex import LazyPattern
from cardlint.reporters.terminal.cells import UNICODE, clean
from cardlint.reporters.terminal.styling import prose as pieces

__all__ = ["block", "code", "fenced", "plain_prose", "prose"]

_SPECIAL = LazyPattern(r"[\\`*_\[\]|~$]")
# `@name` would notify a user, `#12` and `owner/name#12` would link to unrelated issues
_CALL = LazyPattern(r"[@#](?=\w)")
# GitHub makes a link of an address, and fetches the image of some
_ADDRESS = LazyPattern(r"(?i)(?<=[a-z]):(?=//)|\bwww(?=\.)|\b(?:mailto|xmpp):")


def prose(text: str) -> str:
    """Return the text of a rule as Markdown: code stays code, all other markup is escaped."""
    return _written(text, _plain)


def plain_prose(text: str) -> str:
    """Return the text of a rule as Markdown for a reader that makes no links of bare addresses and names."""
    return _written(text, _escaped)


def _written(text: str, escape: Callable[[str], str]) -> str:
    return "".join(
        code(piece.text[1:-1]) if piece.code else escape(piece.text) for piece in pieces(clean(text, UNICODE))
    )


def code(text: str) -> str:
    """Return a text as code on one line."""
    text = clean(text, UNICODE) or " "
    fence = "`" * (_longest_run(text) + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{blank}{text}{blank}{fence}".replace("|", "\\|")


def fenced(lines: Iterable[str], language: str) -> str:
    """Return lines as a code block."""
    text = "\n".join(clean(line, UNICODE) for line in lines)
    fence = "`" * max(_longest_run(text) + 1, 3)
    return f"{fence}{language}\n{text}\n{fence}"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def block(lines: Iterable[str]) -> str:
    """Lines of code in one cell."""
    return f"<pre>{'<br>'.join(_plain(clean(line, UNICODE)) for line in lines)}</pre>"


def _plain(text: str) -> str:
    return _CALL.sub(r"\g<0><!-- -->", _ADDRESS.sub(r"\g<0><!-- -->", _escaped(text)))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", html.escape(text, quote=False))
