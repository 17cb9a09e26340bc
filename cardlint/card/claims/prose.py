"""Claims of sentences; none are read yet."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.claims.claim import Claim

__all__ = ["read_prose"]


def read_prose() -> Iterator[Claim]:
    """Nothing, so far."""
    yield from ()
