"""What `show` must not print whole: the secrets that the linter's own rule finds in a card."""

from __future__ import annotations

from cardlint.card.card import Card
from cardlint.finding import Finding
from cardlint.lazy_regex import pattern
from cardlint.reporters.masking import Mask, secrets_in
from cardlint.rules.source.leaked_secret import leaked_secret

__all__ = ["Secrets"]

_LINE_END = pattern(r"\s+|\\[nr]")
_SHORTEST = 8  # a part of a key that is shorter opens nothing


class Secrets:
    """Hides the secrets of a card; that the rule is off, or a comment silences it, makes none of them public."""

    def __init__(self, card: Card) -> None:
        info = leaked_secret.info
        problems = list(leaked_secret.check(card))
        self._mask = Mask(secrets_in(Finding(card.source, info, info.severity, problem) for problem in problems))
        # a key of several lines stands in a paragraph or a quoted scalar with other white space between them
        parts = (_LINE_END.split(card.source.slice(problem.span))[1:] for problem in problems)
        self._parts = sorted({part for line in parts for part in line if len(part) >= _SHORTEST}, key=len, reverse=True)

    def hide(self, text: str) -> str:
        """The text with asterisks for what may not be seen."""
        text = self._mask.text(text)
        for part in self._parts:
            text = text.replace(part, "*" * len(part))
        return text
