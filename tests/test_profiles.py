"""Profiles: the rules that run, and how severe their findings are, from `hub` to `release`."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cardlint.card.card import parse
from cardlint.cli.app import app
from cardlint.config import profiles
from cardlint.config.model import Config, Overrides, merge
from cardlint.config.profiles import level_in, levels, next_profile, severity_in
from cardlint.config.selection import Selection
from cardlint.config.setting_types import PROFILES
from cardlint.finding import Problem, Severity
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.rule_definition import rule
from cardlint.source import Span, read

RULES = load_rules()
SECRET = "hf_" + "aB3dE5gH7jK9mN1pQ3sT5vX7zA9bC1dE3f"
# a license that the Hub refuses, and a placeholder
REFUSED = (
    b"---\nlicense: lighthouse terms\n---\n\n# Lighthouse\n\nA lamp.\n\n## Training data\n\n[More Information Needed]\n"
)
# nothing that is wrong, but little that is there
SPARSE = b"---\nlanguage: en\n---\n\n# Lighthouse\n\nA lamp that warns the ships of the bay at night.\n"


def run(*arguments):
    return CliRunner().invoke(app, ["check", *arguments])


def findings(card, profile, **settings):
    active = Selection(Config(profile=profile, **settings), RULES).active(Path("README.md"))
    return {
        each.rule.name: each.severity for each in lint(parse(read(card, "README.md")), active, known=RULES).findings
    }


@pytest.mark.parametrize("name", RULES)
def test_profiles_are_cumulative(name):
    """An error or warning of one profile is one of the next, and no less severe."""
    info = RULES[name].info
    for severity in info.severities:
        found = [severity_in(profile, info, severity) or 0 for profile in PROFILES]
        assert found == sorted(found)
        assert found[1] == severity


@pytest.mark.parametrize("name", RULES)
def test_a_level_of_a_profile_is_off_or_a_severity(name):
    known = levels(RULES[name])
    assert list(known) == list(PROFILES)
    declared = [severity.label for severity in RULES[name].info.severities]
    assert known["standard"] in (declared if RULES[name].default else ["off"])


def test_every_name_and_group_of_the_table_exists():
    names = profiles._UNSEEN_IN_HUB | profiles._RELEASE_CHECKLIST | profiles._RELEASE_OPTIONS.keys()
    assert names <= RULES.keys()
    assert {each.info.group for each in RULES.values()} >= profiles._OFF_IN_HUB | profiles._REFUSED_IN_HUB


def test_hub_is_about_the_hub():
    assert level_in("hub", RULES["unknown-license"]) == "error"
    assert level_in("hub", RULES["leaked-secret"]) == "error"
    assert level_in("hub", RULES["missing-front-matter"]) == "warning"
    assert level_in("hub", RULES["missing-base-model"]) == "note"
    assert level_in("hub", RULES["metric-mismatch"]) == "off"
    # refused or not: what the Hub takes is a note
    assert severity_in("hub", RULES["null-value"].info, Severity.ERROR) is Severity.ERROR
    assert severity_in("hub", RULES["null-value"].info, Severity.WARNING) is Severity.NOTE


def test_findings_of_a_card_under_each_profile():
    assert findings(REFUSED, "hub") == {"unknown-license": Severity.ERROR}
    standard = findings(REFUSED, "standard")
    assert standard["placeholder-section"] is Severity.WARNING
    assert standard["missing-section"] is Severity.NOTE
    assert findings(REFUSED, "release")["missing-section"] is Severity.WARNING
    assert set(findings(SPARSE, "standard").values()) == {Severity.NOTE}
    assert findings(SPARSE, "release")["missing-license"] is Severity.WARNING


@pytest.mark.parametrize("profile", PROFILES)
def test_a_rule_selected_by_name_has_its_level_of_standard(profile):
    by_name = {"select": ("placeholder-section", "missing-section")}
    assert findings(REFUSED, profile, **by_name) == {
        "placeholder-section": Severity.WARNING,
        "missing-section": Severity.NOTE,
    }


def test_a_group_selects_only_what_is_on_in_the_profile():
    assert findings(REFUSED, "hub", select=("sections",)) == {}
    assert findings(REFUSED, "hub", select=("metadata",)) == {"unknown-license": Severity.ERROR}


def test_a_level_is_above_the_profile():
    assert findings(REFUSED, "hub", severity={"placeholder-section": "error"}) == {
        "unknown-license": Severity.ERROR,
        "placeholder-section": Severity.ERROR,
    }
    assert findings(REFUSED, "hub", severity={"unknown-license": "off"}) == {}


def test_the_command_line_is_above_the_file():
    assert merge(Config(profile="hub"), Overrides(profile="release")).profile == "release"
    assert merge(Config(profile="hub"), Overrides()).profile == "hub"


def test_a_rule_of_a_plugin_is_a_note_in_hub_and_as_it_says_in_the_others():
    @rule(severity=(Severity.ERROR, Severity.NOTE), group="house")
    def loud_word(card):
        """A word is shouted."""
        yield Problem(Span(0, 0), "loud")

    assert levels(loud_word) == {"hub": "note", "standard": "error", "release": "error"}


def test_the_next_profile():
    assert [next_profile(profile) for profile in PROFILES] == ["standard", "release", None]


def test_the_profile_of_the_file_and_of_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_bytes(SPARSE)
    assert run("README.md").exit_code == 0
    assert run("README.md", "--profile", "release").exit_code == 1
    Path("cardlint.toml").write_text('profile = "release"\n', "utf-8")
    assert run("README.md").exit_code == 1
    assert run("README.md", "--profile", "standard").exit_code == 0


def test_a_result_of_one_profile_is_not_taken_for_another(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_bytes(SPARSE)
    for _ in range(2):
        for profile, code in (("hub", 0), ("standard", 0), ("release", 1)):
            report = run("README.md", "--profile", profile, "--output-format", "json")
            assert report.exit_code == code
            assert json.loads(report.stdout)["summary"]["warnings"] == (code and 4)


def test_an_unknown_profile_is_an_error(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_bytes(SPARSE)
    assert run("README.md", "--profile", "strict").exit_code == 2
    Path("cardlint.toml").write_text('profile = "relase"\n', "utf-8")
    wrong = run("README.md")
    assert wrong.exit_code == 2
    assert "did you mean `release`?" in wrong.stderr


def test_rules_lists_the_levels():
    listed = {
        each["name"]: each for each in json.loads(CliRunner().invoke(app, ["rules", "--output-format", "json"]).stdout)
    }
    assert listed["missing-section"]["profiles"] == {"hub": "off", "standard": "note", "release": "warning"}
    assert listed["missing-section"]["severities"] == ["warning", "note"]
    assert all(each["severity"] == each["profiles"]["standard"] for each in listed.values())


# The policy of an organization


POLICY = {"missing-metadata": {"required": ("base_model",)}, "license-not-allowed": {"allow": ("apache-2.0",)}}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_policy_is_on_in_every_profile_once_it_is_configured(profile):
    card = SPARSE.replace(b"language: en", b"license: mit")
    assert not POLICY.keys() & findings(card, profile).keys()
    found = findings(card, profile, rules=POLICY)
    assert {name: found[name] for name in POLICY} == dict.fromkeys(POLICY, Severity.WARNING)
    assert not POLICY.keys() & findings(card, profile, rules={"missing-metadata": {"required": ()}}).keys()


def test_a_policy_gives_way_to_a_selection_and_a_level():
    card = SPARSE.replace(b"language: en", b"license: mit")
    only = dict.fromkeys(POLICY, Severity.WARNING)
    assert findings(card, "hub", rules=POLICY, select=("metadata",)) == only
    assert findings(card, "hub", rules=POLICY, select=("sections",)) == {}
    assert findings(card, "hub", rules=POLICY, ignore=("license-not-allowed",)).keys() == {"missing-metadata"}
    assert (
        findings(card, "hub", rules=POLICY, severity={"missing-metadata": "note"})["missing-metadata"] is Severity.NOTE
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_a_required_section_is_a_warning_in_every_profile(profile):
    required = {"missing-section": {"required": ("citation",)}}
    assert findings(SPARSE, profile, rules=required)["missing-section"] is Severity.WARNING
    assert findings(SPARSE, "standard")["missing-section"] is Severity.NOTE


# What `release` asks for beyond the notes of `standard`


BARE = b"---\nlicense: mit\n---\n\n# Lighthouse\n\nA lamp that is meant for the ships of the bay.\n"


def test_release_asks_for_the_library_the_task_and_each_section():
    assert findings(BARE, "standard") == {}
    assert findings(BARE, "release") == dict.fromkeys(
        ("missing-library", "missing-pipeline-tag", "missing-section"), Severity.WARNING
    )
    options = {"missing-library": {"always": False}, "missing-pipeline-tag": {"always": False}}
    assert findings(BARE, "release", rules=options).keys() == {"missing-section"}
    assert findings(BARE, "release", rules={**options, "missing-section": {"complete": False}}) == {}


def test_config_says_what_the_profile_sets(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("cardlint.toml").write_text('profile = "release"\n[rules.missing-section]\ncomplete = false\n', "utf-8")
    shown = CliRunner().invoke(app, ["config"]).stdout.split("\n[rules.")
    options = {part.partition("]")[0]: part for part in shown}
    assert "always = true" in options["missing-library"]
    assert options["missing-library"].splitlines()[1].endswith("# profile")
    assert "complete = false" in options["missing-section"]
    assert "# cardlint.toml:3" in options["missing-section"]


# The last line of a report


def last_line(*arguments):
    return run("README.md", *arguments).stdout.splitlines()[-1]


@pytest.fixture
def card(tmp_path, monkeypatch):
    """Write README.md in a working folder of its own."""
    monkeypatch.chdir(tmp_path)

    def write(data):
        Path("README.md").write_bytes(data)

    return write


@pytest.mark.parametrize(
    ("data", "profile", "line"),
    [
        (SPARSE, "hub", "The run passes `hub` and `standard`."),
        (SPARSE, "standard", "The run passes `standard`; 4 findings short of `release`."),
        (REFUSED, "hub", "The profile `standard` would add 1 finding."),
        (REFUSED.replace(b"lighthouse terms", b"mit"), "hub", "The run passes `hub`; 1 finding short of `standard`."),
    ],
)
def test_the_last_line_says_what_the_next_profile_adds(card, data, profile, line):
    card(data)
    for cached in (False, True):
        assert last_line("--profile", profile) == line, cached
    assert last_line("--profile", profile, "--output-format", "full") == line


def test_a_cached_result_without_a_count_is_counted(card):
    card(SPARSE)
    for _ in range(2):
        assert json.loads(run("README.md", "--output-format", "json").stdout)["summary"]["notes"] == 2
        assert last_line() == "The run passes `standard`; 4 findings short of `release`."


@pytest.mark.parametrize("profile", ["hub", "standard"])
@pytest.mark.parametrize(
    "path", sorted(Path("fixtures").resolve().glob("*/README.md")), ids=lambda path: path.parent.name
)
def test_what_is_counted_is_what_the_next_profile_adds(path, profile):
    selection = Selection(Config(profile=profile), RULES)
    stricter = Selection(Config(profile=next_profile(profile)), RULES)
    parsed = parse(read(path.read_bytes(), str(path)))
    now = lint(parsed, selection.active(), known=RULES, ahead=selection.ahead())
    then = lint(parsed, stricter.active(), known=RULES)
    assert now.findings == lint(parsed, selection.active(), known=RULES).findings
    assert serious(now) + now.short_of_next == serious(then)


def serious(result):
    return sum(finding.severity >= Severity.WARNING for finding in result.findings)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--select", "metadata"),
        ("--ignore", "metrics"),
        ("--output-format", "json"),
        ("--quiet",),
        ("--statistics",),
        ("--diff",),
    ],
)
def test_there_is_no_such_line_for_a_part_of_the_rules_or_other_readers(card, arguments):
    card(SPARSE)
    assert "The run passes" not in run("README.md", *arguments).output


@pytest.mark.parametrize("arguments", [("--ignore", "ALL"), ("--profile", "hub", "--select", "sections")])
def test_a_run_without_a_rule_says_so(card, arguments):
    card(SPARSE)
    assert run("README.md", *arguments).stdout.splitlines() == [
        "No rule is on: 1 card read, but nothing was looked for."
    ]


def test_a_run_that_fails_by_notes_passes_no_profile(card):
    card(SPARSE)
    assert last_line("--fail-on", "note") == "Found 2 notes in 1 card."
    assert last_line("--fail-on", "error") == "The run passes `standard`; 4 findings short of `release`."


def test_standard_input_and_many_cards_have_such_a_line(card, monkeypatch):
    card(SPARSE)
    words = "The run passes `standard`; 4 findings short of `release`."
    assert CliRunner().invoke(app, ["check", "-"], input=SPARSE).stdout.splitlines()[-1] == words
    for number in range(70):
        Path(str(number)).mkdir()
        Path(f"{number}/README.md").write_bytes(SPARSE)
    words = "The run passes `standard`; 284 findings short of `release`."
    assert run(".", "--jobs", "2").stdout.splitlines()[-1] == words


def test_a_suppressed_finding_is_not_counted_as_missing(card):
    card(SPARSE + b"\n<!-- cardlint-disable-file missing-license -->\n")
    assert last_line() == "The run passes `standard`; 3 findings short of `release`."


def test_cards_of_several_profiles_have_no_such_line(card):
    card(SPARSE)
    Path("strict").mkdir()
    Path("strict/README.md").write_bytes(SPARSE)
    Path("strict/cardlint.toml").write_text('profile = "release"\n', "utf-8")
    assert "passes" not in run("README.md", "strict/README.md").stdout


def test_a_folder_without_a_card_adds_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, file, text in (("with", "README.md", SPARSE), ("without", "config.json", b'{"model_type": "bert"}')):
        Path(name).mkdir()
        Path(name, file).write_bytes(text)
    report = run("with", "without").stdout
    assert "warning[missing-card]" in report
    assert report.splitlines()[-1] == "The profile `release` would add 4 findings."
