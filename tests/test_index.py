"""The index of rules says what the rules themselves say, and a rule's signs are there wherever it finds something."""

import runpy
from functools import cache
from pathlib import Path

import pytest

from cardlint import load_rules, parse, read
from cardlint.rule_definition import IndexedRule, Rule
from cardlint.rules import index
from cardlint.testing import decode_escapes, read_cases

ROOT = Path(__file__).parents[1]
RULES = load_rules()


def test_the_index_is_not_behind_the_rules():
    tool = runpy.run_path(str(ROOT / "tools/index_rules.py"))
    assert tool["index"]() == Path(index.__file__).read_text("utf-8"), "run `python tools/index_rules.py`"


@cache
def _cards():
    return [(name, parse(read(data, "README.md"))) for name, data in _texts()]


def _texts():
    for path in sorted((ROOT / "tests/rules").glob("*.md")):
        yield from ((case.title, decode_escapes(case.card)) for case in read_cases(path.read_text("utf-8")))
    for rule in RULES.values():
        yield from ((rule.name, decode_escapes(card)) for card in (*rule.manual.bad, *rule.manual.good))
    for path in sorted((ROOT / "fixtures").rglob("*.md")):
        yield path.name, path.read_bytes()


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.signs], ids=lambda rule: rule.name)
def test_a_rule_finds_nothing_in_a_card_without_its_signs(rule):
    for name, card in _cards():
        if not rule.concerns(card):
            assert not list(rule.check(card)), name


def test_a_rule_that_the_index_does_not_know_works_all_the_same(monkeypatch):
    monkeypatch.setattr(index, "INDEX", [row for row in index.INDEX if row[0] != "duplicate-key"])
    rule = load_rules()["duplicate-key"]
    assert isinstance(rule, Rule)
    assert not isinstance(rule, IndexedRule)


def test_a_row_without_a_module_is_no_rule(monkeypatch):
    row = ("gone-rule", "source", "error", "", True, (), "Nothing.")
    monkeypatch.setattr(index, "INDEX", [*index.INDEX, row])
    assert "gone-rule" not in load_rules()
