"""The sections in the picture of a card: a tree of titles with the state and kinds of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from cardlint.card.card import Card
from cardlint.card.text.sections import Section, SectionState
from cardlint.commands.show.canvas import Canvas, Piece, Signs

__all__ = ["draw_outline"]

_MOST_SECTIONS = 120
_STATE = max(len(state.value) for state in SectionState)
_STYLES = {SectionState.FILLED: "green", SectionState.PLACEHOLDER: "yellow", SectionState.EMPTY: "magenta"}


def draw_outline(card: Card, canvas: Canvas) -> Iterator[Text]:
    """Yield the lines of every section below its parent, with a legend that counts the states."""
    sections = card.sections
    yield canvas.title("Sections", *_legend(sections, canvas.signs))
    if not sections:
        yield canvas.line(("none: the card has no headings", "dim"))
        return
    rows = list(_rows([section for section in sections if section.parent is None], canvas.signs, "", top=True))
    shown = rows[:_MOST_SECTIONS]
    yield from _draw(card, canvas, shown)
    if len(rows) > len(shown):
        yield canvas.more(len(rows) - len(shown), "section")


def _draw(card: Card, canvas: Canvas, rows: Sequence[tuple[str, Section]]) -> Iterator[Text]:
    """Yield lines of three columns: titles, states with kinds, and positions; if too wide, without the kinds."""
    signs = canvas.signs
    titles = [canvas.clean(section.title) or "(no title)" for _, section in rows]
    details = [_details(section, signs) for _, section in rows]
    places = [_place(card, section) for _, section in rows]
    last = max(map(len, places))
    free = canvas.width - last - 4
    needed = [len(branch) + 2 + cell_len(title) for (branch, _), title in zip(rows, titles, strict=True)]
    widest = max((width for width, detail in zip(needed, details, strict=True) if _width(detail)), default=0)
    column = min(widest, free - _STATE)
    for (branch, section), title, detail, place in zip(rows, titles, details, places, strict=True):
        style = "bold" if section.level == 1 else ""
        # a title with nothing after it may be longer
        wide = column if _width(detail) else free
        yield canvas.line(
            (branch, "dim"),
            (f"{_sign(section.state, signs)} ", _STYLES[section.state]),
            (canvas.pad(title, max(wide - len(branch) - 2, 4)), style),
            ("  ", ""),
            *canvas.cut(detail if _width(detail) <= free - wide else detail[:1], free - wide),
            (f"  {canvas.pad(place, last, right=True)}", "dim"),
        )


def _width(pieces: Sequence[Piece]) -> int:
    return sum(len(text) for text, _ in pieces)


def _details(section: Section, signs: Signs) -> list[Piece]:
    """Return the state, unless it is the usual one, and the kinds."""
    state = section.state
    kinds = ", ".join(section.kinds)
    if state is SectionState.FILLED:
        return [(kinds, "dim")]
    return [(state.value, _STYLES[state]), (f" {signs.dot} {kinds}" if kinds else "", "dim")]


def _place(card: Card, section: Section) -> str:
    position = card.original.position(card.locate(section.heading.span).start)
    return f"line {position.line}" if card.recovery is None else f"{position.line}:{position.column}"


def _legend(sections: Sequence[Section], signs: Signs) -> Iterator[Piece]:
    counts = Counter(section.state for section in sections)
    for index, state in enumerate(SectionState):
        if index:
            yield ("  ", "")
        yield (f"{_sign(state, signs)} {counts[state]} {state.value}", _STYLES[state] if counts[state] else "dim")


def _sign(state: SectionState, signs: Signs) -> str:
    return {
        SectionState.FILLED: signs.filled,
        SectionState.PLACEHOLDER: signs.placeholder,
        SectionState.EMPTY: signs.empty,
    }[state]


def _rows(sections: Sequence[Section], signs: Signs, indent: str, *, top: bool) -> Iterator[tuple[str, Section]]:
    """Yield each section with the branch characters before it."""
    for index, section in enumerate(sections):
        is_last = index == len(sections) - 1
        yield "" if top else indent + (signs.last if is_last else signs.branch), section
        below = "" if top else indent + (" " * len(signs.trunk) if is_last else signs.trunk)
        yield from _rows(section.children, signs, below, top=False)
