"""A result of the model-index, written as YAML from the claims of a card's body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.card.claims.claim import Claim
from cardlint.lazy_regex import LazyPattern

__all__ = ["Result"]

_UNKNOWN = "..."
_MOST_DIGITS = 40
# Text that both YAML versions read as this text, in brackets too.
_PLAIN = LazyPattern(r"[A-Za-z][\w./-]*(?: [\w./-]+)*")
_READ_OTHERWISE = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))


class Result(Struct, frozen=True):
    """The numbers of one evaluation; a field is None if it is unknown."""

    task: str | None
    dataset: str | None
    split: str | None
    claims: tuple[Claim, ...]

    @property
    def is_known(self) -> bool:
        """True if the fields that the Hub requires are known."""
        return self.task is not None and self.dataset is not None

    def lines(self) -> tuple[str, ...]:
        """Return the item of `results` as lines; the first begins with its dash."""
        split = [f"    split: {_text(self.split)}"] if self.split else []
        metrics = [line for claim in self.claims for line in _on_lines(_entries(claim))]
        return (
            "- task:",
            f"    type: {_text(self.task)}",
            "  dataset:",
            f"    type: {_text(self.dataset)}",
            f"    name: {_text(self.dataset)}",
            *split,
            "  metrics:",
            *metrics,
        )

    def inline(self) -> str:
        """Return the item in flow style on one line."""
        dataset = f"type: {_text(self.dataset)}, name: {_text(self.dataset)}"
        dataset += f", split: {_text(self.split)}" if self.split else ""
        metrics = ", ".join(f"{{{', '.join(_entries(claim))}}}" for claim in self.claims)
        return f"{{task: {{type: {_text(self.task)}}}, dataset: {{{dataset}}}, metrics: [{metrics}]}}"


def _entries(claim: Claim) -> Sequence[str]:
    # the type does not show the variant, so the name is added
    name = [f"name: {_text(claim.label)}"] if claim.variant is not None else []
    return [f"type: {_text(claim.metric)}", *name, f"value: {_number(claim)}"]


def _on_lines(entries: Sequence[str]) -> Iterator[str]:
    for index, entry in enumerate(entries):
        yield f"    {entry}" if index else f"  - {entry}"


def _number(claim: Claim) -> str:
    """Write the number without an exponent, since Python's YAML reads some exponents as text."""
    exponent = claim.value.as_tuple().exponent
    is_short = isinstance(exponent, int) and abs(exponent) < _MOST_DIGITS
    return f"{claim.value:f}" if is_short else claim.number.numeral


def _text(text: str | None) -> str:
    """Write a text so that YAML reads it back unchanged."""
    if text is None:
        return _UNKNOWN
    if _PLAIN.fullmatch(text) and text.lower() not in _READ_OTHERWISE:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
