"""The entry points of other installed packages; `importlib.metadata` is imported only if there are some."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["distributions", "plugins"]


def plugins(group: str) -> tuple[tuple[str, str], ...]:
    """Return the name and value of every entry point of a group that is not cardlint's own, sorted.

    They are read once for each content of Python's path.
    """
    return _read_plugins(group, tuple(sys.path))


@lru_cache(8)
def _read_plugins(group: str, path: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if not _is_offered(group, path):
        return ()
    from importlib.metadata import entry_points  # here, since the import takes about 10 ms

    found = {(point.name, point.value) for point in entry_points(group=group) if _is_foreign(point.dist)}
    return tuple(sorted(found))


def distributions(path: Iterable[str]) -> list[str]:
    """Return the metadata folder of every installed distribution, in the order of the folders of Python's path."""
    found: list[str] = []
    for folder in dict.fromkeys(path):
        try:
            with os.scandir(folder or ".") as entries:
                found += sorted(entry.path for entry in entries if entry.name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
    return found


def _is_foreign(distribution: object) -> bool:
    return getattr(distribution, "name", "") != "cardlint"


def _is_offered(group: str, path: Iterable[str]) -> bool:
    """True if the entry points of another distribution name the group; files are searched, not parsed."""
    header = f"[{group}]".encode()
    for name in distributions(path):
        if os.path.basename(name).lower().startswith("cardlint-"):  # noqa: PTH119 - thousands of names
            continue
        try:
            with open(f"{name}/entry_points.txt", "rb") as file:  # noqa: PTH123
                if header in file.read():
                    return True
        except OSError:
            continue
    return False
