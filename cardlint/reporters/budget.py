"""The choice of findings to show if not all of them fit."""

from __future__ import annotations

from collections.abc import Sequence

from cardlint.finding import Finding

__all__ = ["most_severe", "within"]


def most_severe(findings: Sequence[Finding], most: int) -> list[int]:
    """Return the indices of the `most` most severe findings, in their order."""
    return sorted(_ranked(findings)[:most])


def within(findings: Sequence[Finding], sizes: Sequence[int], room: int) -> list[int]:
    """Return the indices of the most severe findings that fit into `room` by their sizes, in their order."""
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
