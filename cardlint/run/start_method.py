"""The way in which worker processes are started, and the number of files from which that saves time."""

from __future__ import annotations

from cardlint.platform_differences import StartMethod, start_methods

__all__ = ["ENOUGH", "WARM_UP", "start_method"]

ENOUGH: dict[StartMethod, int] = {"fork": 64, "forkserver": 250, "spawn": 250}
"""The number of files from which further processes save time: a copy is ready at once, others import everything."""

WARM_UP = 16
"""The number of cards that are linted before that: copies then share what was imported and compiled for them."""


def start_method() -> StartMethod:
    """Return the fastest way that is safe here; downloads from the Hub and a progress bar have threads."""
    from threading import active_count

    with_one_thread, with_several = start_methods()
    return with_one_thread if active_count() == 1 else with_several
