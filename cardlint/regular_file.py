"""Reading of regular files only: a pipe, a device or a folder is an error at once, never a wait."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from cardlint.platform_differences import OPEN_FLAGS

__all__ = ["read_regular", "read_regular_part"]


def read_regular(path: str | os.PathLike[str], limit: int = -1) -> bytes:
    """Return the first `limit` bytes of a file, or all of a shorter file; by default all.

    Raises:
        OSError: the file does not exist, may not be read, or is not a regular file.
    """
    with _opened(path) as (file, size):
        # read(-1) allocates a buffer of the file's size, read(limit) one of `limit` bytes
        return file.read(limit if limit < size else -1)


def read_regular_part(path: str | os.PathLike[str], start: int, size: int) -> bytes:
    """Return at most `size` bytes of a file from `start` on, from its end if that is negative.

    Raises:
        OSError: see `read_regular`.
    """
    with _opened(path) as (file, length):
        file.seek(start if start >= 0 else max(length + start, 0))
        return file.read(size)


@contextmanager
def _opened(path: str | os.PathLike[str]) -> Iterator[tuple[BinaryIO, int]]:
    """Yield a regular file and its size."""
    descriptor = os.open(path, OPEN_FLAGS)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            yield file, status.st_size
    finally:
        os.close(descriptor)
