"""The rule `flattened-card`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from cardlint.card.card import Card
from cardlint.card.flattened.recovered import Recovery
from cardlint.card.frontmatter import Fences
from cardlint.card.markdown.tree import BlockQuote, CodeBlock, Heading, List, Table
from cardlint.finding import Edit, Fix, Problem, Safety, Severity, listed
from cardlint.rule_definition import rule
from cardlint.source import Span

_KINDS = {Heading: "heading", List: "list", Table: "table", BlockQuote: "quote", CodeBlock: "code block"}


@rule(severity=Severity.ERROR, fix=Safety.SAFE)
def flattened_card(card: Card) -> Iterator[Problem]:
    r"""The line breaks are lost: the whole card, or its front matter, stands on one line.

    The Hub takes a front matter only from lines of its own, so it reads no metadata, and Markdown shows one long
    paragraph, or one long heading, instead of headings, lists and tables. It happens where a script joins lines or
    cleans white space. Where only some are lost, it is found by what no single line can hold: two keys of the metadata,
    or two of the Trainer's headings. All other rules look at the card as it was before, and their findings point into
    the lines that are there.

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
    span = _flattened(card, recovery)
    yield Problem(
        span,
        f"{_what(card, recovery)}: {_lost(card, recovery)}; {_put_back(recovery)}",
        "Give the card its line breaks back: each fence, key, heading, list item and table row begins a new line.",
        fix=_repair(recovery),
    )


def _what(card: Card, recovery: Recovery) -> str:
    if recovery.whole:
        return "the whole card stands on one line"
    inside = _is_in_front(card, recovery)
    below = recovery.boundaries[-1].offset >= card.front_matter.span.end
    if below:
        return f"lines of the {'front matter and of the ' if inside else ''}text are joined"
    kept = card.original.text.lstrip("\ufeff \t\r\n").removeprefix("---").lstrip(" \t")[:1] in {"\r", "\n"}
    return "lines of the front matter are joined" if kept else "the front matter stands on one line"


def _is_in_front(card: Card, recovery: Recovery) -> bool:
    return recovery.boundaries[0].offset < card.front_matter.span.end


def _repair(recovery: Recovery) -> Fix:
    """The line breaks, each in the place of the blanks that it became; the edits are those of the file on disk."""
    edits = []
    for piece, following in pairwise(recovery.pieces):
        blanks = Span(piece.original_start + piece.length, following.original_start)
        edits.append(Edit(blanks, recovery.text[piece.recovered_start + piece.length : following.recovered_start]))
    safety = Safety.UNSAFE if recovery.likely else Safety.SAFE
    return Fix("Put the line breaks back", tuple(edits), safety)


def _flattened(card: Card, recovery: Recovery) -> Span:
    """From the line that the first break ends to the end of the one that the last break begins."""
    text = card.source.text
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    if recovery.whole:
        return Span(start, len(text.rstrip()))
    last = recovery.boundaries[-1].offset
    start = max(start, card.source.lines[card.source.line_index(recovery.boundaries[0].offset)].start)
    following = [piece.recovered_start for piece in recovery.pieces if piece.recovered_start > last]
    line = card.source.lines[card.source.line_index(following[0] if following else len(text))]
    return Span(start, max(line.end, start))


def _lost(card: Card, recovery: Recovery) -> str:
    """What neither the Hub nor Markdown sees, in words."""
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
    if card.front_matter.fences is Fences.READ and _is_in_front(card, recovery):
        lost.append("the Hub reads no metadata")
    if structure:
        lost.append(f"Markdown does not see {listed(structure)}")
    return " and ".join(lost) or "its parts run together"


def _put_back(recovery: Recovery) -> str:
    count = len(recovery.boundaries)
    sure = f"{count - recovery.likely} certain, {recovery.likely} likely" if recovery.likely else "all certain"
    return f"{count} line break{'s' * (count > 1)} can be put back ({sure})"
