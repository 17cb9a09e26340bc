"""One self-contained page: every card as it reads, with its findings in the margin.

Nothing of a card is executed or fetched: its HTML is shown as text and its images as their descriptions, and a policy
in the page forbids scripts, images and forms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TextIO

from cardlint.card.card import parse
from cardlint.finding import Finding, Severity
from cardlint.linting.results import Trouble
from cardlint.reporters.html.css import LOOK
from cardlint.reporters.html.escaping import escape, prose
from cardlint.reporters.html.notes import note
from cardlint.reporters.html.page import Sheet
from cardlint.reporters.masking import Mask
from cardlint.reporters.report import Report, Style
from cardlint.reporters.terminal.summary_text import hint_line, summary_line
from cardlint.source import Source, Span
from cardlint.wording import counted, error_in_words

__all__ = ["POLICY", "write"]

MOST_CARDS = 200
"""The number of cards that are drawn, those with the most severe findings first; others are only listed."""

_Counts = tuple[str, Counter[Severity]]  # a card's path, and its number of findings by severity
_SEVERITIES = tuple(sorted(Severity, reverse=True))
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write(report: Report, stream: TextIO, _style: Style) -> None:
    """Write the page, card by card."""
    mask = report.mask()
    counts = [(path, Counter(finding.severity for finding in findings)) for path, findings in _by_card(report)]
    stream.write('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    stream.write(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n')
    stream.write('<meta name="viewport" content="width=device-width, initial-scale=1">\n')
    stream.write('<meta name="color-scheme" content="light dark">\n')
    stream.write(f"<title>cardlint: {escape(summary_line(report))}</title>\n<style>\n{LOOK}</style>\n</head>\n<body>\n")
    stream.write(_head(report, counts))
    drawn = _drawn(counts)
    number = 0
    for index, (_, findings) in enumerate(_by_card(report)):
        page = _card_or_reason(index, number, findings, mask) if index in drawn else None
        if isinstance(page, Trouble):
            report.undrawn.append(page)
        stream.write(page if isinstance(page, str) else _listed(index, number, findings, mask))
        number += len(findings)
    stream.write(f"<footer>cardlint {escape(report.version)}</footer>\n</body>\n</html>\n")


def _by_card(report: Report) -> Iterator[tuple[str, list[Finding]]]:
    """Yield the findings of each card, created again each time: together they would hold the texts of all cards."""
    for path, findings in groupby(report.findings, key=lambda finding: finding.source.path):
        yield path, list(findings)


def _head(report: Report, cards: Sequence[_Counts]) -> str:
    """Return the header: the summary, switches for severities, and the cards with their counts."""
    counts = sum((counts for _, counts in cards), Counter[Severity]())
    parts = [f"<header>\n<h1>cardlint</h1>\n<p>{prose(summary_line(report))}</p>\n"]
    hint = hint_line(report)
    if hint:
        parts.append(f"<p>{prose(hint)}</p>\n")
    if report.troubles:
        troubles = (f"<li><code>{escape(item.path)}</code>: {prose(item.message)}</li>" for item in report.troubles)
        parts.append(f'<ul class="troubles">{"".join(troubles)}</ul>\n')
    if report.findings:
        switches = (
            f'<label class="{severity.label}"><input type="checkbox" id="show-{severity.label}" checked> '
            f"{counted(counts[severity], severity.label)}</label>"
            for severity in _SEVERITIES
            if counts[severity]
        )
        parts.append(f'<p class="switches">{" ".join(switches)}</p>\n')
    if len(cards) > 1:
        entries = (_entry(index, *counted_card) for index, counted_card in enumerate(cards))
        parts.append(f"<nav><ul>\n{''.join(entries)}</ul></nav>\n")
    return f"{''.join(parts)}</header>\n"


def _entry(index: int, path: str, counts: Counter[Severity]) -> str:
    badges = (
        f' <span class="badge {severity.label}" title="{counted(counts[severity], severity.label)}">'
        f"{counts[severity]}</span>"
        for severity in _SEVERITIES
        if counts[severity]
    )
    return f'<li><a href="#card-{index + 1}">{escape(path)}</a>{"".join(badges)}</li>\n'


def _drawn(cards: Sequence[_Counts]) -> set[int]:
    """Return the indices of the cards that are drawn."""
    ranked = sorted(range(len(cards)), key=lambda index: -max(cards[index][1]))
    return set(ranked[:MOST_CARDS])


def _title(index: int, source: Source, layout: str) -> str:
    return f'<section class="{layout}" id="card-{index + 1}">\n<h2>{escape(source.path)}</h2>\n'


def _listed(index: int, number: int, findings: Sequence[Finding], mask: Mask) -> str:
    """Return the findings of a card that is not drawn."""
    notes = (note(finding, number + place, mask, drawn=False) for place, finding in enumerate(findings))
    return f"{_title(index, findings[0].source, 'bare')}{''.join(notes)}</section>\n"


def _card_or_reason(index: int, number: int, findings: Sequence[Finding], mask: Mask) -> str | Trouble:
    """Return a card as it reads, or the reason why it cannot be drawn."""
    try:
        return _card(index, number, findings, mask)
    except Exception as error:  # noqa: BLE001 - one card must not end the page
        return Trouble(findings[0].source.path, f"not drawn, a bug in cardlint: {error_in_words(error)}")


def _card(index: int, number: int, findings: Sequence[Finding], mask: Mask) -> str:
    """Return a card as it reads, with its findings."""
    source = findings[0].source
    # the masked text is parsed, so that no secret can be drawn
    masked = Source(source.path, mask.slice(source, Span(0, len(source.text))))
    card = parse(masked)
    remark = ""
    if card.recovery is not None:
        remark = '<p class="remark">This card has lost its line breaks; it is shown with recovered ones.</p>\n'
    sheet = Sheet(card, findings, number)
    rows = []
    for row in sheet.rows():
        margin = _margin(findings, row.notes, number, mask)
        rows.append(f'<div class="{row.kind}">\n{margin}<div class="block">{row.drawn}</div>\n</div>\n')
    return f"{_title(index, source, 'sheet')}{remark}{''.join(rows)}</section>\n"


def _margin(findings: Sequence[Finding], places: Sequence[int], number: int, mask: Mask) -> str:
    """Return the notes on some findings of a card; they precede the row's block to begin at the same height."""
    notes = "".join(note(findings[place], number + place, mask) for place in places)
    return f'<div class="margin">\n{notes}</div>\n' if notes else ""
