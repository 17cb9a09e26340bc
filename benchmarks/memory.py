"""Measure the peak memory of a run over one card, over a tenth of a folder, and over the whole folder.

    python benchmarks/memory.py FOLDER [--jobs 1]
    python benchmarks/memory.py --large [--bytes 5000000] [--only WORDS] [--output-format concise]

FOLDER contains cards (`*.md`, at any depth). One card may take 45 MB, and the whole folder hardly more than a tenth of
it: memory must not grow with the number of cards.

With `--large`, print the peak memory and the processor time of one large card of each ordinary kind, those of
`tests/large_cards.py`. A card of 5 MB may take 300 MB; the exit code is 1 if one takes more.
"""

import argparse
import sys
import sysconfig
import tempfile
from pathlib import Path

from ratios import cards_in, measured

LIMITS = {"one card": 45}
LARGE = 300  # MB
FORMATS = ("concise", "json")


def checked(arguments, elsewhere):
    """Return the usage of `cardlint check`."""
    command = [Path(sysconfig.get_path("scripts"), "cardlint"), "check", "--isolated", "--no-cache", *arguments]
    return measured(command, elsewhere)


def peak(arguments, elsewhere):
    """Return the peak memory of `cardlint check` in MB; of several processes, that of the largest."""
    return checked(arguments, elsewhere).memory


def measure_large(size, words, output_format):
    """Print a table of the kinds whose name contains the words, and return the number of those above the limit."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from large_cards import KINDS

    above = 0
    print("| kind | bytes | MB | seconds | seconds for 1 MB |\n|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as elsewhere:
        card = Path(elsewhere, "README.md")
        for name, make in KINDS.items():
            if words in name:
                card.write_text(make(size), "utf-8")
                length = card.stat().st_size
                arguments = ["--all-markdown", "--jobs", "1", "--output-format", output_format, card]
                used = checked(arguments, elsewhere)
                above += used.memory > LARGE
                memory = f"{used.memory:.0f}" + " **above the limit**" * (used.memory > LARGE)
                print(f"| {name} | {length:,} | {memory} | {used.seconds:.1f} | {1e6 * used.seconds / length:.2f} |")
                sys.stdout.flush()
    print(f"\n{above} kinds take more than {LARGE} MB")
    return above


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
    arguments.add_argument("folder", nargs="?")
    arguments.add_argument("--jobs", type=int, default=1)
    arguments.add_argument("--large", action="store_true", help="measure one large card of each ordinary kind instead")
    arguments.add_argument("--bytes", type=int, default=5_000_000, help="the size of a large card")
    arguments.add_argument("--only", default="", help="only kinds whose name contains this")
    arguments.add_argument("--output-format", default="concise", help="the format for a large card")
    options = arguments.parse_args()
    if options.large:
        sys.exit(1 if measure_large(options.bytes, options.only, options.output_format) else 0)
    if options.folder is None:
        arguments.error("a folder of cards is missing")
    for name, figure in measure(options.folder, options.jobs).items():
        unit = "  " if "over" in name else "MB"
        limit = f", limit {LIMITS[name]}" if name in LIMITS else ""
        print(f"{name:<32} {figure:7.2f} {unit}{limit}")


if __name__ == "__main__":
    main()
