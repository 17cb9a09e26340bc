"""Measure the benefit of a second process: the time of a check with two jobs against one, over the same cards.

    python benchmarks/jobs.py FOLDER [--cards 2000] [--rounds 9]

FOLDER contains cards (`*.md`, at any depth). The script measures the whole command without a cache, which takes the
same time in each round but for what else the machine does, so the least of the rounds counts. The two take turns, and
both must write the same bytes. Elapsed time needs two idle processors; the processor time of all processes does not.
"""

import sysconfig
import tempfile
from pathlib import Path

from ratios import every_nth, measured, parser, print_ratios

LIMITS = {"two jobs / one": 0.6, "two jobs / one, processor time": 1.05}


def checked(jobs, cards, elsewhere):
    """Return the usage of a check."""
    command = [Path(sysconfig.get_path("scripts"), "cardlint"), "check", "--isolated", "--no-cache"]
    command += ["--jobs", jobs, "--output-format", "jsonl", "--files-from", cards]
    return measured(command, elsewhere)


def measure(folder, cards=2000, rounds=9):
    """Return the ratios by name."""
    paths = [str(path.resolve()) for path in every_nth(folder, cards)]
    with tempfile.TemporaryDirectory() as elsewhere:
        listed = Path(elsewhere, "cards.txt")
        listed.write_text("\n".join(paths), "utf-8")
        checked(1, listed, elsewhere)
        pairs = [(checked(2, listed, elsewhere), checked(1, listed, elsewhere)) for _ in range(rounds)]
    if len({usage.output for pair in pairs for usage in pair}) != 1:
        raise SystemExit("the output of two jobs differs from that of one")
    two, one = zip(*pairs, strict=True)
    return {
        "two jobs / one": least(two, "elapsed") / least(one, "elapsed"),
        "two jobs / one, processor time": least(two, "seconds") / least(one, "seconds"),
    }


def least(usages, figure):
    return min(getattr(usage, figure) for usage in usages)


def main():
    options = parser(__doc__, cards=2000, rounds=9).parse_args()
    print_ratios(measure(options.folder, options.cards, options.rounds), LIMITS)


if __name__ == "__main__":
    main()
