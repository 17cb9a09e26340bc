"""The sections of a summary about cards and findings: by severity, size, generator and trouble."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cardlint.corpus.schema import SIZE_CLASSES
from cardlint.corpus.summary.figures import SEVERITIES, Figures
from cardlint.corpus.summary.layout import Bar, Cell, Code, Column, Number, Section, Share, Table, Words
from cardlint.corpus.summary.numbers import FEW, interval, many, number, per_thousand, size, wilson
from cardlint.reporters.masking import masked

__all__ = [
    "NO_GENERATOR",
    "axis_column",
    "axis_end",
    "generators",
    "interval_cell",
    "named",
    "severities",
    "sizes",
    "troubles",
]

NO_GENERATOR = "none recognised"
_MOST_TROUBLES = 20
_MOST_ROWS = 25
_MOST_SEVERE = (("an error", "with_error", "error"), ("a warning", "at_most_warning", "warning"),
            ("a note", "at_most_note", "note"), ("nothing found", "", "good"))  # fmt: skip


def axis_end(shares: Iterable[tuple[int, int]]) -> float:
    """Return a round number as the end of an axis for these shares, and for the intervals of those that are certain."""
    ends = (wilson(part, whole)[1] if whole >= FEW else part / whole for part, whole in shares if whole)
    most = max(ends, default=1.0)
    steps = (digit * 10.0**power for power in range(-4, 0) for digit in (1, 2, 3, 4, 5, 6, 8))
    return next((step for step in steps if step >= most), 1.0)


def axis_column(end: float) -> Column:
    """Return the heading of a column of bars."""
    return Column(f"0 to {100 * end:g} %", is_number=False)


def severities(figures: Figures) -> Section:
    """Return the number of cards by their most severe finding, and of findings by severity and fix."""
    total, cards = figures.total, figures.total["cards"]
    counts = [(label, total[name] if name else _clean(total), hue) for label, name, hue in _MOST_SEVERE]
    columns = (
        Column("most severe finding", is_number=False),
        Column("cards"),
        Column("share"),
        Column("95 %"),
        axis_column(1.0),
    )
    rows = tuple(
        (
            Words(label),
            Number(number(count)),
            Share(count, cards),
            interval_cell(count, cards),
            Bar(count, cards, 1.0, hue),
        )
        for label, count, hue in counts
    )
    return Section(
        "Severity",
        tables=(Table(columns, rows), _by_severity(figures)),
        stack=tuple(counts) if cards else (),
    )


def _clean(total: Counter[str]) -> int:
    return total["cards"] - total["with_error"] - total["at_most_warning"] - total["at_most_note"]


def interval_cell(part: int, whole: int) -> Number:
    """Return a cell with the interval of a share."""
    return Number(interval(part, whole))


def _by_severity(figures: Figures) -> Table:
    total, cards = figures.total, figures.total["cards"]
    rows = []
    for severity in (*SEVERITIES, None):
        some = [(found, count) for found, count in figures.found.items() if severity in {found.severity, None}]
        findings = sum(count for _, count in some)
        with_one = total[f"with_{severity}"] if severity else cards - _clean(total)
        fixes = [sum(count for found, count in some if found.safety == safety) for safety in ("safe", "unsafe")]
        row: tuple[Cell, ...] = (
            Words(severity or "all"),
            Number(number(findings)),
            Number(per_thousand(findings, cards)),
            Number(number(with_one)),
            Share(with_one, cards),
            *(Share(fix, findings) for fix in fixes),
        )
        rows.append(row)
    heads = ("findings", "per 1,000 cards", "cards with one", "share of cards", "safe fix", "unsafe fix")
    suppressed = number(total["suppressed"])
    return Table(
        (Column("severity", is_number=False), *map(Column, heads)),
        tuple(rows),
        foot=f"The last two columns are shares of the findings. Comments in the cards suppress {suppressed} more.",
    )


def sizes(figures: Figures) -> Section:
    """Return the number of cards and findings by size class."""
    by_size = figures.by_size
    total = figures.total["cards"]
    order = [name for name, _ in SIZE_CLASSES if name in by_size] + sorted(set(by_size) - dict(SIZE_CLASSES).keys())
    rows = tuple(_size(name, by_size[name], total) for name in order)
    columns = (Column("size", is_number=False), Column("cards"), Column("share"), *_FINDINGS_OF, Column("bytes"))
    mean = figures.total["bytes"] / total if total else 0
    words = f"The mean size of a card is {size(mean)}; 1 kB is 1,000 bytes."
    return Section("By size", (words,) if total else (), (Table(columns, rows),))


def _size(name: str, counts: Counter[str], total: int) -> tuple[Cell, ...]:
    cards = counts["cards"]
    return (
        Words(name),
        Number(number(cards)),
        Share(cards, total),
        *_findings_of(counts),
        Number(size(counts["bytes"])),
    )


_FINDINGS_OF = (
    Column("findings per 1,000"),
    Column("with an error"),
    Column("with a warning"),
    Column("has a safe fix"),
)


def _findings_of(counts: Counter[str]) -> tuple[Cell, ...]:
    cards = counts["cards"]
    findings = sum(counts[f"{severity}s"] for severity in SEVERITIES)
    return (
        Number(per_thousand(findings, cards)),
        *(Share(counts[name], cards) for name in ("with_error", "with_warning", "with_safe_fix")),
    )


def generators(figures: Figures) -> Section:
    """Return the number of cards and findings by the program that wrote the card."""
    total = figures.total["cards"]
    ranked = [(named(name), counts) for name, counts in figures.by_generator.items()]
    shown, rest = ranked[:_MOST_ROWS], ranked[_MOST_ROWS:]
    if rest:
        shown.append((Words(f"{number(len(rest))} others"), sum((counts for _, counts in rest), Counter())))
    end = axis_end((counts["cards"], total) for _, counts in shown)
    rows = tuple(
        (
            name,
            Number(number(counts["cards"])),
            Share(counts["cards"], total),
            *_findings_of(counts),
            Bar(counts["cards"], total, end),
        )
        for name, counts in shown
    )
    columns = (Column("generator", is_number=False), Column("cards"), Column("share"), *_FINDINGS_OF, axis_column(end))
    return Section("By generator", tables=(Table(columns, rows),))


def named(generator: str | None) -> Cell:
    """Return a cell with the name of a generator, or words if none is recognised."""
    return Words(NO_GENERATOR) if generator is None else Code(generator)


def troubles(figures: Figures) -> Section:
    """Return the cards that could not be linted completely, by reason."""
    found = figures.troubles
    rows = tuple(
        (Words(masked(trouble.reason)), Number(number(trouble.cards)), Code(masked(trouble.example)))
        for trouble in found[:_MOST_TROUBLES]
    )
    left_out = len(found) - len(rows)
    columns = (Column("reason", is_number=False), Column("cards"), Column("example", is_number=False))
    foot = f"And {many(left_out, 'more reason')}." if left_out else ""
    words = "These cards could not be linted completely; no other figure includes them."
    return Section("Trouble", (words,), (Table(columns, rows, foot=foot),))
