"""Measure the peak memory of a run over one card, over a tenth of a folder, and over the whole folder.

    python benchmarks/memory.py FOLDER [--jobs 1]

FOLDER contains cards (`*.md`, at any depth). One card may take 45 MB, and the whole folder hardly more than a tenth of
it: memory must not grow with the number of cards.
"""

import argparse
import sysconfig
import tempfile
from pathlib import Path

from ratios import cards_in, measured

LIMITS = {"one card": 45}
FORMATS = ("concise", "json")


def peak(arguments, elsewhere):
    """Return the peak memory of `cardlint check` in MB; of several processes, that of the largest."""
    command = [Path(sysconfig.get_path("scripts"), "cardlint"), "check", "--isolated", "--no-cache", *arguments]
    return measured(command, elsewhere).memory


def measure(folder, jobs=1):
    """Return the peaks in MB by name, and the ratios of the whole folder to a tenth of it."""
    cards = [str(path.resolve()) for path in cards_in(folder)]
    middle = sorted(cards, key=lambda card: Path(card).stat().st_size)[len(cards) // 2]
    figures = {}
    with tempfile.TemporaryDirectory() as elsewhere:
        figures["one card"] = peak([middle], elsewhere)
        for name in FORMATS:
            shared = ["--jobs", str(jobs), "--output-format", name]
            lists = {}
            for words, some in ((f"{len(cards[::10])} cards", cards[::10]), (f"{len(cards)} cards", cards)):
                listed = Path(elsewhere, "cards.txt")
                listed.write_text("\n".join(some), "utf-8")
                lists[words] = peak([*shared, "--files-from", str(listed)], elsewhere)
            figures |= {f"{words} as {name}": size for words, size in lists.items()}
            few, many = lists.values()
            figures[f"all over a tenth, as {name}"] = many / few
    return figures


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--jobs", type=int, default=1)
    options = arguments.parse_args()
    for name, figure in measure(options.folder, options.jobs).items():
        unit = "  " if "over" in name else "MB"
        limit = f", limit {LIMITS[name]}" if name in LIMITS else ""
        print(f"{name:<32} {figure:7.2f} {unit}{limit}")


if __name__ == "__main__":
    main()
