"""The section of a summary about metrics: if those of the metadata are those of the body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from cardlint.corpus.summary.figures import Figures
from cardlint.corpus.summary.layout import Bar, Cell, Code, Column, Number, Section, Share, Table, Words
from cardlint.corpus.summary.numbers import NONE, many, number
from cardlint.corpus.summary.sections import axis_column, axis_end, interval_cell, named

__all__ = ["ledger"]

_MOST = 25  # rows of a table
_CAUSES = {
    "other-metric": "the value of another metric",
    "other-row": "the value of another row of the results",
    "slip": "a typing error",
    None: "unknown",
}
_PLACES = {
    "summary": "the summary",
    "table": "a table",
    "results-row": "the table of training results",
    "prose": "a sentence",
}
_WORDS = (
    "A comparison is a value of the metadata that the body states as well. It disagrees if neither rounding nor a "
    "change of unit explains the difference."
)


def ledger(figures: Figures) -> Section:
    """Return the number of cards that contradict themselves: in all, and by metric, generator, place and cause."""
    tables = [_funnel(figures.total)]
    if figures.compared["metric"]:
        tables += [
            _table("By metric", "metric", figures.compared["metric"], _code),
            _table("By generator", "generator", figures.compared["generator"], named),
            _table("By place in the body", "place", figures.compared["shown_in"], _place),
        ]
    if figures.compared["cause"]:
        tables.append(_causes(figures.compared["cause"]))
    return Section("Metadata compared with body", (_WORDS,), tuple(tables))


def _funnel(total: Counter[str]) -> Table:
    steps = (
        ("all", "cards", ""),
        ("state a metric in the metadata", "stating", "cards"),
        ("state it in the body as well", "comparing", "stating"),
        ("contradict themselves", "contradicting", "comparing"),
    )
    rows = [
        (
            Words(label),
            Number(number(total[name])),
            *(_of(total[name], total[before]) if before else (Number(NONE), Number(NONE))),
            Bar(total[name], total["cards"], 1.0, "error" if name == "contradicting" else ""),
        )
        for label, name, before in steps
    ]
    columns = (Column("cards", is_number=False), Column("number"), Column("share of those above"), Column("95 %"))
    disagreeing = f"{number(total['disagreeing'])} of {number(total['compared'])}"
    foot = f"{disagreeing} comparisons disagree."
    return Table((*columns, Column("of all cards", is_number=False)), tuple(rows), foot=foot)


def _of(part: int, whole: int) -> tuple[Cell, Cell]:
    return Share(part, whole), interval_cell(part, whole)


def _code(name: str | None) -> Cell:
    return Words("none") if name is None else Code(name)


def _place(name: str | None) -> Cell:
    return Words(_PLACES[name]) if name in _PLACES else _code(name)


def _table(title: str, head: str, found: dict[str | None, Counter[str]], naming: Callable[[str | None], Cell]) -> Table:
    """Return a table of comparisons by `head`, the values with the most cards first."""
    ranked = sorted(found.items(), key=lambda entry: (-entry[1]["cards"], entry[0] or ""))
    shown = ranked[:_MOST]
    end = axis_end((counts["contradicting"], counts["cards"]) for _, counts in shown)
    rows = tuple(
        (
            naming(name),
            Number(number(counts["comparisons"])),
            Number(number(counts["disagreeing"])),
            Number(number(counts["cards"])),
            Number(number(counts["contradicting"])),
            *_of(counts["contradicting"], counts["cards"]),
            Bar(counts["contradicting"], counts["cards"], end, "error"),
        )
        for name, counts in shown
    )
    heads = ("comparisons", "disagree", "cards", "contradict themselves", "share of cards", "95 %")
    columns = (Column(head, is_number=False), *map(Column, heads), axis_column(end))
    rest = ranked[_MOST:]
    left_out = sum(counts["comparisons"] for _, counts in rest)
    foot = f"And {number(len(rest))} more, with {many(left_out, 'comparison')}." if rest else ""
    return Table(columns, rows, title, foot)


def _causes(found: dict[str | None, Counter[str]]) -> Table:
    whole = sum(counts["comparisons"] for counts in found.values())
    ranked = sorted(found.items(), key=lambda entry: (-entry[1]["comparisons"], entry[0] or ""))
    rows = tuple(
        (
            Words(_CAUSES[cause]) if cause in _CAUSES else _code(cause),
            Number(number(counts["comparisons"])),
            Share(counts["comparisons"], whole),
            Number(number(counts["cards"])),
            Bar(counts["comparisons"], whole, 1.0, "error"),
        )
        for cause, counts in ranked
    )
    heads = (Column("comparisons"), Column("share"), Column("cards"), Column("0 to 100 %", is_number=False))
    return Table((Column("cause", is_number=False), *heads), rows, "Why they disagree")
