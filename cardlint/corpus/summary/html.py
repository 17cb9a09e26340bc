"""The summary as one HTML page without scripts, fonts or pictures from other files."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.corpus.summary.charts import bar, stack
from cardlint.corpus.summary.css import CSS
from cardlint.corpus.summary.layout import Bar, Cell, Code, Column, Number, Section, Share, Summary, Table
from cardlint.corpus.summary.numbers import FEW, percent
from cardlint.reporters.html.css import LOOK as REPORT_CSS
from cardlint.reporters.html.escaping import escape, prose
from cardlint.reporters.html.script import POLICY

__all__ = ["as_html"]


def as_html(summary: Summary) -> str:
    """Return the page."""
    return "".join(_page(summary))


def _page(summary: Summary) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f"<title>cardlint: {escape(summary.title)}</title>\n<style>\n{REPORT_CSS}{CSS}</style>\n</head>\n<body>\n"
    yield f"<header>\n<h1>{escape(summary.title)}</h1>\n"
    yield from (f"<p>{prose(words)}</p>\n" for words in summary.words)
    if summary.tiles:
        tiles = (f"<li><b>{escape(tile.value)}</b> {escape(tile.label)}</li>" for tile in summary.tiles)
        yield f'<ul class="tiles">{"".join(tiles)}</ul>\n'
    yield "</header>\n"
    for section in summary.sections:
        yield from _section(section)
    yield f"<footer>{escape(summary.foot)}</footer>\n</body>\n</html>\n"


def _section(section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(section.title)}</h2>\n"
    yield from (f"<p>{prose(words)}</p>\n" for words in section.words)
    if section.stack:
        yield stack(section.stack)
    for table in section.tables:
        yield from _table(table)
    yield "</section>\n"


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield f"<h3>{escape(table.title)}</h3>\n"
    # a table that scrolls must be reachable with the keyboard and have a name
    name = escape(table.title or table.columns[0].title)
    yield f'<div class="wide" tabindex="0" role="region" aria-label="{name}">\n<table>\n<thead><tr>'
    yield from map(_head, table.columns)
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        first, *others = row
        yield f'<tr><th scope="row">{_text(first)}</th>{"".join(map(_cell, others))}</tr>\n'
    yield "</tbody>\n</table>\n</div>\n"
    if table.foot:
        yield f'<p class="foot">{prose(table.foot)}</p>\n'


def _head(column: Column) -> str:
    side = ' class="right"' if column.is_number else ""
    return f'<th scope="col"{side}>{escape(column.title)}</th>'


def _cell(cell: Cell) -> str:
    match cell:
        case Share():
            return _share(cell)
        case Number():
            return f'<td class="right">{_text(cell)}</td>'
        case Bar():
            return f'<td class="chart">{bar(cell)}</td>'
    return f"<td>{_text(cell)}</td>"


def _share(cell: Share) -> str:
    few = 0 < cell.whole < FEW
    classes = f"right{' few' if few else ''}"
    style = ""
    if cell.shaded:
        classes += " shade" if cell.part else " none"
    if cell.shaded and cell.part:
        style = f' style="--share: {100 * cell.part / cell.whole:.0f}%"'
    counts = f"{cell.part:,} of {cell.whole:,}"
    return f'<td class="{classes}"{style} title="{counts}">{_text(cell)}{"*" if few else ""}</td>'


def _text(cell: Cell) -> str:
    match cell:
        case Code():
            return _code(cell)
        case Share():
            return escape(percent(cell.part, cell.whole))
        case Bar():
            return bar(cell)
    return prose(cell.text)


def _code(cell: Code) -> str:
    name = f' id="{escape(cell.anchor)}"' if cell.anchor else ""
    code = f"<code{name}>{escape(cell.text)}</code>"
    return f'<a href="#{escape(cell.target)}">{code}</a>' if cell.target else code
