"""The sections of a summary about rules: the number of findings of each, and its share of each generator's cards."""

from __future__ import annotations

from cardlint.corpus.summary.figures import MOST_EXAMPLES, SEVERITIES, Figures
from cardlint.corpus.summary.layout import Bar, Cell, Code, Column, Number, Section, Share, Table, Words
from cardlint.corpus.summary.numbers import many, number, per_thousand, percent
from cardlint.corpus.summary.sections import NO_GENERATOR, axis_column, axis_end, interval_cell
from cardlint.reporters.masking import masked

__all__ = ["examples", "matrix", "rules"]

_MOST_GENERATORS = 8  # generators with a column
_MOST_RULES = 30  # rules with a row


def _ranked(figures: Figures) -> list[tuple[str, int]]:
    """Return the rules with the number of cards in which they found something, the most frequent first."""
    counts = {rule: sum(cards.values()) for rule, cards in figures.hits.items()}
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def rules(figures: Figures) -> Section:
    """Return the number of cards and findings of each rule."""
    total, ranked = figures.total["cards"], _ranked(figures)
    end = axis_end((cards, total) for _, cards in ranked)
    rows = tuple(_rule(figures, rule, cards, end) for rule, cards in ranked)
    heads = ("cards", f"of {number(total)}", "95 %", "findings", "per 1,000 cards", "with a safe fix")
    columns = (
        Column("rule", is_number=False),
        *map(Column, heads),
        Column("severity", is_number=False),
        axis_column(end),
    )
    words = "The cards in which a rule found something, and its findings. Rules without findings are not listed."
    return Section("By rule", (words,), (Table(columns, rows),))


def _rule(figures: Figures, rule: str, cards: int, end: float) -> tuple[Cell, ...]:
    total = figures.total["cards"]
    some = [(found, count) for found, count in figures.found.items() if found.rule == rule]
    findings = sum(count for _, count in some)
    safe = sum(count for found, count in some if found.safety == "safe")
    severities = [severity for severity in SEVERITIES if any(found.severity == severity for found, _ in some)]
    return (
        Code(rule, target=_anchor(figures, rule)),
        Number(number(cards)),
        Share(cards, total),
        interval_cell(cards, total),
        Number(number(findings)),
        Number(per_thousand(findings, total)),
        Number(percent(safe, findings)),
        Words(", ".join(severities)),
        Bar(cards, total, end, severities[0] if severities else ""),
    )


def matrix(figures: Figures) -> Section:
    """Return the share of each generator's cards in which a rule found something."""
    by_generator = {name: counts["cards"] for name, counts in figures.by_generator.items()}
    shown = list(by_generator)[:_MOST_GENERATORS]
    columns = [Column(f"{name or NO_GENERATOR} ({number(by_generator[name])})") for name in shown]
    others = sum(by_generator[name] for name in by_generator if name not in shown)
    if others:
        columns.append(Column(f"others ({number(others)})"))
    rows, ranked = [], _ranked(figures)
    for rule, _ in ranked[:_MOST_RULES]:
        hits = figures.hits[rule]
        shares = [Share(hits[name], by_generator[name], shaded=True) for name in shown]
        if others:
            rest = sum(count for name, count in hits.items() if name not in shown)
            shares.append(Share(rest, others, shaded=True))
        row: tuple[Cell, ...] = (Code(rule), *shares)
        rows.append(row)
    left_out = len(ranked) - len(rows)
    foot = f"{many(left_out, 'more rule')} found something in fewer cards." if left_out else ""
    words = "The share of a generator's cards in which a rule found something. The number of cards is in brackets."
    table = Table((Column("rule", is_number=False), *columns), tuple(rows), foot=foot)
    return Section("Rules by generators", (words,), (table,))


def examples(figures: Figures) -> Section:
    """Return some findings of each rule, from cards chosen by their hashes."""
    rows: list[tuple[Cell, ...]] = []
    for rule, found in figures.examples.items():
        for index, example in enumerate(found):
            name = Code(rule, anchor="" if index else _anchor(figures, rule))
            rows.append(
                (name, Code(masked(f"{example.id}:{example.line}")), Words(example.severity), Words(example.message))
            )
    columns = tuple(Column(title, is_number=False) for title in ("rule", "card and line", "severity", "message"))
    words = f"At most {MOST_EXAMPLES} findings of each rule, from cards chosen at random, the same in every run."
    return Section("Examples", (words,), (Table(columns, tuple(rows)),))


def _anchor(figures: Figures, rule: str) -> str:
    """Return the name of the place with the examples of a rule; a plugin's rule may have any characters in its name."""
    return f"examples-{list(figures.examples).index(rule) + 1}" if rule in figures.examples else ""
