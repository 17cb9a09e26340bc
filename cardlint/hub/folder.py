"""The other files in the repository of a card on the Hub."""

from __future__ import annotations

import json
import posixpath
from pathlib import Path

from cardlint.card.repository.files import STATED_PARAMETERS
from cardlint.hub.model import HubError, Model
from cardlint.source import HUB, Folder

__all__ = ["HubFolder"]


class HubFolder(Folder):
    """A repository at one commit, by its list of files; a file is downloaded when it is read."""

    __slots__ = ("commit", "files", "repo_id")

    is_remote = True

    def __init__(self, model: Model) -> None:
        super().__init__(Path(f"{HUB}{model.name}"))
        self.repo_id = model.name
        self.commit: str = model.commit
        self.files: frozenset[str] = model.files
        if model.parameters:
            self.opened[STATED_PARAMETERS] = json.dumps(dict(model.parameters), sort_keys=True).encode()

    def _has(self, name: str) -> bool:
        path = posixpath.normpath(name)
        # like a complete clone; if only the cached card is known, no other file exists
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

    def _read_part(self, name: str, start: int, size: int) -> None:
        """Return None: of weights nothing is downloaded."""

    def fetch(self, name: str) -> bytes | None:
        """Return the bytes of a file, or None if it does not exist.

        Raises:
            HubError: the file cannot be downloaded.
        """
        path = posixpath.normpath(name)
        if path not in self.files:
            return None
        from cardlint.hub.client import download

        return download(self.repo_id or "", path, self.commit)
