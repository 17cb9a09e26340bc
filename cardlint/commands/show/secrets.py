"""Hiding the secrets of a card in the output of `show`."""

from __future__ import annotations

from cardlint.card.card import Card
from cardlint.lazy_regex import LazyPattern
from cardlint.linting.secrets import secrets_of
from cardlint.reporters.masking import Mask

__all__ = ["Secrets"]

_LINE_END = LazyPattern(r"\s+|\\[nr]")
_SHORTEST = 8  # a shorter part of a key is of no use to others


class Secrets:
    """The secrets of a card and of names in a text; they are hidden even if `leaked-secret` is off or suppressed."""

    def __init__(self, card: Card) -> None:
        secrets = list(secrets_of(card))
        self._mask = Mask(secrets)
        # the lines of a key may be joined by other white space in a paragraph or a quoted scalar
        parts = (_LINE_END.split(secret.text)[1:] for secret in secrets)
        self._parts = sorted({part for line in parts for part in line if len(part) >= _SHORTEST}, key=len, reverse=True)

    def hide(self, text: str) -> str:
        """Return the text with asterisks in place of secrets."""
        text = self._mask.text(text)
        for part in self._parts:
            text = text.replace(part, "*" * len(part))
        return text
