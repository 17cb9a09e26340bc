"""Values that the metadata and the text dispute: `metric-mismatch` speaks of them, and no other rule as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardlint.source import Span

if TYPE_CHECKING:
    from cardlint.card.card import Card

__all__ = ["disputed_values"]


def disputed_values(card: Card) -> dict[Span, Span]:
    """Each value of a contradiction, with the other side's. It costs a comparison: ask only about what is wrong."""
    if card.has_foreign_metadata:
        return {}
    disputes = (found for found in card.comparisons if not found.agrees and not found.stated.file)
    pairs = [(found.stated.span, found.shown.span) for found in disputes]
    return dict(pairs) | {shown: stated for stated, shown in pairs}
