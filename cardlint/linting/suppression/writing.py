"""Comments that suppress a finding: their possible places, and their form there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.frontmatter import FrontMatterState
from cardlint.card.markdown.tree import Block
from cardlint.finding import Edit
from cardlint.linting.suppression.comments import front_matter_of
from cardlint.linting.suppression.scope import entries_and_items
from cardlint.source import BYTE_ORDER_MARK, Source, Span

__all__ = ["comments_for_card", "comments_for_line"]


def comments_for_line(card: Card, rule: str, offset: int) -> Iterator[tuple[Edit, ...]]:
    """Yield edits that may suppress the rule's findings at an offset, the most readable one first.

    The text at that place decides if an edit works and has no other effect: lint the card again to know. There are no
    edits for a flattened card, whose lines must be restored first.
    """
    if card.recovery is not None:
        return
    if card.front_matter.yaml.start <= offset < card.front_matter.closing.start:
        yield from _in_yaml(card, rule, offset)
    elif offset >= card.front_matter.span.end:
        yield from _in_markdown(card, rule, offset)


def comments_for_card(card: Card, rule: str) -> Iterator[tuple[Edit, ...]]:
    """Yield edits that may suppress the rule in the whole card; see `comments_for_line`."""
    if card.recovery is not None:
        return
    if card.front_matter.state is FrontMatterState.VALID:
        yield (_above(card.source, card.front_matter.yaml.start, f"# cardlint: disable-file={rule}"),)
    comment = f"<!-- cardlint-disable-file {rule} -->"
    text = card.source.text
    end = len(text)
    gap = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
    yield (Edit(Span(end, end), f"{gap}{comment}\n"),)
    # the end may be inside code that is never closed
    lines = card.source.lines
    if card.front_matter.body_line < len(lines):
        yield (_above(card.source, lines[card.front_matter.body_line].start, comment, indented=False),)


def _in_yaml(card: Card, rule: str, offset: int) -> Iterator[tuple[Edit, ...]]:
    """Yield edits above the line, else above the entry or item that the line belongs to."""
    source = card.source
    yield (_above(source, offset, f"# cardlint: disable-next-line={rule}"),)
    around = [unit for unit in entries_and_items(front_matter_of(card)) if unit.start <= offset < unit.end]
    if around:
        start = max(unit.start for unit in around)
        yield (_above(source, start, f"# cardlint: disable={rule}"),)


def _in_markdown(card: Card, rule: str, offset: int) -> Iterator[tuple[Edit, ...]]:
    """Yield edits above a block, at the end of a line, or around a block, also together with the block above."""
    source = card.source
    blocks = _blocks_to(card, offset)
    if blocks and source.line_index(blocks[-1].span.start) == source.line_index(offset):
        yield (_above(source, offset, f"<!-- cardlint-disable-next-line {rule} -->", indented=False),)
    yield (_behind(source, offset, f"<!-- cardlint-disable-line {rule} -->"),)
    for first in reversed(blocks[-2:]):
        last = source.lines[source.line_index(max(blocks[-1].span.end - 1, blocks[-1].span.start))].end
        opening = _above(source, first.span.start, f"<!-- cardlint-disable {rule} -->", indented=False)
        yield (opening, Edit(Span(last, last), f"\n<!-- cardlint-enable {rule} -->"))


def _blocks_to(card: Card, offset: int) -> Sequence[Block]:
    """Return the top-level blocks up to the one with the line of an offset."""
    source = card.source
    line = source.line_index(offset)
    blocks = card.body.blocks
    for index, block in enumerate(blocks):
        if line <= source.line_index(max(block.span.end - 1, block.span.start)):
            return blocks[: index + 1] if source.line_index(block.span.start) <= line else ()
    return ()


def _above(source: Source, offset: int, comment: str, *, indented: bool = True) -> Edit:
    """Insert a line above that of an offset."""
    line = source.lines[source.line_index(offset)]
    text = source.slice(line)
    start = line.start + text.startswith(BYTE_ORDER_MARK)
    indent = text[: len(text) - len(text.lstrip(" "))] if indented else ""
    return Edit(Span(start, start), f"{indent}{comment}\n")


def _behind(source: Source, offset: int, comment: str) -> Edit:
    """Append to the line of an offset; in a table row, inside its last cell."""
    line = source.lines[source.line_index(offset)]
    text = source.slice(line).rstrip()
    if text.endswith("|") and not text.endswith("\\|") and "|" in text[:-1]:
        text = text[:-1].rstrip()
    end = line.start + len(text)
    return Edit(Span(end, end), f" {comment}")
