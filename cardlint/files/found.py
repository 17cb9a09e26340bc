"""What a search for cards finds: files to classify, cards, files that are skipped, and paths that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from cardlint.source import Folder

__all__ = ["NO_CARD", "Candidate", "Discovered", "Exclude", "Found", "Missing", "Searched", "Skipped"]

NO_CARD = "the repository has no README.md"
"""Why a model on the Hub is skipped that has no card."""


class Found(Struct, frozen=True):
    """A file to lint with the bytes it holds; `path` opens it, `shown` is what the user is told.

    `folder` is what lies beside a card that is no file of this machine.
    """

    path: Path
    shown: str
    data: bytes
    folder: Folder | None = None

    @property
    def beside(self) -> Folder:
        """What lies beside the card."""
        return self.folder or Folder(self.path.parent)


class Skipped(Struct, frozen=True):
    """What was looked at and left, and in a few words why; a folder (that git ignores) ends in a slash."""

    shown: str
    reason: str

    @property
    def is_folder(self) -> bool:
        """Whether this is a folder that was not entered: to be named, not counted among the files."""
        return self.shown.endswith("/")


class Missing(Struct, frozen=True):
    """A path with which nothing could be done, and what the system says of it."""

    shown: str
    message: str


class Candidate(Struct, frozen=True):
    """A file that is still to be opened; `named` is one that somebody named, and no folder."""

    path: Path
    shown: str
    named: bool


Discovered = Found | Skipped | Missing
Searched = Candidate | Discovered

Exclude = Callable[[Path, bool], str | None]
"""Why the configuration leaves a file out, or None; the second argument says whether the file itself was named."""
