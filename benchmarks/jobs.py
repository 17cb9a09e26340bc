"""What a second process saves: the time of a check with two against one, over the same cards.

    python benchmarks/jobs.py FOLDER [--cards 2000] [--rounds 5]

FOLDER holds cards (`*.md`, at any depth). It is the time on the clock that is measured, of the whole command without a
cache, so that the machine has to have two processors with nothing else to do. The two take turns, the median of the
rounds counts, and they have to write the same bytes.
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
    """The seconds that a check takes, and what it writes."""
    command = [str(Path(sysconfig.get_path("scripts"), "cardlint")), "check", "--isolated", "--no-cache"]
    command += ["--jobs", str(jobs), "--output-format", "jsonl", "--files-from", str(cards)]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=elsewhere, capture_output=True, check=False)
    return time.perf_counter() - start, done.stdout


def measure(folder, cards=2000, rounds=5):
    """The ratio, by name."""
    paths = [str(path.resolve()) for path in every_nth(folder, cards)]
    with tempfile.TemporaryDirectory() as elsewhere:
        listed = Path(elsewhere, "cards.txt")
        listed.write_text("\n".join(paths), "utf-8")
        timed(1, listed, elsewhere)
        pairs = [(timed(2, listed, elsewhere), timed(1, listed, elsewhere)) for _ in range(rounds)]
    if len({written for pair in pairs for _, written in pair}) != 1:
        raise SystemExit("two jobs write other bytes than one")
    return {"two jobs / one": statistics.median(two / one for (two, _), (one, _) in pairs)}


def main():
    options = arguments(__doc__, cards=2000)
    print_ratios(measure(options.folder, options.cards, options.rounds), LIMITS)


if __name__ == "__main__":
    main()
