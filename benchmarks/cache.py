"""What the cache saves and what it costs, as ratios within one run.

    python benchmarks/cache.py FOLDER [--cards 700] [--rounds 5]

FOLDER holds cards (`*.md`, at any depth). Times are the processor's, of the whole command, one process. A folder of
sampled cards is checked without a cache, with an empty one, and once more; then a single card. The sides take turns,
and the median of the rounds counts.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sysconfig
import tempfile
from pathlib import Path

from ratios import arguments, every_nth, print_ratios

LIMITS = {"known / new": 0.25, "empty cache / none": 1.05, "one known card / none": 1.0}


def lay_out(folder, count, target):
    """Copy so many cards of a folder, each into a folder of its own."""
    for number, path in enumerate(every_nth(folder, count)):
        card = target / f"{number:05}" / "README.md"
        card.parent.mkdir(parents=True)
        shutil.copyfile(path, card)


def seconds(target, cache, *options):
    """The processor's seconds that a check takes."""
    command = [
        str(Path(sysconfig.get_path("scripts"), "cardlint")),
        "check",
        "--isolated",
        "--jobs",
        "1",
        target,
    ]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [*command, "--output-format", "concise", *options],
        env={**os.environ, "CARDLINT_CACHE_DIR": str(cache)},
        cwd=Path(target).parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def in_turns(target, above, rounds):
    """The seconds without a cache, with an empty one and with a full one, round by round.

    Each round has a folder of its own: some file systems are slow to make files where others were just deleted.
    """
    times = []
    for number in range(rounds):
        cache = above / f"cache{number}"
        times.append((seconds(target, cache, "--no-cache"), seconds(target, cache), seconds(target, cache)))
    return times


def measure(folder, cards=700, rounds=5):
    """The ratios, by name."""
    with tempfile.TemporaryDirectory() as above:
        target = Path(above, "cards")
        lay_out(folder, cards, target)
        many = in_turns(str(target), Path(above), rounds)
        one = in_turns(str(target / "00000" / "README.md"), Path(above, "one"), 3 * rounds)
    return {
        "known / new": statistics.median(known / new for _, new, known in many),
        "empty cache / none": statistics.median(new / none for none, new, _ in many),
        "one known card / none": statistics.median(known / none for none, _, known in one),
    }


def main():
    options = arguments(__doc__, cards=700)
    print_ratios(measure(options.folder, options.cards, options.rounds), LIMITS)


if __name__ == "__main__":
    main()
