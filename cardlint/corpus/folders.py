"""The files in a local folder and its subfolders, each real folder once even if several links lead to it."""

# ruff: noqa: PTH112, PTH116, PTH118 - pathlib is many times slower for millions of paths

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

__all__ = ["files_below"]


def files_below(folder: str, endings: tuple[str, ...], without: str = "") -> Iterator[str]:
    """Yield the paths below a folder with these endings, except those below `without`, in the same order everywhere.

    Links are followed. Anything other than a regular file is left out, but broken links are not, so that they are
    reported.

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
        yield from (file for file in (os.path.join(path, name) for name in sorted(names)) if _is_wanted(file, endings))


def _identity(folder: str) -> tuple[int, int]:
    status = os.stat(folder)
    return status.st_dev, status.st_ino


def _is_wanted(file: str, endings: tuple[str, ...]) -> bool:
    if not file.endswith(endings):
        return False
    try:
        return stat.S_ISREG(os.stat(file).st_mode)
    except OSError:
        return True


def _stop(error: OSError) -> None:
    raise error
