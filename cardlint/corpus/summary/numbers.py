"""Numbers as a reader takes them in: few digits, and how sure a share is."""

from __future__ import annotations

from math import sqrt

from cardlint.reporters.terminal.summary_text import counted

__all__ = ["FEW", "NONE", "interval", "many", "number", "per_thousand", "percent", "size", "wilson"]

FEW = 100
"""A share of fewer than so many is marked: its interval may be as wide as twenty points of a hundred."""

NONE = "\N{EN DASH}"
"""What stands where there is no number."""

_Z = 1.96  # of a normal distribution, 95 % lie within so many deviations


def number(count: int) -> str:
    """`2,500,000`."""
    return f"{count:,}"


def many(count: int, noun: str) -> str:
    """`1 card`, `2,500,000 cards`."""
    return counted(count, noun).replace(str(count), number(count), 1)


def percent(part: float, whole: float) -> str:
    """`12.3 %`; what is not none never reads as 0, and what is not all never as 100."""
    if not whole:
        return NONE
    if part in {0, whole}:
        return "100 %" if part else "0 %"
    share = 100 * part / whole
    if share < 0.05:
        return "< 0.1 %"
    return "> 99.9 %" if share >= 99.95 else f"{share:.1f} %"


def per_thousand(part: float, whole: float) -> str:
    """How many come to a thousand: `1,234`, `56.7`, `< 0.1`."""
    if not whole:
        return NONE
    rate = 1000 * part / whole
    if not rate:
        return "0"
    return "< 0.1" if rate < 0.05 else f"{rate:.1f}" if rate < 99.95 else f"{rate:,.0f}"


def size(count: float) -> str:
    """So many bytes, in decimal units: `850 B`, `1.7 kB`, `34 MB`."""
    unit = "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if count < 999.5:
            break
        count, unit = count / 1000, larger
    return f"{count:.1f} {unit}" if count < 9.95 and unit != "B" else f"{count:.0f} {unit}"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The interval, from 0 to 1, in which a share lies with 95 % certainty (Wilson's); `whole` is not 0."""
    share, square = part / whole, _Z * _Z
    middle = share + square / (2 * whole)
    reach = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    scale = 1 + square / whole
    # the ends are exact where nothing or all is hit, and rounding must not say otherwise
    low = 0.0 if part == 0 else (middle - reach) / scale
    return low, 1.0 if part == whole else (middle + reach) / scale


def interval(part: int, whole: int) -> str:
    """Wilson's interval in hundredths: `11.8 to 12.9`."""
    if not whole:
        return NONE
    low, high = wilson(part, whole)
    return f"{100 * low:.1f} to {100 * high:.1f}"
