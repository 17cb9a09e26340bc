"""Numbers for readers: few digits, and confidence intervals for shares."""

from __future__ import annotations

from math import sqrt

from cardlint.wording import counted

__all__ = ["FEW", "NONE", "interval", "many", "number", "per_thousand", "percent", "size", "wilson"]

FEW = 100
"""A share of fewer than this number is marked, since its interval may be twenty percentage points wide."""

NONE = "\N{EN DASH}"
"""The sign for a missing number."""

_Z = 1.96  # 95 % of a normal distribution are within this number of standard deviations


def number(count: int) -> str:
    """Return a number like `2,500,000`."""
    return f"{count:,}"


def many(count: int, noun: str) -> str:
    """Return a number with its noun: `1 card`, `2,500,000 cards`."""
    return counted(count, noun).replace(str(count), number(count), 1)


def percent(part: float, whole: float) -> str:
    """Return a percentage like `12.3 %`; only none is `0 %`, and only all is `100 %`."""
    if not whole:
        return NONE
    if part in {0, whole}:
        return "100 %" if part else "0 %"
    share = 100 * part / whole
    if share < 0.05:
        return "< 0.1 %"
    return "> 99.9 %" if share >= 99.95 else f"{share:.1f} %"


def per_thousand(part: float, whole: float) -> str:
    """Return the number per thousand: `1,234`, `56.7`, `< 0.1`."""
    if not whole:
        return NONE
    rate = 1000 * part / whole
    if not rate:
        return "0"
    return "< 0.1" if rate < 0.05 else f"{rate:.1f}" if rate < 99.95 else f"{rate:,.0f}"


def size(count: float) -> str:
    """Return a number of bytes in decimal units: `850 B`, `1.7 kB`, `34 MB`."""
    unit = "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if count < 999.5:
            break
        count, unit = count / 1000, larger
    return f"{count:.1f} {unit}" if count < 9.95 and unit != "B" else f"{count:.0f} {unit}"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return Wilson's 95 % confidence interval of a share, from 0 to 1; `whole` is not 0."""
    share, square = part / whole, _Z * _Z
    middle = share + square / (2 * whole)
    reach = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    scale = 1 + square / whole
    # for none and for all one end is exact, which rounding must not change
    low = 0.0 if part == 0 else (middle - reach) / scale
    return low, 1.0 if part == whole else (middle + reach) / scale


def interval(part: int, whole: int) -> str:
    """Return Wilson's interval in percent: `11.8 to 12.9`."""
    if not whole:
        return NONE
    low, high = wilson(part, whole)
    return f"{100 * low:.1f} to {100 * high:.1f}"
