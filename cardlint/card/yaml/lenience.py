"""What js-yaml, and so the Hub, passes over in a YAML text and both of ruamel's parsers refuse.

Each is exchanged for as many characters that the parsers take, so that every offset holds.
"""

from __future__ import annotations

import re

from cardlint.lazy_regex import pattern

__all__ = ["ends_early", "relaxed", "restored"]

# A line with nothing on it but blanks, tabs, and perhaps a comment.
_EMPTY_LINE = pattern(r"^ *\t[ \t]*(?=[\r\n#]|\Z)", re.MULTILINE)
_AT_START = pattern(r"^\t[ \t]*(?=[\r\n#]|\Z)", re.MULTILINE)
# A tab between a dash, or the blanks that indent a line, and a scalar; no collection may begin behind it.
_BEFORE_SCALAR = pattern(
    r"^( +(?=\t)| *(?:- +)*[-?])([ \t]*\t[ \t]*)(?![-?][ \t\r\n]|[^\r\n]*:(?:[ \t\r\n]|\Z))", re.MULTILINE
)
# An escape of a character beyond the last that there is.
_BEYOND = pattern(r"\\U(?!000|0010)[0-9a-fA-F]{8}")
# The version of the language, which only has to be a 1.x.
_VERSION = pattern(r"\A%YAML(?=[ \t]+1\.\d+[ \t]*\n---[ \t])")
# No characters of YAML: the first may stand in comments, the others in quotes as well.
_IN_COMMENTS = "\x01-\x08\x0b\x0c\x0e-\x1f"
_UNPRINTABLE = pattern(f"[{_IN_COMMENTS}\x7f-\x84\x86-\x9f\ufffe\uffff]")
# Where they stay meanwhile: private characters of the last plane, in which no text has any.
_SHELTER = 0x10F000
_SHELTERED = pattern(f"[{chr(_SHELTER)}-{chr(_SHELTER + 0x1FF)}]")


def relaxed(text: str, *, indented: bool = True) -> str:
    """The text as the parsers take it; the same where there is nothing to pass over.

    The tabs of an empty line that is indented may belong to a text of several lines: only `indented` exchanges them.
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
    """A scalar's text with its unprintable characters again, and the first that may not stand there."""
    if value.isascii() or not _SHELTERED.search(value):
        return value, None
    codes = [ord(character) - _SHELTER for character in _SHELTERED.findall(value)]
    wrong = next((code for code in codes if not quoted or code < 0x20), None)
    return _SHELTERED.sub(lambda match: _character(ord(match[0]) - _SHELTER), value), wrong


def ends_early(block: str) -> bool:
    """Whether a tab before a block scalar's indentation ends it, given the block as it was written."""
    _, *lines = block.splitlines()
    indent = next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
    return any(line[:indent].lstrip(" ").startswith("\t") for line in lines)


def _character(code: int) -> str:
    return chr(code if code < 0x100 else 0xFE00 + code)
