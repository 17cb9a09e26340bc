"""The severities and sentences that follow from the Hub's verdicts in the table of keys."""

from __future__ import annotations

from cardlint.finding import Severity
from cardlint.vocabulary.keys.grammar import Fact, Verdict

__all__ = ["consequence", "severity_of"]

_CONSEQUENCES: dict[Verdict, str] = {
    "refused": ", so the Hub refuses the card",
    "probably refused": ", so the Hub will probably refuse the card",
}


def severity_of(fact: Fact) -> Severity:
    """Return `ERROR` if the Hub refuses the card, or probably does, else `WARNING`."""
    return Severity.ERROR if fact.is_refusal else Severity.WARNING


def consequence(fact: Fact, otherwise: str = "") -> str:
    """Return the end of a message that states the verdict, or `otherwise` if the card is not known to be refused."""
    return _CONSEQUENCES.get(fact.verdict, otherwise)
