"""A list of byte strings that moves to disk when it grows, so that memory stays small."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

__all__ = ["DiskList"]

_ROOM = 2 << 20  # bytes kept in memory; a run of a few hundred cards writes no file


class DiskList:
    """Byte strings, sorted by their keys, and for equal keys in the order of insertion.

    Strings that do not fit into `room` bytes are written to an unnamed temporary file. If no such file can be created,
    all stay in memory.
    """

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._keys: list[str] = []
        self._ends = array("q")  # the end of each string in the concatenation of all
        self._waiting: list[bytes] = []  # the last strings, which are still in memory
        self._held = 0
        self._file: IO[bytes] | None = None
        self._is_sorted = True

    def __len__(self) -> int:
        return len(self._keys)

    def __del__(self) -> None:
        if self._file is not None:
            with suppress(OSError):  # the disk may be full
                self._file.close()

    def put(self, key: str, data: bytes) -> None:
        """Add a byte string."""
        if self._keys and key < self._keys[-1]:
            self._is_sorted = False
        self._keys.append(key)
        self._ends.append((self._ends[-1] if self._ends else 0) + len(data))
        self._waiting.append(data)
        self._held += len(data)
        if self._held > self._room:
            self._move()

    def __iter__(self) -> Iterator[bytes]:
        return map(self.__getitem__, self.order())

    def order(self) -> range | list[int]:
        """Return the insertion numbers of the strings in the order of the keys."""
        numbers = range(len(self._keys))
        return numbers if self._is_sorted else sorted(numbers, key=self._keys.__getitem__)

    def __getitem__(self, number: int) -> bytes:
        """Return the string with this insertion number."""
        first = len(self._keys) - len(self._waiting)
        if number >= first:
            return self._waiting[number - first]
        assert self._file is not None
        start = self._ends[number - 1] if number else 0
        self._file.seek(start)
        return self._file.read(self._ends[number] - start)

    def _move(self) -> None:
        """Append the waiting strings to the file."""
        import tempfile  # here, since most runs are too small to need a file

        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="cardlint-", buffering=0)  # noqa: SIM115
            self._file.seek(self._ends[-1] - self._held)
            rest = memoryview(b"".join(self._waiting))
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:  # the disk is full, or temporary files are impossible: keep everything in memory
            self._room = 1 << 62
            return
        self._waiting.clear()
        self._held = 0
