"""A lock that allows one writer per folder and ends with its process."""

from __future__ import annotations

import os
from pathlib import Path

from cardlint.corpus.errors import OutputError
from cardlint.platform_differences import LockedError, lock_folder

__all__ = ["Lock"]


class Lock:
    """A lock that a killed run does not leave behind; on some network file systems it has no effect."""

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            OutputError: another run has it.
            OSError: the folder does not exist.
        """
        try:
            self._handle = lock_folder(str(folder))
        except LockedError as error:
            raise OutputError(f"{folder}: another run is writing to this folder") from error

    def release(self) -> None:
        """Release the lock."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
