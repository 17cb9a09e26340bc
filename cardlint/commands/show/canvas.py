"""Lines of coloured text for the picture of a card: cut to the width of the terminal, without control characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from msgspec import Struct
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from cardlint.commands.show.secrets import Secrets
from cardlint.reporters.terminal import cells

__all__ = ["Canvas", "Column", "Piece", "Signs"]

Piece = tuple[str, str]
"""Clean text (see `Canvas.clean`) and rich's name for its style."""

_NARROWEST = 40
_WIDEST = 120
_MOST_READ = 2000  # characters of one text that are used, far more than fit on a line


class Signs(Struct, frozen=True):
    """The characters of a picture: `UNICODE`, or `ASCII` for consoles that cannot show these."""

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


class Column(Struct, frozen=True):
    """A column of a table: the lines of its header and one cell per row, aligned to the right if `right`."""

    header: Sequence[str]
    cells: Sequence[Piece]
    right: bool = True

    @property
    def width(self) -> int:
        return max(cell_len(text) for text in (*self.header, *(text for text, _ in self.cells), ""))


class Canvas:
    """A picture that is `width` cells wide, with methods that make its lines."""

    def __init__(self, width: int, *, unicode: bool, secrets: Secrets) -> None:
        self.width = min(max(width, _NARROWEST), _WIDEST)
        self.signs = UNICODE if unicode else ASCII
        self.secrets = secrets
        self._glyphs = cells.UNICODE if unicode else cells.ASCII

    def clean(self, text: str) -> str:
        """Return text of the card on one line, without secrets, control characters and direction marks."""
        return cells.clean(self.secrets.hide(text)[:_MOST_READ], self._glyphs).strip()

    def fit(self, text: str, width: int) -> str:
        """Return the text, cut to `width` cells."""
        if cell_len(text) <= width:
            return text
        return set_cell_size(text, max(width - len(self.signs.ellipsis), 0)).rstrip() + self.signs.ellipsis[:width]

    def pad(self, text: str, width: int, *, right: bool = False) -> str:
        """Return the text, cut or filled up to exactly `width` cells."""
        text = self.fit(text, width)
        blanks = " " * (width - cell_len(text))
        return blanks + text if right else text + blanks

    def line(self, *pieces: Piece) -> Text:
        """Return a line of these pieces, cut to the width of the picture."""
        line = Text.assemble(*self.cut(pieces, self.width))
        line.rstrip()
        return line

    def cut(self, pieces: Sequence[Piece], width: int) -> Iterator[Piece]:
        """Yield the pieces, cut or filled up to exactly `width` cells."""
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
        """Return the heading of a part: its name, a horizontal rule, and a remark at the right."""
        behind = [(" ", ""), *aside] if aside else []
        used = cell_len(text) + 1 + sum(cell_len(piece) for piece, _ in behind)
        return self.line((text, "bold"), (f" {self.signs.rule * (self.width - used)}", "dim"), *behind)

    def more(self, count: int, noun: str, indent: str = "") -> Text:
        """Return a line that says how many items are not shown."""
        nouns = noun if count == 1 or not noun else f"{noun}s"
        return self.line((f"{indent}{self.signs.ellipsis} {count} more {nouns}", "dim"))

    def flow(self, words: Iterable[str], gap: str, style: str = "") -> Iterator[Text]:
        """Yield lines with as many words as fit."""
        line = ""
        for word in words:
            if line and cell_len(line + gap + word) > self.width:
                yield self.line((line, style))
                line = ""
            line += f"{gap if line else ''}{word}"
        yield self.line((line, style))

    def table(self, columns: Sequence[Column]) -> Iterator[Text]:
        """Yield the header and the rows of a table."""
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
        """Return the lines as text, with escape sequences if `color` is true."""
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
