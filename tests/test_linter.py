"""The guard around a rule: whatever a rule does, it is told by name and costs nothing but its own findings."""

from pathlib import Path

import pytest

from cardlint.card.card import parse
from cardlint.config.selection import ActiveRule
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.linting.linter import lint
from cardlint.registry import RegistryError, load_rules
from cardlint.rule_definition import rule
from cardlint.source import Span, read

CARD = b"---\nlicense: mit\nlicense: mit\n---\n"


def _leave():
    raise SystemExit(0)


def _outside(span):
    return Problem(span, "far away")


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: 1 / 0, "ZeroDivisionError"),
        (_leave, "SystemExit"),
        (lambda: "words", "not 'words'"),
        (lambda: None, "not None"),
        (lambda: _outside(Span(10_000, 10_001)), "outside"),
        (lambda: _outside(Span(-1, 3)), "outside"),
        (lambda: _outside(Span(5, 2)), "outside"),
        (lambda: Problem(Span(0, 1), "m", related=(Related(Span(0, 99), "there"),)), "outside"),
        (lambda: Problem(Span(0, 1), "m", severity=Severity.NOTE), "does not declare the severity `note`"),
        (lambda: Problem(Span(0, 1), "m", fix=Fix("Do", (Edit(Span(0, 99), ""),), Safety.SAFE)), "outside"),
    ],
)
def test_a_rule_with_a_bug_is_named_and_the_others_find_what_they_find(act, words):
    @rule(severity=Severity.ERROR, group="source")
    def faulty(card):
        """It has a bug."""
        yield act()

    known = load_rules()
    active = [ActiveRule(each, {}, None) for each in (faulty, known["duplicate-key"])]
    result = lint(parse(read(CARD, "cards/README.md")), active, known=known)
    assert [finding.rule.name for finding in result.findings] == ["duplicate-key"]
    assert [(bug.rule, bug.path) for bug in result.bugs] == [("faulty", "cards/README.md")]
    assert words in result.bugs[0].message


@pytest.mark.parametrize("text", ["raise SystemExit(0)", "import there_is_no_such_module", "def ("])
def test_a_plugin_that_cannot_be_loaded_stops_the_run_by_name(text, tmp_path: Path, monkeypatch):
    (tmp_path / "broken_plugin_of_a_test.py").write_text(text + "\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("cardlint.registry.plugins", lambda _: (("shelf", "broken_plugin_of_a_test"),))
    with pytest.raises(RegistryError, match="plugin `shelf`"):
        load_rules()


@pytest.mark.parametrize("length", [1, 500, 50_000])
def test_a_message_quotes_only_the_beginning_of_a_long_name(length):
    card = parse(read(f"---\nlicense: mit\nkey{'x' * length}: b\n---\n# T\n".encode()))
    (finding,) = [each for each in lint(card).findings if each.rule.name == "unknown-key"]
    assert "`keyx" in finding.message
    assert len(finding.message) < 1_000
    assert ("…`" in finding.message) == (length > 1_000)
