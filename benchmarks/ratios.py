"""What several benchmarks do: choose cards, and print their ratios."""

import argparse
from pathlib import Path


def every_nth(folder, count):
    """The paths of so many cards of a folder, spread over all of it so that all kinds are there."""
    paths = sorted(path for path in Path(folder).rglob("*.md") if path.is_file())
    return paths[:: max(len(paths) // count, 1)][:count]


def arguments(description, cards):
    """What the command line asks for: a folder, how many of its cards, and how many rounds."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--cards", type=int, default=cards)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def print_ratios(ratios, limits):
    """Print each ratio with what it is to be at most."""
    for name, ratio in ratios.items():
        print(f"{name:<24} {ratio:.2f}, to be at most {limits[name]}")
