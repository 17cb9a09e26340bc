"""What a summary is made of, whatever it is written as: sections of sentences and tables, and the cells of a table."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Bar", "Cell", "Code", "Column", "Number", "Section", "Share", "Summary", "Table", "Tile", "Words"]


class Words(Struct, frozen=True):
    """Text; what stands in back-ticks is code."""

    text: str


class Code(Struct, frozen=True):
    """A name from a card, a rule or a program, whatever characters it has."""

    text: str


class Number(Struct, frozen=True):
    """A number as it is shown."""

    text: str


class Share(Struct, frozen=True):
    """So many of so many as a percentage; `shaded` where a table is read by its darkest cells."""

    part: int
    whole: int
    shaded: bool = False


class Bar(Struct, frozen=True):
    """A bar as long as the share, with its interval, on an axis from 0 to `end` (of 1); `hue` is its colour's name."""

    part: int
    whole: int
    end: float
    hue: str = ""


Cell = Words | Code | Number | Share | Bar


class Column(Struct, frozen=True):
    """A column's heading, and whether it holds numbers, which stand at the right."""

    title: str
    is_number: bool = True


class Table(Struct, frozen=True):
    """Rows of as many cells as there are columns; `foot` is a sentence below."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    foot: str = ""


class Section(Struct, frozen=True):
    """A heading, sentences, and tables; `stack` are the parts of one whole, each with its hue."""

    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    stack: tuple[tuple[str, int, str], ...] = ()


class Tile(Struct, frozen=True):
    """A figure that says much by itself."""

    value: str
    label: str


class Summary(Struct, frozen=True):
    """All of it."""

    title: str
    words: tuple[str, ...]
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    foot: str
