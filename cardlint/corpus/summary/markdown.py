"""The summary as Markdown: tables, with bars of block characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cardlint.corpus.summary.layout import Bar, Cell, Code, Number, Section, Share, Summary, Table
from cardlint.corpus.summary.numbers import FEW, percent
from cardlint.reporters.markdown.escaping import code, prose

__all__ = ["as_markdown"]

_WIDTH = 20  # characters of the longest bar
_PARTS = " ▏▎▍▌▋▊▉"


def as_markdown(summary: Summary) -> str:
    """Return the text."""
    lines = [f"# {prose(summary.title)}", *(prose(words) for words in summary.words)]
    if summary.tiles:
        lines.append("\n".join(f"- **{prose(tile.value)}** {prose(tile.label)}" for tile in summary.tiles))
    for section in summary.sections:
        lines += _section(section)
    return "\n\n".join([*lines, prose(summary.foot)]) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {prose(section.title)}"
    yield from (prose(words) for words in section.words)
    for table in section.tables:
        if table.title:
            yield f"### {prose(table.title)}"
        yield "\n".join(_table(table))
        if table.foot:
            yield prose(table.foot)


def _table(table: Table) -> Iterator[str]:
    yield _row(prose(column.title) for column in table.columns)
    yield _row("---:" if column.is_number else "---" for column in table.columns)
    for row in table.rows:
        yield _row(map(_cell, row))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    match cell:
        case Code():
            return code(cell.text)
        case Share():
            return percent(cell.part, cell.whole) + ("*" if 0 < cell.whole < FEW else "")
        case Number():
            return cell.text
        case Bar():
            return bar(cell)
    return prose(cell.text)


def bar(cell: Bar) -> str:
    """Return a bar with a precision of an eighth of a character, at least that for any share above 0."""
    share = cell.part / cell.whole / cell.end if cell.whole else 0.0
    eighths = max(round(share * _WIDTH * 8), 1 if cell.part else 0)
    return ("█" * (eighths // 8) + _PARTS[eighths % 8]).rstrip()
