"""Measure the benefit and the cost of the cache, as ratios within one run.

    python benchmarks/cache.py FOLDER [--cards 700] [--rounds 5]

FOLDER contains cards (`*.md`, at any depth). Times are processor times of the whole command in one process. A sample of
cards is checked without a cache, with an empty cache, and with a full cache; then a single card. The sides take turns,
and the median of the rounds counts.
"""

import shutil
import statistics
import sysconfig
import tempfile
from pathlib import Path

from ratios import arguments, every_nth, measured, print_ratios

LIMITS = {"full cache / empty cache": 0.25, "empty cache / no cache": 1.05, "one cached card / no cache": 1.0}


def lay_out(folder, count, target):
    """Copy a number of cards of a folder, each into a separate folder."""
    for number, path in enumerate(every_nth(folder, count)):
        card = target / f"{number:05}" / "README.md"
        card.parent.mkdir(parents=True)
        shutil.copyfile(path, card)


def seconds(target, cache, *options):
    """Return the processor time of a check in seconds."""
    command = [Path(sysconfig.get_path("scripts"), "cardlint"), "check", "--isolated", "--jobs", "1", target]
    command += ["--output-format", "concise", *options]
    return measured(command, Path(target).parent, CARDLINT_CACHE_DIR=str(cache)).seconds


def in_turns(target, above, rounds):
    """Return the seconds of each round without a cache, with an empty one and with a full one.

    Each round uses a new folder: some file systems create files slowly where others were just deleted.
    """
    times = []
    for number in range(rounds):
        cache = above / f"cache{number}"
        times.append((seconds(target, cache, "--no-cache"), seconds(target, cache), seconds(target, cache)))
    return times


def measure(folder, cards=700, rounds=5):
    """Return the ratios by name."""
    with tempfile.TemporaryDirectory() as above:
        target = Path(above, "cards")
        lay_out(folder, cards, target)
        many = in_turns(str(target), Path(above), rounds)
        one = in_turns(str(target / "00000" / "README.md"), Path(above, "one"), 3 * rounds)
    return {
        "full cache / empty cache": statistics.median(full / empty for _, empty, full in many),
        "empty cache / no cache": statistics.median(empty / none for none, empty, _ in many),
        "one cached card / no cache": statistics.median(full / none for none, _, full in one),
    }


def main():
    options = arguments(__doc__, cards=700)
    print_ratios(measure(options.folder, options.cards, options.rounds), LIMITS)


if __name__ == "__main__":
    main()
