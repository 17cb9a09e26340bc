"""The index of rules in the cache: the same rules without an import, and never one of other code."""

import subprocess
import sys

import pytest

from cardlint.registry import own_rules
from cardlint.run import rule_index
from cardlint.run.rule_index import IndexedRule, indexed_rules


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CARDLINT_CACHE_DIR", str(tmp_path))
    return tmp_path


def facts(rules):
    return [(rule.info, rule.default, rule.reads_metadata, rule.package) for rule in rules]


def test_the_second_run_has_the_same_rules_from_the_index(folder):
    first = indexed_rules()
    second = indexed_rules()
    assert not any(isinstance(rule, IndexedRule) for rule in first)
    assert all(isinstance(rule, IndexedRule) for rule in second)
    assert facts(first) == facts(second) == facts(own_rules())
    assert [rule.check for rule in second] == [rule.check for rule in first]
    assert [rule.options for rule in second] == [rule.options for rule in first]


def test_an_index_of_other_code_is_replaced(folder, monkeypatch):
    indexed_rules()
    monkeypatch.setattr(rule_index, "own_fingerprint", lambda: "other code")
    assert not any(isinstance(rule, IndexedRule) for rule in indexed_rules())
    assert all(isinstance(rule, IndexedRule) for rule in indexed_rules())


@pytest.mark.parametrize("data", [b"", b"\xff", b"\x92\xa1x\x90", b"{}"])
def test_a_broken_index_is_replaced(folder, data):
    (folder / "rules.msgpack").write_bytes(data)
    assert facts(indexed_rules()) == facts(own_rules())
    assert all(isinstance(rule, IndexedRule) for rule in indexed_rules())


def test_without_a_folder_that_can_be_written_rules_are_imported(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("CARDLINT_CACHE_DIR", str(tmp_path / "file"))
    assert facts(indexed_rules()) == facts(own_rules())


def test_rules_from_the_index_bring_no_rule_module(folder):
    code = (
        "import sys\nfrom cardlint.run.rule_index import indexed_rules\nindexed_rules()\n"
        "print([name for name in sys.modules if name.startswith(('cardlint.rules.', 'mistune', 'ruamel'))])"
    )
    outputs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in "12"]
    assert "cardlint.rules.metadata" in outputs[0].stdout
    assert outputs[1].stdout.strip() == "[]"
