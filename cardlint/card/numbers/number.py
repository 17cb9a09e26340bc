"""Numbers as cards write them, exact: they are never converted to float."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern

__all__ = ["NUMBER_IN_TEXT", "NUMERAL", "Number", "agree", "parse_number", "read_number"]

_NUMBER = LazyPattern(
    r"(?P<number>[-+\u2212]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,9})?)[ \t]*(?P<percent>[%\uff05])?"
)

NUMERAL = r"[-+\u2212]?(?:[0-9]+(?:[.,][0-9]+)*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,9})?"
"""A text that looks like a number; `read_number` decides if it is one."""

NUMBER_IN_TEXT = LazyPattern(rf"(?<![\w.,])(?P<number>{NUMERAL}(?:[ ]?\\?[%\uff05])?)(?![\w%]|[.,]\d)")
"""A text that looks like a number amid others, with its percent sign."""

# With more places before or behind the point, a number is not read: products and powers of such numbers overflow.
_MOST_PLACES = 10_000

_MARGIN = r"(?:[ \t]*(?:\u00b1|\+/?-|&plusmn;|\\pm)[ \t]*[0-9][0-9.,]*(?:[ \t]*(?P<late>[%\uff05]))?)?"
_WITH_MARGIN = LazyPattern(rf"(?P<shown>(?P<number>{NUMERAL})\.?(?:[ \t]*\\?(?P<percent>[%\uff05]))?){_MARGIN}")
_FIRST = frozenset("-+\u2212.0123456789")
_GROUPED = LazyPattern(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_GROUPED_BY_POINTS = LazyPattern(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_DECIMAL_COMMA = LazyPattern(r"[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+")


class Number(Struct, frozen=True, gc=False):
    """A number as written: `value` is without the percent sign, `percent` is true if it has one, `text` is all.

    `numeral` is the form for programs: the digits as written, with a decimal point, and a hyphen as the minus sign.
    """

    value: Decimal
    percent: bool
    text: str
    numeral: str = ""


# Several rules read the same columns, and many cards contain the same numbers.
@lru_cache(maxsize=1024)
def parse_number(text: str) -> Number | None:
    """Parse a text that is one number as programs write it, or return None."""
    text = text.strip()
    if _is_simple(text):
        return _number(text, percent=False, text=text)
    match = _NUMBER.fullmatch(text)
    return None if match is None else _number(match["number"], match["percent"] is not None, text)


@lru_cache(maxsize=1024)
def read_number(text: str) -> Number | None:
    """Parse a text that is one number as people write it: with a decimal comma, digit groups or a margin.

    `286.26 +/- 16.68` is 286.26 and `0,93` is 0.93. None for a text with two possible readings (`1,234`) and for one
    that is not a number: `12.3.4`, `NaN`, an infinity, `1e10000`. Full-width digits are text to the Hub, so they are
    text here.
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
    """Return True for digits with an optional point and exponent, which most numbers are."""
    mantissa, exponential, exponent = text.removeprefix("-").partition("e")
    if exponential and not (exponent.removeprefix("-").isdigit() and len(exponent) < 10):
        return False
    return text.isascii() and mantissa.replace(".", "", 1).isdigit() and mantissa[-1] != "."


def _with_point(numeral: str) -> str | None:
    """Return the numeral with a decimal point and without groups, or None if it has two readings or none."""
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
        value = Decimal(numeral)
    except InvalidOperation:
        return None
    return Number(value, percent, text, numeral) if abs(value.adjusted()) < _MOST_PLACES else None


def agree(one: Number, other: Number) -> bool:
    """Return True if both numbers may be the same value, rounded or cut off, as a fraction or in percent.

    An integer without a percent sign can have either scale: `93` and `0.934` agree like 93 % and 93.4 %.
    """
    # 0 has no scale: 0.1 is not a percentage of 0.0
    if not one.value or not other.value:
        return _close(one.value, other.value, 0)
    # numbers whose first digits are two places apart differ by more than the last digit of either
    apart = one.value.adjusted() - other.value.adjusted()
    return any(_close(one.value, other.value, shift) for shift in (0, 2, -2) if abs(apart + shift) <= 1)


def _close(one: Decimal, other: Decimal, shift: int) -> bool:
    """Return True if `one` times ten to the `shift` equals `other` at the digits of the one that shows fewer."""
    sign, digits, exponent = one.as_tuple()
    other_sign, other_digits, other_exponent = other.as_tuple()
    if not (_is_short(digits, exponent) and _is_short(other_digits, other_exponent)):
        return one.compare(other) == 0
    assert isinstance(exponent, int)
    assert isinstance(other_exponent, int)
    exponent += shift
    shifted = Decimal((sign, digits, exponent)) if shift else one
    # the second shows more digits: rounded to the first it differs by at most half a unit, cut off by less than one
    first, second = (shifted, other) if exponent >= other_exponent else (other, shifted)
    unit = Decimal((0, (1,), max(exponent, other_exponent)))
    return abs(second - first) * 2 <= unit or (0 <= abs(second) - abs(first) < unit and sign == other_sign)


# No metric has more digits; with a larger exponent a subtraction would fill the memory with zeros.
_MOST_DIGITS = 400


def _is_short(digits: tuple[int, ...], exponent: int | str) -> bool:
    """Return False for an infinity, and for a number that is too long for a metric."""
    return isinstance(exponent, int) and abs(exponent) <= _MOST_DIGITS and len(digits) <= _MOST_DIGITS
