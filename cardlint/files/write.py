"""Writing a file completely, or keeping the old one."""

# ruff: noqa: PTH101, PTH105, PTH116, PTH118, PTH120
# A cache entry is written for every card, and pathlib is many times slower.

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import BinaryIO

from cardlint.platform_differences import copy_attributes, copy_owner, delete_file, signals_held

__all__ = ["WRITING", "replacing", "termination_held", "write_new", "write_whole"]

WRITING = RLock()
"""Held while a file is replaced, for a thread that ends the process."""


def write_whole(path: str | Path, data: bytes, *, private: bool = False) -> None:
    """Replace the content of a file by `data`; see `replacing`."""
    with termination_held(), replacing(path, private=private) as file:
        file.write(data)


def write_new(path: str | Path, data: bytes) -> None:
    """Create a file with its whole content; readers never see a part.

    Raises:
        FileExistsError: something has this path, if only a broken symlink.
        OSError: the file or its folder cannot be written.
    """
    with termination_held(), _temporary(path) as temporary:
        with open(temporary, "xb") as file:  # noqa: PTH123
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _give_name(temporary, path)


def _give_name(temporary: str, path: str | Path) -> None:
    """Give a file a name that nothing has yet."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:  # a file system without hard links
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        os.replace(temporary, path)


@contextmanager
def _temporary(path: str | Path) -> Iterator[str]:
    """Yield a new path beside another; a file that has it at the end of the block is deleted."""
    temporary = os.path.join(os.path.dirname(path), f".cardlint-{os.urandom(6).hex()}.tmp")
    try:
        yield temporary
    finally:
        with suppress(FileNotFoundError):
            delete_file(temporary)


@contextmanager
def termination_held() -> Iterator[None]:
    """Delay the signals that end a process until the end of the block, so that no temporary file is left.

    Other threads of the process must have them blocked, or handle them and wait for `WRITING`.
    """
    with WRITING, signals_held("SIGTERM", "SIGHUP"):
        yield


@contextmanager
def replacing(path: str | Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Yield a file that replaces `path` at the end of the block, or is deleted if the block fails.

    Readers see the old file or the new one, never a part. The new file keeps the permissions of the old one, and its
    owner and extended attributes if the system allows it. Without an old file, only its owner can read a `private` one.

    Raises:
        OSError: the file or its folder cannot be written.
    """
    old = _status(path)
    # until the permissions are copied, only the owner can read the new text
    mode = 0o600 if private or old else 0o666
    with _temporary(path) as temporary:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield file
        if old:
            copy_owner(old, temporary)
            os.chmod(temporary, stat.S_IMODE(old.st_mode))  # after the owner, which removes some bits
            copy_attributes(path, temporary)
        os.replace(temporary, path)


def _status(path: str | Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None
