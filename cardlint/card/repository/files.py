"""The JSON files beside a card, read with limits: what is too large, broken or of another shape states nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from cardlint.card.numbers.number import Number, parse_number
from cardlint.source import Folder, Source, Span, read

__all__ = ["LONG", "SHORT", "STATED_PARAMETERS", "Files", "JsonFile", "as_number", "parse_json"]

SHORT = 256 << 10
"""The most bytes of a configuration or a file of results."""

LONG = 4 << 20
"""The most bytes of a log of the training, and of a tokenizer's configuration."""

STATED_PARAMETERS = ".stated/parameters.json"
"""The name under which a repository on the Hub has the parameters that the Hub states; it is not a file of its own."""


class JsonFile(Struct, frozen=True):
    """A JSON file: `value` is its content, in which numbers with a point or an exponent are `Number`."""

    name: str
    source: Source
    value: Any

    @property
    def mapping(self) -> Mapping[str, Any]:
        """The content if it is an object, else an empty one."""
        return self.value if isinstance(self.value, dict) else {}

    def text(self, key: str) -> str | None:
        """Return the text under a top-level key, or None for other values."""
        value = self.mapping.get(key)
        return value if isinstance(value, str) and value.strip() else None

    def place(self, key: str, value: str = "") -> Span:
        """Return the span of a key and its value: the first entry whose value begins with `value`.

        If the file writes the key or the value with escapes, this is the empty span at its start.
        """
        text, name = self.source.text, f'"{key}"'
        start = text.find(name)
        while start >= 0:
            colon = _behind_blanks(text, start + len(name))
            first = _behind_blanks(text, colon + 1)
            if text.startswith(":", colon) and text.startswith(value, first):
                return Span(start, _line_end(text, first + len(value)))
            start = text.find(name, start + len(name))
        return Span(0, 0)


_MOST_BLANKS = 100


def _behind_blanks(text: str, start: int) -> int:
    part = text[start : start + _MOST_BLANKS]
    return start + len(part) - len(part.lstrip())


def _line_end(text: str, start: int) -> int:
    """Return the end of a value: before the comma, bracket or line end that follows."""
    ends = (place for sign in ",}]\r\n" if (place := text.find(sign, start, start + _MOST_BLANKS)) >= 0)
    return min(ends, default=start)


class Files:
    """The files in the folder of a card; each is read once. Without a folder there are none."""

    def __init__(self, card: Source, folder: Folder | None) -> None:
        self._beside = card.path[: card.path.rfind("/") + 1]
        self._folder = folder
        self._known: dict[str, JsonFile | None] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all files and folders beside the card."""
        return frozenset() if self._folder is None else frozenset(self._folder.names("."))

    def has(self, path: str) -> bool:
        """Return True if there is a file or folder of this path."""
        first, slash, _ = path.partition("/")
        return first in self.names and (not slash or (self._folder is not None and self._folder.has(path)))

    def lacks(self, *names: str) -> bool:
        """Return True if one of these files exists and was not downloaded: it may state anything."""
        folder = self._folder
        return (
            folder is not None
            and folder.is_remote
            and any(self.has(name) and folder.opened.get(name) is None for name in names)
        )

    def beside(self, name: str) -> str:
        """Return the path of a file as it is shown."""
        return self._beside + name

    def part(self, name: str, start: int, size: int) -> bytes:
        """Return a part of a large file on this machine, from its end if `start` is negative; else nothing."""
        if self._folder is None or name not in self.names:
            return b""
        return self._folder.read_part(name, start, size) or b""

    @property
    def stated_parameters(self) -> Mapping[str, Any]:
        """The numbers of parameters by their type, as the Hub states them; of a folder on this machine none."""
        data = self._folder.opened.get(STATED_PARAMETERS) if self._folder is not None else None
        file = None if data is None else _parse(STATED_PARAMETERS, read(data))
        return file.mapping if file is not None else {}

    def text(self, path: str, most: int = SHORT) -> Source | None:
        """Return a file as a text, or None if it does not exist or has more than `most` bytes."""
        if self._folder is None or path.partition("/")[0] not in self.names or not _may_read(self._folder, path):
            return None
        data = self._folder.read(path)
        return None if data is None or len(data) > most else read(data, self._beside + path)

    def json(self, name: str, most: int = SHORT) -> JsonFile | None:
        """Return a JSON file, or None if it does not exist, is too large or is not JSON."""
        if name not in self._known:
            source = self.text(name, most)
            self._known[name] = None if source is None else _parse(name, source)
        return self._known[name]


def _may_read(folder: Folder, name: str) -> bool:
    """Return True for a file on this machine, or one that was downloaded before: rules make no requests."""
    return not folder.is_remote or name in folder.opened


def _parse(name: str, source: Source) -> JsonFile | None:
    value = parse_json(source)
    return None if value is None else JsonFile(name, source, value)


def parse_json(source: Source) -> Any:
    """Return the value of a text in JSON, or None if it is not JSON."""
    import json  # here, since most cards have no such file

    try:
        return json.loads(source.text.removeprefix("\ufeff"), parse_float=_number, parse_constant=_not_a_number)
    except (ValueError, RecursionError):  # a ValueError also for integers of thousands of digits
        return None


_LONGEST = 40  # characters of a number
_LARGEST = 308  # the exponent of the largest number that a program computes with


def _number(text: str) -> Number | None:
    number = parse_number(text) if len(text) <= _LONGEST else None
    return number if number is not None and abs(number.value.adjusted()) <= _LARGEST else None


def _not_a_number(_: str) -> None:
    """Return None for `NaN` and infinities, which Python writes and reads as JSON."""


def as_number(value: object) -> Number | None:
    """Return a value of a JSON file as a number, or None for any other value."""
    if isinstance(value, Number):
        return value
    return _number(str(value)) if isinstance(value, int) and not isinstance(value, bool) else None
