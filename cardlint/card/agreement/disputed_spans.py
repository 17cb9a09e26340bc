"""Values on which metadata and body contradict each other: only `metric-mismatch` reports them."""

from __future__ import annotations

from collections.abc import Sequence

from cardlint.card.agreement.comparison import Comparison
from cardlint.source import Span

__all__ = ["disputed_spans"]


def disputed_spans(comparisons: Sequence[Comparison]) -> dict[Span, Span]:
    """Return the span of each contradicting value, with the span of the other side's value."""
    disputes = (
        found for found in comparisons if not found.agrees and not found.is_split_unknown and not found.in_metadata.file
    )
    pairs = [(found.in_metadata.span, found.in_body.span) for found in disputes]
    return dict(pairs) | {shown: stated for stated, shown in pairs}
