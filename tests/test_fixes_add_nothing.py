"""A safe fix leaves no new finding: neither a rule nor a message that was not there before."""

from pathlib import Path

import pytest
from real_cards import needs_archive, sample

from cardlint.card.card import parse
from cardlint.config.selection import ActiveRule
from cardlint.fixing.rounds import fix_card
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.source import read
from cardlint.testing import decode_escapes, read_cases

CASES = Path(__file__).parent / "rules"
RULES = load_rules()
ACTIVE = [
    ActiveRule(rule, {name: option.default for name, option in rule.options.items()}, None)
    for rule in RULES.values()
    if rule.default
]

# What is under a misspelt key, or is written for the first time, these rules could not read before.
READ_FOR_THE_FIRST_TIME = {"missing-language", "missing-section", "duplicate-result", "metrics-list-mismatch"}


def cards(name):
    """The bad cards of a rule, and its cases without other files."""
    yield from map(decode_escapes, RULES[name].manual.bad)
    for case in read_cases((CASES / f"{name.replace('-', '_')}.md").read_text("utf-8")):
        if not case.files:
            yield decode_escapes(case.card)


def could_be_read(card):
    return card.recovery is None and card.metadata.read and card.metadata.error is None


def added(source):
    """The findings, as rule and message, that safe fixes add to a card."""
    fixed = fix_card(source, None, ACTIVE, known=RULES)
    if not fixed.rounds:
        return set()
    before = {(finding.rule.name, finding.message) for finding in lint(parse(source), ACTIVE).findings}
    after = {(finding.rule.name, finding.message) for finding in fixed.result.findings}
    return {finding for finding in after - before if finding[0] not in READ_FOR_THE_FIRST_TIME}


@pytest.mark.parametrize("name", RULES)
def test_a_safe_fix_adds_no_finding(name):
    for data in cards(name):
        source = read(data)
        if could_be_read(parse(source)):
            assert added(source) == set(), source.text


@needs_archive
@pytest.mark.slow
def test_a_safe_fix_of_a_real_card_adds_no_finding():
    found = {}
    for name, data in sample(400, seed=16):
        source = read(data, name)
        new = added(source) if could_be_read(parse(source)) else set()
        found |= {name: new} if new else {}
    assert found == {}
