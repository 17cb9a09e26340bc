"""Which findings are shown where there is no room for all."""

from __future__ import annotations

from collections.abc import Sequence

from cardlint.finding import Finding

__all__ = ["gravest", "within"]


def gravest(findings: Sequence[Finding], most: int) -> list[int]:
    """The indices of the `most` gravest findings, in their order."""
    return sorted(_ranked(findings)[:most])


def within(findings: Sequence[Finding], sizes: Sequence[int], room: int) -> list[int]:
    """The indices of as many of the gravest findings as find room by their sizes, in their order."""
    chosen = []
    for index in _ranked(findings):
        room -= sizes[index]
        if room < 0:
            break
        chosen.append(index)
    return sorted(chosen)


def _ranked(findings: Sequence[Finding]) -> list[int]:
    severities = [finding.severity for finding in findings]
    return sorted(range(len(severities)), key=lambda index: -severities[index])
