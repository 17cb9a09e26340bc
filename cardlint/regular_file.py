"""Reading of regular files only: a pipe, a device or a folder is an error at once, never a wait."""

from __future__ import annotations

import errno
import os
import stat

__all__ = ["read_regular"]

# Without O_NONBLOCK, opening a named pipe waits for a writer; Windows has neither the pipes nor the flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_regular(path: str | os.PathLike[str], limit: int = -1) -> bytes:
    """Return the first `limit` bytes of a file, or all of a shorter file; by default all.

    Raises:
        OSError: the file does not exist, may not be read, or is not a regular file.
    """
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        mode = status.st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "not a regular file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            # read(-1) allocates a buffer of the file's size, read(limit) one of `limit` bytes
            return file.read(limit if limit < status.st_size else -1)
    finally:
        os.close(descriptor)
