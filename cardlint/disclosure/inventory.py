"""The inventory of a card: every item with the evidence for it, or the reason why none was taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.disclosure.evidence import Evidence
from cardlint.disclosure.gate import reason_outside
from cardlint.disclosure.numbers import find_facts
from cardlint.disclosure.passages import find_passages
from cardlint.disclosure.presence import PRESENCE
from cardlint.disclosure.section_texts import SectionTexts
from cardlint.disclosure.statements import STATEMENTS
from cardlint.vocabulary.disclosure.items import ITEMS, Item

__all__ = ["Entry", "Inventory", "take_inventory"]


class Entry(Struct, frozen=True):
    """An item with the evidence for it, the strongest first; without evidence the item was not found."""

    item: Item
    evidence: tuple[Evidence, ...]


class Inventory(Struct, frozen=True):
    """The entries of a card, or the `reason` why there are none."""

    entries: tuple[Entry, ...] = ()
    reason: str | None = None


_MOST_EVIDENCE = 3


def take_inventory(card: Card) -> Inventory:
    """Return what a card states of the items."""
    reason = reason_outside(card)
    if reason is not None:
        return Inventory(reason=reason)
    found: dict[str, list[Evidence]] = defaultdict(list)
    for item, evidence in _find(card):
        known = found[item]
        if len(known) < _MOST_EVIDENCE and evidence.words and not any(_overlap(evidence, each) for each in known):
            known.append(evidence)
    return Inventory(tuple(Entry(item, tuple(found[item.name])) for item in ITEMS))


def _find(card: Card) -> Iterator[tuple[str, Evidence]]:
    """Yield all evidence: of the metadata and other views, then of the text, then of sections."""
    for item, state in STATEMENTS.items():
        yield from ((item, evidence) for evidence in state(card))
    own = card.own_names
    for passage in find_passages(card.body, card.sections, own):
        yield from find_facts(passage, lambda text: own.prefix(text) > 0)
    texts = SectionTexts(card)
    for item, read in PRESENCE.items():
        yield from ((item, evidence) for evidence in read(texts))


def _overlap(first: Evidence, second: Evidence) -> bool:
    return first.file is second.file and first.span.overlaps(second.span)
