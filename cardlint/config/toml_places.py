"""Find the place of each key and value of a TOML text, which `tomllib` does not tell."""

from __future__ import annotations

import re

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["KeyPath", "Place", "find_places"]

KeyPath = tuple[str | int, ...]
"""The way to a value: keys of tables and, from 0, indices of arrays."""

_SPACE = LazyPattern(r"[ \t]*")
_BLANK = LazyPattern(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_SEPARATOR = LazyPattern(r"(?:[ \t\r\n,]++|#[^\n]*+)*+")
_BARE_KEY = LazyPattern(r"[A-Za-z0-9_-]+")
_SCALAR = LazyPattern(r"[^,\]}#\s]++(?:[^\S\r\n]++[^,\]}#\s]++)*+")
_STRING = LazyPattern(
    r'"""(?:\\.|"(?!"")|[^\\"])*+"""(?:"{0,2})'  # up to two quotes may precede the three that close
    r"|'''.*?''''{0,2}"
    r'|"(?:\\.|[^\\"])*+"'
    r"|'[^']*'",
    re.DOTALL,
)


class Place(Struct, frozen=True):
    """The spans of a key and of its value; an array's item is its own key, a table's value is its header."""

    key: Span
    value: Span


def find_places(text: str) -> dict[KeyPath, Place]:
    """Return the place of every table, key and array item of `text`, which `tomllib` must have accepted.

    None at all if the text is nested so deeply that only `tomllib`, with more of the stack left, could read it.

    Raises:
        ValueError: the text is not TOML.
    """
    try:
        return _Scanner(text).scan()
    except RecursionError:
        return {}


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[KeyPath, Place] = {}
        self.last_item: dict[KeyPath, int] = {}  # of the arrays that `[[headers]]` make

    def scan(self) -> dict[KeyPath, Place]:
        table: KeyPath = ()
        self.take(_BLANK)
        while self.at < len(self.text):
            if self.peek() == "[":
                table = self.header()
            else:
                self.entry(table)
            self.take(_BLANK)
        return self.places

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self, pattern: LazyPattern[str]) -> Span:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"unexpected text at offset {self.at}")
        self.at = match.end()
        return Span(*match.span())

    def expect(self, mark: str) -> None:
        if not self.text.startswith(mark, self.at):
            raise ValueError(f"expected {mark} at offset {self.at}")
        self.at += len(mark)

    def header(self) -> KeyPath:
        start = self.at
        many = self.text.startswith("[[", start)
        self.expect("[[" if many else "[")
        keys = self.keys()
        self.expect("]]" if many else "]")
        header = Span(start, self.at)
        path: KeyPath = ()
        for number, (name, span) in enumerate(keys, 1):
            path = (*path, name)
            if many and number == len(keys):
                self.last_item[path] = self.last_item.get(path, -1) + 1
            self.places.setdefault(path, Place(span, header))
            if path in self.last_item:
                path = (*path, self.last_item[path])
                self.places.setdefault(path, Place(span, header))
        return path

    def entry(self, table: KeyPath) -> None:
        keys = self.keys()
        self.expect("=")
        self.take(_SPACE)
        paths = [table]
        for name, _ in keys:
            paths.append((*paths[-1], name))
        value = self.value(paths[-1])
        for path, (_, key) in zip(paths[1:], keys, strict=True):
            self.places.setdefault(path, Place(key, value))

    def keys(self) -> list[tuple[str, Span]]:
        """Take a key, dotted or not, with the blanks around it."""
        keys = []
        while True:
            self.take(_SPACE)
            span = self.take(_STRING if self.peek() in ("'", '"') else _BARE_KEY)
            keys.append((_unquote(self.text[span.start : span.end]), span))
            self.take(_SPACE)
            if self.peek() != ".":
                return keys
            self.expect(".")

    def value(self, path: KeyPath) -> Span:
        match self.peek():
            case "[":
                return self.array(path)
            case "{":
                return self.inline_table(path)
            case '"' | "'":
                return self.take(_STRING)
        return self.take(_SCALAR)

    def array(self, path: KeyPath) -> Span:
        start = self.at
        self.expect("[")
        self.take(_BLANK)
        index = 0
        while self.peek() != "]":
            item = self.value((*path, index))
            self.places[*path, index] = Place(item, item)
            self.take(_SEPARATOR)
            index += 1
        self.expect("]")
        return Span(start, self.at)

    def inline_table(self, path: KeyPath) -> Span:
        start = self.at
        self.expect("{")
        self.take(_BLANK)
        while self.peek() != "}":
            self.entry(path)
            self.take(_SEPARATOR)
        self.expect("}")
        return Span(start, self.at)


def _unquote(key: str) -> str:
    if key[0] == "'":
        return key[1:-1]
    if key[0] != '"' or "\\" not in key:
        return key.strip('"')
    import tomllib

    name: str = tomllib.loads(f"key = {key}")["key"]
    return name
