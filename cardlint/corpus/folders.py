"""The files in a local folder and its subfolders, each real folder once even if several links lead to it."""

# ruff: noqa: PTH112, PTH114, PTH116, PTH118 - pathlib is many times slower for millions of paths

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from cardlint.repository_root import leads_outside

__all__ = ["files_below"]


def files_below(folder: str, endings: tuple[str, ...], without: str = "") -> Iterator[str]:
    """Yield the paths below a folder with these endings, except those below `without`, in the same order everywhere.

    Links are followed unless they lead out of the folder and of its repository. Anything other than a regular file is
    left out, but broken links are not, so that they are reported.

    Raises:
        OSError: a folder cannot be read.
    """
    root = os.path.realpath(folder)
    entered = {_identity(without)} if without and os.path.isdir(without) else set()
    for path, folders, names in os.walk(folder, onerror=_stop, followlinks=True):
        identity = _identity(path)
        if identity in entered:
            folders.clear()
            continue
        entered.add(identity)
        real = os.path.realpath(path)
        folders[:] = sorted(name for name in folders if not _leads_away(os.path.join(path, name), real, root))
        for file in (os.path.join(path, name) for name in sorted(names)):
            if _is_wanted(file, endings) and not _leads_away(file, real, root):
                yield file


def _leads_away(path: str, folder: str, root: str) -> bool:
    return os.path.islink(path) and leads_outside(path, folder, root)


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
