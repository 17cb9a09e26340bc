"""What a number that is shown may be in truth: the interval that its last digit leaves open, exact."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

from msgspec import Struct

from cardlint.card.numbers.number import Number

__all__ = ["Interval", "shown"]

# No metric has more digits, nor is one as large: beyond that arithmetic takes for ever.
_MOST_DIGITS = 60
_PRECISE = Context(prec=4 * _MOST_DIGITS)


class Interval(Struct, frozen=True):
    """All numbers from `low` to `high`."""

    low: Decimal
    high: Decimal

    def is_above(self, other: Interval) -> bool:
        """Whether every number here is greater than every one there."""
        return self.low > other.high

    def meets(self, other: Interval) -> bool:
        """Whether both have a number in common."""
        return not (self.is_above(other) or other.is_above(self))

    def squared(self) -> Interval:
        """The squares of these numbers, none of which is negative."""
        low = max(self.low, Decimal())
        return Interval(_PRECISE.multiply(low, low), _PRECISE.multiply(self.high, self.high))

    def logarithms(self) -> Interval | None:
        """Their natural logarithms; None where not all are positive."""
        if self.low <= 0:
            return None
        with localcontext(Context(prec=_MOST_DIGITS)):
            return Interval(self.low.ln(), self.high.ln())

    def widened(self, by: Decimal) -> Interval:
        """The interval with so much more at both ends."""
        return Interval(_PRECISE.subtract(self.low, by), _PRECISE.add(self.high, by))


def shown(number: Number) -> Interval | None:
    """What a number may be before it was rounded, or cut off, for show; None where it is beyond any metric."""
    exponent = number.value.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > _MOST_DIGITS or abs(number.value.adjusted()) > _MOST_DIGITS:
        return None
    # a number that was cut off lies up to a whole unit from what is shown
    return Interval(number.value, number.value).widened(Decimal((0, (1,), min(exponent, 0))))
