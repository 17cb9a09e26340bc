"""Text in terminal cells: the cell of each character, and the part of a line that fits."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from cardlint.lazy_regex import LazyPattern
from cardlint.reporters.escaping import HIDDEN
from cardlint.source import SURROGATE, Span
from cardlint.wording import without_commands

__all__ = ["ASCII", "UNICODE", "Glyph", "Glyphs", "View", "clean", "view", "width_of"]

TAB = 4


class Glyphs(Struct, frozen=True):
    """The characters of drawings; `hidden` and `broken` replace characters that cannot be shown."""

    bar: str
    ellipsis: str
    corner: str
    turned: str
    under: str
    thick: str
    space: str
    hidden: str
    broken: str


UNICODE = Glyphs(
    bar="│", ellipsis="…", corner="╰─ ", turned=" ─╯", under="─", thick="┃", space="·", hidden="·", broken="�"
)
ASCII = Glyphs(
    bar="|", ellipsis="...", corner="+- ", turned=" -+", under="-", thick="!", space=" ", hidden=".", broken="?"
)

_FOLD = LazyPattern("(?<![ \t])[ \t]*[\t\n\v\f\r\x85\u2028\u2029][\\s\x85\u2028\u2029]*")
JOINER = "\u200d"


def clean(text: str, glyphs: Glyphs) -> str:
    """Return text for one line of a terminal: line ends folded, control characters and lone surrogates replaced."""
    text = without_commands(text, glyphs.hidden)
    if text.isascii() and text.isprintable():
        return text
    text = _FOLD.sub(" ", text)
    return SURROGATE.sub(glyphs.broken, HIDDEN.sub(glyphs.hidden, text))


def width_of(text: str) -> int:
    """Return the number of cells that `text`, which must be clean, takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # here, because its tables take longer to load than most runs

    return cell_len(text)


class Glyph(Struct, frozen=True):
    """A base character with its combining characters: offsets in the line, first cell and width."""

    start: int
    end: int
    text: str
    column: int
    width: int


class View(Struct, frozen=True):
    """The visible part of a line; the columns of its glyphs count from its left edge."""

    glyphs: list[Glyph]
    left: str
    right: str
    width: int

    @property
    def cut(self) -> bool:
        return bool(self.left or self.right)

    def columns(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of cells for the characters from `start` to `end`, at least one cell."""
        first = self._column(start)
        last = next((glyph.column + glyph.width for glyph in reversed(self.glyphs) if glyph.start < end), first)
        if self.right and self.glyphs and end > self.glyphs[-1].end:
            last = self.width
        return first, max(last, first + 1)

    def _column(self, offset: int) -> int:
        for glyph in self.glyphs:
            if offset < glyph.end:
                return glyph.column if glyph.start <= offset else max(glyph.column - len(self.left), 0)
        return self.glyphs[-1].column + self.glyphs[-1].width if self.glyphs else len(self.left)


def view(text: str, focus: Span, width: int, glyphs: Glyphs) -> View:
    """Return the line or, if it is wider than `width` cells, the part around `focus`, with marks where it is cut.

    Only the text near `focus` is measured, because a line may be a whole card of a megabyte.
    """
    reach = 2 * width + 32
    low = max(0, focus.start - reach)
    high = min(len(text), min(focus.end, focus.start + reach) + reach)
    drawn = list(_glyphs(without_commands(text[low:high], glyphs.hidden), low, glyphs))
    total = drawn[-1].column + drawn[-1].width if drawn else 0
    if low == 0 and high == len(text) and total <= width:
        return View(drawn, "", "", total)
    left = _left_edge(drawn, focus, width, total, glyphs.ellipsis) if low == 0 else _middle(drawn, focus, width, total)
    left_mark = glyphs.ellipsis if low > 0 or left > 0 else ""
    right_mark = glyphs.ellipsis if high < len(text) or left + width < total else ""
    first, last = left + len(left_mark), left + width - len(right_mark)
    kept = [
        replace(glyph, column=glyph.column - left)
        for glyph in drawn
        if glyph.column >= first and glyph.column + glyph.width <= last
    ]
    return View(kept, left_mark, right_mark, min(width, total - left + len(right_mark)))


def _left_edge(drawn: list[Glyph], focus: Span, width: int, total: int, mark: str) -> int:
    """Return the first cell of a window into a line that is known from its start: 0 if that hides nothing more."""
    left = _middle(drawn, focus, width, total)
    start, end = _cells(drawn, focus, total)
    # the mark on the left would hide as much as is cut there; the mark on the right must not cover the focus
    is_free = left <= len(mark) and (end <= width - len(mark) or start < left + len(mark))
    return 0 if is_free else left


def _middle(drawn: list[Glyph], focus: Span, width: int, total: int) -> int:
    """Return the first cell of a window with the focus in the middle, or with its start if it is too wide."""
    start, end = _cells(drawn, focus, total)
    spare = width - min(max(end - start, 1), width - 8)
    return max(0, min(start - spare // 2, total - width))


def _cells(drawn: list[Glyph], focus: Span, total: int) -> tuple[int, int]:
    """Return the cells at which the focus begins and ends."""
    start = next((glyph.column for glyph in drawn if glyph.end > focus.start), total)
    return start, next((glyph.column for glyph in drawn if glyph.start >= focus.end), total)


def _glyphs(text: str, offset: int, glyphs: Glyphs) -> Iterator[Glyph]:
    if text.isascii() and text.isprintable():  # as for nearly all lines
        yield from (Glyph(offset + index, offset + index + 1, text[index], index, 1) for index in range(len(text)))
        return
    column = 0
    for start, end in _clusters(text):
        shown = _shown(text[start:end], column, glyphs)
        width = width_of(shown)
        yield Glyph(offset + start, offset + end, shown, column, width)
        column += width


def _shown(cluster: str, column: int, glyphs: Glyphs) -> str:
    if cluster == "\t":
        return " " * (TAB - column % TAB)
    if len(cluster) > 1 or (cluster.isascii() and cluster.isprintable()):
        return cluster
    if SURROGATE.match(cluster):
        return glyphs.broken
    return glyphs.hidden if cluster == JOINER or HIDDEN.match(cluster) else cluster


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield ranges of characters that share cells: a base with its marks, and emoji with joiners."""
    if text.isascii():
        yield from ((index, index + 1) for index in range(len(text)))
        return
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not _continues(text, start, index):
            yield start, index
            start = index


def _continues(text: str, start: int, index: int) -> bool:
    character = text[index]
    if character.isascii() or HIDDEN.match(text[start]) or SURROGATE.match(text[start]):
        return False
    if character == JOINER:
        return index + 1 < len(text) and width_of(text[start]) == 2 == _plain_width(text[index + 1])
    if text[index - 1] == JOINER and index - 1 > start:
        return True
    return not HIDDEN.match(character) and not SURROGATE.match(character) and width_of(character) == 0


def _plain_width(character: str) -> int:
    return 0 if SURROGATE.match(character) else width_of(character)
