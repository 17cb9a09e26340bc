"""A finding as a note in the margin."""

from __future__ import annotations

from collections.abc import Mapping

from cardlint.finding import Finding, Fix, Related, Safety
from cardlint.reporters.html.escaping import escape, prose
from cardlint.reporters.html.rule_pages import rule_name
from cardlint.reporters.masking import Mask
from cardlint.reporters.terminal.difference import compare
from cardlint.rule_definition import Rule
from cardlint.wording import counted

__all__ = ["note"]

MOST_PLACES = 10  # the related places that are named


def note(finding: Finding, number: int, mask: Mask, rules: Mapping[str, Rule], *, drawn: bool) -> str:
    """Return the message, related places and fix of a finding; `number` links to its mark in a drawn card."""
    problem = finding.problem
    line = finding.source.position(finding.span.start).line
    place = (
        f'<a class="to" href="#mark-{number + 1}">line {line}</a>' if drawn else f'<span class="to">line {line}</span>'
    )
    word = finding.severity.label
    name = finding.rule.name
    data = f'data-rule="{escape(name)}" data-severity="{word}"'
    parts = [
        f'<article class="finding {word}" id="note-{number + 1}" {data}>\n',
        f'<p class="what"><b>{word}</b> {rule_name(name, rules)} {place}</p>\n',
        f"<p>{prose(mask.text(problem.message))}</p>\n",
    ]
    advice, _, code = mask.text(problem.help).partition("\n")
    if advice:
        parts.append(f'<p class="help">{prose(advice)}</p>\n')
    if code:
        parts.append(f"<pre>{escape(code)}</pre>\n")
    if problem.related:
        parts.append(_related(problem.related, finding, mask))
    if problem.fix:
        parts.append(_fix(problem.fix, finding, mask))
    return f"{''.join(parts)}</article>\n"


def _related(places: tuple[Related, ...], finding: Finding, mask: Mask) -> str:
    items = []
    for place in places[:MOST_PLACES]:
        source = place.source or finding.source
        where = f"line {source.position(place.span.start).line}"
        if source.path != finding.source.path:
            where = f"<code>{escape(mask.text(source.path))}</code>, {where}"
        words = prose(mask.text(place.message))
        items.append(f"<li>{where}{': ' if words else ''}{words}</li>")
    if len(places) > MOST_PLACES:
        items.append(f"<li>and {counted(len(places) - MOST_PLACES, 'more place')}</li>")
    return f'<ul class="places">{"".join(items)}</ul>\n'


def _fix(fix: Fix, finding: Finding, mask: Mask) -> str:
    compared = compare(finding, fix, mask)
    rows = [
        f"<{'del' if row.sign == '-' else 'ins'}>{row.sign} {escape(row.text)}</{'del' if row.sign == '-' else 'ins'}>"
        for row in compared.rows
    ]
    if compared.hidden:
        rows.append(f"... {counted(compared.hidden, 'more line')}")
    word = "safe fix" if fix.safety is Safety.SAFE else "unsafe fix"
    rows_text = "\n".join(rows) or "only line ends change"
    return f"<details><summary>{word}: {prose(mask.text(fix.title))}</summary><pre>{rows_text}</pre></details>\n"
