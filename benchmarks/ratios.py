"""Functions for several benchmarks: choose cards, and print ratios."""

import argparse
from pathlib import Path


def every_nth(folder, count):
    """Return the paths of a number of cards, spread evenly over the folder to include all kinds."""
    paths = sorted(path for path in Path(folder).rglob("*.md") if path.is_file())
    return paths[:: max(len(paths) // count, 1)][:count]


def arguments(description, cards):
    """Return the arguments of the command line: a folder, the number of its cards, and the number of rounds."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--cards", type=int, default=cards)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def print_ratios(ratios, limits):
    """Print each ratio with its limit."""
    for name, ratio in ratios.items():
        print(f"{name:<26} {ratio:.2f}, limit {limits[name]}")
