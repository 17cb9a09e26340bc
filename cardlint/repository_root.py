"""The root folder of a repository, which no symbolic link in it may lead out of."""

# ruff: noqa: PTH118, PTH119, PTH120 - paths are strings, as where folders are searched

from __future__ import annotations

import os
import re

from cardlint.platform_differences import is_on_other_server

__all__ = ["OUTSIDE", "is_outside", "leads_outside", "repository_of"]

OUTSIDE = "a symlink out of the repository"
"""The reason to skip a link; a link that the user names is followed."""

# The folder of a repository in the Hub's cache; the files of its snapshots are links to its folder of blobs.
_CACHED = re.compile(r"(?:models|datasets|spaces)--")


def repository_of(folder: str, named: str | None = None) -> str:
    """Return the nearest folder from `folder` upwards that is a repository: with `.git`, or one of the Hub's cache.

    Without one, it is the folder that the user `named` if that contains `folder`, else `folder` itself. Both are real
    paths.
    """
    place = folder
    while True:
        if _CACHED.match(os.path.basename(place)) or os.path.lexists(os.path.join(place, ".git")):
            return place
        above = os.path.dirname(place)
        if above == place:
            break
        place = above
    return named if named is not None and _contains(named, folder) else folder


def leads_outside(path: str, folder: str, named: str | None = None) -> bool:
    """Return True if `path` exists and its real place is outside the repository of `folder`, a real path.

    No other server is asked if a path exists.
    """
    return is_on_other_server(path, folder) or (os.path.lexists(path) and is_outside(path, folder, named))


def is_outside(path: str, folder: str, named: str | None = None) -> bool:
    """Return True if the real place of `path`, which need not exist, is outside the repository of `folder`."""
    if is_on_other_server(path, folder):
        return True
    real = os.path.realpath(path)
    return not _contains(folder, real) and not _contains(repository_of(folder, named), real)


def _contains(folder: str, path: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))
