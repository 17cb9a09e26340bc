"""A result of the model-index, written out as YAML: from what a card's text reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.card.claims.claim import Claim
from cardlint.lazy_regex import LazyPattern

__all__ = ["Result", "yaml_text"]

_UNKNOWN = "..."
_MOST_DIGITS = 40
# Text that both YAML versions read as this text, in brackets too.
_PLAIN = LazyPattern(r"[A-Za-z][\w./-]*(?: [\w./-]+)*")
_READ_OTHERWISE = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))


class Result(Struct, frozen=True, kw_only=True):
    """The numbers of one evaluation; a field is None if it is unknown. `dataset` is an id of the Hub."""

    task: str | None
    dataset: str | None
    dataset_name: str | None
    config: str | None
    split: str | None
    claims: tuple[Claim, ...]

    @property
    def is_known(self) -> bool:
        """True if the fields that the Hub requires are known."""
        return self.task is not None and self.dataset is not None

    def model_index(self, model: str | None) -> tuple[str, ...]:
        """Return the lines of a model-index that has this result only."""
        return "model-index:", f"- name: {yaml_text(model)}", "  results:", *(f"  {line}" for line in self.lines())

    def lines(self) -> tuple[str, ...]:
        """Return the item of `results` as lines; the first begins with its dash."""
        config = [f"    config: {yaml_text(self.config)}"] if self.config else []
        split = [f"    split: {yaml_text(self.split)}"] if self.split else []
        metrics = [line for claim in self.claims for line in _on_lines(_entries(claim))]
        return (
            "- task:",
            f"    type: {yaml_text(self.task)}",
            "  dataset:",
            f"    type: {yaml_text(self.dataset)}",
            f"    name: {yaml_text(self.dataset_name)}",
            *config,
            *split,
            "  metrics:",
            *metrics,
        )


def _entries(claim: Claim) -> Sequence[str]:
    # the type does not show the variant or the part of the data, so the name is added
    name = f"{claim.label} ({claim.setting})" if claim.setting else claim.label if claim.variant else None
    named = [f"name: {yaml_text(name)}"] if name else []
    return [f"type: {yaml_text(claim.metric)}", *named, f"value: {_number(claim)}"]


def _on_lines(entries: Sequence[str]) -> Iterator[str]:
    for index, entry in enumerate(entries):
        yield f"    {entry}" if index else f"  - {entry}"


def _number(claim: Claim) -> str:
    """Write the number without an exponent, since Python's YAML reads some exponents as text."""
    exponent = claim.value.as_tuple().exponent
    is_short = isinstance(exponent, int) and abs(exponent) < _MOST_DIGITS
    return f"{claim.value:f}" if is_short else claim.number.numeral


def yaml_text(text: str | None) -> str:
    """Write a text so that YAML reads it back unchanged, and dots if it is None."""
    if text is None:
        return _UNKNOWN
    if _PLAIN.fullmatch(text) and text.lower() not in _READ_OTHERWISE:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
