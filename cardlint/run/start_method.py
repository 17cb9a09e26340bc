"""The way in which worker processes are started, and the number of files from which that saves time."""

from __future__ import annotations

import sys
from typing import Literal

__all__ = ["ENOUGH", "WARM_UP", "StartMethod", "start_method"]

StartMethod = Literal["fork", "forkserver", "spawn"]

ENOUGH: dict[StartMethod, int] = {"fork": 64, "forkserver": 250, "spawn": 250}
"""The number of files from which further processes save time: a copy is ready at once, others import everything."""

WARM_UP = 16
"""The number of cards that are linted before that: copies then share what was imported and compiled for them."""


def start_method() -> StartMethod:
    """Return the fastest way that is safe here.

    A copy of a process with threads (downloads from the Hub, a progress bar) could wait forever for a lock that one of
    them holds, and the libraries of macOS cannot be copied at all.
    """
    from threading import active_count

    if sys.platform in {"win32", "darwin"}:
        return "spawn"
    return "fork" if active_count() == 1 else "forkserver"
