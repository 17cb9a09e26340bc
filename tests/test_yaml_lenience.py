"""What js-yaml reads and YAML parsers refuse, and the other way round: each document was given to js-yaml 4.3.2."""

import time
from decimal import Decimal

import pytest
from growth import too_slow
from hypothesis import given
from hypothesis import strategies as st

from cardlint.card.yaml.lenience import relaxed
from cardlint.card.yaml.nodes import Mapping, Scalar, Sequence, parse_metadata, resolve
from cardlint.source import Source, Span


def parse(text):
    source = Source("a.md", f"---\n{text}\n---\n")
    return parse_metadata(source, Span(4, 4 + len(text)))


def data(node):
    """The node as the Hub has it, aliases and merge keys left as they stand."""
    match resolve(node):
        case Scalar() as scalar:
            return scalar.hub
        case Sequence() as sequence:
            return [data(item) for item in sequence.items]
        case Mapping() as mapping:
            return {entry.name: data(entry.value) for entry in mapping.entries}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # a tab on a line with nothing else, or with a comment
        ("a: b\n\t\nc: d", {"a": "b", "c": "d"}),
        ("a:\n  b: c\n \t \n  d: e", {"a": {"b": "c", "d": "e"}}),
        ("\t# words\na: b", {"a": "b"}),
        ("a: b\n\t# words", {"a": "b"}),
        ("a: 'b\n\t\n c'\n\t\nd: e", {"a": "b\nc", "d": "e"}),
        # which stays where it belongs to a text
        ("a: |\n  b\n  \t\n\t\nc: d", {"a": "b\n\t\n", "c": "d"}),
        # a tab between a dash or an indentation and a scalar
        ("a:\n-\tb", {"a": ["b"]}),
        ("- -\ta", [["a"]]),
        ("a:\n  \tb", {"a": "b"}),
        # what YAML does not take for characters, in comments and quotes
        ("a: b # \x07", {"a": "b"}),
        ("a: 'x\x80y'", {"a": "x\x80y"}),
        ('a: "x\x7fy"\nb: é', {"a": "x\x7fy", "b": "é"}),
        ("a: 'x\ufffe'", {"a": "x\ufffe"}),
        # a key of more than 1,024 characters
        (f"{'x' * 3000}: b", {"x" * 3000: "b"}),
        (f'"{"x" * 3000}": b', {"x" * 3000: "b"}),
        (f"{{{'x' * 3000}: b}}", {"x" * 3000: "b"}),
        # a version of YAML that does not exist yet, an escape of no character
        ("%YAML 1.3\n--- {a: b}", {"a": "b"}),
        ('a: "\\U00110000"', {"a": "\ufffd"}),
        # the line end that the expression for the front matter cuts off is given back
        ("a: |\n  b", {"a": "b\n"}),
        ("a: >-\n  b", {"a": "b"}),
        # a sign is part of a number only before a digit
        ("a: -.5\nb: .5\nc: +1.5", {"a": "-.5", "b": Decimal("0.5"), "c": Decimal("1.5")}),
    ],
)
def test_the_hub_reads(text, value):
    metadata = parse(text)
    assert metadata.error is None
    assert data(metadata.root) == value


@pytest.mark.parametrize(
    "text",
    [
        "a:\n\tb: c",
        "a:\n\t- b",
        "-\ta: b",
        "-\t- a",
        "a: |\n  b\n\t\n  c\nd: e",
        "a: 'b\x07'",
        "a: b\x80",
        "a: |\n  b\x80\n",
        "a: b\x00",
        "%YAML 1.3",
        "%YAML 2.0\n--- {a: b}",
        "<<: 1",
        "a:\n  <<: text",
        "a:\n  <<: [1]",
        "a:\n  <<:\n  b: c",
    ],
)
def test_the_hub_refuses(text):
    assert parse(text).error is not None


@pytest.mark.parametrize("text", ["<<: {a: b}", "x: &x {a: b}\ny:\n  <<: *x", "y:\n  <<: [{a: b}, {c: d}]", "'<<': 1"])
def test_merge_keys(text):
    assert parse(text).error is None


def test_private_characters_stay():
    assert data(parse("a: \U0010f080").root) == {"a": "\U0010f080"}
    assert relaxed("a: \U0010f080\n\t\nb: c") == "a: \U0010f080\n\t\nb: c"


@pytest.mark.parametrize("before", [" ", "- ", "? ", "a:\n ", "- - "])
@pytest.mark.parametrize("after", ["a: b", "- a", "? a", ":", "a"])
def test_many_tabs_take_linear_time(before, after):
    def seconds(count):
        start = time.process_time()
        relaxed(f"{before}{chr(9) * count}{after}\n")
        return time.process_time() - start

    assert not too_slow(seconds, 1_000, 2_000, most=2.5)


@given(st.text(st.sampled_from("ab:- \t\n'\"#\x07\x80\ufffe\\U0123456789?|")))
def test_every_offset_holds(text):
    taken = relaxed(text)
    assert len(taken) == len(text)
    assert [not line.strip() for line in text.split("\n")] == [not line.strip() for line in taken.split("\n")]
