"""What a second process saves: the time of a check with two against one, over the same cards.

    python benchmarks/jobs.py FOLDER [--cards 2000] [--rounds 5]

FOLDER holds cards (`*.md`, at any depth). It is the time on the clock that is measured, of the whole command without a
cache, so that the machine has to have two processors with nothing else to do. The two take turns, the median of the
rounds counts, and they have to write the same bytes.
"""

import argparse
import statistics
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path

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
    paths = sorted(str(path.resolve()) for path in Path(folder).rglob("*.md") if path.is_file())
    with tempfile.TemporaryDirectory() as elsewhere:
        listed = Path(elsewhere, "cards.txt")
        listed.write_text("\n".join(paths[:: max(len(paths) // cards, 1)][:cards]), "utf-8")
        timed(1, listed, elsewhere)
        pairs = [(timed(2, listed, elsewhere), timed(1, listed, elsewhere)) for _ in range(rounds)]
    if len({written for pair in pairs for _, written in pair}) != 1:
        raise SystemExit("two jobs write other bytes than one")
    return {"two jobs / one": statistics.median(two / one for (two, _), (one, _) in pairs)}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--cards", type=int, default=2000)
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    for name, ratio in measure(options.folder, options.cards, options.rounds).items():
        print(f"{name:<24} {ratio:.2f}, to be at most {LIMITS[name]}")


if __name__ == "__main__":
    main()
