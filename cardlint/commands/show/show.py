"""The output of `cardlint show CARD`: a picture of the parsed card for people, and the same as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Scalar, Sequence, resolve, value_under
from cardlint.commands.show.as_json import show_json
from cardlint.commands.show.secrets import Secrets
from cardlint.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from cardlint.commands.show.canvas import Canvas

__all__ = ["show_json", "show_picture"]


def show_picture(card: Card, *, width: int, color: bool, unicode: bool) -> str:
    """Return the card as a picture.

    It shows the metadata, the sections with their state, the training, the metric values by source, and what the files
    beside the card state. A line has at most `width` cells (but at least 40). Without `color` the text has no escape
    sequences, and without `unicode` only text of the card is beyond ASCII.
    """
    from cardlint.commands.show.canvas import Canvas  # here, since only pictures need rich
    from cardlint.commands.show.facts_table import draw_facts
    from cardlint.commands.show.ledger import draw_ledger
    from cardlint.commands.show.metadata import draw_metadata
    from cardlint.commands.show.outline import draw_outline
    from cardlint.commands.show.training import draw_training

    canvas = Canvas(width, unicode=unicode, secrets=Secrets(card))
    parts = [
        list(_head(card, canvas)),
        list(draw_metadata(card, canvas)),
        list(draw_outline(card, canvas)),
        *draw_training(card, canvas),
        list(draw_ledger(card, canvas)),
        *draw_facts(card, canvas),
    ]
    blank = canvas.line()
    lines = [line for part in parts for line in (*part, blank)]
    return canvas.render(lines[:-1], color=color)


def _head(card: Card, canvas: Canvas) -> Iterator[Text]:
    title = canvas.clean(_title(card))
    yield canvas.line((title, "bold") if title else ("no title", "dim italic"))
    gap = f" {canvas.signs.dot} "
    path = canvas.clean(card.original.path)
    size = canvas.clean(gap.join(_size(card)))
    if len(path) + len(gap) + len(size) <= canvas.width:
        yield canvas.line((path, ""), (gap + size, "dim"))
    else:
        yield canvas.line((path, ""))
        yield canvas.line((size, "dim"))


def _title(card: Card) -> str:
    """Return the title of the card, or the name in the model-index."""
    if card.title is not None and card.title.text:
        return card.title.text
    index = card.metadata.get("model-index")
    model = resolve(index.items[0]) if isinstance(index, Sequence) and index.items else index
    name = value_under(model, "name")
    return name.text if isinstance(name, Scalar) else ""


def _size(card: Card) -> Iterator[str]:
    """Yield the number of lines, the number of words without the metadata, and the origin of the card."""
    lines = len(card.original.lines) - card.original.text.endswith(("\n", "\r"))
    front_matter = card.front_matter
    words = card.source.text[front_matter.closing.end :].split()
    yield counted(lines, "line")
    yield counted(len(words), "word")
    if card.recovery is not None:
        yield "flattened, shown with its line breaks restored"
    if card.generator is not None:
        yield f"written by {card.generator.title}"
