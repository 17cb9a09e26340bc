"""Numbers as cards write them, exact: never through a float."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from cardlint.pattern import pattern
from cardlint.record import record

__all__ = ["Number", "agree", "parse_number"]

_NUMBER = pattern(
    r"(?P<number>[-+\u2212]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,9})?)[ \t]*(?P<percent>[%\uff05])?"
)


@record
class Number:
    """A number as written: `value` without the percent sign, `percent` whether there is one, `text` all of it."""

    value: Decimal
    percent: bool
    text: str


def parse_number(text: str) -> Number | None:
    """The number that a text consists of, or None where it is anything else."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    try:
        value = Decimal(match["number"].replace("\u2212", "-"))
    except InvalidOperation:
        return None
    return Number(value, match["percent"] is not None, text.strip())


def agree(one: Number, other: Number) -> bool:
    """Whether one rounds to the other at the digits shown, or is cut off there; percent and fraction are one number.

    An integer without a percent sign shows its scale only, so `93` and `0.934` agree as 93 % and 93.4 % do.
    """
    return any(_close(one, other, shift) for shift in (0, 2, -2))


def _close(one: Number, other: Number, shift: int) -> bool:
    """Whether `one` times ten to the `shift` is `other` at the coarser of the digits shown."""
    first, second = _shifted(one.value, shift), _shifted(other.value, 0)
    if first is None or second is None:
        return one.value.compare(other.value) == 0
    if _exponent(first) < _exponent(second):
        first, second = second, first
    # `second` shows more digits; rounded to those of `first` it lies within half a unit, cut off within a whole one
    unit = Decimal((0, (1,), _exponent(first)))
    return abs(second - first) * 2 <= unit or (
        0 <= abs(second) - abs(first) < unit and first.is_signed() == second.is_signed()
    )


# No metric has more digits; a larger exponent would make a subtraction fill the memory with zeros.
_MOST_DIGITS = 400


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def _shifted(value: Decimal, shift: int) -> Decimal | None:
    """The value times ten to the `shift`, exact; None where it is infinite or beyond any metric."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or abs(exponent) > _MOST_DIGITS or len(digits) > _MOST_DIGITS:
        return None
    return Decimal((sign, digits, exponent + shift))
