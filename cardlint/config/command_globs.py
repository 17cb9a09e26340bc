"""Globs of the command line, which are relative to the working folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cardlint.source import HUB

__all__ = ["CommandGlobs"]


class CommandGlobs:
    """Globs as .gitignore has them, matched against paths relative to the working folder."""

    def __init__(self, globs: Iterable[str]) -> None:
        from cardlint.config.globs import Globs  # here, since few runs have globs

        self._globs = Globs(globs)
        self._folders: dict[Path, str] = {}

    def match(self, card: Path) -> str | None:
        """Return the glob that matches a card, or None; a card on the Hub is matched by its `hub:` path."""
        if str(card).startswith(HUB):
            return self._globs.match(card.as_posix())
        folder = self._folder(card.parent)
        return self._globs.match(card.name if folder == "." else f"{folder}/{card.name}")

    def _folder(self, folder: Path) -> str:
        if folder not in self._folders:
            from cardlint.config.globs import relative

            self._folders[folder] = relative(folder, Path())
        return self._folders[folder]
