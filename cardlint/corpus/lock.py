"""One writer a folder: a lock that ends with the process that has it, however it ends."""

from __future__ import annotations

import os
from pathlib import Path

from cardlint.corpus.errors import OutputError

__all__ = ["Lock"]


class Lock:
    """A lock on a folder itself, so that no file is left behind that says of a run that it is still there.

    Where the system has no such locks (Windows, some network file systems), it keeps nobody out.
    """

    def __init__(self, folder: Path) -> None:
        """Take it.

        Raises:
            OutputError: another run has it.
            OSError: there is no such folder.
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
            raise OutputError(f"{folder}: another run is writing there") from error
        except OSError:  # a file system without locks
            self.release()

    def release(self) -> None:
        """Let others have it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
