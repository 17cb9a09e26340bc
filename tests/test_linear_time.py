"""A long run of one character, in every place of every construct: twice as long, it takes about twice the time."""

import time

import pytest
from growth import too_slow
from test_undecodable import BODIES, FRONT, YAML

from cardlint.card.card import parse
from cardlint.config.selection import ActiveRule
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.source import read

RULES = load_rules()
ACTIVE = [ActiveRule(rule, {}, None) for rule in RULES.values()]
CARDS = {f"body, {name}": FRONT + body for name, body in BODIES.items()}
CARDS |= {f"metadata, {name}": b"---\n" + yaml + b"---\n# T\n" for name, yaml in YAML.items()}
LENGTH = 8_000


def seconds(card, unit, length):
    source = read(card.replace(b"\x40", unit.encode() * (length // len(unit)), 1))
    start = time.process_time()
    assert not lint(parse(source), ACTIVE, known=RULES).bugs
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("unit", [*" _-*.(1a`</&|:\\~$", "the "])
@pytest.mark.parametrize("name", CARDS)
def test_a_long_run(name, unit):
    def of(length):
        return seconds(CARDS[name], unit, length)

    assert not too_slow(of, LENGTH, 2 * LENGTH, most=2.5)
