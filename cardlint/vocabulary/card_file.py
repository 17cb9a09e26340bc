"""Facts about the file of a card as a whole.

Refresh: look for newer refusals in issues that quote the server.
"""

from __future__ import annotations

from cardlint.vocabulary.keys.grammar import refused

__all__ = ["MOST_BYTES", "TOO_LARGE"]

SOURCE = "answers of the server that issues quote"
DATE = "2026-11-29"

MOST_BYTES = 10 * 1024 * 1024
"""The size of the largest card that may be pushed."""

TOO_LARGE = refused("embeddings-benchmark/mteb#1368", "2024-10-31")
"""The fact about a larger card."""
