"""The largest card that the Hub accepts, and larger ones, of which nothing else is read."""

import pytest

from cardlint.card.card import Card, parse
from cardlint.finding import Severity
from cardlint.linting.linter import lint
from cardlint.source import read
from cardlint.vocabulary.card_file import MOST_BYTES

HEAD = b"---\nlicense: MIT\n---\n\n# lighthouse-small\n\n"


def of_size(size, letter="x"):
    line = (letter * 40 + "\n").encode()
    card = HEAD + line * ((size - len(HEAD)) // len(line))
    return card + b"\n" * (size - len(card))


@pytest.mark.parametrize("letter", ["x", "\u00e9", "\u6f6e", "\U0001f30a"])
def test_a_card_above_the_limit_is_an_error_and_nothing_else_is_reported(letter):
    data = of_size(MOST_BYTES + 1, letter)
    found = lint(parse(read(data))).findings
    assert [(finding.rule.name, finding.severity) for finding in found] == [("oversized-card", Severity.ERROR)]
    assert "10.0 MiB" in found[0].message
    assert "the Hub refuses" in found[0].message


def test_a_card_of_exactly_the_limit_is_read():
    card = parse(read(of_size(MOST_BYTES)))
    assert not card.is_oversized
    assert card.metadata.get("license").text == "MIT"


def test_bytes_count_and_not_characters():
    assert not Card(read(of_size(MOST_BYTES // 2))).is_oversized
    text = read(of_size(MOST_BYTES + 400, "\u6f6e"))
    assert len(text.text) < MOST_BYTES
    assert Card(text).is_oversized


def test_a_large_card_on_one_line_is_not_recovered():
    line = b"--- license: mit language: en --- # lighthouse-small " + b"x " * (MOST_BYTES // 2)
    card = Card(read(line))
    assert card.recovery is None
    assert [finding.rule.name for finding in lint(card).findings] == ["oversized-card"]
