"""Numbers that follow from others: what a table or sentence computes right is never reported, and a slip is."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cardlint.card.agreement.evaluations import evaluations
from cardlint.card.arithmetic.averages import wrong_averages
from cardlint.card.arithmetic.differences import wrong_differences
from cardlint.card.arithmetic.laws import Conditions, broken_laws, figures_of_claims
from cardlint.card.arithmetic.number_table import number_tables
from cardlint.card.arithmetic.shares import wrong_shares
from cardlint.card.card import parse
from cardlint.card.claims.claim import Claim, Grounds, How
from cardlint.card.numbers.number import read_number
from cardlint.source import Source, Span

DIGITS = st.sampled_from((1, 2, 3))


def card(*rows):
    lines = [*rows[:1], ["---"] * len(rows[0]), *rows[1:]]
    text = "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)
    return parse(Source("README.md", f"# tide\n\n{text}"))


def found(there, *checks):
    tables = number_tables(there.grids)
    return [each.span for table in tables for check in checks for each in check(table)]


def rounded(value, digits):
    return round(Decimal(value), digits)


def scores(digits):
    return st.integers(10 * 10**digits, 99 * 10**digits).map(lambda number: Decimal(number).scaleb(-digits))


@st.composite
def differences(draw):
    """Rows of two scores and their difference in one of the ways in which cards write it."""
    digits = draw(DIGITS)
    way = draw(
        st.sampled_from(
            (
                lambda a, b: b - a,
                lambda a, b: a - b,
                lambda a, b: 100 * (b - a) / a,
                lambda a, b: b / a,
                lambda a, b: 100 * (b - a) / (100 - a),
            )
        )
    )
    pairs = draw(st.lists(st.tuples(scores(digits), scores(digits)), min_size=1, max_size=8))
    head = draw(st.sampled_from(("Change", "Δ", "Improvement", "**Gain**", "Delta (%)", "Relative gain")))
    rows = [[f"m{index}", a, b, f"{rounded(way(a, b), digits):+}"] for index, (a, b) in enumerate(pairs)]
    return [["Metric", "Base", "Fine-tuned", head], *rows]


@given(differences())
def test_right_differences_are_not_reported(rows):
    assert not found(card(*rows), wrong_differences)
    turned = [list(column) for column in zip(*rows, strict=True)]
    assert not found(card(*turned), wrong_differences)


@given(st.data(), DIGITS)
def test_a_slip_in_a_difference_is_reported(data, digits):
    pairs = data.draw(st.lists(st.tuples(scores(digits), scores(digits)), min_size=3, max_size=8))
    place = data.draw(st.integers(0, len(pairs) - 1))
    rows = [["m", a, b, f"{b - a:+}"] for a, b in pairs]
    a, b = pairs[place]
    # a difference that no other way of computing gives either
    slip = abs(b - a) + 20_000
    rows[place][3] = f"+{slip}"
    there = card(["Metric", "Base", "Fine-tuned", "Change"], *rows)
    (span,) = found(there, wrong_differences)
    assert there.source.slice(span).lstrip("+") == str(slip)


@st.composite
def averages(draw):
    """Rows of scores with the row of their means, the label of which may say of how many."""
    digits = draw(DIGITS)
    count, width = draw(st.integers(2, 9)), draw(st.integers(1, 5))
    rows = draw(st.lists(st.lists(scores(digits), min_size=width, max_size=width), min_size=count, max_size=count))
    label = draw(st.sampled_from(("Average", "Avg.", f"Mean of the {count}", f"Average ({count} languages)")))
    means = [rounded(sum(column) / count, digits) for column in zip(*rows, strict=True)]
    body = [[f"language {chr(97 + index)}", *row] for index, row in enumerate(rows)]
    return [["Language", *(f"Metric {chr(97 + index)}" for index in range(width))], *body, [label, *means]]


@given(averages())
def test_right_averages_are_not_reported(rows):
    assert not found(card(*rows), wrong_averages)
    turned = [list(column) for column in zip(*rows, strict=True)]
    assert not found(card(*turned), wrong_averages)


@given(averages(), st.data())
def test_a_slip_in_an_average_that_counts_its_members_is_reported(rows, data):
    assume(any(digit.isdigit() for digit in rows[-1][0]))
    place = data.draw(st.integers(1, len(rows[0]) - 1))
    rows[-1][place] += 7
    there = card(*rows)
    (span,) = found(there, wrong_averages)
    assert there.source.slice(span) == str(rows[-1][place])


def shares(text):
    return list(wrong_shares(parse(Source("README.md", f"It is right in {text}.")).body))


@given(st.integers(101, 5000), st.integers(1, 100), st.integers(0, 3), st.sampled_from(("({}/{})", "({} of {} gulls)")))
def test_right_shares_are_not_reported(count, part, digits, form):
    hits = max(count * part // 100, 1)
    share = rounded(Decimal(100 * hits) / count, digits)
    assert not shares(f"{share}% {form.format(hits, count)}")


@given(st.integers(3, 99), st.integers(12, 30), st.integers(0, 3), st.sampled_from(("({}/{})", "({} of {} gulls)")))
def test_a_slip_in_a_share_is_reported(count, part, digits, form):
    count = 50 * count + 7
    hits = count * part // 100
    share = rounded(Decimal(100 * hits) / count, digits)
    assert len(shares(f"{share + 30}% {form.format(hits, count)}")) == 1


class Name(str):  # noqa: SLOT000
    """A name that counts how often names are compared."""

    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other):
        Name.compared += 1
        return str(self) == str(other)


def group_by_evaluation(claims):
    return list(evaluations(claims, Source("README.md", "")))


def contradictions(claims):
    return list(broken_laws(figures_of_claims(claims), Conditions(True, True, None)))


def comparisons(function, count, variant):
    """The number of comparisons of names for a list of this many numbers."""
    number = read_number("0.5")
    claims = [
        Claim(
            metric=Name("quality"),
            label="quality",
            number=number,
            source="summary",
            span=Span(place, place + 1),
            variant=variant.format(place),
            grounds=Grounds(How.RESULTS_LIST, Span(0, 1)),
        )
        for place in range(count)
    ]
    Name.compared = 0
    function(claims)
    return Name.compared


@pytest.mark.parametrize("variant", ["one", "one of {}"])
@pytest.mark.parametrize("function", [group_by_evaluation, contradictions])
def test_a_long_list_of_numbers_takes_linear_time(function, variant):
    assert comparisons(function, 2_000, variant) - comparisons(function, 1_000, variant) <= 5 * 1_000
