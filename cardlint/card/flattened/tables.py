"""The tables of a flattened text, found by their delimiter rows and by the number of cells."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern

__all__ = ["FlatTable", "find_tables"]

_DELIMITER = LazyPattern(r"\|(?:[ \t]*+:?+-++:?+[ \t]*+\|)++")
_PIPE = LazyPattern(r"(?<!\\)\|")
_HEADING = LazyPattern(r"[ \t]#{1,6}[ \t]")


class FlatTable(Struct, frozen=True):
    """A table: the offsets of its rows (header, delimiter row and the others), and the end of the last one."""

    rows: tuple[int, ...]
    end: int
    certain: bool


def find_tables(text: str, start: int, stop: int) -> Iterator[FlatTable]:
    """Yield the tables of `text[start:stop]` in their order."""
    floor = start
    position = start
    while (delimiter := _DELIMITER.search(text, position, stop)) is not None:
        position = delimiter.end()
        cells = delimiter[0].count("|") - 1
        header = _header(text, floor, delimiter.start(), cells)
        floor = position
        if header is not None and _stands_apart(text, header, stop) and "--" in delimiter[0]:
            rows, end, certain = _rows(text, delimiter.end(), stop, cells)
            yield FlatTable((header, delimiter.start(), *rows), end, certain)
            floor = position = end


def _header(text: str, floor: int, delimiter: int, cells: int) -> int | None:
    """Return the start of the header: the row with `cells` cells right before the delimiter row."""
    end = delimiter
    while end > floor and text[end - 1] in " \t":
        end -= 1
    if end == delimiter or end <= floor or text[end - 1] != "|":
        return None
    for _ in range(cells + 1):
        end = text.rfind("|", floor, end)
        while end > floor and text[end - 1] == "\\":
            end = text.rfind("|", floor, end)
        if end < 0:
            return None
    return end


def _stands_apart(text: str, offset: int, stop: int) -> bool:
    return offset < stop and (offset == 0 or text[offset - 1] in " \t\r\n")


def _rows(text: str, position: int, stop: int, cells: int) -> tuple[list[int], int, bool]:
    """Return the starts of the rows below the delimiter row, the end of the last one, and if all were complete."""
    rows: list[int] = []
    end = position
    while True:
        start = _skip(text, end, stop)
        if start in {end, stop} or text[start] != "|":
            return rows, end, True
        whole, row_end = _row_end(text, start, stop, cells)
        if row_end is None:
            return rows, end, False
        rows.append(start)
        end = row_end
        if not whole:
            return rows, end, False


def _row_end(text: str, start: int, stop: int, cells: int) -> tuple[bool, int | None]:
    """Return True if the row at `start` is complete, and its end; a heading before its last cell cuts it short."""
    end = start
    for count, pipe in enumerate(_PIPE.finditer(text, start, stop)):
        if _HEADING.search(text, end, pipe.start() + 1):
            return False, end + 1 if count > 1 else None
        end = pipe.start()
        if count == cells:
            return True, end + 1
    return False, end + 1 if end > start else None


def _skip(text: str, position: int, stop: int) -> int:
    while position < stop and text[position] in " \t":
        position += 1
    return position
