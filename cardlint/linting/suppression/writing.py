"""Comments that suppress a finding: their possible places, and their form there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cardlint.card.card import Card
from cardlint.finding import Edit
from cardlint.linting.suppression.planning import Place, Planner

__all__ = ["comments_for_card", "comments_for_line"]


def comments_for_line(card: Card, rule: str, offset: int) -> Iterator[tuple[Edit, ...]]:
    """Yield edits that may suppress the rule's findings at an offset, the most readable one first.

    The text at that place decides if an edit works and has no other effect: lint the card again to know. There are no
    edits for a flattened card, whose lines must be restored first.
    """
    planner = Planner(card)
    return _edits(planner, rule, planner.at(offset))


def comments_for_card(card: Card, rule: str) -> Iterator[tuple[Edit, ...]]:
    """Yield edits that may suppress the rule in the whole card; see `comments_for_line`."""
    planner = Planner(card)
    return _edits(planner, rule, planner.for_card())


def _edits(planner: Planner, rule: str, places: Iterable[Place]) -> Iterator[tuple[Edit, ...]]:
    for place in places if planner.card.recovery is None else ():
        yield tuple(planner.edits({place: (rule,)}))
