"""Rule `undecodable-text`."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.source import UNDECODED, Encoding, Span

ONE_BY_ONE = 5
"""The most places that get a finding each; with more, the whole file is in another encoding and gets one finding."""
RELATED = 4  # further places that the finding for a whole file lists

_WIDE: dict[Encoding, str] = {
    "utf-16-le": "UTF-16 (little endian)",
    "utf-16-be": "UTF-16 (big endian)",
    "utf-32-le": "UTF-32 (little endian)",
    "utf-32-be": "UTF-32 (big endian)",
}
_HELP = "Save the file as UTF-8."


@rule(severity=Severity.ERROR)
def undecodable_text(card: Card) -> Iterator[Problem]:
    r"""The file is not UTF-8.

    huggingface_hub reads cards as UTF-8 and fails on the first byte that does not fit; in more lenient tools, readers
    see replacement characters. Often the file was saved in a Windows encoding, or as UTF-16 by PowerShell. Save it as
    UTF-8.

    Bad:
        # Mod\xe8le fran\xe7ais

    Good:
        # Modèle français
    """
    encoding = card.original.encoding
    if encoding != "utf-8":
        first_line = card.source.lines[0]
        message = f"the file is {_WIDE[encoding]}, but cards are read as UTF-8: the Hub sees no metadata"
        yield Problem(first_line, message, _HELP)
    elif card.original.undecodable:
        # searched again, since the tree of a flattened card points into another text
        yield from _report(card, [Span(*match.span()) for match in UNDECODED.finditer(card.source.text)])


def _report(card: Card, places: list[Span]) -> Iterator[Problem]:
    if len(places) <= ONE_BY_ONE:
        for place in places:
            yield Problem(place, f"{_wrong_bytes(card, place)}{_in_windows(card, place)}", _HELP)
        return
    related = tuple(Related(place, "also here") for place in places[1 : 1 + RELATED])
    count = sum(map(len, places))
    message = f"{count} bytes in {len(places)} places are not UTF-8, the first {_escaped(card, places[0])}"
    yield Problem(places[0], f"{message}{_in_windows(card, places[0])}", _HELP, related)


def _wrong_bytes(card: Card, place: Span) -> str:
    if len(place) == 1:
        return f"the byte {_escaped(card, place)} is not UTF-8"
    return f"the {len(place)} bytes {_escaped(card, place)} are not UTF-8"


def _escaped(card: Card, place: Span) -> str:
    shown = "".join(f"\\x{byte:02x}" for byte in _bytes(card, place)[:8])
    return f"`{shown}{'...' if len(place) > 8 else ''}`"


def _bytes(card: Card, place: Span) -> bytes:
    return card.source.slice(place).encode("utf-8", "surrogateescape")


def _in_windows(card: Card, place: Span) -> str:
    """Say how the bytes read in Windows-1252, if they are letters or common marks there."""
    try:
        text = _bytes(card, place).decode("cp1252")
    except UnicodeDecodeError:
        return ""
    if len(text) <= 2 and all(letter.isalpha() or letter in "“”‘’–—…°²³€" for letter in text):
        return f"; in Windows-1252 it would read `{text}`"
    return ""
