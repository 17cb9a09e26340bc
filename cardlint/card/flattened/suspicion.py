"""A quick test if a card may be flattened, mostly by its first lines.

A card is flattened if every line break became a blank, in the whole card or in the front matter alone: the Hub then
sees no metadata, and Markdown sees one long line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardlint.lazy_regex import LazyPattern
from cardlint.source import BYTE_ORDER_MARK
from cardlint.vocabulary.keys.table import KEYS

if TYPE_CHECKING:
    from cardlint.card.flattened.recovered import Recovery

__all__ = ["recover"]

# An opening fence with text after it, or the beginning of a body on one line with a heading inside that line.
_SUSPICION = LazyPattern(r"\ufeff?\s*(?:---[ \t]+(?=[^ \t\r\n])|(?=# |<!--|This model )[^\r\n]*[ \t]#{2,6}[ \t])")


# A key inside one of the first lines, and a heading inside any line.
_KEYS = tuple(name for name, key in KEYS.items() if key.common)
_JOINED_KEY = LazyPattern(rf"[^\s#-][ \t]+(?:{'|'.join(_KEYS)})\Z")
_START = 4000  # the number of characters in which joined keys are searched for
_INNER_HEADING = LazyPattern(r"##(?<=[ \t]##)#{0,4}[ \t]+[A-Z]")


def recover(text: str) -> Recovery | None:
    """Return the card with its lines, or None if it is not flattened."""
    if not _is_suspicious(text) and not _may_be_joined(text):
        return None
    from cardlint.card.flattened.restore import restore  # imported here, because few cards need the grammar

    return restore(text)


def _is_suspicious(text: str) -> bool:
    """Return True if the card begins with joined lines."""
    start = text.removeprefix(BYTE_ORDER_MARK).lstrip()
    if start.startswith("---"):
        return start[3:4] in {" ", "\t"} and _SUSPICION.match(text) is not None
    return start.startswith(("# ", "<!--", "This model ")) and _SUSPICION.match(text) is not None


def _may_be_joined(text: str) -> bool:
    """Return True if some of the lines may be joined."""
    if text.lstrip("\ufeff \t\r\n").startswith("---") and _has_joined_key(text[:_START]):
        return True
    if " ##" not in text or (" ## " not in text and " ### " not in text):
        return False
    return any(_stands_inside(text, match.start()) for match in _INNER_HEADING.finditer(text))


def _stands_inside(text: str, start: int) -> bool:
    """Return True if words precede the heading's number signs on the line, not a marker of a quote, list or cell."""
    while start and text[start - 1] in " \t":
        start -= 1
    return start > 0 and text[start - 1] not in "#|>-" and not text[start - 1].isspace()


def _has_joined_key(text: str) -> bool:
    """Return True if a line has text before a key; keys are found by their colons, which are rare."""
    colon = text.find(":")
    while colon >= 0:
        end = colon
        while text.endswith((" ", "\t"), 0, end):
            end -= 1
        if text.endswith(_KEYS, 0, end) and text[colon + 1 : colon + 2] in " \t\r\n":
            line = text[text.rfind("\n", 0, end) + 1 : end]
            if line.lstrip(" \t#-") not in _KEYS and _JOINED_KEY.search(line):
                return True
        colon = text.find(":", colon + 1)
    return False
