"""A long row of byte strings that is kept on disk once it has grown, so that memory stays flat."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

__all__ = ["DiskList"]

_ROOM = 2 << 20  # bytes that are kept in memory: a run of a few hundred cards writes no file


class DiskList:
    """Byte strings in the order of their keys; of equal keys, in the order they were put in.

    What does not fit into `room` bytes goes into a temporary file that has no name. Where there is none to be had, all
    stays in memory.
    """

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._keys: list[str] = []
        self._ends = array("q")  # where each ends in the row of all of them
        self._waiting: list[bytes] = []  # the last ones, which are in memory
        self._held = 0
        self._file: IO[bytes] | None = None
        self._is_sorted = True

    def __len__(self) -> int:
        return len(self._keys)

    def __del__(self) -> None:
        if self._file is not None:
            with suppress(OSError):  # what could not be written to a full disk
                self._file.close()

    def put(self, key: str, data: bytes) -> None:
        """Add one."""
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
        """The numbers by which they were put in, in the order of the keys."""
        numbers = range(len(self._keys))
        return numbers if self._is_sorted else sorted(numbers, key=self._keys.__getitem__)

    def __getitem__(self, number: int) -> bytes:
        """The one of this number, counted in the order they were put in."""
        first = len(self._keys) - len(self._waiting)
        if number >= first:
            return self._waiting[number - first]
        assert self._file is not None
        start = self._ends[number - 1] if number else 0
        self._file.seek(start)
        return self._file.read(self._ends[number] - start)

    def _move(self) -> None:
        """Write what waits behind what is in the file."""
        import tempfile  # here, since most runs are too small to need one

        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="cardlint-", buffering=0)  # noqa: SIM115
            self._file.seek(self._ends[-1] - self._held)
            rest = memoryview(b"".join(self._waiting))
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:  # no room on the disk, or no folder for it: what is here stays, and so does what comes
            self._room = 1 << 62
            return
        self._waiting.clear()
        self._held = 0
