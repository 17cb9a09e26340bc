"""The parts of a summary in any format: sections of sentences and tables, and the cells of a table."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Bar", "Cell", "Code", "Column", "Number", "Section", "Share", "Summary", "Table", "Tile", "Words"]


class Words(Struct, frozen=True):
    """Text, with code in back-ticks."""

    text: str


class Code(Struct, frozen=True):
    """A name from a card, a rule or a program, which may contain any characters.

    On a page, it leads to the cell whose `anchor` is its `target`.
    """

    text: str
    target: str = ""
    anchor: str = ""


class Number(Struct, frozen=True):
    """A number as it is shown."""

    text: str


class Share(Struct, frozen=True):
    """A percentage, `part` of `whole`; `shaded` cells get a background that is darker for larger shares."""

    part: int
    whole: int
    shaded: bool = False


class Bar(Struct, frozen=True):
    """A bar for a share with its interval, on an axis from 0 to `end` (at most 1); `hue` is the name of its colour."""

    part: int
    whole: int
    end: float
    hue: str = ""


Cell = Words | Code | Number | Share | Bar


class Column(Struct, frozen=True):
    """The heading of a column; numbers are aligned to the right."""

    title: str
    is_number: bool = True


class Table(Struct, frozen=True):
    """Rows with a cell per column; `foot` is a sentence below the table."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    foot: str = ""


class Section(Struct, frozen=True):
    """A heading, sentences and tables; `stack` lists the parts of a whole for a chart, each with its hue."""

    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    stack: tuple[tuple[str, int, str], ...] = ()


class Tile(Struct, frozen=True):
    """A key figure with its label."""

    value: str
    label: str


class Summary(Struct, frozen=True):
    """A summary of a corpus."""

    title: str
    words: tuple[str, ...]
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    foot: str
