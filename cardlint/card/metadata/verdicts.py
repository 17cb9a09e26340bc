"""The severities that follow from the Hub's verdicts in the table of keys."""

from __future__ import annotations

from cardlint.finding import Severity
from cardlint.vocabulary.keys.grammar import Fact

__all__ = ["severity_of"]


def severity_of(fact: Fact) -> Severity:
    """Return `ERROR` if the Hub rejects the card, or probably does, else `WARNING`."""
    return Severity.ERROR if fact.is_refusal else Severity.WARNING
