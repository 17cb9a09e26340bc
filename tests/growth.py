"""How the time of a computation grows with its input."""

import gc
from collections.abc import Callable
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

QUICK = 0.4
"""Seconds that no attacker gains anything by."""


@contextmanager
def _few_objects():
    """Leave what other tests have made to itself: walking it takes the collector longer than some computations take."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def too_slow(seconds: Callable[[T], float], short: T, long: T, *, most: float, quick: float = QUICK) -> str:
    """Return both times if the long input takes more than `most` times as long as the short one, else "".

    Each is the least of several, since other processes only add; what looks too slow is measured again.
    """
    with _few_objects():
        if seconds(long) <= quick:
            return ""
        for tries in (2, 4, 8):
            pairs = [(seconds(short), seconds(long)) for _ in range(tries)]
            least_short, least_long = map(min, zip(*pairs, strict=True))
            if least_long <= max(most * least_short, quick):
                return ""
        return f"{least_short:.3f} s, then {least_long:.3f} s"
