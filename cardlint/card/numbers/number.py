"""Numbers as cards write them, exact: never through a float."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

from msgspec import Struct

from cardlint.lazy_regex import pattern

__all__ = ["NUMERAL", "Number", "agree", "parse_number", "read_number"]

_NUMBER = pattern(
    r"(?P<number>[-+\u2212]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,9})?)[ \t]*(?P<percent>[%\uff05])?"
)

NUMERAL = r"[-+\u2212]?(?:[0-9]+(?:[.,][0-9]+)*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,9})?"
"""What looks like a number in a text; `read_number` decides whether it is one."""

_MARGIN = r"(?:[ \t]*(?:\u00b1|\+/?-|&plusmn;|\\pm)[ \t]*[0-9][0-9.,]*[ \t]*(?P<late>[%\uff05])?)?"
_WITH_MARGIN = pattern(rf"(?P<shown>(?P<number>{NUMERAL})\.?(?:[ \t]*\\?(?P<percent>[%\uff05]))?){_MARGIN}")
_FIRST = frozenset("-+\u2212.0123456789")
_GROUPED = pattern(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_GROUPED_BY_POINTS = pattern(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_DECIMAL_COMMA = pattern(r"[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+")


class Number(Struct, frozen=True):
    """A number as written: `value` without the percent sign, `percent` whether there is one, `text` all of it.

    `numeral` is what programs read: the digits as written, with a point, and a hyphen for a minus.
    """

    value: Decimal
    percent: bool
    text: str
    numeral: str = ""


# Several rules read the same columns, and the same numbers stand in many cards.
@lru_cache(maxsize=1024)
def parse_number(text: str) -> Number | None:
    """The number that a text consists of as programs write it, or None where it is anything else."""
    text = text.strip()
    if _is_simple(text):
        return _number(text, percent=False, text=text)
    match = _NUMBER.fullmatch(text)
    return None if match is None else _number(match["number"], match["percent"] is not None, text)


@lru_cache(maxsize=1024)
def read_number(text: str) -> Number | None:
    """The number that a text consists of as people write it: with a decimal comma, groups of thousands, a margin.

    `286.26 +/- 16.68` is 286.26 and `0,93` is 0.93. What may be either of two numbers is none (`1,234`), nor is what is
    no number at all: `12.3.4`, `NaN`, an infinity. Full-width digits are text to the Hub, and so to us.
    """
    text = text.strip()
    if _is_simple(text):
        return _number(text, percent=False, text=text)
    if text[:1] not in _FIRST:
        return None
    match = _WITH_MARGIN.fullmatch(text)
    if match is None:
        return None
    numeral = _with_point(match["number"])
    percent = match["percent"] is not None or match["late"] is not None
    return None if numeral is None else _number(numeral, percent, match["shown"])


def _is_simple(text: str) -> bool:
    """Whether a text is a number at a glance: digits, perhaps a point between them, an exponent. Most numbers are."""
    mantissa, exponential, exponent = text.removeprefix("-").partition("e")
    if exponential and not (exponent.removeprefix("-").isdigit() and len(exponent) < 10):
        return False
    return text.isascii() and mantissa.replace(".", "", 1).isdigit() and mantissa[-1] != "."


def _with_point(numeral: str) -> str | None:
    """The numeral with a decimal point and no groups, None where it may be read in two ways or in none."""
    if "," not in numeral:
        return numeral if numeral.count(".") < 2 else None
    digits = numeral.lstrip("-+\u2212")
    sign = numeral[: len(numeral) - len(digits)]
    if _GROUPED.fullmatch(digits):
        return sign + digits.replace(",", "")
    if _GROUPED_BY_POINTS.fullmatch(digits):
        return sign + digits.replace(".", "").replace(",", ".")
    return sign + digits.replace(",", ".") if _DECIMAL_COMMA.fullmatch(digits) else None


def _number(numeral: str, percent: bool, text: str) -> Number | None:
    numeral = numeral.replace("\u2212", "-")
    try:
        return Number(Decimal(numeral), percent, text, numeral)
    except InvalidOperation:
        return None


def agree(one: Number, other: Number) -> bool:
    """Whether one rounds to the other at the digits shown, or is cut off there; percent and fraction are one number.

    An integer without a percent sign shows its scale only, so `93` and `0.934` agree as 93 % and 93.4 % do.
    """
    # nothing is a hundred times nothing: 0.1 is no percentage of 0.0
    shifts = (0, 2, -2) if one.value and other.value else (0,)
    return any(_close(one, other, shift) for shift in shifts)


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
