"""The table of what the files beside a card state, in the picture of the card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from cardlint.card.card import Card
from cardlint.commands.show.canvas import Canvas, Column, Piece
from cardlint.commands.show.facts import Fact, repository_facts
from cardlint.commands.show.verdict import STYLES, Verdict, legend, sign_of

__all__ = ["draw_facts"]

_MOST_VALUES = 2
_LEAST = 8  # cells of a column with values
_FILE_NAME = 24  # cells


def draw_facts(card: Card, canvas: Canvas) -> Iterator[list[Text]]:
    """Yield the part of the picture, if there are files that state something."""
    facts = repository_facts(card)
    if facts:
        yield list(_lines(facts, canvas))


def _lines(facts: Sequence[Fact], canvas: Canvas) -> Iterator[Text]:
    yield canvas.title("Repository", *legend((fact.verdict for fact in facts), canvas.signs))
    columns = [
        Column((), [(sign_of(fact.verdict, canvas.signs), STYLES[fact.verdict]) for fact in facts], right=False),
        Column((), [(fact.name, "") for fact in facts], right=False),
        Column(("card",), [_cell(fact.in_card, fact.verdict, canvas) for fact in facts], right=False),
        Column(("files",), [_cell(fact.in_files, Verdict.ALONE, canvas) for fact in facts], right=False),
        Column((), [(_place(fact, canvas), "dim") for fact in facts], right=False),
    ]
    yield from canvas.table(_fitted(columns, canvas))


def _fitted(columns: list[Column], canvas: Canvas) -> list[Column]:
    """Shorten the two columns with values to the room that is left, the wider one first."""
    card, files = columns[2:4]
    others = sum(column.width for column in (*columns[:2], *columns[4:]))
    room = canvas.width - others - 2 * (len(columns) - 1)
    half = max(room // 2, _LEAST)
    of_card = min(card.width, max(half, room - files.width))
    of_files = min(files.width, max(half, room - of_card))
    return [*columns[:2], _cut(card, of_card, canvas), _cut(files, of_files, canvas), *columns[4:]]


def _cut(column: Column, width: int, canvas: Canvas) -> Column:
    return Column(column.header, [(canvas.fit(text, width), style) for text, style in column.cells], right=False)


def _cell(values: Sequence[str], verdict: Verdict, canvas: Canvas) -> Piece:
    shown = [canvas.clean(value) for value in values[:_MOST_VALUES]]
    if len(values) > _MOST_VALUES:
        shown.append(f"+{len(values) - _MOST_VALUES}")
    return ", ".join(shown), "red" if verdict is Verdict.DIFFER else ""


def _place(fact: Fact, canvas: Canvas) -> str:
    name = fact.source.path.rpartition("/")[2]
    return f"{canvas.fit(canvas.clean(name), _FILE_NAME)}:{fact.source.position(fact.span.start).line}"
