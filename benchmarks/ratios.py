"""Functions for several benchmarks: choose cards, measure a command, and print ratios."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Usage:
    """The resources that a command used: seconds of processor and elapsed time, and MB of memory at the peak."""

    seconds: float
    elapsed: float
    memory: float
    code: int
    output: bytes


# A new process counts the memory of its parent as its own, so the parent must be small.
WATCH = """
import json, os, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[2:], check=False).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
figures = [used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss, code]
with open(sys.argv[1], "w") as file:
    json.dump(figures, file)
"""


def measured(command, folder=None, **variables):
    """Run a command in a folder, with further environment variables, and return its usage; its output is both streams.

    Of several processes, memory is that of the largest.
    """
    # installed packages are compiled, and only they count
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as figures:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", WATCH, figures.name, *map(str, command)],
            cwd=folder,
            env=environment | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=True,
        )
        seconds, elapsed, memory, code = json.load(figures)
    return Usage(seconds, elapsed, memory / (1e6 if sys.platform == "darwin" else 1e3), code, done.stdout)


def cards_in(folder):
    """Return the paths of all cards of a folder."""
    return sorted(path for path in Path(folder).rglob("*.md") if path.is_file())


def every_nth(folder, count):
    """Return the paths of a number of cards, spread evenly over the folder to include all kinds."""
    paths = cards_in(folder)
    return paths[:: max(len(paths) // count, 1)][:count]


def parser(description, *, cards, rounds=5):
    """Return a parser of the command line: a folder, the number of its cards, and the number of rounds."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("folder")
    made.add_argument("--cards", type=int, default=cards)
    made.add_argument("--rounds", type=int, default=rounds)
    return made


def arguments(description, cards):
    """Return the arguments of the command line: a folder, the number of its cards, and the number of rounds."""
    return parser(description, cards=cards).parse_args()


def print_ratios(ratios, limits):
    """Print each ratio with its limit."""
    for name, ratio in ratios.items():
        print(f"{name:<26} {ratio:.2f}, limit {limits[name]}")
