"""Rule `mojibake`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cardlint.card.card import Card
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.wording import counted

if TYPE_CHECKING:
    from cardlint.card.text.mojibake import Garbled

WORD_BEFORE = LazyPattern(r"[\w'-]{0,20}\Z")
WORD_AFTER = LazyPattern(r"[\w'-]{0,20}")
REACH = 20  # characters of a word on each side of the garbled ones
MOST_RELATED = 20


@rule(severity=Severity.WARNING, fix=Safety.UNSAFE)
def mojibake(card: Card) -> Iterator[Problem]:
    r"""Text is garbled: it was read with a wrong encoding and saved again.

    A program took the bytes of UTF-8 for Windows-1252, so that an apostrophe became `â€™` and an `é` became `Ã©`. The
    text can be had back, since the bytes are all there. Code is not reported: it may show such characters on purpose.

    Bad:
        # Owls

        It doesnâ€™t know gulls.

    Good:
        # Owls

        It doesn’t know gulls.
    """
    if card.source.text.isascii():
        return
    from cardlint.card.text.mojibake import find_garbled  # here, since few texts in English need its tables

    garbled = _in_text(card, list(find_garbled(card.source.text)))
    if not any(each.certain for each in garbled):
        return
    first, others = next(each for each in garbled if each.certain), len(garbled) - 1
    written, meant = _words(card, first)
    more = f", and {counted(others, 'more place')}" if others else ""
    fix = Fix(
        "Write the characters that were meant", tuple(Edit(each.span, each.meant) for each in garbled), Safety.UNSAFE
    )
    yield Problem(
        first.span,
        f"`{written}` is garbled{more}: UTF-8 was read as Windows-1252",
        help=f"Write `{meant}`.",
        related=tuple(Related(each.span, "also garbled") for each in garbled if each is not first)[:MOST_RELATED],
        fix=fix,
    )


def _in_text(card: Card, garbled: list[Garbled]) -> list[Garbled]:
    if not garbled:
        return []
    from cardlint.card.markdown.literal import in_text

    kept = set(in_text(card.body, [each.span.start for each in garbled]))
    return [each for each in garbled if each.span.start in kept]


def _words(card: Card, garbled: Garbled) -> tuple[str, str]:
    """Return the word around garbled characters as it is written and as it was meant."""
    text, span = card.source.text, garbled.span
    before = WORD_BEFORE.search(text, max(span.start - REACH, 0), span.start)
    after = WORD_AFTER.match(text, span.end, span.end + REACH)
    start, end = before[0] if before else "", after[0] if after else ""
    return f"{start}{card.source.slice(span)}{end}", f"{start}{garbled.meant}{end}"
