"""The files of a folder on this machine: each real folder once, whatever links lead to it."""

# ruff: noqa: PTH112, PTH116, PTH118 - millions of paths may be there, and pathlib is many times slower

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

__all__ = ["files_below"]


def files_below(folder: str, endings: tuple[str, ...], without: str = "") -> Iterator[str]:
    """The paths below a folder that end so, but for those below `without`, in one order on every machine.

    Links are followed. What can be seen not to be a file is left out; a link that leads nowhere is not, since somebody
    may miss it.

    Raises:
        OSError: a folder cannot be read.
    """
    entered = {_identity(without)} if without and os.path.isdir(without) else set()
    for path, folders, names in os.walk(folder, onerror=_stop, followlinks=True):
        identity = _identity(path)
        if identity in entered:
            folders.clear()
            continue
        entered.add(identity)
        folders.sort()
        yield from (file for file in (os.path.join(path, name) for name in sorted(names)) if _is_meant(file, endings))


def _identity(folder: str) -> tuple[int, int]:
    about = os.stat(folder)
    return about.st_dev, about.st_ino


def _is_meant(file: str, endings: tuple[str, ...]) -> bool:
    if not file.endswith(endings):
        return False
    try:
        return stat.S_ISREG(os.stat(file).st_mode)
    except OSError:
        return True


def _stop(error: OSError) -> None:
    raise error
