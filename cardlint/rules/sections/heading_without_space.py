"""Rule `heading-without-space`."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Content, Paragraph
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

HEADING = LazyPattern(r"^(?P<signs>#{1,6})(?P<title>[^\W\d_].*)$")
OTHER_HASHTAG = LazyPattern(r"(?<!\S)#\w|https?://|www\.")
# words of prompts and of the C preprocessor
PROMPTS = frozenset(
    (
        *("instruction", "instructions", "response", "human", "assistant", "input", "user", "system", "question"),
        *(
            "answer",
            "context",
            "output",
            "prompt",
            "bot",
            "ai",
            "gpt",
            "endoftext",
            "end",
            "include",
            "define",
            "ifdef",
        ),
        *("pragma",),
    )
)


@rule(severity=Severity.WARNING, fix=Safety.SAFE)
def heading_without_space(card: Card) -> Iterator[Problem]:
    r"""A line begins with `#` but is not a heading, since no space follows.

    The Hub shows the number signs and the title as plain text, without an anchor. Put a space after the signs.

    Bad:
        # tide-small

        ##Usage

        Load it as any other model.

    Good:
        # tide-small

        ## Usage

        Load it as any other model.
    """
    for block in card.body.blocks:
        if isinstance(block, Paragraph) and "#" in block.content.text:
            yield from _in_paragraph(block.content)


def _in_paragraph(content: Content) -> Iterator[Problem]:
    start = 0
    for line in content.text.split("\n"):
        match = HEADING.match(line)
        if match and _is_heading(line, match["signs"], match["title"], is_first=start == 0):
            place = content.offset(start + len(match["signs"]))
            span = content.span(start, start + len(line))
            yield Problem(
                span,
                f"`{line.strip()}` is not a heading: a space is missing after `{match['signs']}`",
                help="Put a space after the number signs.",
                fix=Fix("Insert a space", (Edit(Span(place, place), " "),), Safety.SAFE),
            )
        start += len(line) + 1


def _is_heading(line: str, signs: str, title: str, *, is_first: bool) -> bool:
    if title.rstrip(" :*").lower() in PROMPTS or title.split(None, 1)[0].rstrip(":").lower() in PROMPTS:
        return False
    if len(signs) > 1:
        return True
    return is_first and OTHER_HASHTAG.search(line, 1) is None
