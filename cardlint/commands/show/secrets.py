"""Secrets of a card, hidden in what `show` prints."""

from __future__ import annotations

from cardlint.card.card import Card
from cardlint.lazy_regex import pattern
from cardlint.linting.secrets import secrets_of
from cardlint.reporters.masking import Mask

__all__ = ["Secrets"]

_LINE_END = pattern(r"\s+|\\[nr]")
_SHORTEST = 8  # a part of a key that is shorter opens nothing


class Secrets:
    """Hides the secrets of a card, whether or not `leaked-secret` runs or is suppressed."""

    def __init__(self, card: Card) -> None:
        secrets = list(secrets_of(card))
        self._mask = Mask(secrets)
        # a key of several lines stands in a paragraph or a quoted scalar with other white space between them
        parts = (_LINE_END.split(secret.text)[1:] for secret in secrets)
        self._parts = sorted({part for line in parts for part in line if len(part) >= _SHORTEST}, key=len, reverse=True)

    def hide(self, text: str) -> str:
        """The text with asterisks for what may not be seen."""
        text = self._mask.text(text)
        for part in self._parts:
            text = text.replace(part, "*" * len(part))
        return text
