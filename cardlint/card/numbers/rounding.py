"""The exact interval of values that a rounded number may have."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

from msgspec import Struct

from cardlint.card.numbers.number import Number

__all__ = ["Interval", "computed", "is_computable", "shown"]

# No metric has more digits or is as large; with more, arithmetic takes too long.
_MOST_DIGITS = 60
_PRECISE = Context(prec=4 * _MOST_DIGITS)


class Interval(Struct, frozen=True):
    """All numbers from `low` to `high`."""

    low: Decimal
    high: Decimal

    def is_above(self, other: Interval) -> bool:
        """Return True if every number of this interval is greater than every number of `other`."""
        return self.low > other.high

    def meets(self, other: Interval) -> bool:
        """Return True if both intervals have a number in common."""
        return not (self.is_above(other) or other.is_above(self))

    def squared(self) -> Interval:
        """Return the squares of these numbers; negative numbers count as 0."""
        low = max(self.low, Decimal())
        return Interval(_PRECISE.multiply(low, low), _PRECISE.multiply(self.high, self.high))

    def logarithms(self) -> Interval | None:
        """Return the natural logarithms, or None if not all numbers are positive."""
        if self.low <= 0:
            return None
        with localcontext(Context(prec=_MOST_DIGITS)):
            return Interval(self.low.ln(), self.high.ln())

    def widened(self, by: Decimal) -> Interval:
        """Return the interval, extended by `by` at both ends."""
        return Interval(_PRECISE.subtract(self.low, by), _PRECISE.add(self.high, by))


def is_computable(number: Number) -> bool:
    """Return False for a number that is too large or too long for a metric, which has no interval."""
    exponent = number.value.as_tuple().exponent
    return isinstance(exponent, int) and max(abs(exponent), abs(number.value.adjusted())) <= _MOST_DIGITS


def shown(number: Number) -> Interval | None:
    """Return the interval of a number before it was rounded or cut off; None if it is too large for a metric."""
    if not is_computable(number):
        return None
    exponent = number.value.as_tuple().exponent
    assert isinstance(exponent, int)
    # a number that was cut off may be up to one unit larger than shown
    return Interval(number.value, number.value).widened(Decimal((0, (1,), min(exponent, 0))))


_FLOAT32 = Decimal("1e-5")


def computed(number: Number) -> Interval | None:
    """Return the interval of a number that a program may have computed with 32 bits, or None if it is too large.

    Such a program prints more digits than are right: numbers that differ by a hundred-thousandth are the same.
    """
    interval = shown(number)
    if interval is None:
        return None
    slack = _PRECISE.multiply(abs(number.value), _FLOAT32)
    return Interval(
        min(interval.low, _PRECISE.subtract(number.value, slack)),
        max(interval.high, _PRECISE.add(number.value, slack)),
    )
