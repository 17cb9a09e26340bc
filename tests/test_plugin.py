"""Rules of other packages: installed for real they behave as cardlint's own, and a broken one is told by its name."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cardlint import lint, parse, read, registry
from cardlint.registry import load_rules
from cardlint.testing import check_rule

PLUGIN = Path(__file__).parent / "plugin"
LOUD = (
    "---\nlicense: mit\nlicense: mit\npipeline_tag: audio-classification\n"
    "---\n\n# An AMAZING owl\n\nIt is SUPERB at telling owls apart. It is meant for woods.\n"
)

CRASHING = """
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span

@rule(severity=Severity.NOTE, group="broken")
def crashing_rule(card):
    "It stumbles over some cards."
    if "SUPERB" in card.source.text:
        raise KeyError("owl")
    yield Problem(Span(0, 0), "seen")
"""
TAKEN = CRASHING.replace("crashing_rule", "duplicate_key")


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The folder that the plugin is installed into by pip."""
    for needed in ("pip", "hatchling"):
        pytest.importorskip(needed)
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index"]
    options = ["--no-deps", "--no-build-isolation", "--target", str(folder)]
    result = subprocess.run([*pip, *options, str(PLUGIN)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def cards(tmp_path, monkeypatch):
    (tmp_path / "README.md").write_text(LOUD, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(path, *arguments):
    """cardlint with what is in this folder installed."""
    environment = {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "COLUMNS"}}
    return subprocess.run(
        [sys.executable, "-m", "cardlint", *arguments],
        capture_output=True,
        env=environment | {"PYTHONPATH": str(path)},
        check=False,
        encoding="utf-8",
    )


def findings(path, *arguments):
    report = json.loads(run(path, "check", "README.md", "--output-format", "json", *arguments).stdout)
    assert report["errors"] == []
    return [(finding["rule"], finding["severity"], finding["start"]["line"]) for finding in report["findings"]]


def offer(folder, **modules):
    """A folder in which each of these modules is a plugin."""
    for name, text in modules.items():
        info = folder / f"{name}-1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n", "utf-8")
        (info / "entry_points.txt").write_text(f"[cardlint.rules]\n{name} = {name}\n", "utf-8")
        (folder / f"{name}.py").write_text(text, "utf-8")
    return folder


def test_a_plugins_rule_is_listed_with_its_distribution(installed, cards):
    rules = {rule["name"]: rule for rule in json.loads(run(installed, "rules", "--output-format", "json").stdout)}
    assert rules["loud-word"] == {
        "name": "loud-word",
        "group": "house",
        "severity": "warning",
        "severities": ["warning"],
        "profiles": {"hub": "note", "standard": "warning", "release": "warning"},
        "default": True,
        "fix": None,
        "summary": "A word is shouted.",
        "distribution": "cardlint-house-rules",
    }
    assert rules["duplicate-key"]["distribution"] == "cardlint"
    assert "A word is shouted. (cardlint-house-rules)\n" in run(installed, "rules").stdout
    page = json.loads(run(installed, "explain", "loud-word", "--output-format", "json").stdout)
    assert page["options"] == [
        {"name": "word", "kind": "str", "default": "AMAZING", "help": "the word that is too loud."}
    ]


def test_a_plugins_rule_runs_and_is_selected_and_configured_as_any_other(installed, cards):
    own, theirs = ("duplicate-key", "error", 3), ("loud-word", "warning", 7)
    assert findings(installed) == [own, theirs]
    assert findings(installed, "--select", "loud-word") == [theirs]
    assert findings(installed, "--select", "house") == [theirs]
    assert findings(installed, "--ignore", "house") == [own]
    assert findings(installed, "--severity", "loud-word=note") == [own, ("loud-word", "note", 7)]
    (cards / "cardlint.toml").write_text('ignore = ["metadata"]\n[rules.loud-word]\nword = "SUPERB"\n', "utf-8")
    assert findings(installed) == [("loud-word", "warning", 9)]
    (cards / "cardlint.toml").write_text("[rules.loud-word]\nword = 3\n", "utf-8")
    result = run(installed, "check", "README.md")
    assert result.returncode == 2
    assert "cardlint.toml:2: " in result.stderr


def test_a_plugins_output_format_is_used_and_named_as_any_other(installed, cards):
    result = run(
        installed, "check", "README.md", "--output-format", "tally", "--report", f"tally={cards / 'tally.txt'}"
    )
    assert (result.returncode, result.stdout) == (1, "duplicate-key 1\nloud-word 1\n")
    assert (cards / "tally.txt").read_text("utf-8") == result.stdout
    wrong = run(installed, "check", "README.md", "--output-format", "taly")
    assert (wrong.returncode, wrong.stderr.count("did you mean `tally`?")) == (2, 1)
    wrong = run(installed, "check", "README.md", "--output-format", "no-format")
    assert (wrong.returncode, wrong.stderr.count("`html`, `tally`")) == (2, 1)


def test_a_plugins_rule_is_gone_where_it_is_not_installed(installed, cards, tmp_path):
    result = run(tmp_path, "check", "README.md", "--select", "loud-word")
    assert result.returncode == 2
    assert "unknown rule or group `loud-word`" in result.stderr


def test_plugins_are_read_once_until_pythons_path_changes(tmp_path, monkeypatch):
    load_rules()
    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", None)
        patched.setattr(os, "listdir", None)
        assert "crashing-rule" not in load_rules()
    monkeypatch.syspath_prepend(offer(tmp_path, loaded_later=CRASHING))
    assert "crashing-rule" in load_rules()
    sys.modules.pop("loaded_later")


def test_rules_are_loaded_once_for_all_cards(monkeypatch):
    source = read(b"# tide\n")
    first = lint(parse(source))
    rules = load_rules()
    # what reads modules, folders and entry points is gone
    for name in ("import_module", "own_rules", "rules_in"):
        monkeypatch.setattr(registry, name, None)
    for name in ("scandir", "listdir"):
        monkeypatch.setattr(os, name, None)
    assert lint(parse(source)) == first
    assert load_rules() == rules
    rules.clear()  # a caller may change what it got
    assert load_rules()


def test_an_author_tests_a_rule_with_check_rule():
    spec = importlib.util.spec_from_file_location("house_rules", PLUGIN / "house_rules.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rule = module.loud_word
    for card in rule.manual.bad:
        assert [finding.message for finding in check_rule(rule, card)] == ["`AMAZING` says nothing that can be checked"]
    for card in rule.manual.good:
        assert check_rule(rule, card) == []
    assert [finding.span.start for finding in check_rule(rule, "A loud card", options={"word": "loud"})] == [2]


def test_check_rule_fails_for_a_rule_that_raises():
    spec = importlib.util.spec_from_loader("crashing", loader=None)
    module = importlib.util.module_from_spec(spec)
    exec(CRASHING, module.__dict__)
    with pytest.raises(AssertionError, match="crashing-rule raised: KeyError: 'owl'"):
        check_rule(module.crashing_rule, "SUPERB")


@pytest.mark.parametrize(
    ("module", "what"),
    [
        ("import a_module_that_nobody_has\n", "ModuleNotFoundError"),
        ("def broken(:\n", "SyntaxError"),
        ("1 / 0\n", "ZeroDivisionError"),
        ("", "has no rules"),
        (TAKEN, "a rule `duplicate-key`"),
    ],
)
@pytest.mark.parametrize("command", [("check", "README.md"), ("rules",)])
def test_a_plugin_that_cannot_be_used_stops_the_run_by_name(cards, module, what, command):
    result = run(offer(cards / "plugins", bad_plugin=module), *command)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    assert "plugin `bad_plugin`" in result.stderr
    assert what in result.stderr


def test_two_plugins_cannot_bring_one_rule(cards):
    result = run(offer(cards / "plugins", one=CRASHING, two=CRASHING), "check", "README.md")
    assert result.returncode == 2
    assert result.stderr == "error: plugin `two` has a rule `crashing-rule`, but this name is already taken\n"


def test_a_rule_that_crashes_costs_only_its_own_findings(cards):
    folder = offer(cards / "plugins", crashing=CRASHING)
    (cards / "other.md").write_text(
        LOUD.replace("license: mit\n", "", 1).replace("AMAZING ", "").replace("SUPERB", "good"),
        "utf-8",
    )
    result = run(folder, "check", "README.md", "other.md", "--output-format", "json")
    report = json.loads(result.stdout)
    assert result.returncode == 2
    assert [(each["path"], each["rule"]) for each in report["findings"]] == [
        ("README.md", "duplicate-key"),
        ("other.md", "crashing-rule"),
    ]
    assert [error["path"] for error in report["errors"]] == ["README.md"]
    assert report["errors"][0]["message"] == "a bug in rule `crashing-rule`: KeyError: 'owl' (crashing, line 10)"
    assert result.stderr == f"error: README.md: {report['errors'][0]['message']}\n"
    assert run(folder, "check", "README.md", "--exit-zero").returncode == 2
    assert run(folder, "check", "README.md", "--ignore", "broken").returncode == 1
