"""The Hub's verdicts: every constraint with public evidence is a case, and the rules read verdicts from one table."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

import cardlint
from cardlint.card.card import parse
from cardlint.finding import RuleInfo, Severity
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.source import read
from cardlint.vocabulary.keys.grammar import Fact, Kind, Verdict
from cardlint.vocabulary.keys.table import KEYS, MODEL_KEYS

HERE = Path(__file__).parent
SECTIONS = tomllib.loads((HERE / "hub_refusals.toml").read_text("utf-8"))
ROWS = [pytest.param(row, id=f"{section}: {row['constraint']}") for section, rows in SECTIONS.items() for row in rows]
RULES = load_rules()
REFUSED = "so the Hub refuses the card"
PROBABLY = "so the Hub will probably refuse the card"

# The rules whose severities and words follow from the table of keys.
DERIVED = (
    "wrong-type",
    "null-value",
    "invalid-language",
    "invalid-model-index",
    "invalid-repo-id",
    "unknown-license",
    "unknown-pipeline-tag",
    "unknown-key",
    "oversized-card",
)

# Errors for a card that the Hub accepts, since it reads nothing of it.
LOSES_ALL = {"unclosed-front-matter", "misplaced-front-matter", "lfs-pointer"}


def front_matter(row):
    """The YAML that breaks the row's constraint."""
    if "deep" in row:
        return "lamp: " + "[" * row["deep"] + "]" * row["deep"]
    if "yaml" in row:
        return row["yaml"]
    metric = f"{{type: f1, {row.get('metric', 'value: 0.5')}}}"
    dataset = f"{{name: Lights, {row.get('dataset', 'type: lights')}}}"
    parts = {"task": "{type: fill-mask}", "dataset": dataset, "metrics": f"[{metric}]"}
    name, _, value = row.get("result", "metrics: ").partition(": ")
    parts[name] = value or parts[name]
    result = ", ".join(f"{key}: {value}" for key, value in parts.items())
    return f"model-index: [{{name: lamp, results: [{{{result}}}]}}]"


def findings(row):
    text = row.get("card") or f"---\n{front_matter(row)}\n---\n\n# Lamp\n"
    data = text.encode() + b"x" * max(0, row.get("size", 0) - len(text))
    result = lint(parse(read(data)))
    assert not result.bugs
    return result.findings


def errors(found):
    return [finding for finding in found if finding.severity is Severity.ERROR]


def saying(found, words):
    return [finding for finding in found if words in finding.message]


@pytest.mark.parametrize("row", ROWS)
def test_a_finding_says_what_the_evidence_says(row):
    found = findings(row)
    match row["verdict"]:
        case "refused":
            assert errors(found)
            by_rule = {finding.rule.name for finding in errors(found)}
            assert row.get("rule") in {None, *by_rule}
            if not by_rule.isdisjoint(DERIVED):
                assert saying(errors(found), REFUSED)
            assert not saying(found, PROBABLY)
        case "probably refused":
            assert saying(errors(found), PROBABLY)
            assert not saying(found, REFUSED)
        case "accepted":
            assert not errors(found)
            assert not saying(found, "refuse")
        case "warned" | "unknown":
            assert not saying(found, "refuse")
            assert {finding.rule.name for finding in errors(found)} <= LOSES_ALL


@pytest.mark.parametrize("row", ROWS)
def test_every_verdict_but_the_unknown_has_a_source_and_a_date(row):
    assert row["verdict"] in get_args(Verdict)
    if row["verdict"] != "unknown":
        assert row["source"]
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", row["date"])


# the table of keys


def row_of(path):
    """The mapping of rows that holds the last key of a path, and the name of this key."""
    *parents, last = path.split("/")
    keys = MODEL_KEYS
    for parent in parents:
        keys = keys[parent].shape.keys
    return keys, last


def changed(key, name, verdict):
    """The row with another fact about one constraint; `name` is a field, or a kind of wrong values."""
    fact = Fact(verdict, "a test", "2026-11-29")
    if name in get_args(Kind):
        return replace(key, wrong_kinds={**key.wrong_kinds, name: fact})
    if name == "wrong":
        return replace(key, wrong=fact, wrong_kinds={})
    return replace(key, **{name: fact})


WITH_FACT = [row for row in ROWS if "fact" in row.values[0]]


@pytest.mark.parametrize("row", WITH_FACT)
def test_the_table_records_the_verdict(row):
    path, _, name = row["fact"].partition(".")
    keys, last = row_of(path)
    key = keys[last]
    fact = key.wrong_kinds[name] if name in get_args(Kind) else getattr(key, name)
    assert fact.verdict == row["verdict"]


@pytest.mark.parametrize("verdict", get_args(Verdict))
@pytest.mark.parametrize("row", WITH_FACT)
def test_severity_and_sentence_follow_from_the_table(row, verdict, monkeypatch):
    path, _, name = row["fact"].partition(".")
    keys, last = row_of(path)
    monkeypatch.setitem(keys, last, changed(keys[last], name, verdict))
    if keys is MODEL_KEYS:
        monkeypatch.setitem(KEYS, last, keys[last])
    # a rule declares the severities that the table has, not those of other verdicts
    monkeypatch.setattr(RuleInfo, "severities", tuple(sorted(Severity, reverse=True)))
    found = findings(row)
    found = [finding for finding in found if finding.rule.name in DERIVED]
    if verdict in {"refused", "probably refused"}:
        assert saying(errors(found), REFUSED if verdict == "refused" else PROBABLY)
    else:
        assert not errors(found)
        assert not saying(found, "refuse")


# the rules


@pytest.mark.parametrize("name", DERIVED)
def test_a_rule_writes_no_verdict_of_its_own(name):
    """Its severities above a note and its sentences about refusals come from the facts."""
    rule = RULES[name]
    path = Path(cardlint.__file__).parent / "rules" / rule.info.group / f"{name.replace('-', '_')}.py"
    tree = ast.parse(path.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    decorators = [decorator for function in functions for decorator in function.decorator_list]
    inside = {id(node) for decorator in decorators for node in ast.walk(decorator)}
    docstrings = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            assert "refuse" not in node.value, f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"Severity.ERROR", "Severity.WARNING"}:
            assert id(node) in inside, f"{path.name}:{node.lineno}"


# the page of facts, if it is beside the repository

PAGE = next((path for parent in HERE.parents if (path := parent / "shared" / "HUB-REFUSALS.md").is_file()), None)


def _verdict(cell):
    if "unknown" in cell or "hint" in cell:
        return "unknown"
    if "likely" in cell:
        return "probably refused"
    return {"E": "refused", "W": "warned", "a": "accepted"}[cell.strip()[0]]


@pytest.mark.skipif(PAGE is None, reason="the page of facts is not part of the repository")
def test_every_row_of_the_page_of_facts_is_a_case():
    page = PAGE.read_text("utf-8").split("## The constraints")[1].split("\n## ")[0]
    sections = re.split(r"^\*\*.+\*\*$", page, flags=re.MULTILINE)[1:]
    assert len(sections) == len(SECTIONS)
    for section, rows in zip(sections, SECTIONS.values(), strict=True):
        cells = [line.split("|")[3] for line in section.split("\n") if line.startswith("|")][2:]
        certain = {"refused", "accepted", "warned"}
        theirs = Counter(verdict for verdict in map(_verdict, cells) if verdict in certain)
        assert len(cells) == len(rows)
        assert Counter(row["verdict"] for row in rows if row["verdict"] in certain) == theirs
