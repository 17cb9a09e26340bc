"""A number that cannot be right if others of the card are."""

from __future__ import annotations

from msgspec import Struct

from cardlint.source import Span

__all__ = ["Contradiction"]


class Contradiction(Struct, frozen=True):
    """A number that contradicts others; `relation` is the same for contradictions of one cause."""

    relation: str
    span: Span
    message: str
    related: tuple[tuple[Span, str], ...] = ()
