"""Every rule keeps its word: the cards in its docstring, and the cases in tests/rules."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from cardlint.commands.rules import list_rules
from cardlint.finding import Safety
from cardlint.registry import load_rules
from cardlint.source import read
from cardlint.testing import apply_fixes, check_rule, decode_escapes, read_cases, run_case

RULES = load_rules()
CASES = Path(__file__).parent / "rules"


# whose cards are too large for a page
WITHOUT_EXAMPLES = {"oversized-card"}


def _case_file(name):
    return CASES / f"{name.replace('-', '_')}.md"


@pytest.mark.parametrize("name", [name for name in RULES if name not in WITHOUT_EXAMPLES])
def test_examples_in_the_docstring(name):
    rule = RULES[name]
    assert rule.manual.bad, "a rule shows a bad card"
    assert rule.manual.good, "a rule shows a good card"
    options = tomllib.loads(rule.manual.configuration)
    for card in rule.manual.bad:
        found = check_rule(rule, decode_escapes(card), options=options, files=rule.manual.bad_files or None)
        assert found, f"nothing found in:\n{card}"
    for card in rule.manual.good:
        found = check_rule(rule, decode_escapes(card), options=options, files=rule.manual.good_files or None)
        assert not found, f"{found[0].message} in:\n{card}"


DIGITS = re.compile(rb"\d+(?:\.\d+)?")
EXTREMES = (b"1e9999", b"-1e-9999", b"1e999999999", b"-1e-999999999", b"0", b"9" * 5_000)
"""The largest and the smallest number that is read, and others."""


@pytest.mark.parametrize("name", RULES)
def test_numbers_of_any_size_in_the_examples(name):
    rule = RULES[name]
    options = tomllib.loads(rule.manual.configuration)
    for card in map(decode_escapes, (*rule.manual.bad, *rule.manual.good)):
        for match in DIGITS.finditer(card):
            for extreme in EXTREMES:
                # raises if the rule does
                check_rule(rule, card[: match.start()] + extreme + card[match.end() :], options=options)


@pytest.mark.parametrize("name", [name for name, rule in RULES.items() if rule.info.fix])
def test_fixing_the_bad_card_gives_the_good_one(name):
    rule = RULES[name]
    for bad, good in zip(rule.manual.bad, rule.manual.good, strict=False):
        source = read(decode_escapes(bad))
        found = check_rule(rule, source.encode(), files=rule.manual.bad_files or None)
        if any(finding.problem.fix for finding in found):
            assert apply_fixes(source, found) == read(decode_escapes(good)).text


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_cases(name):
    cases = read_cases(_case_file(name).read_text("utf-8"))
    assert cases
    assert name in WITHOUT_EXAMPLES or any(case.findings for case in cases), "some case finds something"
    assert any(case.findings == "" for case in cases), "some case finds nothing"


@pytest.mark.parametrize("name", RULES)
def test_cases(name):
    text = _case_file(name).read_text("utf-8")
    wrong = [what for case in read_cases(text) for what in run_case(RULES[name], case)]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_named_as_its_file_and_keeps_to_its_fix(name):
    rule = RULES[name]
    assert rule.check.__module__.endswith(f".{rule.info.group}.{name.replace('-', '_')}")
    assert rule.info.summary.endswith(".")
    for case in read_cases(_case_file(name).read_text("utf-8")):
        for finding in check_rule(rule, decode_escapes(case.card), files=case.files or None):
            fix = finding.problem.fix
            if fix:
                assert rule.info.fix is not None, "a rule that fixes says so"
                assert rule.info.fix is Safety.SAFE or fix.safety is Safety.UNSAFE


@pytest.mark.parametrize("name", [name for name in RULES if name not in WITHOUT_EXAMPLES])
def test_a_rule_reports_every_severity_that_it_declares(name):
    """`check_rule` fails for a severity that is not declared; this is the other direction."""
    rule = RULES[name]
    findings = [
        finding
        for case in read_cases(_case_file(name).read_text("utf-8"))
        for finding in check_rule(
            rule,
            decode_escapes(case.card),
            options=tomllib.loads(case.options),
            files={file: decode_escapes(text).decode() for file, text in case.files.items()} or None,
        )
    ]
    assert {finding.severity for finding in findings} == set(rule.info.severities)


def test_no_case_file_without_a_rule():
    assert {path.stem.replace("_", "-") for path in CASES.glob("*.md")} <= set(RULES)


@pytest.mark.parametrize("width", [60, 72, 80, 100, 160, sys.maxsize])
def test_the_list_of_rules_is_never_cut_and_fits(width):
    listing = list_rules(RULES, "text", width)
    assert all(len(line) <= width for line in listing.splitlines())
    words = " ".join(listing.split())
    assert all(rule.info.summary in words for rule in RULES.values())
