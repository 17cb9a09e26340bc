"""Globs as .gitignore has them, matched against paths relative to one folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from cardlint.gitpatterns import GitPatterns

__all__ = ["Globs", "relative", "trouble_with"]


class Globs:
    """A list of globs: the last that matches a path decides, and a leading `!` takes back what others match.

    A glob that matches a folder also matches what is inside, but less than one that matches the path itself.
    """

    def __init__(self, globs: Iterable[str]) -> None:
        self.globs = tuple(globs)
        self._patterns = [(glob, GitPatterns.parse([glob])) for glob in reversed(self.globs)]

    def match(self, path: str) -> str | None:
        """Return the glob by which a path, relative and with forward slashes, is in the list; None if it is not."""
        folders = [path[: index + 1] for index, character in enumerate(path) if character == "/"]
        for places in ([path], folders):
            for glob, pattern in self._patterns:
                verdicts = {pattern.ignore(place) for place in places} - {None}
                if verdicts:
                    return glob if True in verdicts else None
        return None


def trouble_with(glob: str) -> str:
    """Return the reason why a glob cannot be used, or an empty string if it can."""
    if not glob.strip():
        return "it is empty"
    if glob.startswith("#"):
        return "a `#` at its start makes a comment of it; write `\\#`"
    return "" if GitPatterns.parse([glob]).groups else "it matches nothing"


def relative(folder: Path, root: Path) -> str:
    """Return the path from `root` to `folder`, with forward slashes and without symlinks; `.` is the root itself.

    A folder outside of `root` begins with `..`, so only globs without a folder match a card there.
    """
    try:
        seen = os.path.relpath(os.path.realpath(folder), os.path.realpath(root))
    except ValueError:  # another drive of Windows
        seen = str(folder.absolute())
    return seen.replace(os.sep, "/")
