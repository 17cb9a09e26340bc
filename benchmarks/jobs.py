"""Measure the benefit of a second process: the time of a check with two jobs against one, over the same cards.

    python benchmarks/jobs.py FOLDER [--cards 2000] [--rounds 5]

FOLDER contains cards (`*.md`, at any depth). The script measures the elapsed time of the whole command without a cache,
so the machine needs two idle processors. The two take turns, the median of the rounds counts, and both must write the
same bytes.
"""

import statistics
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path

from ratios import arguments, every_nth, print_ratios

LIMITS = {"two jobs / one": 0.6}


def timed(jobs, cards, elsewhere):
    """Return the seconds that a check takes, and its output."""
    command = [str(Path(sysconfig.get_path("scripts"), "cardlint")), "check", "--isolated", "--no-cache"]
    command += ["--jobs", str(jobs), "--output-format", "jsonl", "--files-from", str(cards)]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=elsewhere, capture_output=True, check=False)
    return time.perf_counter() - start, done.stdout


def measure(folder, cards=2000, rounds=5):
    """Return the ratio by name."""
    paths = [str(path.resolve()) for path in every_nth(folder, cards)]
    with tempfile.TemporaryDirectory() as elsewhere:
        listed = Path(elsewhere, "cards.txt")
        listed.write_text("\n".join(paths), "utf-8")
        timed(1, listed, elsewhere)
        pairs = [(timed(2, listed, elsewhere), timed(1, listed, elsewhere)) for _ in range(rounds)]
    if len({written for pair in pairs for _, written in pair}) != 1:
        raise SystemExit("the output of two jobs differs from that of one")
    return {"two jobs / one": statistics.median(two / one for (two, _), (one, _) in pairs)}


def main():
    options = arguments(__doc__, cards=2000)
    print_ratios(measure(options.folder, options.cards, options.rounds), LIMITS)


if __name__ == "__main__":
    main()
