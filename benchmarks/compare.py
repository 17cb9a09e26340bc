"""Compare two revisions of cardlint in one run, and print the table of ratios that belongs into the note on a change.

    python benchmarks/compare.py FOLDER BEFORE [AFTER] [--cards 700] [--rounds 9]

FOLDER contains cards (`*.md`, at any depth). BEFORE and AFTER are revisions of git; without AFTER it is the working
tree. Each is installed into a new environment as by users, with the newest packages that it allows. Only the command is
measured, so that the revisions may differ inside. They take turns within one run, and the median of the ratios of the
rounds counts, with the quartiles beside it. Times are processor times, except for the elapsed time of two jobs, which
needs two idle processors.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from ratios import Usage, every_nth, measured, parser
from start import ROOT, installed

WORKING_TREE = "the working tree"
STARTS = 5  # of one card in a round, since a start is short


@dataclass(frozen=True)
class Figure:
    """A figure of a run, shown with a factor and a unit."""

    name: str
    unit: str
    of: Callable[[Usage], float]


@dataclass
class Command:
    """Arguments of `cardlint check`, the figures of a run, and those of each side by round."""

    arguments: list[str]
    figures: list[Figure]
    turns: int = 1
    found: dict[str, list[tuple[float, float]]] = field(default_factory=dict)


def milliseconds(usage: Usage) -> float:
    return 1000 * usage.seconds


def elapsed(usage: Usage) -> float:
    return 1000 * usage.elapsed


def memory(usage: Usage) -> float:
    return usage.memory


def commands(cards: list[Path], elsewhere: Path) -> list[Command]:
    """Return what is measured: a full lint of all cards, the starts, and two jobs."""
    listed = elsewhere / "cards.txt"
    listed.write_text("\n".join(str(card.resolve()) for card in cards), "utf-8")
    many = ["--output-format", "jsonl", "--files-from", str(listed)]
    one = str(sorted(cards, key=lambda card: card.stat().st_size)[len(cards) // 2].resolve())
    count = f"{len(cards)} cards"
    return [
        Command(
            ["--no-cache", "--jobs", "1", *many],
            [Figure(f"full lint, {count}", "ms", milliseconds), Figure(f"memory, {count}", "MB", memory)],
        ),
        Command(
            ["--no-cache", one],
            [Figure("start, a new card", "ms", milliseconds), Figure("memory, a card", "MB", memory)],
            STARTS,
        ),
        Command([one], [Figure("start, a known card", "ms", milliseconds)], STARTS),
        Command(["--jobs", "1", *many], [Figure(f"full cache, {count}", "ms", milliseconds)]),
        Command(
            ["--no-cache", "--jobs", "2", *many],
            [Figure("two jobs, processors", "ms", milliseconds), Figure("two jobs, elapsed", "ms", elapsed)],
        ),
    ]


def unpack(revision: str, target: Path) -> Path:
    """Write the files of a revision to a folder, and return it; nothing is written for the working tree."""
    if revision == WORKING_TREE:
        return ROOT
    archive = target.with_suffix(".tar")
    subprocess.run(["git", "archive", "--output", str(archive), revision], cwd=ROOT, check=True)
    with tarfile.open(archive) as files:
        files.extractall(target, filter="data")
    return target


def measure(folder: str, before: str, after: str, *, count: int, rounds: int) -> tuple[list[Command], list[int]]:
    """Return the commands with what was found, and the number of findings on each side."""
    with ExitStack() as stack:
        elsewhere = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sides = []
        for number, revision in enumerate((before, after)):
            print(f"installing {revision} ...", file=sys.stderr)
            python = stack.enter_context(installed(unpack(revision, elsewhere / f"side{number}")))
            sides.append((python.with_name("cardlint"), elsewhere / f"cache{number}"))
        measures = commands(every_nth(folder, count), elsewhere)
        # the first runs load files into memory, and fill the caches
        first = [[run(side, command, elsewhere) for side in sides] for command in measures]
        for number in range(rounds):
            for command in measures:
                for turn in range(command.turns):
                    both = in_turn(sides, command, elsewhere, swapped=bool((number + turn) % 2))
                    for figure in command.figures:
                        command.found.setdefault(figure.name, []).append(tuple(map(figure.of, both)))
    return measures, [sum(json.loads(line).get("rule") is not None for line in lines(usage)) for usage in first[0]]


def in_turn(sides: list[tuple[Path, Path]], command: Command, elsewhere: Path, *, swapped: bool) -> list[Usage]:
    """Run the command of both sides and return the usage of each; which side comes first changes."""
    order = sides[::-1] if swapped else sides
    both = [run(side, command, elsewhere) for side in order]
    return both[::-1] if swapped else both


def run(side: tuple[Path, Path], command: Command, elsewhere: Path) -> Usage:
    program, cache = side
    usage = measured(
        [program, "check", "--isolated", *command.arguments], elsewhere, CARDLINT_CACHE_DIR=str(cache), NO_COLOR="1"
    )
    if usage.code not in {0, 1}:
        message = usage.output.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise SystemExit(f"{' '.join(command.arguments)} exited with code {usage.code}: {message}")
    return usage


def lines(usage: Usage) -> list[bytes]:
    return [line for line in usage.output.splitlines() if line.startswith(b"{")]


def table(measures: list[Command], findings: list[int]) -> str:
    """Return the table in Markdown."""
    rows = ["| measure | before | after | ratio | quartiles |", "|---|---:|---:|---:|---:|"]
    for command in measures:
        for figure in command.figures:
            pairs = command.found[figure.name]
            before, after = (statistics.median(side) for side in zip(*pairs, strict=True))
            low, middle, high = quartiles([second / first for first, second in pairs])
            rows.append(
                f"| {figure.name} | {before:,.0f} {figure.unit} | {after:,.0f} {figure.unit} | {middle:.2f} "
                f"| {low:.2f} to {high:.2f} |"
            )
    before, after = findings
    rows.append(f"| findings | {before:,} | {after:,} | {after / max(before, 1):.2f} | |")
    return "\n".join(rows)


def quartiles(values: list[float]) -> tuple[float, float, float]:
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else 3 * values
    return low, middle, high


def named(revision: str) -> str:
    """Return a revision with the commit that it means today, or end the script if there is none."""
    if revision == WORKING_TREE:
        return revision
    command = ["git", "rev-parse", "--verify", "--short", f"{revision}^{{commit}}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{revision} is not a revision of this repository")
    commit = done.stdout.strip()
    return commit if revision.startswith(commit) else f"{revision} ({commit})"


def report(folder: str, before: str, after: str = WORKING_TREE, *, count: int = 700, rounds: int = 9) -> str:
    """Return the table with a line above it that says what was compared."""
    names = f"Before: {named(before)}. After: {named(after)}."
    measures, findings = measure(folder, before, after, count=count, rounds=rounds)
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors, {rounds} rounds."
    return f"{names} {machine}\n\n{table(measures, findings)}"


def main() -> None:
    arguments = parser(__doc__, cards=700, rounds=9)
    arguments.add_argument("before")
    arguments.add_argument("after", nargs="?", default=WORKING_TREE)
    options = arguments.parse_args()
    print(report(options.folder, options.before, options.after, count=options.cards, rounds=options.rounds))


if __name__ == "__main__":
    main()
