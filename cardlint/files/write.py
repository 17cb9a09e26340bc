"""Write a file whole, or leave what is there."""

# ruff: noqa: PTH101, PTH105, PTH108, PTH116, PTH118, PTH120
# A cache entry is written for every card, and pathlib is many times slower.

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

__all__ = ["replacing", "write_whole"]


def write_whole(path: str | Path, data: bytes, *, private: bool = False) -> None:
    """Put `data` in the place of a file; see `replacing`."""
    with replacing(path, private=private) as file:
        file.write(data)


@contextmanager
def replacing(path: str | Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Yield a file that takes the place of `path` at the end of the block, or is deleted if the block fails.

    Readers see the old file or the new one, never a part of it. The new file keeps the permissions of the old one, and
    its owner if the system allows that. If there was none, a `private` file is for its owner alone.

    Raises:
        OSError: the file or its folder cannot be written.
    """
    temporary = os.path.join(os.path.dirname(path), f".cardlint-{os.urandom(6).hex()}.tmp")
    old = _status(path)
    # while it is written, nobody may read what the old file keeps from them
    mode = 0o600 if private or old else 0o666
    try:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield file
        if old:
            _take_after(old, temporary)
        os.replace(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)  # left over only if something went wrong


def _status(path: str | Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _take_after(old: os.stat_result, temporary: str) -> None:
    """Give the new file the owner and the permissions of the old one."""
    if hasattr(os, "chown"):
        with suppress(OSError):  # only root may give a file away
            os.chown(temporary, old.st_uid, old.st_gid)
    os.chmod(temporary, stat.S_IMODE(old.st_mode))  # behind chown, which takes some away
