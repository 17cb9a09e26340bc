"""A flattened card back to its lines, with the way back for every offset.

A card is flattened where every line break became a blank, in the whole card or in the front matter alone: the Hub then
sees no metadata, and Markdown sees one long line. What `recover` returns can be parsed as if nothing had happened.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from msgspec import Struct

from cardlint.lazy_regex import pattern
from cardlint.source import Span

__all__ = ["Boundary", "Piece", "Recovery", "recover"]


class Piece(Struct, frozen=True):
    """`length` characters that stand at `recovered_start` in the recovered text and at `original_start` on disk."""

    recovered_start: int
    original_start: int
    length: int


class Boundary(Struct, frozen=True):
    """One or more line breaks (and indentation) put in at `offset` of the recovered text for the blanks on disk.

    `certain` says that the grammar or the generator's own words leave no other place.
    """

    offset: int
    certain: bool


class Recovery(Struct, frozen=True):
    """The recovered text; `pieces` and `boundaries` ascend, and `whole` is false where the body kept its lines."""

    text: str
    pieces: tuple[Piece, ...]
    boundaries: tuple[Boundary, ...]
    whole: bool

    @property
    def likely(self) -> int:
        """How many boundaries are a guess."""
        return sum(not boundary.certain for boundary in self.boundaries)

    def original(self, span: Span) -> Span:
        """Where a span of the recovered text stands on disk.

        What was put in belongs to neither side: a span that begins in it begins at the next character that was there,
        and one that ends in it ends behind the last.
        """
        start = self._forward(span.start, at_end=span.start == span.end)
        return Span(start, max(start, self._backward(span.end)))

    def _forward(self, offset: int, *, at_end: bool) -> int:
        index = max(bisect_right(self.pieces, offset, key=_start) - 1, 0)
        piece = self.pieces[index]
        into = offset - piece.recovered_start
        # an empty span behind a line's last character stays there
        if into < piece.length or (at_end and into == piece.length) or index + 1 == len(self.pieces):
            return piece.original_start + max(min(into, piece.length), 0)
        return self.pieces[index + 1].original_start

    def _backward(self, offset: int) -> int:
        piece = self.pieces[max(bisect_left(self.pieces, offset, key=_start) - 1, 0)]
        return piece.original_start + max(min(offset - piece.recovered_start, piece.length), 0)


def _start(piece: Piece) -> int:
    return piece.recovered_start


# The opening fence with something behind it, or what a body on one line begins with and a heading inside that line.
_SUSPICION = pattern(r"\ufeff?\s*(?:---[ \t]+(?=[^ \t\r\n])|(?=# |<!--|This model )[^\r\n]*[ \t]#{2,6}[ \t])")


# A key inside one of the first lines, and a heading inside of any.
_KEYS = (
    *("license", "language", "tags", "datasets", "metrics", "base_model", "library_name", "pipeline_tag"),
    *("model-index", "widget"),
)
_JOINED_KEY = pattern(rf"[^\s#-][ \t]+(?:{'|'.join(_KEYS)})\Z")
_START = 4000  # characters in which keys would be joined
_INNER_HEADING = pattern(r"##(?<=[ \t]##)#{0,4}[ \t]+[A-Z]")


def recover(text: str) -> Recovery | None:
    """The card with its lines, or None where it is not flattened: ordinary cards cost a look at their start."""
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
