r"""The spellings of a key in YAML, for a front matter that is read line by line because it may be broken.

`license:`, `'license':`, `"lic\x65nse":` and `? license` are one key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardlint.lazy_regex import LazyPattern

__all__ = ["find_keys", "key_at", "unescape"]

# A key at the start of a line. After `?` the colon is on the next line; a plain key may have a stray quote.
_KEY = LazyPattern(
    r"""
    ^(?P<explicit>\?[ \t]+)?
    (?: "(?P<escaped>(?:[^"\\\n]|\\[^\n])*+)" | ["']?(?P<plain>[A-Za-z_][\w-]*)["']? )
    [ \t]* (?(explicit) $ | :(?=\s|\Z) )
    """,
    re.MULTILINE | re.VERBOSE,
)
_NAME = LazyPattern(r"[A-Za-z_][\w-]*")
_ESCAPE = LazyPattern(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U(00[01][0-9A-Fa-f]{5}))")


def find_keys(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the keys at the start of lines between two offsets."""
    for match in _KEY.finditer(text, start, end):
        name = _name(match)
        if name is not None:
            yield name


def key_at(text: str) -> str | None:
    """Return the key that a text begins with, or None if it begins with none."""
    match = _KEY.match(text)
    return _name(match) if match else None


def unescape(text: str) -> str:
    """Return the text of a double-quoted key with its escapes replaced by characters."""
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2] or match[3], 16)), text)


def _name(match: re.Match[str]) -> str | None:
    name = match["plain"] or unescape(match["escaped"] or "")
    return name if _NAME.fullmatch(name) else None
