"""Rule `oversized-card`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.verdicts import consequence, severity_of
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule
from cardlint.source import MOST_OF_CARD, Span
from cardlint.vocabulary.card_file import MOST_BYTES, TOO_LARGE


@rule(severity=Severity.ERROR)
def oversized_card(card: Card) -> Iterator[Problem]:
    r"""The card is larger than 10 MiB.

    The Hub refuses a push with such a card. What makes a card large is nearly always pictures or results that are
    written into it: keep them in files of their own. No other rule reads a card of this size.
    """
    if card.is_oversized:
        size = len(card.original.encode())
        at_least = "at least " if size >= MOST_OF_CARD else ""
        most = MOST_BYTES // (1024 * 1024)
        yield Problem(
            Span(0, 1),
            f"the card has {at_least}{size / (1024 * 1024):.1f} MiB, more than {most}{consequence(TOO_LARGE)}",
            help="Move pictures and long results to files beside the card, and link to them.",
            severity=severity_of(TOO_LARGE),
        )
