"""The head of the page: the summary, the controls, the findings by rule, and the cards."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property

from msgspec import Struct

from cardlint.finding import Severity
from cardlint.linting.results import Trouble
from cardlint.reporters.html.escaping import escape, prose
from cardlint.reporters.html.rule_pages import rule_name
from cardlint.reporters.masking import masked
from cardlint.reporters.report import Report
from cardlint.reporters.terminal.summary_text import hint_line, summary_line
from cardlint.rule_definition import Rule
from cardlint.wording import counted

__all__ = ["CardEntry", "overview"]

_SEVERITIES = tuple(sorted(Severity, reverse=True))


class CardEntry(Struct, frozen=True, dict=True):
    """A card of the report: the indices of its findings, which follow each other, and their number by rule."""

    path: str
    findings: range
    rules: Counter[tuple[str, Severity]]

    @cached_property
    def counts(self) -> Counter[Severity]:
        """The number of findings by severity."""
        counts: Counter[Severity] = Counter()
        for (_, severity), times in self.rules.items():
            counts[severity] += times
        return counts

    @property
    def rank(self) -> tuple[int, ...]:
        """The order of cards: by the number of errors, then of warnings, then of notes, the most first."""
        return tuple(-self.counts[severity] for severity in _SEVERITIES)


def overview(report: Report, cards: Sequence[CardEntry], rules: Mapping[str, Rule]) -> Iterator[str]:
    """Yield the header of the page; `cards` are in the order of their sections."""
    yield "<header>\n<h1>cardlint</h1>\n"
    yield f'<p class="made">{" · ".join(_made(report))}</p>\n<p>{prose(summary_line(report))}</p>\n'
    hint = hint_line(report)
    if hint:
        yield f"<p>{prose(hint)}</p>\n"
    if report.troubles:
        troubles = "".join(map(_trouble, report.troubles))
        yield f'<ul class="troubles">{troubles}</ul>\n'
    if cards:
        yield _controls(cards)
        yield '<div class="overview">\n'
        yield from _by_rule(cards, rules)
        if len(cards) > 1:
            yield from _list(cards)
        yield "</div>\n"
    yield "</header>\n"


def _trouble(trouble: Trouble) -> str:
    return f"<li><code>{escape(masked(trouble.path))}</code>: {prose(masked(trouble.message))}</li>"


def _made(report: Report) -> Iterator[str]:
    """Yield when and from what the report was made; `SOURCE_DATE_EPOCH` sets the time, for reproducible reports."""
    time = datetime.now(UTC)
    with suppress(ValueError, OverflowError, OSError):  # no number, or one that no date has
        time = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "")), UTC)
    yield f'<time datetime="{time:%Y-%m-%dT%H:%MZ}">{time:%Y-%m-%d %H:%M} UTC</time>'
    if report.commit:
        yield f"commit <code>{escape(report.commit[:12])}</code>"
    yield f"version {escape(report.version)}"


def _controls(cards: Sequence[CardEntry]) -> str:
    """Return the switches for severities, and what only works with the page's script."""
    counts = sum((card.counts for card in cards), Counter[Severity]())
    switches = (
        f'<label class="{severity.label}"><input type="checkbox" id="show-{severity.label}" value="{severity.label}"'
        f" checked> {counted(counts[severity], severity.label)}</label>"
        for severity in _SEVERITIES
        if counts[severity]
    )
    search = (
        '<span class="search"><input type="search" id="filter-text" placeholder="Filter by text" '
        'aria-label="Filter by text"> <output id="shown"></output></span>'
    )
    return f'<p class="switches">{" ".join(switches)} {search}</p>\n'


def _by_rule(cards: Sequence[CardEntry], rules: Mapping[str, Rule]) -> Iterator[str]:
    """Yield the table of findings by rule, the most severe and frequent first."""
    found = sum((card.rules for card in cards), Counter[tuple[str, Severity]]())
    spread = Counter(name for card in cards for name in {name for name, _ in card.rules})
    rows = {name: tuple(found[name, severity] for severity in _SEVERITIES) for name in spread}
    yield f'<details class="by-rule" open>\n<summary>{counted(len(rows), "rule")}</summary>\n'
    yield '<div class="list">\n<table>\n'
    heads = "".join(f'<th class="right">{severity.label}s</th>' for severity in _SEVERITIES)
    yield f'<thead><tr><th>rule</th>{heads}<th class="right">cards</th></tr></thead>\n<tbody>\n'
    for name, numbers in sorted(rows.items(), key=lambda row: (*(-number for number in row[1]), row[0])):
        box = f'<input type="checkbox" value="{escape(name)}" aria-label="Only {escape(name)}"> '
        cells = "".join(
            f'<td class="right {severity.label}">{number or ""}</td>'
            for severity, number in zip(_SEVERITIES, numbers, strict=True)
        )
        yield f'<tr><td>{box}{rule_name(name, rules)}</td>{cells}<td class="right">{spread[name]}</td></tr>\n'
    yield "</tbody>\n</table>\n</div>\n</details>\n"


def _list(cards: Sequence[CardEntry]) -> Iterator[str]:
    yield f'<details class="by-card" open>\n<summary>{counted(len(cards), "card")}</summary>\n<nav class="list"><ul>\n'
    for index, card in enumerate(cards):
        badges = (
            f' <span class="badge {severity.label}" title="{counted(card.counts[severity], severity.label)}">'
            f"{card.counts[severity]}</span>"
            for severity in _SEVERITIES
            if card.counts[severity]
        )
        address = f'<a href="#card-{index + 1}">{escape(masked(card.path))}</a>'
        yield f'<li id="to-card-{index + 1}">{address}{"".join(badges)}</li>\n'
    yield "</ul></nav>\n</details>\n"
