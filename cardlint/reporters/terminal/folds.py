"""Folding: findings of one rule in a card are shown as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from cardlint.finding import Finding, Severity
from cardlint.reporters.masking import Mask
from cardlint.source import Position

__all__ = ["Fold", "folds"]


class Fold(Struct, frozen=True, dict=True):
    """Findings of one rule and severity in a card, in the order of the card, and the mask for their texts."""

    findings: tuple[Finding, ...]
    mask: Mask

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @cached_property
    def messages(self) -> list[str]:
        """The message of each finding."""
        return [self.mask.text(finding.message) for finding in self.findings]

    @cached_property
    def headline(self) -> str:
        """The message; if there are several, the rule's sentence for all, or the first one with the number of others.

        Messages that do not differ are one message.
        """
        if self.is_summed_up:
            return f"{len(self.findings)} {self.mask.text(self.first.problem.several)}"
        if len(self.findings) == 1:
            return self.messages[0]
        alike = len(set(self.messages)) == 1
        return (
            f"{self.messages[0]} ({f'{len(self.findings)} times' if alike else f'and {len(self.findings) - 1} more'})"
        )

    @cached_property
    def is_summed_up(self) -> bool:
        """True if the rule has one sentence for all of the findings."""
        sentences = {finding.problem.several for finding in self.findings}
        return len(self.findings) > 1 and len(sentences) == 1 and sentences != {""}

    @cached_property
    def labels(self) -> list[str]:
        """The words that tell the findings apart: a name if that is enough, else the messages; empty if equal."""
        if len(set(self.messages)) == 1:
            return [""] * len(self.messages)
        return _differing_names(self.messages) or self.messages

    def places(self) -> Iterator[tuple[Position, str]]:
        """Yield the position of each finding, with its label."""
        for finding, label in zip(self.findings, self.labels, strict=True):
            yield finding.source.position(finding.span.start), label


def folds(findings: Iterable[Finding], mask: Mask) -> list[Fold]:
    """Fold the findings of one card: the most severe first, those of equal severity in the order of the card."""
    alike: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.severity, finding.rule.name), []).append(finding)
    ordered = sorted(alike.items(), key=lambda item: -item[0][0])
    return [Fold(tuple(each), mask) for _, each in ordered]


def _differing_names(messages: list[str]) -> list[str] | None:
    """Return the code in back-ticks in which the messages differ, or None if they differ in anything else."""
    parts = [message.split("`") for message in messages]
    if len({len(each) for each in parts}) > 1:
        return None
    differing = [place for place, texts in enumerate(zip(*parts, strict=True)) if len(set(texts)) > 1]
    if len(differing) != 1 or differing[0] % 2 == 0:
        return None
    return [f"`{each[differing[0]]}`" for each in parts]
