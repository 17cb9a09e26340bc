"""Bytes of regular files: what is a pipe, a device or a folder is an error at once, never a wait."""

from __future__ import annotations

import errno
import os
import stat

__all__ = ["read_regular"]

# Opening a named pipe waits for a writer unless told not to; Windows has neither the pipes nor the flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_regular(path: str | os.PathLike[str], limit: int = -1) -> bytes:
    """The first `limit` bytes of a file and all of a shorter one; all by default.

    Raises:
        OSError: there is no such file, it may not be read, or it is not a regular one.
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
            # a whole file is read into a buffer of its size, a part of it into one of the part's
            return file.read(limit if limit < status.st_size else -1)
    finally:
        os.close(descriptor)
