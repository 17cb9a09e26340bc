"""Changes to a YAML text that js-yaml, and so the Hub, accepts and both of ruamel's parsers reject.

Each rejected part is replaced by as many characters that the parsers accept, so all offsets stay the same.
"""

from __future__ import annotations

import re

from cardlint.lazy_regex import LazyPattern

__all__ = ["ends_early", "relaxed", "restored"]

# A line with only spaces, tabs and perhaps a comment.
_EMPTY_LINE = LazyPattern(r"^ *\t[ \t]*(?=[\r\n#]|\Z)", re.MULTILINE)
_AT_START = LazyPattern(r"^\t[ \t]*(?=[\r\n#]|\Z)", re.MULTILINE)
# A tab between a dash, or the indentation of a line, and a scalar; a collection may not follow it.
_BEFORE_SCALAR = LazyPattern(
    r"^( +(?=\t)| *(?:- +)*[-?])( *+\t[ \t]*+)(?![-?][ \t\r\n]|[^\r\n]*:(?:[ \t\r\n]|\Z))", re.MULTILINE
)
# The escape of a code point beyond the last one of Unicode.
_BEYOND = LazyPattern(r"\\U(?!000|0010)[0-9a-fA-F]{8}")
# The version of the language, which may be any 1.x.
_VERSION = LazyPattern(r"\A%YAML(?=[ \t]+1\.\d+[ \t]*\n---[ \t])")
# Characters that YAML does not allow: the first are accepted in comments, the others in quotes too.
_IN_COMMENTS = "\x01-\x08\x0b\x0c\x0e-\x1f"
_UNPRINTABLE = LazyPattern(f"[{_IN_COMMENTS}\x7f-\x84\x86-\x9f\ufffe\uffff]")
# Their replacements while the text is parsed: private characters of the last plane, which texts do not use.
_SHELTER = 0x10F000
_SHELTERED = LazyPattern(f"[{chr(_SHELTER)}-{chr(_SHELTER + 0x1FF)}]")


def relaxed(text: str, *, indented: bool = True) -> str:
    """Return the text as the parsers accept it; unchanged if they need no change.

    The tabs on an indented empty line may belong to a scalar of several lines: only `indented` replaces them.
    """
    if _SHELTERED.search(text):
        return text
    if "\t" in text:
        text = _AT_START.sub(lambda match: " " * len(match[0]), text)
    if "\t" in text and indented:
        text = _EMPTY_LINE.sub(lambda match: " " * len(match[0]), text)
        text = _BEFORE_SCALAR.sub(lambda match: match[1] + " " * len(match[2]), text)
    if "\\U" in text:
        text = _BEYOND.sub(r"\\U0000fffd", text)
    text = _VERSION.sub("#YAML", text)
    return _UNPRINTABLE.sub(lambda match: chr(_SHELTER + ord(match[0]) % 512), text)


def restored(value: str, *, quoted: bool) -> tuple[str, int | None]:
    """Return a scalar's text with its unprintable characters restored, and the first one that is not allowed there."""
    if value.isascii() or not _SHELTERED.search(value):
        return value, None
    codes = [ord(character) - _SHELTER for character in _SHELTERED.findall(value)]
    wrong = next((code for code in codes if not quoted or code < 0x20), None)
    return _SHELTERED.sub(lambda match: _character(ord(match[0]) - _SHELTER), value), wrong


def ends_early(block: str) -> bool:
    """Return True if a tab before a block scalar's indentation ends it; `block` is the scalar as written."""
    _, *lines = block.splitlines()
    indent = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
    return any(line[:indent].lstrip(" ").startswith("\t") for line in lines)


def _character(code: int) -> str:
    return chr(code if code < 0x100 else 0xFE00 + code)
