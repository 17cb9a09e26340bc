"""What a number that is shown may be: the truth always lies inside."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardlint.card.numbers.number import parse_number
from cardlint.card.numbers.rounding import Interval, shown

VALUES = st.decimals(min_value=0, max_value=1000, places=8)


@given(VALUES, st.integers(0, 6))
def test_a_rounded_number_may_be_what_it_was(value, places):
    unit = Decimal(1).scaleb(-places)
    for rounding in ("ROUND_HALF_EVEN", "ROUND_DOWN"):
        interval = shown(parse_number(str(value.quantize(unit, rounding=rounding))))
        assert interval.low <= value <= interval.high


@given(VALUES, VALUES, st.integers(0, 6))
def test_squares_and_logarithms_hold_those_of_every_number_inside(one, other, places):
    interval = Interval(min(one, other), max(one, other))
    squares, logarithms = interval.squared(), interval.logarithms()
    for value in (one, other, (one + other) / 2):
        assert squares.low <= value * value <= squares.high
        if logarithms is not None:
            assert logarithms.low - Decimal("1e-20") <= value.ln() <= logarithms.high + Decimal("1e-20")


def test_intervals_that_share_an_end_meet():
    one, other = Interval(Decimal(1), Decimal(2)), Interval(Decimal(2), Decimal(3))
    assert one.meets(other)
    assert not other.is_above(one)
    assert other.widened(Decimal("-0.5")).is_above(one)


@pytest.mark.parametrize("text", ["1e400", "1e-400", "1e9999", "1" * 80, "1e-9999"])
def test_what_no_metric_can_be_has_no_interval(text):
    assert shown(parse_number(text)) is None


def test_a_number_of_many_digits_keeps_them_all():
    text = "0." + "1234567890" * 5
    interval = shown(parse_number(text))
    assert interval.high - interval.low == Decimal((0, (2,), -50))
    assert interval.low < Decimal(text) < interval.high
