"""Measure the time for one card: `cardlint check` against a cold import of the two parsers, in new processes.

    python benchmarks/start.py [CARD ...] [--rounds 15] [--python FILE]

A new card is checked without cache, a known card with one, and a new card in the format `full` in color, as on a
terminal. Without cards, those in `fixtures/` are checked. cardlint is first installed into a new environment as by
users: not editable, and compiled; `--python` names the interpreter of an existing environment instead. Processor times
are compared, since other programs use the machine as well. All sides take turns, and the lower quartile of the rounds
counts, since disturbances only make a process slower.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMPORTS = "import mistune, ruamel.yaml"
STARTS = {
    "a new card": ["--no-cache"],
    "a known card": [],
    "a new card as full": ["--no-cache", "--output-format", "full", "--color", "always"],
}
LIMITS = {"a new card": 2.4, "a known card": 1.3, "a new card as full": 2.5}


def measure(python: Path, cards: list[Path], rounds: int = 15) -> dict[str, dict[str, float]]:
    """Return the time of each start divided by that of the imports, by the name of the start and the card's path."""
    command = [str(python.with_name("cardlint")), "check", "--isolated"]
    checks = {
        (name, str(card)): [*command, *options, str(card.resolve())]
        for name, options in STARTS.items()
        for card in cards
    }
    seconds: dict[tuple[str, str], list[float]] = {check: [] for check in checks}
    imported: list[float] = []
    with tempfile.TemporaryDirectory() as elsewhere:  # not in this folder, where Python would import the checkout
        environment = os.environ | {"CARDLINT_CACHE_DIR": f"{elsewhere}/cache"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for turn in range(rounds + 1):
            taken = [(imported, spent([str(python), "-c", IMPORTS], elsewhere, environment))]
            taken += [(seconds[check], spent(words, elsewhere, environment)) for check, words in checks.items()]
            if turn:  # the first turn fills the cache of the disk and that of cardlint
                for times, time in taken:
                    times.append(time)
    ratios: dict[str, dict[str, float]] = {name: {} for name in STARTS}
    for (name, card), times in seconds.items():
        ratios[name][card] = quartile(times) / quartile(imported)
    return ratios


def spent(command: list[str], folder: str, environment: dict[str, str]) -> float:
    """Return the processor time of a command in seconds."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:  # 1: findings
        raise SystemExit(f"{' '.join(command)} exited with code {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def quartile(times: list[float]) -> float:
    return statistics.quantiles(times, n=4)[0]


@contextmanager
def installed(root: Path = ROOT) -> Iterator[Path]:
    """Yield the interpreter of a new environment in which the cardlint of a folder is installed."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", str(root)], check=True)
        subprocess.run([python, "-m", "compileall", "-q", str(Path(folder, "lib"))], check=False)
        yield python


def report(starts: dict[str, dict[str, float]]) -> None:
    for name, ratios in starts.items():
        print(name)
        for card, ratio in ratios.items():
            print(f"{ratio:6.2f}  {card}")
        print(f"{statistics.median(ratios.values()):6.2f}  median, limit {LIMITS[name]}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("cards", nargs="*", type=Path)
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("--python", type=Path)
    options = arguments.parse_args()
    cards = options.cards or sorted(ROOT.glob("fixtures/*/README.md"))
    if options.python:
        report(measure(options.python.absolute(), cards, options.rounds))
        return
    print("installing ...", file=sys.stderr)
    with installed() as python:
        report(measure(python, cards, options.rounds))


if __name__ == "__main__":
    main()
