"""Characters that must not reach an output unchanged, in one table for all formats."""

from __future__ import annotations

import re

from cardlint.characters import INVISIBLE
from cardlint.lazy_regex import LazyPattern
from cardlint.source import SURROGATES

__all__ = ["HIDDEN", "HIDDEN_IN_LINES", "NOT_IN_JSON", "NOT_IN_XML", "visible_lines"]

_C1 = "\x7f-\x9f"
# A terminal executes some control characters.
_CONTROLS = f"\0-\x1f{_C1}"

HIDDEN = LazyPattern(f"[{_CONTROLS}{INVISIBLE}]")
"""Characters that a reader must not get: controls and invisible characters."""

HIDDEN_IN_LINES = LazyPattern(rf"(?![\t\n\r])[{_CONTROLS}{INVISIBLE}]")
"""The same for text of several lines, which may contain tabs and line ends."""

NOT_IN_XML = LazyPattern(rf"(?![\t\n\r])[{_CONTROLS}{SURROGATES}\ufffe\uffff]")
"""Characters that XML 1.0 cannot contain, and terminal commands."""

NOT_IN_JSON = LazyPattern(f"[{_C1}\u2028\u2029{SURROGATES}]")
"""Characters that strict JSON leaves unescaped though they cannot be written, end a line, or are terminal commands."""

_NOT_IN_PATCH = LazyPattern(rf"(?!\t|\n|\r\n)[{_CONTROLS}\u2028-\u202e\u2066-\u2069]")
# Characters that a terminal executes, or that change the direction of text; a patch has all others as they are.


def visible_lines(text: str) -> str:
    r"""Return a text with escapes (`\x1b`) for the characters that a terminal would execute; its lines are the same."""
    return _NOT_IN_PATCH.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()
