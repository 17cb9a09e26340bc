"""A long run of one character, in every place of every construct: twice as long, it takes about twice the time."""

import time

import pytest
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
QUICK = 0.4
"""Seconds for a card of 16 kB that no attacker gains anything by."""


def seconds(card, unit, length):
    source = read(card.replace(b"\x40", unit.encode() * (length // len(unit)), 1))
    start = time.perf_counter()
    assert not lint(parse(source), ACTIVE, known=RULES).bugs
    return time.perf_counter() - start


@pytest.mark.slow
@pytest.mark.parametrize("unit", [*" _-*.(1a`</&|:\\~$", "the "])
@pytest.mark.parametrize("name", CARDS)
def test_a_long_run(name, unit):
    if seconds(CARDS[name], unit, 2 * LENGTH) > QUICK:
        # the least of three, since other processes only add
        short, long = (min(seconds(CARDS[name], unit, length) for _ in range(3)) for length in (LENGTH, 2 * LENGTH))
        assert long < max(2.5 * short, QUICK)
