"""The results of a search for cards: files to classify, cards, skipped files, and paths that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from cardlint.source import Folder

__all__ = ["NO_CARD", "Candidate", "Cardless", "Discovered", "Exclude", "Found", "Missing", "Searched", "Skipped"]

NO_CARD = "the repository has no README.md"
"""The reason to skip a model on the Hub without a card."""


class Found(Struct, frozen=True):
    """A file to lint with its bytes; `path` is its path on disk, `shown` its path in messages.

    `folder` is the folder of a card that is not a local file, and `root` the real path of the folder that the user
    named, if not the file.
    """

    path: Path
    shown: str
    data: bytes
    folder: Folder | None = None
    root: str | None = None

    @property
    def beside(self) -> Folder:
        """The folder of the card."""
        return self.folder or Folder(self.path.parent, self.root)


class Skipped(Struct, frozen=True):
    """A file that is not linted, with the reason in a few words; a folder (ignored by git) ends with a slash."""

    shown: str
    reason: str

    @property
    def is_folder(self) -> bool:
        """True for a folder, which is listed but not counted among the files."""
        return self.shown.endswith("/")


class Missing(Struct, frozen=True):
    """A path that cannot be read, with the error message."""

    shown: str
    message: str


class Candidate(Struct, frozen=True):
    """A file that was not opened yet; `named` is true if the user named it, not only `root`, a folder above it."""

    path: Path
    shown: str
    named: bool
    root: str | None = None


class Cardless(Struct, frozen=True):
    """A folder with a model but without a card; `path` and `shown` are those of the README.md that it lacks."""

    path: Path
    shown: str
    root: str | None = None


Discovered = Found | Skipped | Missing
Searched = Candidate | Cardless | Discovered

Exclude = Callable[[Path, bool], str | None]
"""A function that returns why the configuration excludes a file, or None; the second argument is true if the user named
the file itself."""
