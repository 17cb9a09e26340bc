"""Emissions in grams, as the Hub reads the metadata, against kilograms and tonnes in the text."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cardlint.card.arithmetic.contradiction import Contradiction
from cardlint.card.arithmetic.texts import find_texts
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Content
from cardlint.card.numbers.number import NUMERAL, Number, parse_number, read_number
from cardlint.card.numbers.rounding import Interval, computed
from cardlint.card.yaml.nodes import Metadata, Scalar, value_under
from cardlint.lazy_regex import LazyPattern

__all__ = ["MASS_UNITS", "wrong_emissions"]

MASS_UNITS = {"g": 1, "gram": 1, "grams": 1, "kg": 10**3, "kilogram": 10**3, "kilograms": 10**3} | dict.fromkeys(
    ("t", "ton", "tons", "tonne", "tonnes"), 10**6
)
_ABOUT = LazyPattern(r"(?i)carbon|\bco ?_?[2₂]|emission")
_MASS = LazyPattern(
    rf"(?i)(?<![\w.,+-])(?P<number>{NUMERAL})[*_`]* ?(?P<unit>{'|'.join(sorted(MASS_UNITS, key=len, reverse=True))})\b"
    r"(?! ?(?:/|per\b))(?!.{0,12}(?:/| per )[ ]?k?wh)"
)


def wrong_emissions(metadata: Metadata, body: Document) -> Iterator[Contradiction]:
    """Yield the emissions of the metadata if they are the kilograms or tonnes of the text without their factor."""
    value = metadata.get("co2_eq_emissions")
    scalar = value if isinstance(value, Scalar) else value_under(value, "emissions")
    number = parse_number(scalar.text) if isinstance(scalar, Scalar) else None
    if not isinstance(scalar, Scalar) or number is None or number.value <= 0:
        return
    masses = [mass for content in find_texts(body) for mass in _masses(content)]
    if any(_agree(number, mass, factor) for mass, factor, _, _ in masses):
        return
    for mass, factor, content, place in masses:
        if factor > 1 and _agree(number, mass, 1):
            yield Contradiction(
                relation="emissions",
                span=scalar.span,
                message=f"the emissions are {scalar.text} g here, but {content.text[slice(*place)]} in the text",
                related=((content.span(*place), content.text[slice(*place)]),),
            )
            return


_Mass = tuple[Number, int, Content, tuple[int, int]]


def _masses(content: Content) -> Iterator[_Mass]:
    """Yield the masses of a text about emissions: the number, its unit in grams, and the place."""
    if _ABOUT.search(content.text):
        for match in _MASS.finditer(content.text):
            number = read_number(match["number"])
            if number is not None:
                yield number, MASS_UNITS[match["unit"].lower()], content, match.span()


def _agree(number: Number, mass: Number, factor: int) -> bool:
    """Return True if a number of grams rounds to a mass in a unit of so many grams."""
    grams, shown = computed(number), computed(mass)
    if grams is None or shown is None:
        return True
    unit = Decimal(factor)
    return grams.meets(Interval(shown.low * unit, shown.high * unit))
