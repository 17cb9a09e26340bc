"""The content of a summary: its sentences, tiles and sections, made from the figures."""

from __future__ import annotations

from collections.abc import Mapping

import cardlint
from cardlint.corpus.summary.figures import Figures
from cardlint.corpus.summary.layout import Section, Summary, Tile
from cardlint.corpus.summary.ledger import ledger
from cardlint.corpus.summary.numbers import FEW, many, number, percent
from cardlint.corpus.summary.rule_sections import examples, matrix, rules
from cardlint.corpus.summary.sections import generators, severities, sizes, troubles

__all__ = ["compose"]


def compose(figures: Figures, run: Mapping[str, object]) -> Summary:
    """Return the summary of the figures; `run` is the content of `run.json`."""
    cards = figures.total["cards"]
    sections = []
    if cards:
        sections = [
            severities(figures),
            rules(figures),
            generators(figures),
            matrix(figures),
            ledger(figures),
            sizes(figures),
            examples(figures),
        ]
    if figures.troubles:
        sections.append(troubles(figures))
    made_with = run.get("made_with")
    version = made_with.get("cardlint_version") if isinstance(made_with, dict) else None
    return Summary(
        "A corpus of model cards",
        tuple(_words(figures, run)),
        tuple(_tiles(figures)),
        (*sections, Section("How to read this", (_INTERVAL, _COPIES))) if cards else tuple(sections),
        f"cardlint {version or cardlint.__version__}",
    )


def _words(figures: Figures, run: Mapping[str, object]) -> list[str]:
    cards, findings = figures.total["cards"], figures.found.total()
    failed = sum(trouble.cards for trouble in figures.troubles)
    words = [f"{many(findings, 'finding')} in {many(cards, 'card')}." if cards else "No card was linted."]
    if failed:
        words.append(f"{many(failed, 'card')} could not be linted completely; see Trouble.")
    if run.get("complete") is False:
        words.append("The run is not complete; these figures cover the cards linted so far.")
    return words


def _tiles(figures: Figures) -> list[Tile]:
    total = figures.total
    cards, findings = total["cards"], figures.found.total()
    if not cards:
        return []
    safe = sum(count for found, count in figures.found.items() if found.safety == "safe")
    serious = total["with_error"] + total["at_most_warning"]
    tiles = [
        Tile(number(cards), "model cards" if cards > 1 else "model card"),
        Tile(percent(total["with_error"], cards), "have an error"),
        Tile(percent(serious, cards), "have an error or a warning"),
        Tile(percent(safe, findings), f"of {many(findings, 'finding')} have a safe fix"),
    ]
    if total["comparing"]:
        words = f"of {many(total['comparing'], 'card')} with a metric in metadata and body contradict themselves"
        tiles.append(Tile(percent(total["contradicting"], total["comparing"]), words))
    return tiles


_INTERVAL = (
    "The column 95 % is Wilson's confidence interval of a share in percent, as if the cards were a random sample. "
    "In the charts it is the thin line over the end of a bar, cut at the end of the axis. "
    f"A share of fewer than {FEW} is marked with * because it is uncertain."
)
_COPIES = "A text with several ids in the corpus counts once for each id."
