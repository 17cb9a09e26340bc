"""The values of plain YAML scalars: for the Hub (js-yaml, YAML 1.2) and for huggingface_hub (PyYAML, YAML 1.1).

Sources: the core schema of YAML 1.2.2 (10.3.2) with js-yaml 4's timestamp, and PyYAML's resolver and constructor.
Numbers are exact: one with a fraction or an exponent is a `Decimal` of the digits as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from cardlint.lazy_regex import LazyPattern

__all__ = ["Timestamp", "Value", "read_as_hub", "read_as_python"]


class Timestamp(str):
    """A scalar that is read as a date; the text as written."""

    __slots__ = ()


Value = None | bool | int | Decimal | str
"""A scalar as data: null, boolean, integer, exact number, or text (`Timestamp` is text)."""

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_PYTHON_TRUE = _TRUE | {"yes", "Yes", "YES", "on", "On", "ON"}
_PYTHON_FALSE = _FALSE | {"no", "No", "NO", "off", "Off", "OFF"}
_NAN = frozenset((".nan", ".NaN", ".NAN"))
_INFINITE = frozenset(("inf", "Inf", "INF"))
# A scalar with another first character is text. Most are, and need no regular expression.
_NUMERIC = frozenset("-+.0123456789")
_BEGINNINGS = _NUMERIC | frozenset("~nNtTfFyYoO")

_HUB_INTEGER = LazyPattern(r"[-+]?(?:0b[01]+|0x[0-9a-fA-F]+|0o[0-7]+|[0-9]+)$")
# js-yaml and PyYAML accept a sign only before a digit: `-.5` is text to both
_HUB_FLOAT = LazyPattern(r"(?:\.[0-9]+|[-+]?[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")
_PYTHON_INTEGER = LazyPattern(
    r"[-+]?(?:0b[0-1_]+|0x[0-9a-fA-F_]+|0[0-7_]+|0|[1-9][0-9_]*|[1-9][0-9_]*(?::[0-5]?[0-9])+)$"
)
_PYTHON_FLOAT = LazyPattern(
    r"(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$"
)
_TIMESTAMP = LazyPattern(
    r"\d{4}-\d\d-\d\d$|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$",
    re.ASCII,
)


@lru_cache(4096)
def read_as_hub(text: str) -> Value:
    """Read a plain scalar with YAML 1.2, as the Hub does."""
    return _read(text, true=_TRUE, false=_FALSE, read_number=_hub_number)


@lru_cache(4096)
def read_as_python(text: str) -> Value:
    """Read a plain scalar with YAML 1.1, as PyYAML's safe loader does."""
    return _read(text, true=_PYTHON_TRUE, false=_PYTHON_FALSE, read_number=_python_number)


def _read(text: str, *, true: frozenset[str], false: frozenset[str], read_number: Callable[[str], Value]) -> Value:
    if text[:1] not in _BEGINNINGS and text:
        return text
    if text in _NULLS:
        return None
    if text in true or text in false:
        return text in true
    if text[0] not in _NUMERIC:
        return text
    if _is_simple(text):
        return _decimal(text) if "." in text else _integer(text, octal="0o")
    return read_number(text)


def _hub_number(text: str) -> Value:
    if _HUB_INTEGER.match(text):
        return _integer(text, octal="0o")
    if _HUB_FLOAT.match(text):
        return _decimal(text)
    return _special(text)


def _python_number(text: str) -> Value:
    if _PYTHON_INTEGER.match(text):
        return _integer(text.replace("_", ""), octal="0")
    if _PYTHON_FLOAT.match(text):
        digits = text.replace("_", "")
        return _sexagesimal(digits) if ":" in digits else _decimal(digits)
    return _special(text)


def _is_simple(text: str) -> bool:
    """Return True if both read the text as the same number: digits without a leading zero, or with a fraction."""
    whole, point, fraction = text.partition(".")
    if not (text.isascii() and whole.isdigit()):
        return False
    return fraction.isdigit() if point else whole[0] != "0"


def _special(text: str) -> Value:
    if text in _NAN:
        return Decimal("NaN")
    if text[-3:] in _INFINITE and text[:-3] in {".", "-.", "+."}:
        return Decimal("-Infinity" if text[0] == "-" else "Infinity")
    return Timestamp(text) if text[4:5] == "-" and _TIMESTAMP.match(text) else text


def _integer(text: str, *, octal: str) -> Value:
    """Read an integer of any base; one with more digits than Python converts stays a `Decimal`."""
    sign = -1 if text[0] == "-" else 1
    digits = text.lstrip("+-")
    if ":" in digits:
        return _sexagesimal(text)
    try:
        if digits[:2] in ("0b", "0x"):
            return sign * int(digits, 0)
        if digits.startswith(octal) and digits != "0":
            return sign * int(digits[len(octal) :] or "0", 8)
        return sign * int(digits)
    except ValueError:
        return _decimal(text)


def _sexagesimal(text: str) -> int | Decimal:
    total: int | Decimal = 0
    for part in text.lstrip("+-").split(":")[:64]:  # a clock time has fewer
        total = total * 60 + (Decimal(part[:32]) if "." in part else int(part[:32]))
    return -total if text[0] == "-" else total


def _decimal(text: str) -> Value:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent too large for a Decimal
        return text
