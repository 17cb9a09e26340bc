"""The rules of our house."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span


@rule(severity=Severity.WARNING, group="house")
def loud_word(card: Card, *, word: str = "AMAZING") -> Iterator[Problem]:
    """A word is shouted.

    Readers trust a card more that states what it measured.

    Bad:
        # An AMAZING owl

    Good:
        # An owl

    Options:
        word: the word that is too loud.
    """
    start = card.source.text.find(word)
    if start >= 0:
        yield Problem(Span(start, start + len(word)), f"`{word}` says nothing that can be checked")
