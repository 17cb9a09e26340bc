"""A lock that allows one writer per folder and ends with its process."""

from __future__ import annotations

import os
from pathlib import Path

from cardlint.corpus.errors import OutputError

__all__ = ["Lock"]


class Lock:
    """A lock on the folder itself, so that a killed run does not leave a lock file behind.

    On systems without such locks (Windows, some network file systems) it has no effect.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            OutputError: another run has it.
            OSError: the folder does not exist.
        """
        self._handle: int | None = None
        try:
            import fcntl
        except ModuleNotFoundError:
            return
        self._handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.release()
            raise OutputError(f"{folder}: another run is writing to this folder") from error
        except OSError:  # a file system without locks
            self.release()

    def release(self) -> None:
        """Release the lock."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
