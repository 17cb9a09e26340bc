"""The changes of a fix as a small diff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from cardlint.finding import Edit, Finding, Fix, Safety
from cardlint.reporters.masking import Mask, common_ends, common_prefix
from cardlint.reporters.terminal.cells import Glyph, View, view
from cardlint.reporters.terminal.gutter import Margin, window
from cardlint.reporters.terminal.styling import Piece
from cardlint.source import LINE_END, Source, Span
from cardlint.wording import counted

__all__ = ["Difference", "changes", "compare", "fix_title"]

MOST_OLD = 3  # the removed lines shown of a hunk
MOST_NEW = 5  # the added lines shown of a hunk
MOST_ROWS = 8  # the lines shown of a fix
LONGEST_WORD = 24  # the most characters that a change is extended by


class Row(Struct, frozen=True):
    """A removed (`-`) or added (`+`) line, its number before or after the fix, and the part that differs.

    That part is empty if the line has no counterpart; a long line is cut around it.
    """

    sign: str
    number: int
    text: str
    change: Span


class Difference(Struct, frozen=True):
    """The first lines of a diff, and the number of lines that are not shown."""

    rows: list[Row]
    hidden: int


def compare(finding: Finding, fix: Fix, mask: Mask) -> Difference:
    """Return the changes of `fix` in the card of `finding`."""
    rows: list[Row] = []
    total = 0
    for hunk in _hunks(finding.source, fix.edits, mask):
        total += len(hunk.old) + len(hunk.new)
        if len(rows) < MOST_ROWS:
            rows += _rows(hunk)
    del rows[MOST_ROWS:]
    return Difference(rows, total - len(rows))


def fix_title(fix: Fix, margin: Margin, mask: Mask) -> str:
    """Return the title and the safety of a fix as a line."""
    word = "safe fix: " if fix.safety is Safety.SAFE else "unsafe fix (--unsafe-fixes): "
    return margin.remark(word, margin.paint.prose(mask.text(fix.title)))


def changes(compared: Difference, margin: Margin) -> Iterator[str]:
    """Yield the removed and the added lines of a fix."""
    for row in compared.rows:
        yield margin.row(_pieces(row, margin), row.number)
    if compared.hidden:
        yield margin.row([Piece(f"... {counted(compared.hidden, 'more line')}", "frame")])
    elif not compared.rows:
        yield margin.row([Piece("only line ends change", "frame")])


class Hunk(Struct, frozen=True):
    """Lines that change together; the numbers are those of the first line before and after the fix."""

    old_number: int
    new_number: int
    old: list[str]
    new: list[str]


def _hunks(source: Source, edits: tuple[Edit, ...], mask: Mask) -> Iterator[Hunk]:
    shift = 0
    for group in _grouped(source, sorted(edits)):
        first, last = group[0], group[-1]
        start = source.line_index(first.span.start)
        end = source.line_index(max(edit.span.end for edit in group))
        whole = Span(source.lines[start].start, max(source.lines[end].end, last.span.end))
        old = LINE_END.split(mask.slice(source, whole))
        new = LINE_END.split(_applied(source, group, whole, mask))
        head, tail = common_ends(old, new)
        yield Hunk(
            start + head + 1,
            start + head + 1 + shift,
            old[head : len(old) - tail],
            new[head : len(new) - tail],
        )
        shift += len(new) - len(old)


def _grouped(source: Source, edits: list[Edit]) -> Iterator[list[Edit]]:
    """Group the edits by the lines that they touch."""
    group: list[Edit] = []
    for edit in edits:
        if group and source.line_index(edit.span.start) > source.line_index(group[-1].span.end):
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _applied(source: Source, edits: list[Edit], whole: Span, mask: Mask) -> str:
    parts = []
    cursor = whole.start
    for edit in edits:
        parts += [mask.slice(source, Span(cursor, max(edit.span.start, cursor))), mask.text(edit.text)]
        cursor = max(edit.span.end, cursor)
    parts.append(mask.slice(source, Span(cursor, max(whole.end, cursor))))
    return "".join(parts)


def _rows(hunk: Hunk) -> list[Row]:
    if len(hunk.old) == len(hunk.new):
        changes = [_change(*pair) for pair in zip(hunk.old, hunk.new, strict=True)]
    else:  # nothing is highlighted, but a long line that is split is cut around the first split
        cut = common_prefix(hunk.old[0], hunk.new[0]) if hunk.old and hunk.new else 0
        changes = [(Span(cut, cut), Span(cut, cut))]
    return [
        *_signed("-", hunk.old_number, hunk.old[:MOST_OLD], [change[0] for change in changes]),
        *_signed("+", hunk.new_number, hunk.new[:MOST_NEW], [change[1] for change in changes]),
    ]


def _signed(sign: str, number: int, lines: Sequence[str], changes: Sequence[Span]) -> Iterator[Row]:
    for index, line in enumerate(lines):
        yield Row(sign, number + index, line, changes[index] if index < len(changes) else Span(0, 0))


def _change(old: str, new: str) -> tuple[Span, Span]:
    """Return the parts in which two lines differ, extended to whole words and numbers."""
    head, tail = common_ends(old, new)
    if not (old[head : len(old) - tail] + new[head : len(new) - tail]).strip():
        return Span(head, len(old) - tail), Span(head, len(new) - tail)
    head -= _word_end(old[max(head - LONGEST_WORD, 0) : head])
    tail -= _word_start(old[len(old) - tail :][:LONGEST_WORD])
    return Span(head, len(old) - tail), Span(head, len(new) - tail)


def _word_end(text: str) -> int:
    """Return the number of characters of the word at the end of `text`."""
    return next((index for index, character in enumerate(reversed(text)) if not _of_word(character)), len(text))


def _word_start(text: str) -> int:
    return next((index for index, character in enumerate(text) if not _of_word(character)), len(text))


def _of_word(character: str) -> bool:
    return character.isalnum() or character == "."


def _pieces(row: Row, margin: Margin) -> list[Piece]:
    """Return a row with its change highlighted; if the change is only white space, it is made visible."""
    role = "removed" if row.sign == "-" else "added"
    change = row.change
    shown = view(row.text, change, margin.room - 2, margin.paint.glyphs)
    if len(change) and not row.text[change.start : change.end].strip(" \t"):
        shown = _with_dots(shown, change, margin.paint.glyphs.space)

    def role_of(glyph: Glyph) -> str:
        return f"{role} change" if change.start <= glyph.start < change.end else role

    return [Piece(f"{row.sign} ", role), *window(shown, role_of)]


def _with_dots(shown: View, blank: Span, dot: str) -> View:
    glyphs = [
        replace(glyph, text=dot * glyph.width) if blank.start <= glyph.start < blank.end else glyph
        for glyph in shown.glyphs
    ]
    return replace(shown, glyphs=glyphs)
