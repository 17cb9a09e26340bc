"""Estimate the cost of linting every card of the Hub from a sample of cards, by size.

    python benchmarks/scale.py FOLDER [--cards 2500000] [--sample 1000] [--rounds 3]

FOLDER contains cards (`*.md`, at any depth) whose sizes represent those of the Hub. The script takes a sample of each
size class and measures the processor time of a worker of `cardlint corpus`: linting cards and making rows of them. Bare
parsing of the same cards (see `speed.py`) takes turns with it, for comparisons with other machines. Run it on a quiet
machine: beside other programs, cards took three times as long. Of the driver, only sorting and writing parts are
measured. Memory is that of a process that lints one sample after the other, the largest cards last. In larger parts,
a card takes fewer bytes. docs/corpus-at-scale.md shows the output.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from ratios import cards_in, measured, parser
from speed import bare_parsing

import cardlint
from cardlint.corpus.batch import cards_of, findings_of, lint_batch
from cardlint.corpus.schema import SIZE_CLASSES, size_class

BATCH = 256  # cards per call of a worker
DOLLARS = 0.05  # for a core and an hour: a general machine on demand in common clouds
SHARED = 0.9  # the work of a core beside others, compared with one alone


@dataclass(frozen=True)
class Class:
    """A size class: its share of all cards, its mean size in bytes, and the means of time and output per card.

    `bare` are the seconds of bare parsing.
    """

    name: str
    share: float
    size: float
    cards: int
    seconds: float
    bare: float
    writing: float
    findings: float
    written: float


def by_class(folder):
    """Return the cards of a folder by size class, in the order of the classes."""
    classes = {name: [] for name, _ in SIZE_CLASSES}
    for path in cards_in(folder):
        classes[size_class(path.stat().st_size)].append(path)
    return {name: paths for name, paths in classes.items() if paths}


def batches(paths, count):
    """Yield every n-th card of a class, as tables of `id` and `text`."""
    chosen = paths[:: max(len(paths) // count, 1)][:count]
    for start in range(0, len(chosen), BATCH):
        some = chosen[start : start + BATCH]
        yield pa.table({"id": [str(path) for path in some], "text": [path.read_bytes() for path in some]})


def timed(function, *arguments):
    start = time.process_time()
    result = function(*arguments)
    return time.process_time() - start, result


def measure(folder, sample=1000, rounds=3):
    """Return the size classes, and the peak memory of a worker in MB."""
    paths = by_class(folder)
    total = sum(map(len, paths.values()))
    tables = {name: list(batches(some, sample)) for name, some in paths.items()}
    lint_batch(next(iter(tables.values()))[0].slice(0, 50))
    texts = {name: [(None, text.as_py()) for each in some for text in each["text"]] for name, some in tables.items()}
    seconds = {name: [] for name in tables}
    bare = {name: [] for name in tables}
    linted = {}
    for _ in range(rounds):  # the classes take turns
        for name, some in tables.items():
            spent, linted[name] = timed(lambda some=some: [lint_batch(table) for table in some])
            seconds[name].append(spent)
            bare[name].append(timed(bare_parsing, texts[name])[0])
    classes = []
    for name, some in paths.items():
        rows = pa.concat_tables(linted[name])
        writing, written = timed(part, rows)
        classes.append(
            Class(
                name,
                len(some) / total,
                statistics.fmean(path.stat().st_size for path in some),
                rows.num_rows,
                statistics.median(seconds[name]) / rows.num_rows,
                statistics.median(bare[name]) / rows.num_rows,
                writing / rows.num_rows,
                findings_of(rows).num_rows / rows.num_rows,
                written / rows.num_rows,
            )
        )
    return classes, memory(folder, sample)


def part(linted):
    """Return the number of bytes of a part with these cards, in both tables."""
    with tempfile.TemporaryDirectory() as folder:
        total = 0
        for name, table in (("cards", cards_of(linted)), ("findings", findings_of(linted))):
            path = Path(folder, name)
            pq.write_table(table.sort_by("id"), path, compression="zstd")
            total += path.stat().st_size
    return total


def memory(folder, sample):
    """Return the peak memory of a process that lints all samples, in MB."""
    usage = measured([sys.executable, __file__, folder, "--sample", str(sample), "--worker"])
    if usage.code:
        raise SystemExit(usage.output.decode())
    return usage.memory


def work(folder, sample):
    for paths in by_class(folder).values():
        for table in batches(paths, sample):
            lint_batch(table)


def mean(classes, value):
    """Return the mean over all cards, weighted by the share of each class."""
    return sum(each.share * value(each) for each in classes)


def table(classes):
    """Yield a table of the classes in Markdown."""
    whole = mean(classes, lambda each: each.seconds)
    heads = ("size", "share of cards", "n", "mean size", "ms per card", "times bare parsing", "cards per core-second")
    yield f"| {' | '.join((*heads, 'share of the time', 'findings', 'bytes out'))} |"
    yield f"|---|{'---:|' * (len(heads) + 2)}"
    for each in classes:
        yield row(each.name, each, each.share * each.seconds / whole, each.share, f"{each.cards:,}")
    names = ("size", "seconds", "bare", "findings", "written")
    middle = {name: mean(classes, lambda each, name=name: getattr(each, name)) for name in names}
    everything = Class("all", 1, **middle, cards=sum(each.cards for each in classes), writing=0)
    yield row("all", everything, 1, 1, f"{everything.cards:,}")


def row(name, each, time_share, share, cards):
    cells = (
        name,
        f"{100 * share:.1f} %",
        cards,
        f"{each.size / 1000:,.1f} kB",
        f"{1000 * each.seconds:,.2f}",
        f"{each.seconds / each.bare:.2f}",
        f"{1 / each.seconds:,.0f}",
        f"{100 * time_share:.0f} %",
        f"{each.findings:.1f}",
        f"{each.written:,.0f}",
    )
    return f"| {' | '.join(cells)} |"


def bill(classes, peak, cards):
    """Yield a table of the cost of a number of cards in Markdown."""
    hours = cards * mean(classes, lambda each: each.seconds) / 3600
    lines = (
        ("core-hours of linting", f"{hours:.1f}"),
        ("elapsed on 2 free cores", duration(hours / 2 / SHARED)),
        ("elapsed on 16", duration(hours / 16 / SHARED)),
        (f"cost, at {DOLLARS} dollars for a core and an hour", f"{100 * DOLLARS * hours / SHARED:.0f} cents"),
        ("core-hours of writing, by the driver", f"{cards * mean(classes, lambda each: each.writing) / 3600:.2f}"),
        ("text in", f"{cards * mean(classes, lambda each: each.size) / 1e9:.1f} GB"),
        ("findings", f"{cards * mean(classes, lambda each: each.findings) / 1e6:.1f} million"),
        ("Parquet out", f"{cards * mean(classes, lambda each: each.written) / 1e9:.2f} GB"),
        ("peak memory of a worker", f"{peak:.0f} MB"),
    )
    yield f"| {cards:,} cards | |"
    yield "|---|---:|"
    yield from (f"| {name} | {value} |" for name, value in lines)


def duration(hours):
    return f"{60 * hours:.0f} minutes" if hours < 2 else f"{hours:.1f} hours"


def main():
    arguments = parser(__doc__, cards=2_500_000, rounds=3)
    arguments.add_argument("--sample", type=int, default=1000)
    arguments.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.worker:
        work(options.folder, options.sample)
        return
    classes, peak = measure(options.folder, options.sample, options.rounds)
    total = len(cards_in(options.folder))
    machine = f"{os.cpu_count()} processors, {platform.machine()}, {platform.system()}"
    software = f"Python {platform.python_version()}, pyarrow {pa.__version__}, cardlint {cardlint.__version__}"
    print(f"{total:,} cards, {options.rounds} rounds, {time.strftime('%Y-%m-%d')}, {machine}, {software}\n")
    print("\n".join(table(classes)))
    print()
    print("\n".join(bill(classes, peak, options.cards)))


if __name__ == "__main__":
    main()
