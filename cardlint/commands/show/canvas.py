"""Lines of text with colours for the picture of a card: measured in terminal cells, harmless, and never too wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from cardlint.commands.show.secrets import Secrets
from cardlint.reporters.terminal import cells

__all__ = ["Canvas", "Column", "Piece", "Signs"]

Piece = tuple[str, str]
"""Clean text (see `Canvas.clean`) and rich's name for how it looks."""

_NARROWEST = 40
_WIDEST = 120
_MOST_READ = 2000  # characters looked at of one text, far more than a line shows


class Signs(NamedTuple):
    """The characters that a picture is drawn with, for consoles that can and for those that cannot."""

    branch: str
    last: str
    trunk: str
    rule: str
    dot: str
    ellipsis: str
    filled: str
    placeholder: str
    empty: str
    agree: str
    differ: str
    mark: str
    spark: str


UNICODE = Signs("├─ ", "╰─ ", "│  ", "─", "·", "…", "●", "◐", "○", "✓", "✗", "▸", "▁▂▃▄▅▆▇█")
ASCII = Signs("|- ", "`- ", "|  ", "-", "-", "...", "*", "~", "o", "=", "!", ">", "_.-=+*%#")


class Column(NamedTuple):
    """A column of a table: the lines of its header, one cell a row, numbers to the right."""

    header: Sequence[str]
    cells: Sequence[Piece]
    right: bool = True

    @property
    def width(self) -> int:
        return max(cell_len(text) for text in (*self.header, *(text for text, _ in self.cells), ""))


class Canvas:
    """Makes the lines of one picture, `width` cells wide."""

    def __init__(self, width: int, *, unicode: bool, secrets: Secrets) -> None:
        self.width = min(max(width, _NARROWEST), _WIDEST)
        self.signs = UNICODE if unicode else ASCII
        self.secrets = secrets
        self._glyphs = cells.UNICODE if unicode else cells.ASCII

    def clean(self, text: str) -> str:
        """The card's own text on one line, without secrets, controls, and what turns the direction of writing."""
        return cells.clean(self.secrets.hide(text)[:_MOST_READ], self._glyphs).strip()

    def fit(self, text: str, width: int) -> str:
        """The text, cut to `width` cells."""
        if cell_len(text) <= width:
            return text
        return set_cell_size(text, max(width - len(self.signs.ellipsis), 0)).rstrip() + self.signs.ellipsis[:width]

    def pad(self, text: str, width: int, *, right: bool = False) -> str:
        """The text cut or filled up to exactly `width` cells."""
        text = self.fit(text, width)
        blanks = " " * (width - cell_len(text))
        return blanks + text if right else text + blanks

    def line(self, *pieces: Piece) -> Text:
        """One line; what does not fit is cut."""
        line = Text.assemble(*self.cut(pieces, self.width))
        line.rstrip()
        return line

    def cut(self, pieces: Sequence[Piece], width: int) -> Iterator[Piece]:
        """The pieces, filled up or cut to exactly `width` cells."""
        room = width - sum(cell_len(text) for text, _ in pieces)
        if room >= 0:
            yield from pieces
            yield " " * room, ""
            return
        ellipsis = self.signs.ellipsis[:width]
        room = width - len(ellipsis)
        for text, style in pieces:
            if cell_len(text) > room:
                yield set_cell_size(text, room) + ellipsis, style
                return
            yield text, style
            room -= cell_len(text)

    def title(self, text: str, *aside: Piece) -> Text:
        """The heading of a part: its name, a rule, and what is to say of the whole at the right."""
        behind = [(" ", ""), *aside] if aside else []
        used = cell_len(text) + 1 + sum(cell_len(piece) for piece, _ in behind)
        return self.line((text, "bold"), (f" {self.signs.rule * (self.width - used)}", "dim"), *behind)

    def more(self, count: int, noun: str, indent: str = "") -> Text:
        """How many were left out."""
        nouns = noun if count == 1 or not noun else f"{noun}s"
        return self.line((f"{indent}{self.signs.ellipsis} {count} more {nouns}", "dim"))

    def flow(self, words: Iterable[str], gap: str, style: str = "") -> Iterator[Text]:
        """Words one behind the other, as many on a line as fit."""
        line = ""
        for word in words:
            if line and cell_len(line + gap + word) > self.width:
                yield self.line((line, style))
                line = ""
            line += f"{gap if line else ''}{word}"
        yield self.line((line, style))

    def table(self, columns: Sequence[Column]) -> Iterator[Text]:
        """The header and the rows of a table."""
        height = max(len(column.header) for column in columns)
        heads = [[""] * (height - len(column.header)) + list(column.header) for column in columns]
        for texts in zip(*heads, strict=True):
            yield self.row(columns, [(text, "bold") for text in texts])
        for row in zip(*(column.cells for column in columns), strict=True):
            yield self.row(columns, row)

    def row(self, columns: Sequence[Column], row: Sequence[Piece]) -> Text:
        pieces: list[Piece] = []
        for column, (text, style) in zip(columns, row, strict=True):
            pieces += (("  ", ""), (self.pad(text, column.width, right=column.right), style))
        return self.line(*pieces[1:])

    def render(self, lines: Iterable[Text], *, color: bool) -> str:
        """The lines as a terminal or a file takes them, each with its line end."""
        stream = StringIO()
        console = Console(
            file=stream,
            width=self.width,
            force_terminal=color,
            color_system="standard" if color else None,
            no_color=not color,
            legacy_windows=False,
            force_jupyter=False,
            highlight=False,
            markup=False,
            emoji=False,
        )
        console.print(Text("\n").join(lines), soft_wrap=True)
        return stream.getvalue()
