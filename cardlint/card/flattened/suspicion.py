"""Cards that may be flattened, told by a look at their first lines.

A card is flattened if every line break became a blank, in the whole card or in the front matter alone: the Hub then
sees no metadata, and Markdown sees one long line.
"""

from __future__ import annotations

from cardlint.card.flattened.recovered import Recovery
from cardlint.lazy_regex import pattern
from cardlint.vocabulary.keys.table import KEYS

__all__ = ["recover"]

# The opening fence with something behind it, or what a body on one line begins with and a heading inside that line.
_SUSPICION = pattern(r"\ufeff?\s*(?:---[ \t]+(?=[^ \t\r\n])|(?=# |<!--|This model )[^\r\n]*[ \t]#{2,6}[ \t])")


# A key inside one of the first lines, and a heading inside of any.
_KEYS = tuple(name for name, key in KEYS.items() if key.common)
_JOINED_KEY = pattern(rf"[^\s#-][ \t]+(?:{'|'.join(_KEYS)})\Z")
_START = 4000  # characters in which keys would be joined
_INNER_HEADING = pattern(r"##(?<=[ \t]##)#{0,4}[ \t]+[A-Z]")


def recover(text: str) -> Recovery | None:
    """Return the card with its lines, or None if it is not flattened."""
    if not _is_suspicious(text) and not _may_be_joined(text):
        return None
    from cardlint.card.flattened.restore import restore  # the grammar behind it is for the few cards that need it

    return restore(text)


def _is_suspicious(text: str) -> bool:
    """Whether the card begins with lines that are joined."""
    start = text.removeprefix("\ufeff").lstrip()
    if start.startswith("---"):
        return start[3:4] in {" ", "\t"} and _SUSPICION.match(text) is not None
    return start.startswith(("# ", "<!--", "This model ")) and _SUSPICION.match(text) is not None


def _may_be_joined(text: str) -> bool:
    """Whether some of the lines may be joined of several."""
    if text.lstrip("\ufeff \t\r\n").startswith("---") and _has_joined_key(text[:_START]):
        return True
    if " ##" not in text or (" ## " not in text and " ### " not in text):
        return False
    return any(_stands_inside(text, match.start()) for match in _INNER_HEADING.finditer(text))


def _stands_inside(text: str, start: int) -> bool:
    """Whether the line has words before a heading's number signs, and no marker of a quote, a list or a cell."""
    while start and text[start - 1] in " \t":
        start -= 1
    return start > 0 and text[start - 1] not in "#|>-" and not text[start - 1].isspace()


def _has_joined_key(text: str) -> bool:
    """Whether a key stands behind something else on its line: found from the colons, of which a text has few."""
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
