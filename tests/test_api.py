"""What `cardlint` itself offers to programs."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

import cardlint
from cardlint import Card, Finding, Fix, Problem, Result, Rule, Safety, Severity, lint, load_rules, parse, read, rule

CARD = b"\xef\xbb\xbf---\nlicense: mit\n---\n\n# A model\n\n## Training data\n\nMore information needed\n"


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_every_public_name_is_there_and_listed():
    for name in cardlint.__all__:
        assert hasattr(cardlint, name), name
        assert name in dir(cardlint)
    assert set(cardlint.__all__) >= {"read", "parse", "lint", "Card", "rule", "Problem", "Finding", "Fix"}


def test_public_names_are_those_of_their_modules():
    from cardlint.card.card import Card as CardItself
    from cardlint.linting.linter import lint as lint_itself

    assert Card is CardItself
    assert lint is lint_itself


def test_type_checkers_see_the_names_that_there_are():
    # the block that they read and the table that Python reads are one list, kept in two places
    import ast
    from pathlib import Path

    tree = ast.parse(Path(cardlint.__file__).read_text("utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert {*imported, "__version__"} - {"annotations", "import_module"} == set(cardlint.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'reed'"):
        _ = cardlint.reed


def test_importing_the_package_imports_none_of_it():
    code = "import sys, cardlint; print([m for m in sys.modules if m.startswith('cardlint.') or m == 'typing'])"
    assert _run(code) == "[]"


def test_a_card_is_linted_in_one_line():
    result = lint(parse(read(CARD, "models/README.md")))
    assert isinstance(result, Result)
    assert all(isinstance(finding, Finding) for finding in result.findings)
    found = {finding.rule.name: finding for finding in result.findings}
    assert {"byte-order-mark", "placeholder-section"} <= set(found)  # rules come and go
    placeholder = found["placeholder-section"]
    position = placeholder.source.position(placeholder.span.start)
    assert (placeholder.source.path, position.line, placeholder.severity) == (
        "models/README.md",
        9,
        Severity.WARNING,
    )
    fix = found["byte-order-mark"].problem.fix
    assert isinstance(fix, Fix)
    assert fix.safety is Safety.SAFE


def test_by_default_the_rules_run_that_are_on_by_default():
    off = Rule(next(iter(load_rules().values())).info, _crash, default=False)
    on = Rule(off.info, _crash)
    card = parse(read(CARD))
    assert not lint(card, known={"off": off}).bugs
    assert [bug.rule for bug in lint(card, known={"on": on}).bugs] == [on.name]


def _crash(card: Card) -> Iterator[Problem]:
    raise RuntimeError("never mind")


@pytest.mark.parametrize(
    "first",
    [
        "import cardlint",
        "import cardlint.rule_definition",
        "from cardlint.rule_definition import Rule",
        "from cardlint import rule",
    ],
)
def test_rule_is_the_decorator_whatever_came_first(first):
    code = f"""
{first}
import cardlint
from cardlint import rule, Severity
from cardlint.rule_definition import rule as decorator, Rule

def no_title(card): yield from ()

assert isinstance(rule(severity=Severity.NOTE, group="house")(no_title), Rule)
assert cardlint.rule_definition.Rule is Rule is cardlint.Rule
print(cardlint.rule is cardlint.rule_definition.rule is decorator is rule)
"""
    assert _run(code) == "True"


@pytest.mark.parametrize(
    "severities", [(), (Severity.NOTE, Severity.ERROR), (Severity.ERROR, Severity.ERROR, Severity.NOTE)]
)
def test_severities_are_declared_once_each_from_the_most_severe(severities):
    with pytest.raises(ValueError, match="most severe first"):
        rule(severity=severities)
    made = rule(severity=(Severity.ERROR, Severity.NOTE), group="house")(lambda card: iter(()))
    assert made.info.severity is Severity.ERROR
    assert made.info.severities == (Severity.ERROR, Severity.NOTE)


def test_the_decorator_keeps_all_that_it_is_given():
    def a_rule(card: Card) -> Iterator[Problem]:
        yield from ()

    made = rule(severity=Severity.ERROR, fix=Safety.UNSAFE, default=False, group="house")(a_rule)
    info = made.info
    assert (info.name, info.group, info.severity, info.fix, made.default) == (
        "a-rule",
        "house",
        Severity.ERROR,
        Safety.UNSAFE,
        False,
    )
