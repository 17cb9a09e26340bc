"""What lies beside a card on the Hub: the files of its repository."""

from __future__ import annotations

import posixpath
from pathlib import Path

from cardlint.hub.model import HubError, Model
from cardlint.source import HUB, Folder

__all__ = ["HubFolder"]


class HubFolder(Folder):
    """The repository at one commit, by its list of files; a file's bytes are fetched when somebody reads it."""

    __slots__ = ("commit", "files", "repo_id")

    def __init__(self, model: Model) -> None:
        super().__init__(Path(f"{HUB}{model.name}"))
        self.repo_id = model.name
        self.commit = model.commit
        self.files = model.files

    def _has(self, name: str) -> bool:
        path = posixpath.normpath(name)
        # as in a clone, which has all that the repository has; of a card from the cache alone nothing is known
        is_there = path in {".", ".git"} if self.files else path == "."
        return is_there or path in self.files or any(file.startswith(f"{path}/") for file in self.files)

    def _names(self, folder: str) -> set[str]:
        path = posixpath.normpath(folder)
        start = "" if path == "." else f"{path}/"
        return {file[len(start) :].partition("/")[0] for file in self.files if file.startswith(start)}

    def _read(self, name: str) -> bytes | None:
        try:
            return self.fetch(name)
        except HubError:
            return None

    def fetch(self, name: str) -> bytes | None:
        """The bytes of a file, None where there is none.

        Raises:
            HubError: it cannot be had.
        """
        path = posixpath.normpath(name)
        if path not in self.files:
            return None
        from cardlint.hub.client import download

        return download(self.repo_id or "", path, self.commit)
