"""A value as cells of results tables and bullets hold it: a number with the marks and the bracket that belong to it."""

from __future__ import annotations

from msgspec import Struct

from cardlint.card.numbers.number import NUMERAL, Number, read_number
from cardlint.lazy_regex import LazyPattern

__all__ = ["Value", "read_value"]

_MARGIN = r"(?:[ \t]*(?:\u00b1|\+/?-|&plusmn;|\\pm)[ \t]*[0-9][0-9.,]*(?:[ \t]*[%\uff05])?)?"
# Ornaments around a number: markup, arrows, ticks, medals, footnote marks. Letters and digits are none.
_MARKS = (
    r"[\s*_`$\\^\u00b9\u00b2\u00b3\u2070-\u2079\u2020\u2021"
    r"\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]*"
)
_BRACKET = r"[(\[](?P<bracket>[^()\[\]\n]{1,60})[)\]]"
_VALUE = LazyPattern(
    rf"{_MARKS}(?P<vague>(?:[\u2248~<>\u2264\u2265]|\\(?:approx|sim|leq?|geq?)\b)[ $]*)?"
    rf"(?P<number>(?P<shown>{NUMERAL}\.?(?:[ \t]*\\?[%\uff05])?){_MARGIN})"
    rf"(?:[ ]*(?:pts?|points|pp)\b\.?)?{_MARKS}+(?:{_BRACKET}{_MARKS}+)?"
)
# An interval, a deviation, a number of runs or of hits: it belongs to the value and narrows nothing.
_HARMLESS = LazyPattern(
    r"(?i)(?:95|90|99)\s*%\s*(?:CI|confidence)?\b.*|CI\b.*|[\u00b1+/\-\s]*[0-9][0-9.,%\s\u2013:;/\u00b1-]*"
    r"|(?:std|sd|se|stderr)\b.*|n\s*=\s*[0-9,]+"
    r"|(?:average|averaged|mean|median)?\s*+(?:(?:of|over)\s*+)?[0-9]+ (?:runs|seeds|folds)"
    r"|\u2191|\u2193|higher is better|lower is better|(?:best|avg\.?|average|mean|median)(?:[:= ]+[0-9.,]+ ?%?)?"
)


_LONGEST = 300  # characters of a value with what is around it


class Value(Struct, frozen=True):
    """A number, and the words of a bracket behind it that may name a split, a data set or a setting.

    A `vague` one is marked as about, above or below the number.
    """

    number: Number
    note: str = ""
    vague: bool = False


def read_value(text: str) -> Value | None:
    """Return the value that a text consists of, or None.

    `71.66% [71.0, 72.3]` is 71.66 %, `0.80 (test)` is 0.80 with the note `test`. A signed number (`+1.41`) is a
    difference and `0.8 \u2192 0.9` is two numbers: neither is a value.
    """
    if len(text) > _LONGEST:
        return None
    plain = read_number(text)
    if plain is not None:
        return None if plain.text.startswith("+") else Value(plain)
    match = _VALUE.fullmatch(text)
    if match is None or match["number"].startswith("+"):
        return None
    number = read_number(match["number"])
    if number is None:
        return None
    note = (match["bracket"] or "").strip()
    return Value(number, "" if _HARMLESS.fullmatch(note) else note, match["vague"] is not None)
