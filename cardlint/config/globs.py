"""Globs as .gitignore has them, matched against paths relative to one folder."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable
from pathlib import Path

from pathspec import GitIgnoreSpec

__all__ = ["Globs", "relative", "trouble_with"]


class Globs:
    """A list of globs: the last that matches a path decides, and a leading `!` takes back what others match."""

    def __init__(self, globs: Iterable[str]) -> None:
        self.globs = tuple(globs)
        self.spec = _compile(self.globs)

    def match(self, path: str) -> str | None:
        """Return the glob by which a path, relative and with forward slashes, is in the list; None if it is not."""
        result = self.spec.check_file(path)
        return self.globs[result.index] if result.include and result.index is not None else None


def _compile(globs: Iterable[str]) -> GitIgnoreSpec:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # `[[:alpha:]]`, which is a glob but no expression of Python's
        return GitIgnoreSpec.from_lines(globs)


def trouble_with(glob: str) -> str:
    """Return the reason why a glob cannot be used, or an empty string if it can."""
    if not glob.strip():
        return "it is empty"
    if glob.startswith("#"):
        return "a `#` at its start makes a comment of it; write `\\#`"
    try:
        patterns = list(_compile([glob]).patterns)
    except (ValueError, re.error):
        return "it has no meaning in a .gitignore file"
    return "" if any(pattern.include is not None for pattern in patterns) else "it matches nothing"


def relative(folder: Path, root: Path) -> str:
    """Return the path from `root` to `folder`, with forward slashes and without symlinks; `.` is the root itself.

    A folder outside of `root` begins with `..`, so only globs without a folder match a card there.
    """
    try:
        seen = os.path.relpath(os.path.realpath(folder), os.path.realpath(root))
    except ValueError:  # another drive of Windows
        seen = str(folder.absolute())
    return seen.replace(os.sep, "/")
