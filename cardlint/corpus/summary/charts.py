"""Charts as inline SVG; the page's CSS defines colours and sizes."""

from __future__ import annotations

from collections.abc import Sequence

from cardlint.corpus.summary.layout import Bar
from cardlint.corpus.summary.numbers import FEW, percent, wilson
from cardlint.reporters.html.escaping import escape

__all__ = ["bar", "stack"]


def bar(cell: Bar) -> str:
    """Return a bar with its interval as a line; it is hidden from screen readers, since the numbers are next to it."""
    if not cell.whole:
        return ""
    low, high = (_at(edge, cell.end) for edge in wilson(cell.part, cell.whole))
    length = _at(cell.part / cell.whole, cell.end)
    classes = " ".join(filter(None, ("bar", cell.hue, "unsure" if cell.whole < FEW else "")))
    return (
        f'<svg class="{classes}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{length}" height="10"/><path d="M{low} 5H{high}"/></svg>'
    )


def _at(share: float, end: float) -> str:
    return f"{min(100 * share / end, 100):.2f}".rstrip("0").rstrip(".")


def stack(parts: Sequence[tuple[str, int, str]]) -> str:
    """Return a bar of the parts of a whole side by side; the table below is the legend."""
    whole = sum(count for _, count, _ in parts)
    drawn, start = [], 0
    for label, count, hue in parts:
        x, width = _at(start / whole, 1), _at(count / whole, 1)
        title = f"<title>{escape(label)}: {escape(percent(count, whole))}</title>"
        drawn.append(f'<rect class="{hue}" x="{x}" width="{width}" height="10">{title}</rect>')
        start += count
    words = ", ".join(f"{label} {percent(count, whole)}" for label, count, _ in parts)
    return (
        f'<svg class="stack" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{escape(words)}">'
        f"{''.join(drawn)}</svg>\n"
    )
