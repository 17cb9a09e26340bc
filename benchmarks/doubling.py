"""Double every kind of long input, and print the kinds whose time more than doubles.

    python benchmarks/doubling.py [--bytes 250000] [--limit 2.5] [--only WORDS]

The kinds are those of `tests/test_hostile.py`, cards full of one construct, and those of `tests/large_cards.py`, long
cards of ordinary text and cards with a fault in every unit. Each is linted with all rules at a size and at twice that
size; the least processor time of three rounds counts, since other processes and the garbage collector only add. The
exit code is 1 if a kind exceeds the limit. Kinds that take less than `QUICK` are not compared.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from large_cards import FAULTY, KINDS
from test_hostile import ACTIVE, CARDS, RULES, inspect

from cardlint.card.card import parse
from cardlint.linting.linter import lint
from cardlint.source import Source

QUICK = 0.2
"""Seconds within which a card is linted soon enough, whatever half of it takes."""
FIXED = 1_000
"""Bytes below which a kind does not grow, such as a bomb of aliases."""


def by_thousands(make: Callable[[int], str]) -> Callable[[int], str]:
    """Return the maker of a card of `k` thousand bytes."""
    return lambda k: make(1_000 * k)


ALL = CARDS | {f"ordinary: {name}": by_thousands(make) for name, make in KINDS.items()}
ALL |= {f"faulty: {name}": by_thousands(make) for name, make in FAULTY.items()}


def scale_of(make: Callable[[int], str], size: int) -> int:
    """Return the `k` for which a kind has about this size."""
    small, large = len(make(10)), len(make(20))
    return max(10, 10 * size // max(large - small, 1)) if large - small > FIXED // 10 else 10


def seconds(text: str) -> float:
    """Return the processor time of a full lint, without garbage collection."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        card = parse(Source("README.md", text))
        inspect(card)
        lint(card, ACTIVE, known=RULES)
        return time.process_time() - start
    finally:
        gc.enable()


def doubling(make: Callable[[int], str], size: int, rounds: int = 3) -> tuple[int, float, float]:
    """Return the size of the larger card, its time, and that time over the time of a card of half the size."""
    scale = scale_of(make, size)
    short, long = make(scale), make(2 * scale)
    time_of_long = seconds(long)
    if time_of_long < QUICK or len(long) < 1.5 * len(short):
        return len(long), time_of_long, 1.0
    time_of_long = min(time_of_long, *(seconds(long) for _ in range(rounds - 1)))
    return len(long), time_of_long, time_of_long / min(seconds(short) for _ in range(rounds))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bytes", type=int, default=250_000, help="the size of the smaller card")
    arguments.add_argument("--limit", type=float, default=2.5)
    arguments.add_argument("--only", default="", help="only kinds whose name contains this")
    options = arguments.parse_args()
    above = 0
    print("| kind | bytes | seconds | twice as long takes |\n|---|---:|---:|---:|")
    for name, make in ALL.items():
        if options.only in name:
            length, time_of_long, ratio = doubling(make, options.bytes)
            above += ratio > options.limit
            mark = " **above the limit**" if ratio > options.limit else ""
            print(f"| {name} | {length:,} | {time_of_long:.2f} | {ratio:.2f}{mark} |", flush=True)
    print(f"\n{above} of {len(ALL)} kinds are above {options.limit}")
    return 1 if above else 0


if __name__ == "__main__":
    sys.exit(main())
