"""The keys around a place in the front matter, read line by line: the YAML of a text being typed is seldom valid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.server.positions import Places
from cardlint.source import BYTE_ORDER_MARK, Span
from cardlint.vocabulary.keys.grammar import Key, Shape
from cardlint.vocabulary.keys.table import FRONT_MATTER

__all__ = ["KeyPath", "Line", "key_of", "line_at", "path_of", "shape_of", "siblings"]

KeyPath = tuple[str, ...]
"""Keys, each the value of the one before; lists do not count."""

_FENCE = LazyPattern(r"---[ \t]*")
_LINE = LazyPattern(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?:(?P<key>[\w.-]+) *:(?=\s|$))?")


class _Level(Struct, frozen=True):
    """An open key, and the column in which it begins, from 0."""

    column: int
    key: str


class Line(Struct, frozen=True):
    """A line of the front matter: its text, the offset of its start, and the lines of YAML above it."""

    text: str
    start: int
    above: tuple[str, ...]

    @property
    def key(self) -> Span | None:
        """The place of the line's key, or None if the line has none."""
        match = _LINE.match(self.text)
        if match is None or not match["key"]:
            return None
        return Span(self.start + match.start("key"), self.start + match.end("key"))


def line_at(places: Places, offset: int) -> Line | None:
    """Return the line at an offset, or None outside of the front matter."""
    text = places.text
    lines = [line.rstrip("\r") for line in text[:offset].removeprefix(BYTE_ORDER_MARK).split("\n")]
    above = lines[:-1]
    if not above or not _FENCE.fullmatch(above[0]) or any(map(_FENCE.fullmatch, above[1:])):
        return None
    end = text.find("\n", offset)
    start = offset - len(lines[-1])
    line = text[start : end if end >= 0 else len(text)].rstrip("\r")
    return None if _FENCE.fullmatch(line) else Line(line, start, tuple(above[1:]))


def path_of(line: Line, typed: str | None = None) -> KeyPath:
    """Return the keys that contain a line, or the part of the line that is `typed`, from the outermost."""
    open_keys: list[_Level] = []
    for each in line.above:
        match = _LINE.match(each)
        if match is None or not (match["key"] or match["dashes"]):
            continue
        _close(open_keys, each)
        if match["key"]:
            open_keys.append(_Level(match.start("key"), match["key"]))
    _close(open_keys, line.text if typed is None else typed)
    return tuple(level.key for level in open_keys)


def _close(open_keys: list[_Level], line: str) -> None:
    """Remove the keys that end before a line: those that begin as far to the right as its first key or dash.

    A list may begin in the column of its key.
    """
    column = len(line) - len(line.lstrip(" "))
    is_item = line[column : column + 1] == "-"
    while open_keys and (open_keys[-1].column > column or (open_keys[-1].column == column and not is_item)):
        open_keys.pop()


def shape_of(path: KeyPath) -> Shape | None:
    """Return the shape of the value at a path, or None if the path has an unknown key."""
    key = key_of(path)
    return key.shape if key is not None else None if path else FRONT_MATTER


def key_of(path: KeyPath) -> Key | None:
    """Return the row of the last key of a path, or None if the path has an unknown key or none at all."""
    shape, key = FRONT_MATTER, None
    for name in path:
        key = shape.keys.get(name)
        if key is None:
            return None
        shape = key.shape
    return key


def siblings(places: Places, offset: int, column: int) -> frozenset[str]:
    """Return the keys of the mapping at an offset, which begin in the same column, without that of its line."""
    lines = places.text.removeprefix(BYTE_ORDER_MARK).split("\n")
    here = places.text.count("\n", 0, offset)
    above = [] if _starts_item(lines[here], column) else _same_mapping(lines[here - 1 : 0 : -1], column, upward=True)
    return frozenset([*above, *_same_mapping(lines[here + 1 :], column, upward=False)])


def _same_mapping(lines: Sequence[str], column: int, *, upward: bool) -> Iterator[str]:
    for line in lines:
        match = _LINE.match(line)
        starts_item = _starts_item(line, column)
        if match is None or _FENCE.fullmatch(line.rstrip("\r")) or (starts_item and not upward):
            return
        if line.strip() and match.end("dashes") < column:
            return
        if match["key"] and match.start("key") == column:
            yield match["key"]
        if starts_item:
            return


def _starts_item(line: str, column: int) -> bool:
    match = _LINE.match(line)
    return match is not None and bool(match["dashes"]) and match.end("dashes") == column
