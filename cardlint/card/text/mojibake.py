"""Garbled text: UTF-8 that a program read as Windows-1252 and wrote as UTF-8 again."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["Garbled", "find_garbled"]


class Garbled(Struct, frozen=True):
    """Garbled characters and the text that they were; `certain` if no language writes such characters there."""

    span: Span
    meant: str
    certain: bool


def _letter(byte: int) -> str:
    """Return the letter that Windows-1252 reads for a byte; programs pass on the five bytes that it lacks."""
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTES = {_letter(byte): byte for byte in range(0x80, 0x100)}
_FOLLOWING = "".join(map(_letter, range(0x80, 0xC0)))  # letters of the bytes that continue a character
_ONE = rf"(?:[Â-ß][{_FOLLOWING}]|[à-ï][{_FOLLOWING}]{{2}}|[ð-ô][{_FOLLOWING}]{{3}})"
_RUN = LazyPattern(rf"{_ONE}{{1,200}}|â€(?![{_FOLLOWING}])")
_CHARACTER = LazyPattern(_ONE)
_LOST = {"â€": "”"}
"""The one common character of which Windows-1252 has no letter for the last byte."""
_DEEPEST = 4  # how many times a text may have been garbled
# An accented letter may be followed by these in a text of its own language: `«CAFÉ»`.
_PUNCTUATION = frozenset("\xa0«»‹›“”„‘’‚…–—")
_CLOSING = frozenset("›“”‘’…–—")
_SIGNS = frozenset("¡¢£¥§©®°±²³µ·¼½¾¿")
_PLAUSIBLE = LazyPattern("[\xa0-\u017f\u2010-\u203a€™]+")
_FEWEST = 3  # characters of a script other than Latin in a row


def find_garbled(text: str) -> Iterator[Garbled]:
    """Yield every run of characters that may be garbled, in the order of the text."""
    if text.isascii():
        return
    for match in _RUN.finditer(text):
        start, end = match.span()
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        meant = _LOST.get(match[0]) or _decode(match[0], before, after)
        if meant is None:
            continue
        certain = match[0] not in _LOST and _is_certain(match[0], meant, before, after)
        if certain or _PLAUSIBLE.fullmatch(meant):
            yield Garbled(Span(start, end), meant, certain)


def _decode(run: str, before: str, after: str) -> str | None:
    """Return the text that a run was before it was garbled once or several times, or None if it is not garbled."""
    meant = _decode_once(run)
    for _ in range(_DEEPEST):
        if meant is None or not _RUN.fullmatch(meant):
            break
        deeper = _decode_once(meant)
        if deeper is None or not _is_certain(meant, deeper, before, after):
            break
        meant = deeper
    return meant


def _decode_once(run: str) -> str | None:
    try:
        meant = bytes(_BYTES[letter] for letter in run).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
    return meant if meant.replace("\xa0", "").isprintable() else None


def _is_certain(run: str, meant: str, before: str, after: str) -> bool:
    """Return True if no language writes a run between the characters around it."""
    if len(meant) >= _FEWEST and meant.isalpha():
        return True
    text = f"{before}{run}{after}"
    return any(
        _is_no_text(each[0], text[max(each.start() - 1, 0) : each.start()], text[each.end() : each.end() + 1])
        for each in _CHARACTER.finditer(text, len(before), len(before) + len(run))
    )


def _is_no_text(garbled: str, before: str, after: str) -> bool:
    """Return True if a garbled character cannot be text, given the characters before and after it."""
    first, second = garbled[0], garbled[1]
    if len(garbled) == 3:  # `â€™` of punctuation and signs
        return first == "â" and _BYTES[second] < 0xA0 and second not in _CLOSING
    if len(garbled) == 4:  # `ðŸ¤—` of emoji
        return garbled.startswith("ðŸ")
    if first > "Å":
        return False
    # a capital letter within a word in small letters, or a sign within a word
    if before.islower() or (after.islower() and not second.isalpha() and second not in _PUNCTUATION):
        return True
    return first == "Â" and second in _SIGNS and not before.isalpha()
