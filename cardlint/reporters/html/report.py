"""One self-contained page: every card as it reads, with its findings in the margin.

Nothing of a card is executed or fetched: its HTML is shown as text and its images as their descriptions, and a policy
in the page forbids everything but its own styles and its own script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TextIO

from msgspec import Struct

from cardlint.card.card import parse
from cardlint.finding import Finding
from cardlint.linting.results import Trouble
from cardlint.reporters.html.css import LOOK
from cardlint.reporters.html.escaping import escape
from cardlint.reporters.html.notes import note
from cardlint.reporters.html.overview import CardEntry, overview
from cardlint.reporters.html.page import Sheet
from cardlint.reporters.html.rule_pages import pages, rules_named
from cardlint.reporters.html.script import POLICY_WITH_SCRIPT, SCRIPT
from cardlint.reporters.masking import Mask
from cardlint.reporters.report import Report, Style
from cardlint.reporters.terminal.summary_text import summary_line
from cardlint.rule_definition import Rule
from cardlint.source import Source, Span
from cardlint.wording import error_in_words

__all__ = ["write"]

MOST_CARDS = 200
"""The number of cards that are drawn, the most severe; others are only listed."""


def write(report: Report, stream: TextIO, _style: Style) -> None:
    """Write the page, card by card, the most severe first."""
    mask = report.mask()
    cards = sorted(_cards(report), key=lambda card: card.rank)
    rules = rules_named(name for card in cards for name, _ in card.rules)
    stream.write('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    stream.write(f'<meta http-equiv="Content-Security-Policy" content="{POLICY_WITH_SCRIPT}">\n')
    stream.write('<meta name="viewport" content="width=device-width, initial-scale=1">\n')
    stream.write('<meta name="color-scheme" content="light dark">\n')
    stream.write(f"<title>cardlint: {escape(summary_line(report))}</title>\n<style>\n{LOOK}</style>\n</head>\n<body>\n")
    stream.writelines(overview(report, cards, rules))
    for index, card in enumerate(cards):
        section = _Section(
            index, card.findings.start, [report.findings[number] for number in card.findings], rules, mask
        )
        page = _card_or_reason(section) if index < MOST_CARDS else None
        if isinstance(page, Trouble):
            report.undrawn.append(page)
        stream.write(page if isinstance(page, str) else _listed(section))
    if len(cards) > MOST_CARDS:
        report.left_out.append(
            f"the HTML report draws the {MOST_CARDS} most severe of {len(cards)} cards; the findings of the others are "
            "listed"
        )
    stream.write(pages(rules))
    script = f"<script>{SCRIPT}</script>\n" if cards else ""
    stream.write(f"<footer>cardlint {escape(report.version)}</footer>\n{script}</body>\n</html>\n")


def _cards(report: Report) -> Iterator[CardEntry]:
    """Yield each card with its counts; the findings are read again later, since they would hold the texts of all."""
    number = 0
    for path, group in groupby(report.findings, key=lambda finding: finding.source.path):
        found = Counter((finding.rule.name, finding.severity) for finding in group)
        yield CardEntry(path, range(number, number + found.total()), found)
        number += found.total()


class _Section(Struct, frozen=True):
    """A section of the page: the place of its card, the number of its first finding, and what its notes need."""

    index: int
    number: int
    findings: Sequence[Finding]
    rules: Mapping[str, Rule]
    mask: Mask

    @property
    def source(self) -> Source:
        return self.findings[0].source

    def title(self, layout: str) -> str:
        path = escape(self.mask.text(self.source.path))
        return f'<section class="card {layout}" id="card-{self.index + 1}">\n<h2>{path}</h2>\n'

    def notes(self, places: Iterable[int], *, drawn: bool) -> str:
        return "".join(
            note(self.findings[place], self.number + place, self.mask, self.rules, drawn=drawn) for place in places
        )


def _listed(section: _Section) -> str:
    """Return the findings of a card that is not drawn."""
    return f"{section.title('bare')}{section.notes(range(len(section.findings)), drawn=False)}</section>\n"


def _card_or_reason(section: _Section) -> str | Trouble:
    """Return a card as it reads, or the reason why it cannot be drawn."""
    try:
        return _card(section)
    except Exception as error:  # noqa: BLE001 - one card must not end the page
        return Trouble(section.source.path, f"not drawn, a bug in cardlint: {error_in_words(error)}")


def _card(section: _Section) -> str:
    """Return a card as it reads, with its findings."""
    source = section.source
    # the masked text is parsed, so that no secret can be drawn
    masked = Source(source.path, section.mask.slice(source, Span(0, len(source.text))))
    card = parse(masked)
    remark = ""
    if card.recovery is not None:
        remark = '<p class="remark">This card has lost its line breaks; it is shown with recovered ones.</p>\n'
    rows = []
    for row in Sheet(card, section.findings, section.number).rows():
        # notes precede their block to begin at the same height
        margin = f'<div class="margin">\n{section.notes(row.notes, drawn=True)}</div>\n' if row.notes else ""
        rows.append(f'<div class="{row.kind}">\n{margin}<div class="block">{row.drawn}</div>\n</div>\n')
    return f"{section.title('sheet')}{remark}{''.join(rows)}</section>\n"
