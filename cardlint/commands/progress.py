"""The progress bar of a run, on standard error."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["Bar", "progress_bar"]

_FEWEST = 10  # a run over fewer files is over before a bar can be read
_PAUSE = 0.1  # seconds between two drawings


@contextmanager
def progress_bar(color: str = "auto") -> Iterator[Bar | None]:
    """Yield a bar if the terminal can draw one, and remove it at the end."""
    if os.environ.get("TERM") == "dumb":
        yield None
        return
    bar = Bar(color)
    try:
        yield bar
    finally:
        bar.stop()


class Bar:
    """The number of files that are done, of how many, and the time that is left.

    It is drawn by the calls of `advance`: a thread that draws would forbid to fork worker processes.
    """

    def __init__(self, color: str = "auto") -> None:
        self._color = color
        self._done = 0
        self._drawn = 0.0
        self._progress: Progress | None = None

    def begin(self, files: int | None) -> None:
        """Draw the bar for this number of files, unless they are few; None if the number is not known."""
        if files is not None and files < _FEWEST:
            return
        from rich import progress
        from rich.console import Console

        label = "Checking cards on the Hub" if files is None else "Checking"
        counts = "{task.completed}" if files is None else "{task.completed} of {task.total} files"
        columns = [progress.TextColumn(label), progress.BarColumn(), progress.TextColumn(counts)]
        if files is not None:
            columns += [progress.TaskProgressColumn(), progress.TimeRemainingColumn()]
        console = Console(
            stderr=True,
            no_color=True if self._color == "never" else None,
            force_terminal=True if self._color == "always" else None,
        )
        self._progress = progress.Progress(*columns, console=console, transient=True, auto_refresh=False)
        self._progress.start()
        self._task = self._progress.add_task("files", total=files)

    def advance(self) -> None:
        """Count one more file."""
        self._done += 1
        now = monotonic()
        if self._progress is not None and now - self._drawn >= _PAUSE:
            self._drawn = now
            self._progress.update(self._task, completed=self._done, refresh=True)

    def stop(self) -> None:
        """Remove the bar from the screen."""
        if self._progress is not None:
            self._progress.stop()
