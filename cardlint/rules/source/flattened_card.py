"""Rule `flattened-card`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from cardlint.card.card import Card
from cardlint.card.frontmatter import FrontMatterState
from cardlint.card.markdown.tree import BlockQuote, CodeBlock, Heading, List, Table
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.wording import listed

if TYPE_CHECKING:
    from cardlint.card.flattened.recovered import Recovery

_KINDS = {Heading: "heading", List: "list", Table: "table", BlockQuote: "quote", CodeBlock: "code block"}


@rule(severity=Severity.ERROR, fix=Safety.SAFE)
def flattened_card(card: Card) -> Iterator[Problem]:
    r"""Line breaks are lost: the whole card, or part of it, is on one line.

    The Hub reads a front matter only if its fences are on lines of their own, so it reads no metadata. Markdown shows
    one long paragraph or heading in place of headings, lists and tables. It happens when a script joins lines or
    removes white space. If only some line breaks are lost, the rule looks for what a single line cannot hold: two keys
    of the metadata, or two of the Trainer's headings.

    Give each fence, key, heading, list item and table row a line of its own. All other rules read the card with its
    line breaks restored, and their findings point into the lines of the file.

    Bad:
        --- license: mit tags: - generated_from_trainer --- # lighthouse ## Model description More information needed

    Good:
        ---
        license: mit
        tags:
        - generated_from_trainer
        ---

        # lighthouse

        ## Model description

        More information needed
    """
    recovery = card.recovery
    if recovery is None:
        return
    span = _joined_lines(card, recovery)
    yield Problem(
        span,
        f"{_joined_part(card, recovery)}: {_consequence(card, recovery)}; {_restorable(recovery)}",
        "Begin a new line with each fence, key, heading, list item and table row.",
        fix=_fix(recovery),
    )


def _joined_lines(card: Card, recovery: Recovery) -> Span:
    """Return the span from the line with the first lost break to the end of the line that begins after the last one."""
    text = card.source.text
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    if recovery.whole:
        return Span(start, len(text.rstrip()))
    last = recovery.boundaries[-1].offset
    start = max(start, card.source.lines[card.source.line_index(recovery.boundaries[0].offset)].start)
    following = [piece.recovered_start for piece in recovery.pieces if piece.recovered_start > last]
    line = card.source.lines[card.source.line_index(following[0] if following else len(text))]
    return Span(start, max(line.end, start))


def _joined_part(card: Card, recovery: Recovery) -> str:
    if recovery.whole:
        return "the whole card is on one line"
    inside = _is_in_front(card, recovery)
    below = recovery.boundaries[-1].offset >= card.front_matter.span.end
    if below:
        return f"lines of the {'front matter and of the ' if inside else ''}body are joined"
    kept = card.original.text.lstrip("\ufeff \t\r\n").removeprefix("---").lstrip(" \t")[:1] in {"\r", "\n"}
    return "lines of the front matter are joined" if kept else "the front matter is on one line"


def _is_in_front(card: Card, recovery: Recovery) -> bool:
    return recovery.boundaries[0].offset < card.front_matter.span.end


def _consequence(card: Card, recovery: Recovery) -> str:
    """Say which parts of the card the Hub and Markdown do not see."""
    offsets = [boundary.offset for boundary in recovery.boundaries]
    begun = {piece.recovered_start for piece in recovery.pieces[1:]}
    blocks = [
        block
        for block in card.body.walk()
        if block.span.start in begun or bisect_left(offsets, block.span.start) < bisect_right(offsets, block.span.end)
    ]
    counts = Counter(name for block in blocks for kind, name in _KINDS.items() if isinstance(block, kind))
    structure = [f"{count} {name}{'s' * (count > 1)}" for name, count in counts.items()]
    lost = []
    if card.front_matter.state is FrontMatterState.VALID and _is_in_front(card, recovery):
        lost.append("the Hub reads no metadata")
    if structure:
        lost.append(f"Markdown does not show {listed(structure)}")
    return " and ".join(lost) or "its parts are joined"


def _restorable(recovery: Recovery) -> str:
    count = len(recovery.boundaries)
    sure = f"{count - recovery.likely} certain, {recovery.likely} likely" if recovery.likely else "all certain"
    return f"{count} line break{'s' * (count > 1)} can be restored ({sure})"


def _fix(recovery: Recovery) -> Fix:
    """Return the fix that replaces the blanks of each lost line break; its edits are those of the file on disk."""
    edits = []
    for piece, following in pairwise(recovery.pieces):
        blanks = Span(piece.original_start + piece.length, following.original_start)
        edits.append(Edit(blanks, recovery.text[piece.recovered_start + piece.length : following.recovered_start]))
    safety = Safety.UNSAFE if recovery.likely else Safety.SAFE
    return Fix("Restore the line breaks", tuple(edits), safety)
