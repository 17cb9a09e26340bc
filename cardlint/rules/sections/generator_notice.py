"""Rule `generator-notice`."""

import re
from collections.abc import Iterator

from cardlint.card import Card
from cardlint.card.tree import Html
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.pattern import pattern
from cardlint.rule import rule
from cardlint.source import Source, Span
from cardlint.vocabulary.boilerplate import NOTICES

_COMMENT = pattern(r"<!--.*?-->", re.DOTALL)


@rule(severity=Severity.NOTE, fix=Safety.UNSAFE)
def generator_notice(card: Card) -> Iterator[Problem]:
    r"""The generator's comment that asks for proofreading is still there.

    Whoever writes it says that the card was generated and wants to be proofread and completed, and that the comment
    goes away then. As long as it stands, nobody has.

    Bad:
        ---
        license: mit
        ---

        <!-- This model card has been generated automatically according to the information the Trainer had access to.
        You should probably proofread and complete it, then remove this comment. -->

        # A model

    Good:
        ---
        license: mit
        ---

        # A model
    """
    if "had access to" not in card.source.text:
        return
    for block in card.body.walk():
        if isinstance(block, Html):
            for match in _COMMENT.finditer(block.content.text):
                plain = " ".join(match[0].lower().split())
                writer = next((name for words, name in NOTICES.items() if words in plain), None)
                if writer:
                    span = block.content.span(*match.span())
                    yield Problem(
                        span,
                        f"the comment in which {writer} asks you to proofread the card is still there",
                        help="Read the card through, complete it, and delete the comment.",
                        fix=Fix("Delete the comment", (Edit(_with_lines(card.source, span), ""),), Safety.UNSAFE),
                    )


def _with_lines(source: Source, span: Span) -> Span:
    """The comment with its lines and the blank one behind it, if nothing else stands on them."""
    first, last = source.line_index(span.start), source.line_index(span.end)
    lines = source.lines
    alone = not (source.text[lines[first].start : span.start] + source.text[span.end : lines[last].end]).strip()
    if not alone or last + 1 >= len(lines):
        return span
    following = last + 1
    if not source.slice(lines[following]).strip() and following + 1 < len(lines):
        following += 1
    return Span(lines[first].start, lines[following].start)
