"""The text of a file, positions in it, and the folder around it."""

from __future__ import annotations

import codecs
import os
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Literal, overload

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.platform_differences import can_be_a_name, is_spelled_as_on_disk

__all__ = [
    "BYTE_ORDER_MARK",
    "HUB",
    "LARGEST_FILE",
    "LINE_END",
    "MOST_OF_CARD",
    "STANDARD_INPUT",
    "SURROGATE",
    "SURROGATES",
    "UNDECODED",
    "Encoding",
    "Folder",
    "Lines",
    "Position",
    "Source",
    "Span",
    "SpanIndex",
    "line_starts",
    "read",
    "without_surrogates",
]

Encoding = Literal["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]

# A text-mode writer on Windows turns `\r\n` into `\r\r\n`: that is one line end, not two.
LINE_END = LazyPattern(r"\r\r\n|\r\n|\r|\n")
BYTE_ORDER_MARK = "\ufeff"

SURROGATES = "\ud800-\udfff"
"""The range of the surrogates, for a class of characters."""

SURROGATE = LazyPattern(f"[{SURROGATES}]")
"""A character of a text that is not a character of Unicode, and that no file in UTF-8 can contain."""

UNDECODED = LazyPattern("[\udc80-\udcff]+")
"""Bytes that are not UTF-8: in a text, a surrogate represents each of them."""

HUB = "hub:"
"""The prefix of a path on the Hub, both in what users type and in what they are shown."""

LARGEST_FILE = 4 << 20
"""The most bytes of a file beside a card: a larger one is data, not something to read."""

MOST_OF_CARD = 16 << 20
"""The most bytes that are read of a card: more than the Hub accepts, so that of a longer one only the size matters."""

STANDARD_INPUT = "-"
"""The name of standard input among the paths that users type."""


class Span(Struct, frozen=True, gc=False):
    """A half-open range of offsets in a `Source.text`, counted in Unicode code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __lt__(self, other: Span) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def covers(self, other: Span) -> bool:
        """Return True if `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return True if this span and `other` share at least one code point."""
        return self.start < other.end and other.start < self.end


class SpanIndex:
    """Some spans, in any order, of which each question is answered without a look at all."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = list(accumulate((span.end for span in ordered), max))

    def overlaps(self, span: Span) -> bool:
        """Return True if one of the spans overlaps another span."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and span.start < self._ends[before - 1]

    def covers(self, span: Span) -> bool:
        """Return True if another span lies wholly inside one of the spans."""
        before = bisect_right(self._starts, span.start)
        return before > 0 and span.end <= self._ends[before - 1]


class Position(Struct, frozen=True):
    """A line and a column, both counted from 1 and in code points."""

    line: int
    column: int

    def __lt__(self, other: Position) -> bool:
        return (self.line, self.column) < (other.line, other.column)


class Lines(Sequence[Span]):
    """The lines of a text as spans, each created on access; `starts` and `ends` are their offsets.

    A list of numbers would take five times the memory of an array.
    """

    __slots__ = ("ends", "starts")

    def __init__(self, starts: Iterable[int], ends: Iterable[int]) -> None:
        self.starts: array[int] = array("q", starts)
        self.ends: array[int] = array("q", ends)

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Span: ...

    @overload
    def __getitem__(self, index: slice) -> Lines: ...

    def __getitem__(self, index: int | slice) -> Span | Lines:
        if isinstance(index, slice):
            return Lines(self.starts[index], self.ends[index])
        return Span(self.starts[index], self.ends[index])

    def __iter__(self) -> Iterator[Span]:
        return map(Span, self.starts, self.ends)


def line_starts(text: str) -> array[int]:
    """Return the offset of each line's start in a text whose only line end is the line feed."""
    starts = array("q", accumulate([len(line) + 1 for line in text.split("\n")], initial=0))
    starts.pop()  # the offset after the last line
    return starts


class Source(Struct, frozen=True, dict=True):
    """A text and the path it came from.

    `path` is the name shown to the user. `text` is the whole decoded file: a byte order mark is its first code point,
    line ends are kept, and a byte that is not UTF-8 becomes a lone surrogate (`surrogateescape`), so that `encode()`
    returns the original bytes. `undecodable` has the spans of such bytes.
    """

    path: str
    text: str
    encoding: Encoding = "utf-8"
    undecodable: tuple[Span, ...] = ()

    @cached_property
    def lines(self) -> Lines:
        """The lines without their line ends, in order; a text with n line ends has n + 1 lines."""
        text = self.text
        if "\r" in text:
            line_ends = [match.span() for match in LINE_END.finditer(text)]
            return Lines([0, *(end for _, end in line_ends)], [*(start for start, _ in line_ends), len(text)])
        starts = line_starts(text)
        return Lines(starts, [*(start - 1 for start in starts[1:]), len(text)])

    def line_index(self, offset: int) -> int:
        """Return the index in `lines` (from 0) of the line with `offset`; a line end belongs to the line it ends."""
        return bisect_right(self.lines.starts, offset) - 1

    def position(self, offset: int) -> Position:
        """Return the line and column of `offset`, which may be the end of the text."""
        line = self.line_index(offset)
        return Position(line + 1, offset - self.lines.starts[line] + 1)

    def offset(self, position: Position) -> int:
        """Return the offset of `position`; the inverse of `position()`.

        Raises:
            ValueError: the line does not exist, or the line with its line end has no such column.
        """
        if not 1 <= position.line <= len(self.lines) or position.column < 1:
            raise ValueError(f"{self.path} has no {position}")
        starts = self.lines.starts
        offset = starts[position.line - 1] + position.column - 1
        limit = starts[position.line] if position.line < len(starts) else len(self.text) + 1
        if offset >= limit:
            raise ValueError(f"{self.path} has no {position}")
        return offset

    def slice(self, span: Span) -> str:
        """Return the text of `span`."""
        return self.text[span.start : span.end]

    def encode(self, text: str | None = None) -> bytes:
        """Return `text`, by default the source's own text, as bytes in the encoding of the file."""
        errors = "surrogateescape" if self.encoding == "utf-8" else "surrogatepass"
        return (self.text if text is None else text).encode(self.encoding, errors)


class Folder:
    """The folder around a card. Each query is made when a rule asks for it, and the answer is kept.

    Names are relative to the folder. `asked`, `listed`, `opened` and `parts` hold every query with its answer, so that
    a cache can check if an old result is still valid. After `path` was read it cannot, and `is_left` is true.

    A symbolic link out of the repository is not followed; if it is not a git repository, it ends with the folder
    `named`, or with this folder.
    """

    __slots__ = ("_named", "_path", "_real", "asked", "is_left", "listed", "opened", "parts")

    repo_id: str | None = None
    """The id of the repository on the Hub if this is its top folder, else None."""

    is_remote = False
    """True if reading a file is a request over the network."""

    def __init__(self, path: Path, named: str | None = None) -> None:
        self._path = path
        self._named = named
        self._real: str | None = None
        self.is_left: bool = False
        self.asked: dict[str, bool] = {}
        self.listed: dict[str, tuple[str, ...]] = {}
        self.opened: dict[str, bytes | None] = {}
        self.parts: dict[tuple[str, int, int], bytes | None] = {}

    @property
    def path(self) -> Path:
        """The path of the folder. Rules should use the methods instead: queries made by the path are not recorded."""
        self.is_left = True
        return self._path

    def has(self, name: str) -> bool:
        """Return True if the folder has a file or folder `name`."""
        if name not in self.asked:
            self.asked[name] = self._has(name)
        return self.asked[name]

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the sorted names of the entries of `folder`; none if `folder` does not exist."""
        if folder not in self.listed:
            self.listed[folder] = tuple(sorted(self._names(folder)))
        return self.listed[folder]

    def read(self, name: str) -> bytes | None:
        """Return the bytes of the file `name`, or None if it cannot be read or has more than `LARGEST_FILE` bytes."""
        if name not in self.opened:
            self.opened[name] = self._read(name)
        return self.opened[name]

    def read_part(self, name: str, start: int, size: int) -> bytes | None:
        """Return at most `size` bytes of the file `name` from `start` on, from its end if that is negative.

        None if the file cannot be read.
        """
        part = (name, start, size)
        if part not in self.parts:
            self.parts[part] = self._read_part(name, start, size)
        return self.parts[part]

    # The queries themselves; a subclass for another kind of folder overrides them.
    def _has(self, name: str) -> bool:
        try:
            if not can_be_a_name(name):
                return False
            place = os.path.join(self._path, name)  # noqa: PTH118
            # most names are none of the folder, and need no look at where links lead
            if "/" not in os.fspath(name) and not os.path.lexists(place):
                return False
            return self._leads_outside(name) or (os.path.exists(place) and self._is_spelled(name))  # noqa: PTH110
        except (OSError, ValueError):  # the system does not allow the name, so no such file exists
            return False

    def _names(self, folder: str) -> Iterable[str]:
        try:
            if not self._is_inside(folder):
                return ()
            return [path.name for path in (self._path / folder).iterdir()]
        except (OSError, ValueError):
            return ()

    def _read(self, name: str) -> bytes | None:
        from cardlint.regular_file import read_regular  # here, because most cards have no other files to read

        try:
            if not self._is_inside(name):
                return None
            data = read_regular(self._path / name, LARGEST_FILE + 1)
        except (OSError, ValueError):
            return None
        return data if len(data) <= LARGEST_FILE else None

    def _read_part(self, name: str, start: int, size: int) -> bytes | None:
        from cardlint.regular_file import read_regular_part

        try:
            if not self._is_inside(name):
                return None
            return read_regular_part(self._path / name, start, size)
        except (OSError, ValueError):
            return None

    def _is_inside(self, name: str) -> bool:
        return can_be_a_name(name) and not self._leads_outside(name) and self._is_spelled(name)

    def _is_spelled(self, name: str) -> bool:
        return is_spelled_as_on_disk(str(self._path), name)

    def _leads_outside(self, name: str) -> bool:
        from cardlint.repository_root import leads_outside

        if self._real is None:
            self._real = os.path.realpath(self._path)
        return leads_outside(os.path.join(self._real, name), self._real, self._named)  # noqa: PTH118


def read(data: bytes, path: str = "README.md") -> Source:
    """Decode the bytes of a card. This never raises: rules report bytes that are not text.

    UTF-16 and UTF-32 are recognised by their byte order mark, UTF-16 also by the zero bytes of ASCII text.
    """
    encoding = _wide_encoding(data)
    if encoding != "utf-8":
        return Source(path, data.decode(encoding, "replace"), encoding)
    try:
        return Source(path, data.decode())
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
    return Source(path, text, undecodable=tuple(Span(*match.span()) for match in UNDECODED.finditer(text)))


def without_surrogates(text: str) -> str:
    """Return a text with U+FFFD in place of surrogates, which has the same length in every encoding."""
    return SURROGATE.sub("\ufffd", text)


_MARKS: tuple[tuple[bytes, Encoding], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _wide_encoding(data: bytes) -> Encoding:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:512]
    if len(head) >= 4 and b"\0" in head:
        half = len(head) // 2
        if head[1::2].count(0) > 0.8 * half and head[::2].count(0) < 0.2 * half:
            return "utf-16-le"
        if head[::2].count(0) > 0.8 * half and head[1::2].count(0) < 0.2 * half:
            return "utf-16-be"
    return "utf-8"
