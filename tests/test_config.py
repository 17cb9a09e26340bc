"""The configuration: where it is found, what it may say, and what is said of it when it is wrong."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cardlint
from cardlint.commands.config import schema_text, show_json, show_text
from cardlint.config import rule_names
from cardlint.config.command_line import read_overrides
from cardlint.config.errors import ConfigError
from cardlint.config.lookup import find_config
from cardlint.config.model import Config, Overrides, merge
from cardlint.config.reader import load_config
from cardlint.config.schema import config_schema
from cardlint.config.selection import ActiveRule, Configurations, Selection
from cardlint.finding import Severity
from cardlint.rule_definition import rule


@rule(severity=Severity.ERROR, group="metadata")
def unknown_license(card, *, allow: tuple[str, ...] = (), ignore_case: bool = False):
    """`license` is not an identifier that the Hub knows.

    Options:
        allow: identifiers to accept as well.
        ignore_case: whether case counts.
    """
    yield from ()


@rule(severity=Severity.WARNING, group="metadata")
def missing_license(card):
    """No license."""
    yield from ()


@rule(severity=Severity.ERROR, group="metrics")
def metric_mismatch(card, *, tolerance: float = 0.0, digits: int = 4, label: str = "x"):
    """Two values that do not agree."""
    yield from ()


@rule(severity=Severity.WARNING, group="metrics", default=False)
def unknown_row(card):
    """The summary equals no row."""
    yield from ()


PARTS = ("how-to-use", "license")


@rule(severity=Severity.WARNING, group="sections", choices={"required": PARTS, "first": PARTS}, default=False)
def missing_part(card, *, required: tuple[str, ...] = (), first: str = "license"):
    """A part is missing."""
    yield from ()


RULES = {each.name: each for each in (unknown_license, missing_license, metric_mismatch, unknown_row, missing_part)}
ON = ["unknown-license", "missing-license", "metric-mismatch"]


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a configuration below a working folder of its own; gives the path."""
    monkeypatch.chdir(tmp_path)

    def write(text, name="cardlint.toml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def names(config, card="README.md"):
    return [active.rule.name for active in Selection(config, RULES).active(Path(card))]


def error(path):
    with pytest.raises(ConfigError) as caught:
        load_config(path, RULES)
    return str(caught.value)


# Where it is found


def test_the_nearest_file_wins(write, tmp_path):
    outer = write("")
    inner = write("", "a/b/.cardlint.toml")
    assert find_config(tmp_path / "a" / "b" / "c") == inner
    assert find_config(tmp_path / "a") == outer
    assert find_config(inner) == inner


def test_within_a_folder_the_plain_name_goes_first(write, tmp_path):
    pyproject = write("[tool.cardlint]", "pyproject.toml")
    assert find_config(tmp_path) == pyproject
    hidden = write("", ".cardlint.toml")
    assert find_config(tmp_path) == hidden
    plain = write("")
    assert find_config(tmp_path) == plain


@pytest.mark.parametrize(
    "text", ["", "[tool.ruff]", "[tool.cardlinter]\na = 1", 'tool = "cardlint"', "cardlint = 1", "broken cardlint ="]
)
def test_a_pyproject_without_our_section_does_not_hide_the_folder_above(write, tmp_path, text):
    outer = write("")
    write(text, "a/pyproject.toml")
    assert find_config(tmp_path / "a") == outer


@pytest.mark.parametrize("text", ["[tool.cardlint]\nselect = [", "[ tool . 'cardlint' ]\n=", "[tool]\ncardlint = 3"])
def test_a_broken_section_is_ours_all_the_same(write, tmp_path, text):
    write("")
    path = write(text, "a/pyproject.toml")
    assert find_config(tmp_path / "a") == path
    assert "a/pyproject.toml:" in error(path)


def test_answers_are_remembered_for_every_folder_passed(write, tmp_path):
    path = write("")
    known = {}
    find_config(tmp_path / "a" / "b", known)
    assert known == dict.fromkeys([str(tmp_path), str(tmp_path / "a"), str(tmp_path / "a" / "b")], path)
    path.unlink()
    assert find_config(tmp_path / "a", known) == path
    assert find_config(tmp_path / "a" / "other", known) == path


def test_a_folder_of_the_name_is_no_file(write, tmp_path):
    outer = write("")
    (tmp_path / "a" / "cardlint.toml").mkdir(parents=True)
    assert find_config(tmp_path / "a") == outer


def test_a_pyproject_that_may_not_be_read_is_not_ours(write, tmp_path, monkeypatch):
    outer = write("")
    write("[tool.cardlint]", "a/pyproject.toml")

    def refuse(path, limit):
        raise PermissionError(path)

    monkeypatch.setattr("cardlint.config.lookup.read_regular", refuse)
    assert find_config(tmp_path / "a") == outer


# What it may say

FULL = """
select = ["metadata", "unknown-row"]
extend-select = ["metric-mismatch"]
ignore = ["missing-license"]
include = ["models/**"]
exclude = ["drafts/"]
repo-id = "owner/name"
fail-on = "never"

[severity]
unknown-license = "note"

[per-file-ignores]
"old/*.md" = ["metrics"]

[rules.unknown-license]
allow = ["mine"]
ignore-case = true
"""


def test_every_setting_is_read(write):
    path = write(FULL)
    assert load_config(path, RULES) == Config(
        file=path,
        root=path.parent,
        select=("metadata", "unknown-row"),
        extend_select=("metric-mismatch",),
        ignore=("missing-license",),
        severity={"unknown-license": "note"},
        per_file_ignores={"old/*.md": ("metrics",)},
        include=("models/**",),
        exclude=("drafts/",),
        rules={"unknown-license": {"allow": ("mine",), "ignore_case": True}},
        repo_id="owner/name",
        fail_on="never",
    )


def test_an_empty_file_is_the_default(write):
    path = write("\ufeff# a byte order mark is no trouble\n")
    assert load_config(path, RULES) == Config(file=path, root=path.parent)


def test_a_section_of_pyproject_says_the_same(write):
    plain = load_config(write(FULL), RULES)
    lines = [line.replace("[", "[tool.cardlint.", 1) if line.startswith("[") else line for line in FULL.splitlines()]
    text = "\n".join(["[project]\nname = 'x'\n[tool.cardlint]", *lines])
    section = load_config(write(text, "pyproject.toml"), RULES)
    assert (section.select, section.severity, section.rules) == (plain.select, plain.severity, plain.rules)
    assert section.per_file_ignores == plain.per_file_ignores


def test_options_may_be_written_with_underscores(write):
    config = load_config(write("[rules.unknown-license]\nignore_case = true"), RULES)
    assert config.rules == {"unknown-license": {"ignore_case": True}}


def test_renamed_and_removed_rules_are_notes(write, monkeypatch):
    monkeypatch.setitem(rule_names.RENAMED, "bad-license", "unknown-license")
    monkeypatch.setitem(rule_names.REMOVED, "no-fun", "nobody laughed")
    text = (
        'select = ["bad-license", "no-fun"]\n[severity]\nbad-license = "note"\nunknown-license = "error"\n'
        '[rules.bad-license]\nallow = ["x"]\n[rules.no-fun]\nany = 1\n'
    )
    config = load_config(write(text), RULES)
    assert config.select == ("unknown-license",)
    assert config.severity == {"unknown-license": "error"}
    assert config.rules == {"unknown-license": {"allow": ("x",)}}
    assert config.notes == (
        "cardlint.toml:1: the rule `bad-license` is now called `unknown-license`",
        "cardlint.toml:1: the rule `no-fun` was removed: nobody laughed",
        "cardlint.toml:3: the rule `bad-license` is now called `unknown-license`",
        "cardlint.toml:5: the rule `bad-license` is now called `unknown-license`",
        "cardlint.toml:7: the rule `no-fun` was removed: nobody laughed",
    )
    jsonschema.validate(tomllib.loads(text), config_schema(RULES))
    shown = show_text(Selection(config, RULES))
    assert 'allow = ["x"]                           # cardlint.toml:6' in shown


@pytest.mark.parametrize("first", ["bad-license", "unknown-license"])
def test_the_name_of_today_goes_before_an_old_one(write, monkeypatch, first):
    monkeypatch.setitem(rule_names.RENAMED, "bad-license", "unknown-license")
    second = "unknown-license" if first == "bad-license" else "bad-license"
    levels = {"bad-license": "note", "unknown-license": "error"}
    severity = f'[severity]\n{first} = "{levels[first]}"\n{second} = "{levels[second]}"\n'
    options = f'[rules.{first}]\nallow = ["{levels[first]}"]\n[rules.{second}]\nallow = ["{levels[second]}"]\n'
    config = load_config(write(severity + options), RULES)
    assert config.severity == {"unknown-license": "error"}
    assert config.rules == {"unknown-license": {"allow": ("error",)}}


def test_a_rule_renamed_to_one_that_is_not_installed_is_unknown(write, monkeypatch):
    monkeypatch.setitem(rule_names.RENAMED, "bad-thing", "worse-thing")
    assert "unknown rule `bad-thing`" in error(write("[rules.bad-thing]"))
    assert "bad-thing" not in schema_text(RULES)


# What is said when it is wrong

WRONG = [
    ('selct = ["metrics"]', "unknown setting `selct`", "selct", "select"),
    ("extend_select = []", "unknown setting `extend_select`", "extend_select", "extend-select"),
    ('select = ["unknown-licence"]', "unknown rule or group `unknown-licence`", '"unknown-licence"', RULES),
    ('select = ["metrics", "Metric_Mismatch"]', "unknown rule or group", '"Metric_Mismatch"', "metric-mismatch"),
    ('ignore = [\n  "metrics",\n  "metric",\n]', "unknown rule or group", '"metric"', "metrics"),
    ('select = "metrics"', "expected an array of rule or group names, got a string", '"metrics"', None),
    ("ignore = [1]", "expected a rule or group name, got an integer", "1", None),
    ("exclude = [true]", "expected a glob, got a boolean", "true", None),
    ("include = 1979-05-27", "expected an array of globs, got a date or time", "1979-05-27", None),
    ('include = [""]', "is not a glob: it is empty", '""', None),
    ('exclude = ["#x"]', "is not a glob: a `#` at its start", '"#x"', None),
    ('exclude = ["[z"]', "it matches nothing", '"[z"', None),
    ('exclude = ["a\\\\"]', "it matches nothing", '"a\\\\"', None),
    ('exclude = ["!"]', "it matches nothing", '"!"', None),
    ('exclude = ["a", "/"]', "it matches nothing", '"/"', None),
    ('fail-on = "warn"', "expected one of `error`, `warning`, `note`, `never`, got `warn`", '"warn"', "warning"),
    ("fail-on = false", "`note`, `never`, got a boolean", "false", None),
    (
        'repo-id = "https://x/y"',
        "expected a repository id such as `owner/name`, got `https://x/y`",
        '"https://x/y"',
        None,
    ),
    ("severity = []", "expected a table of rule names and levels, got an array", "[]", None),
    ('[severity]\nmetrics = "note"', "expected a rule name, got the group `metrics`", "metrics", None),
    ('[severity]\nunknown-licenses = "note"', "unknown rule", "unknown-licenses", "unknown-license"),
    (
        'severity.unknown-license = "errors"',
        "expected one of `error`, `warning`, `note`, `off`, got `errors`",
        '"errors"',
        "error",
    ),
    ('severity = { unknown-license = "never" }', "expected one of `error`, `warning`, `note`, `off`", '"never"', None),
    ('[per-file-ignores]\n"*.md" = ["metrik"]', "unknown rule or group `metrik`", '"metrik"', "metrics"),
    ('[per-file-ignores]\n"!!x" = []', "is not a glob: it has two `!`", '"!!x"', None),
    ('[per-file-ignores]\n"!#x" = []', "`!#x` is not a glob: a `#` at its start", '"!#x"', None),
    ("rules.metric-mismatch = 3", "expected a table of options, got an integer", "3", None),
    ("[rules.metrics]", "expected a rule name, got the group `metrics`", "metrics", None),
    ("[rules.'unknown-licence']", "unknown rule", "'unknown-licence'", "unknown-license"),
    ("[rules.metric-mismatch]\ntolerence = 1.0", "has no option `tolerence`", "tolerence", "tolerance"),
    ("[rules.metric-mismatch]\ndigits = true", "expected an integer, got a boolean", "true", None),
    ("[rules.metric-mismatch]\ndigits = 1.5", "expected an integer, got a float", "1.5", None),
    ('[rules.metric-mismatch]\ntolerance = "1"', "expected a number, got a string", '"1"', None),
    ("[rules.metric-mismatch]\nlabel = 1", "expected a string, got an integer", "1", None),
    ('[rules.unknown-license]\nallow = ["a",\n 2]', "expected a string, got an integer", "2", None),
    ('[rules.unknown-license]\nallow = "a"', "expected an array of strings, got a string", '"a"', None),
    ("[rules.unknown-license]\nignore-case = 1", "expected `true` or `false`, got an integer", "1", None),
    (
        "[rules.unknown-license]\nignore-case = true\nignore_case = true",
        "duplicate option `ignore_case`",
        "ignore_case",
        None,
    ),
    ("[rules.missing-license]\nx = 1", "the rule `missing-license` has no option `x`", "x", None),
]


@pytest.mark.parametrize(("text", "message", "marked", "suggestion"), WRONG)
def test_a_mistake_is_shown_at_its_place(write, text, message, marked, suggestion):
    shown = error(write(f"# first line\n{text}\n"))
    head, line, carets, *rest = shown.splitlines()
    start = carets.index("^")
    assert message in head
    assert line[start : start + carets.count("^")] == marked
    number = int(line.partition(" |")[0])
    assert head.startswith(f"cardlint.toml:{number}: ")
    assert line.partition("| ")[2] == f"# first line\n{text}\n".splitlines()[number - 1]
    suggestion = "unknown-license" if suggestion is RULES else suggestion
    assert ("did you mean" in shown) == (suggestion is not None)
    if suggestion:
        assert rest == [f"  did you mean `{suggestion}`?"]


def test_the_whole_of_an_error(write):
    shown = error(write('[severity]\nunknown-licence = "note"\n[rules.unknown-license]\nallow = [3]\n'))
    assert shown == (
        "cardlint.toml:2: unknown rule `unknown-licence`\n"
        '2 | unknown-licence = "note"\n'
        "  | ^^^^^^^^^^^^^^^\n"
        "  did you mean `unknown-license`?\n"
        "cardlint.toml:4: expected a string, got an integer\n"
        "4 | allow = [3]\n"
        "  |          ^"
    )


def test_mistakes_stand_in_the_order_of_the_file(write):
    text = 'fail-on = 1\n[rules.x]\n[severity]\ny = "note"\nunknown-license = "z"\n[rules.w]\n'
    lines = [line for line in error(write(text)).splitlines() if line.startswith("cardlint.toml")]
    assert [int(line.split(":")[1]) for line in lines] == [1, 2, 4, 5, 6]


def test_places_in_a_pyproject_are_those_of_the_section(write):
    text = 'select = ["x"]\n[tool.other]\nselect = ["x"]\n[tool.cardlint]\nselect = ["x"]\n'
    assert error(write(text, "pyproject.toml")).startswith("pyproject.toml:5: ")


def test_misplaced_settings_are_explained(write):
    assert "options of a rule belong under `[rules.metric-mismatch]`" in error(write("[metric-mismatch]"))
    assert "here settings are at the top level" in error(write("[tool.cardlint]"))
    assert "it has no options" in error(write("[rules.missing-license]\nx = 1"))
    assert "is set under `[severity]`" in error(write('[rules.missing-license]\nseverity = "note"'))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"select = [\n", "cardlint.toml:1: not valid TOML: "),
        (b"a = 1\na = 2\n", "cardlint.toml:2: not valid TOML: "),
        (b"\n\nselect == 1\n", "cardlint.toml:3: not valid TOML: "),
        (b"a = " + b"9" * 5000, "cardlint.toml: not valid TOML: "),
        (b"a = " + b"[" * 100_000, "nested too deeply"),
        (b"a = '\xe9'\n", "cardlint.toml:1: the file is not encoded in UTF-8"),
        ("select = []".encode("utf-16"), "cardlint.toml:1: the file is not encoded in UTF-8"),
        (b"a = \x1b[31m", "cardlint.toml:1: "),
    ],
)
def test_what_is_no_toml_is_no_traceback(write, content, message):
    path = write("")
    path.write_bytes(content)
    shown = error(path)
    assert message in shown
    assert "\x1b" not in shown


def test_a_syntax_error_points_at_its_column(write):
    assert error(write("x = 1\nselect = ?\n")).endswith("2 | select = ?\n  |          ^")


def test_a_file_that_is_not_there(write, tmp_path):
    assert error(tmp_path / "gone.toml") == "gone.toml: the file cannot be read: No such file or directory"


def test_a_pyproject_without_the_section_cannot_be_asked_for(write):
    assert "has no section `[tool.cardlint]`" in error(write("[tool]", "pyproject.toml"))


def test_a_long_line_and_wide_characters_keep_the_caret_in_place(write):
    padding = ", ".join(['"metrics"'] * 40)
    shown = error(write(f'select = [{padding}, "nope", {padding}]\n'))
    _, line, carets, *_ = shown.splitlines()
    assert len(line) < 120
    assert line[carets.index("^") :].startswith('"nope"')
    _, line, carets, *_ = error(write('exclude = ["模型/", 3]')).splitlines()
    assert carets.index("^") == line.index("3") + 2


def test_names_are_shown_without_control_characters(write):
    assert "`a\\x1b\\nb`" in error(write('"a\\u001b\\nb" = 1'))


def test_an_error_survives_pickling(write):
    with pytest.raises(ConfigError) as caught:
        load_config(write("\nx = 1"), RULES)
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert (again.path, again.line) == (Path.cwd() / "cardlint.toml", 2)


@pytest.mark.parametrize(
    ("option", "valid"),
    [
        ('required = ["license", "how_to_use"]', True),
        ('first = "how-to-use"', True),
        ('required = ["license", "licence"]', False),
        ('first = "usage"', False),
    ],
)
def test_options_with_choices_allow_no_other_values(write, option, valid):
    text = f"[rules.missing-part]\n{option}\n"
    assert loads(write(text)) is valid
    schema = jsonschema.Draft202012Validator(config_schema(RULES))
    assert schema.is_valid(tomllib.loads(text)) is valid


def test_an_unknown_choice_is_an_error_that_lists_all(write):
    message = error(write('[rules.missing-part]\nrequired = ["license", "licence"]\n'))
    assert "unknown value `licence`; the values of `required` are `how-to-use`, `license`" in message
    assert "did you mean `license`?" in message


# The command line


def test_options_are_repeatable_and_take_commas():
    overrides = read_overrides(
        RULES,
        select=["metadata, metric-mismatch", "unknown-row"],
        ignore=["missing-license,"],
        severity=["unknown-license=note", "unknown-row = error"],
        repo_id="gpt2",
        fail_on="never",
    )
    assert overrides == Overrides(
        select=("metadata", "metric-mismatch", "unknown-row"),
        ignore=("missing-license",),
        severity={"unknown-license": "note", "unknown-row": "error"},
        repo_id="gpt2",
        fail_on="never",
    )
    assert read_overrides(RULES, select=[]) == Overrides()


def test_all_that_is_wrong_on_the_command_line_is_said():
    with pytest.raises(ConfigError) as caught:
        read_overrides(
            RULES,
            select=["metric"],
            extend_select=[","],
            ignore=["zzz"],
            severity=["unknown-license", "metrics=note", "unknown-row=warn"],
            repo_id="a/b/c",
            fail_on="nevr",
        )
    assert str(caught.value).splitlines() == [
        "--select: unknown rule or group `metric`; did you mean `metrics`?",
        "--extend-select: no rule or group is named",
        "--ignore: unknown rule or group `zzz`",
        "--severity: expected RULE=LEVEL, got `unknown-license`",
        "--severity: expected a rule name, got the group `metrics`",
        "--severity: expected one of `error`, `warning`, `note`, `off`, got `warn`; did you mean `warning`?",
        "--repo-id: expected a repository id such as `owner/name`, got `a/b/c`",
        "--fail-on: expected one of `error`, `warning`, `note`, `never`, got `nevr`; did you mean `never`?",
    ]
    assert (caught.value.path, caught.value.line) == (None, None)


def test_the_command_line_goes_before_the_file():
    config = Config(severity={"a": "note", "b": "note"}, repo_id="x/y", notes=("file",))
    merged = merge(config, Overrides(severity={"a": "error"}, fail_on="note", notes=("line",)))
    assert merged.severity == {"a": "error", "b": "note"}
    assert (merged.repo_id, merged.fail_severity, merged.notes) == ("x/y", Severity.NOTE, ("file", "line"))
    assert merge(config, Overrides(repo_id="z/z", fail_on="never")).repo_id == "z/z"
    assert merge(config, Overrides(fail_on="never")).fail_severity is None
    assert merge(config, Overrides()).fail_severity is Severity.WARNING


# Which rules run


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (Config(), ON),
        (Config(select=()), []),
        (Config(select=("metrics",)), ["metric-mismatch"]),
        (Config(select=("unknown-row",)), ["unknown-row"]),
        (Config(extend_select=("unknown-row",)), [*ON, "unknown-row"]),
        (Config(extend_select=("metrics",)), ON),
        (Config(ignore=("metadata",)), ["metric-mismatch"]),
        (Config(select=("metadata",), ignore=("missing-license",)), ["unknown-license"]),
        (Config(select=("missing-license",), ignore=("metadata",)), ["missing-license"]),
        (Config(extend_select=("missing-license",), ignore=("metadata",)), ["missing-license", "metric-mismatch"]),
        (Config(select=("missing-license",), ignore=("missing-license",)), []),
        (Config(select=("metadata",), ignore=("metadata",)), []),
        (Config(severity={"missing-license": "off"}), ["unknown-license", "metric-mismatch"]),
        (Config(select=("missing-license",), severity={"missing-license": "off"}), []),
        (
            Config(extend_select=("unknown-row",), ignore=("metrics",)),
            ["unknown-license", "missing-license", "unknown-row"],
        ),
    ],
)
def test_the_more_specific_name_wins(config, expected):
    assert names(config) == expected


@pytest.mark.parametrize(
    ("file", "line", "expected"),
    [
        # --select starts anew, so that what is asked for by name runs though the file ignores it
        ({"ignore": ("metric-mismatch",)}, {"select": ("metric-mismatch",)}, ["metric-mismatch"]),
        ({"select": ("metadata",)}, {"select": ("metrics",)}, ["metric-mismatch"]),
        # without it the file's selection stays, less or more what the line names
        ({"select": ("metadata",), "ignore": ("missing-license",)}, {"extend_select": ("metrics",)}, [ON[0], ON[2]]),
        ({"select": ("metric-mismatch",)}, {"ignore": ("metrics",)}, []),
        ({"select": ("unknown-row",)}, {"ignore": ("metrics",)}, []),
        ({"ignore": ("metadata",)}, {"ignore": ("metrics",)}, []),
        ({"ignore": ("metadata",)}, {"extend_select": ("metadata",)}, ON),
        # `off` is weighed as `ignore` is, and a level on the line takes its place
        ({"severity": {"missing-license": "off"}}, {"select": ("missing-license",)}, ["missing-license"]),
        ({"severity": {"missing-license": "off"}}, {"severity": {"missing-license": "note"}}, ON),
        ({"severity": {"missing-license": "note"}}, {"severity": {"missing-license": "off"}}, [ON[0], ON[2]]),
        ({}, {"select": ("missing-license",), "severity": {"missing-license": "off"}}, []),
    ],
)
def test_the_command_line_is_weighed_after_the_file(file, line, expected):
    assert names(merge(Config(**file), Overrides(**line))) == expected


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (Config(), ON),
        (Config(fixable=()), []),
        (Config(fixable=("metadata",)), ["unknown-license", "missing-license"]),
        (Config(fixable=("metadata",), unfixable=("missing-license",)), ["unknown-license"]),
        (Config(fixable=("missing-license",), unfixable=("metadata",)), ["missing-license"]),
        (Config(unfixable=("metadata",)), ["metric-mismatch"]),
        (Config(fixable=("metrics",), unfixable=("metrics",)), []),
    ],
)
def test_whose_fixes_are_applied(config, expected):
    assert [each.rule.name for each in Selection(config, RULES).active() if each.fixable] == expected


NAMES = st.lists(st.sampled_from([*RULES, "metadata", "metrics"]), max_size=4).map(tuple)
LAYERS = st.fixed_dictionaries({"select": st.none() | NAMES, "extend_select": NAMES, "ignore": NAMES})


@given(LAYERS, LAYERS)
def test_whatever_is_selected_and_ignored(file, line):
    selected = names(merge(Config(**file), Overrides(**line)))
    assert selected == [name for name in RULES if name in selected]
    for name in RULES:
        if name in line["ignore"]:
            assert name not in selected
        elif name in line["extend_select"]:
            assert name in selected
    named = {*(file["select"] or ()), *file["extend_select"], *(line["select"] or ()), *line["extend_select"]}
    assert "unknown-row" not in selected or "unknown-row" in named


def test_options_and_severities_come_with_the_rule():
    config = Config(
        select=("unknown-license", "unknown-row", "missing-license"),
        rules={"unknown-license": {"allow": ("x",)}},
        severity={"unknown-license": "note"},
    )
    active = {each.rule.name: each for each in Selection(config, RULES).active()}
    assert active["unknown-license"] == ActiveRule(unknown_license, {"allow": ("x",)}, Severity.NOTE)
    assert active["missing-license"] == ActiveRule(missing_license, {}, None)
    assert active["unknown-row"] == ActiveRule(unknown_row, {}, Severity.NOTE)
    config = Config(select=("unknown-row",), severity={"unknown-row": "error"})
    assert Selection(config, RULES).active()[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("glob", "card", "ignored"),
    [
        ("old/*.md", "old/README.md", True),
        ("old/*.md", "a/old/README.md", False),
        ("old/", "a/old/deep/README.md", True),
        ("README.md", "x/y/README.md", True),
        ("/README.md", "x/README.md", False),
        ("**/x/**", "a/x/README.md", True),
        ("!old/", "old/README.md", False),
        ("!old/", "new/README.md", True),
        ("*.md", "../elsewhere/README.md", True),
        ("/elsewhere/", "../elsewhere/README.md", False),
    ],
)
def test_globs_are_those_of_gitignore_relative_to_the_file(tmp_path, glob, card, ignored):
    config = Config(root=tmp_path, per_file_ignores={glob: ("metrics",)})
    assert ("metric-mismatch" not in names(config, tmp_path / card)) == ignored


def test_all_globs_that_match_count(tmp_path):
    config = Config(root=tmp_path, per_file_ignores={"a/": ("metrics",), "*.md": ("missing-license",)})
    assert names(config, tmp_path / "a" / "x.md") == ["unknown-license"]
    assert names(config, tmp_path / "b" / "x.md") == ["unknown-license", "metric-mismatch"]


def test_cards_with_the_same_rules_share_them(tmp_path):
    selection = Selection(Config(root=tmp_path, per_file_ignores={"a/": ("metrics",)}), RULES)
    assert selection.active(tmp_path / "a/x.md") is selection.active(tmp_path / "a/y.md")
    assert selection.active(tmp_path / "b/x.md") is selection.active()


def test_a_relative_card_is_seen_from_the_working_folder(write, tmp_path, monkeypatch):
    config = load_config(write('[per-file-ignores]\n"a/b/" = ["metrics"]'), RULES)
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert "metric-mismatch" not in names(config, "b/README.md")


@pytest.mark.skipif(os.name == "nt", reason="a symlink needs a privilege there")
def test_a_symlink_on_the_way_to_the_file_or_the_card_does_not_matter(tmp_path):
    (tmp_path / "real" / "old").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for root, folder in (("real", "link"), ("link", "real"), ("link", "link")):
        config = Config(root=tmp_path / root, per_file_ignores={"/old/": ("metrics",)})
        assert "metric-mismatch" not in names(config, tmp_path / folder / "old" / "README.md")


# Which cards are linted


def test_why_a_card_is_left_out(write, tmp_path):
    path = write('include = ["models/", "*.markdown"]\nexclude = ["drafts/", "!keep.md"]')
    selection = Selection(load_config(path, RULES), RULES)
    assert selection.why_excluded(Path("models/a/README.md")) is None
    assert selection.why_excluded(tmp_path / "x.markdown") is None
    assert selection.why_excluded(Path("models/drafts/README.md")) == "`exclude` in cardlint.toml has `drafts/`"
    assert selection.why_excluded(Path("README.md")) == "nothing in `include` in cardlint.toml matches"
    assert selection.why_excluded(Path("README.md"), named=True) is None
    assert selection.why_excluded(Path("drafts/README.md"), named=True) == "`exclude` in cardlint.toml has `drafts/`"
    assert (
        Configurations(RULES).why_excluded(Path("README.md"), False) == "nothing in `include` in cardlint.toml matches"
    )
    assert Selection(Config(), RULES).why_excluded(Path("README.md")) is None
    assert Selection(Config(exclude=("*.md",)), RULES).why_excluded(Path("README.md")) == "`exclude` has `*.md`"


# One configuration for each card


def test_each_card_has_its_nearest_configuration(write, tmp_path):
    write('select = ["metrics"]')
    write('select = ["unknown-license"]', "a/.cardlint.toml")
    configurations = Configurations(RULES, Overrides(ignore=("metrics",)))
    assert [each.rule.name for each in configurations.for_card(Path("a/b/README.md")).active()] == ["unknown-license"]
    assert configurations.for_card(Path("README.md")).active() == ()
    assert configurations.for_card(Path("README.md")) is configurations.for_card(tmp_path / "b" / "README.md")


def test_one_file_for_all_or_none_at_all(write, tmp_path):
    write('select = ["metrics"]')
    other = write('select = ["unknown-license"]', "other.toml")
    card = Path("README.md")
    assert Configurations(RULES, file=other).for_card(card).config.file == other
    isolated = Configurations(RULES, file=other, isolated=True).for_card(card).config
    assert isolated == Config(root=tmp_path)


def test_a_broken_configuration_is_an_error_for_each_of_its_cards(write):
    write("x = 1", "a/cardlint.toml")
    configurations = Configurations(RULES)
    errors = []
    for card in ("a/README.md", "a/b/README.md"):
        with pytest.raises(ConfigError) as caught:
            configurations.for_card(Path(card))
        errors.append(caught.value)
    assert errors[0] is errors[1]
    assert configurations.for_card(Path("README.md")).config.file is None


def test_a_run_without_a_file_imports_no_parser_of_one(tmp_path):
    code = (
        "import sys; from pathlib import Path; from cardlint.config.selection import Configurations;"
        "Configurations({}).for_card(Path('README.md')).active(Path('README.md'));"
        "unneeded = ['rich', 'tomllib', 'difflib', 'json'];"
        "unneeded += [f'cardlint.config.{name}' for name in ('reader', 'section_reader', 'schema', 'toml_places')];"
        "print([name for name in unneeded if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


# The schema


def valid(data):
    return jsonschema.Draft202012Validator(config_schema(RULES)).is_valid(data)


def loads(path):
    try:
        load_config(path, RULES)
    except ConfigError:
        return False
    return True


# What JSON Schema cannot say, or git alone knows.
ONLY_LOADING_REFUSES = ('exclude = ["[z"]', 'exclude = ["a\\\\"]', 'exclude = ["!"]', 'exclude = ["a", "/"]')


def test_the_schema_is_one():
    schema = json.loads(schema_text(RULES))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    assert all(each["description"] for each in schema["properties"].values())
    assert set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(schema))) == set(schema["$defs"])
    options = schema["properties"]["rules"]["properties"]["unknown-license"]["properties"]
    assert options["ignore-case"] == {"description": "whether case counts.", "type": "boolean", "default": False}
    assert options["allow"]["default"] == []


def test_the_schema_accepts_what_loading_accepts():
    assert valid(tomllib.loads(FULL))
    assert valid({})


@pytest.mark.parametrize("text", [text for text, *_ in WRONG if text not in ONLY_LOADING_REFUSES])
def test_the_schema_refuses_what_loading_refuses(text):
    assert not valid(tomllib.loads(text))


# Mostly right and sometimes a little wrong, so that both answers come up.
RULE_NAMES = st.sampled_from([*RULES] * 3 + ["metrics", "unknown"])
SELECTORS = st.sampled_from([*RULES, "metadata", "metrics"] * 4 + ["", "Metrics", 1])
LEVELS = st.sampled_from(["error", "warning", "note"] * 4 + ["never", "off", 2])
GLOBS = st.sampled_from(["*.md", "a/", "!x", " y"] * 4 + ["", " ", "#", "!!x", "!#", True])
REPO_IDS = st.sampled_from(
    ["a/b", "gpt2", "a-b/c_d.e", "a--b", "a..b/c", "a/b\n", "/a", "a/", "-a/b", "a/b-", "a" * 97, 1]
)
OPTIONS = {
    "allow": st.lists(st.sampled_from(["a", "b", "", 1]), max_size=2) | st.just("a"),
    "ignore-case": st.booleans() | st.just(0),
    "ignore_case": st.booleans() | st.just("true"),
    "tolerance": st.sampled_from([0, 1, 0.5, True, "1"]),
    "digits": st.sampled_from([0, 1, 0.5, True, "1"]),
    "label": st.sampled_from(["", "a", 1, ["a"]]),
    "required": st.sampled_from([[], ["license"], ["how_to_use"], ["licence"], "license", [1]]),
}
RULE_OPTIONS = {
    "unknown-license": ("allow", "ignore-case", "ignore_case"),
    "missing-license": (),
    "metric-mismatch": ("tolerance", "digits", "label"),
    "missing-part": ("required",),
    "unknown": ("allow",),
}


def rule_tables(spare):
    """Options of rules; `spare` may stand in any of them."""
    tables = {
        name: st.fixed_dictionaries({}, optional={option: OPTIONS[option] for option in (*options, *spare)})
        for name, options in RULE_OPTIONS.items()
        if spare or name != "unknown"
    }
    return st.fixed_dictionaries({}, optional=tables)


SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "select": st.lists(SELECTORS, max_size=2),
        "extend-select": st.lists(SELECTORS, max_size=2),
        "ignore": st.lists(SELECTORS, max_size=2) | st.just("metrics"),
        "severity": st.dictionaries(RULE_NAMES, LEVELS, max_size=2),
        "per-file-ignores": st.dictionaries(GLOBS.map(str), st.lists(SELECTORS, max_size=2), max_size=2),
        "include": st.lists(GLOBS, max_size=2),
        "exclude": st.lists(GLOBS, max_size=2) | st.just({}),
        "rules": rule_tables(()) | rule_tables(("allow", "digits")),
        "repo-id": REPO_IDS,
        "fail-on": LEVELS,
        "min-severity": LEVELS,
        "baseline": st.text("a/. \0\n", max_size=3),
    },
).flatmap(
    lambda settings: (
        st.lists(st.sampled_from(sorted(settings)), max_size=3, unique=True).map(
            lambda kept: {name: settings[name] for name in kept}
        )
        if settings
        else st.just({})
    )
)


def toml(value):
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


@given(data=SETTINGS)
def test_schema_and_loading_agree(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "agree.toml"
    path.write_text("".join(f"{name} = {toml(value)}\n" for name, value in data.items()), encoding="utf-8")
    assert valid(data) == loads(path)


@given(st.from_regex(r"(?s).{0,3}[!#*/\[\]\\a ]{0,4}", fullmatch=True))
def test_the_schema_refuses_no_glob_that_loading_takes(tmp_path_factory, glob):
    path = tmp_path_factory.getbasetemp() / "glob.toml"
    for data in ({"exclude": [glob]}, {"per-file-ignores": {glob: []}}):
        text = "".join(f"{name} = {toml(value)}\n" for name, value in data.items())
        path.write_text(text.replace("\x7f", "\\u007f"), encoding="utf-8")
        assert valid(data) or not loads(path)


# What is in force


def test_show_names_the_origin_of_every_setting(write):
    config = load_config(write(FULL), RULES)
    overrides = Overrides(ignore=("unknown-row",), severity={"metric-mismatch": "note"}, repo_id="a/b")
    assert (
        show_text(Selection(merge(config, overrides), RULES))
        == """\
# Configuration file: cardlint.toml; globs are relative to .

select = ["metadata", "unknown-row"]    # cardlint.toml:2
extend-select = ["metric-mismatch"]     # cardlint.toml:3
ignore = ["missing-license"]            # cardlint.toml:4
# --ignore unknown-row
profile = "standard"                    # default
unfixable = []                          # default
include = ["models/**"]                 # cardlint.toml:5
exclude = ["drafts/"]                   # cardlint.toml:6
repo-id = "a/b"                         # command line
fail-on = "never"                       # cardlint.toml:8
min-severity = "note"                   # default

[severity]
unknown-license = "note"                # cardlint.toml:11
metric-mismatch = "note"                # command line

[per-file-ignores]
"old/*.md" = ["metrics"]                # cardlint.toml:14

[rules.unknown-license]
allow = ["mine"]                        # cardlint.toml:17
ignore-case = true                      # cardlint.toml:18

[rules.metric-mismatch]
tolerance = 0.0                         # default
digits = 4                              # default
label = "x"                             # default

# Active rules: 2 of 5
#   note    metric-mismatch
#   note    unknown-license
"""
    )


def test_show_without_a_file():
    shown = show_text(Selection(merge(Config(), Overrides(select=("missing-license",))), RULES))
    assert shown.startswith("# No configuration file is used here.\n")
    assert "# --select missing-license replaces the three settings above\n" in shown
    assert shown.endswith("# Active rules: 1 of 5\n#   warning missing-license\n")


def test_what_is_shown_can_be_read_again(write):
    first = load_config(write(FULL), RULES)
    again = load_config(write(show_text(Selection(first, RULES)), "again/cardlint.toml"), RULES)
    same = ("select", "extend_select", "ignore", "severity", "per_file_ignores", "include", "exclude", "repo_id")
    assert [getattr(again, name) for name in same] == [getattr(first, name) for name in same]
    assert again.fail_on == first.fail_on
    assert names(again, "models/x.md") == names(first, "models/x.md")


def test_show_as_json(write):
    config = merge(load_config(write(FULL), RULES), Overrides(fail_on="note"))
    answer = json.loads(show_json(Selection(config, RULES)))
    assert answer["file"] == "cardlint.toml"
    assert answer["settings"]["select"] == {
        "value": ["metadata", "unknown-row"],
        "origin": {"from": "file", "path": "cardlint.toml", "line": 2},
    }
    assert answer["settings"]["fail-on"]["origin"]["from"] == "command line"
    licenses = next(each for each in answer["rules"] if each["rule"] == "unknown-license")
    assert licenses["severity"] == "note"
    assert licenses["options"]["allow"]["value"] == ["mine"]
    assert licenses["options"]["ignore-case"]["origin"]["line"] == 18
    assert answer["per_file_ignores"]["old/*.md"]["origin"]["line"] == 14
    assert answer["severity"]["unknown-license"]["value"] == "note"


# A new setting is one field of `Settings`

FIELDS = """\
    shelf: Annotated[Level, Meta(description="The shelf of the cards.")] = "note"
    weights: Annotated[Mapping[RuleName, int], Meta(description="The weights.", examples=[{"missing-license": 2}])] = {}
    legs: Annotated[Annotated[int, Meta(ge=1)] | None, Meta(description="The legs.", examples=[2])] = None
    nest: tuple[int, str] = (1, "owl")
    roost: str | None = None
    twigs: Mapping[str, int] = {}
    night: bool = False
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory):
    """Run the command of a copy of cardlint whose settings have more fields."""
    copy = tmp_path_factory.mktemp("extended")
    shutil.copytree(Path(cardlint.__file__).parent, copy / "cardlint")
    model = copy / "cardlint/config/model.py"
    before, first, after = model.read_text("utf-8").partition("    select: Annotated[")
    model.write_text(before + FIELDS + first + after, "utf-8")

    def run(*arguments, cwd):
        command = [sys.executable, "-m", "cardlint", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(copy)}
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=False, encoding="utf-8")

    return run


def test_a_new_setting_is_read_and_shown(extended, write, tmp_path):
    write('legs = 2\nnest = [3, "lark"]\n[weights]\nmissing-license = 4\n')
    shown = extended("config", cwd=tmp_path).stdout
    for line in (
        'shelf = "note"                          # default',
        "legs = 2                                # cardlint.toml:1",
        'nest = [3, "lark"]                      # cardlint.toml:2',
        "night = false                           # default",
        "[weights]",
        "missing-license = 4                     # cardlint.toml:4",
    ):
        assert line in shown.splitlines()
    answer = json.loads(extended("config", "--output-format", "json", cwd=tmp_path).stdout)
    assert answer["settings"]["legs"] == {"value": 2, "origin": {"from": "file", "path": "cardlint.toml", "line": 1}}
    assert answer["weights"]["missing-license"]["value"] == 4


def test_a_new_setting_is_checked(extended, write, tmp_path):
    write('shelf = "notes"\nlegs = 0\nnest = [3, 4]\nnight = "yes"\nnights = true\n[weights]\nmissing-licenses = "1"\n')
    assert extended("config", cwd=tmp_path).stderr.splitlines() == [
        "error: cardlint.toml:1: expected one of `error`, `warning`, `note`, `off`, got `notes`",
        '1 | shelf = "notes"',
        "  |         ^^^^^^^",
        "  did you mean `note`?",
        "cardlint.toml:2: expected an integer >= 1",
        "2 | legs = 0",
        "  |        ^",
        "cardlint.toml:3: expected a string, got an integer",
        "3 | nest = [3, 4]",
        "  |            ^",
        "cardlint.toml:4: expected `true` or `false`, got a string",
        '4 | night = "yes"',
        "  |         ^^^^^",
        "cardlint.toml:5: unknown setting `nights`",
        "5 | nights = true",
        "  | ^^^^^^",
        "  did you mean `night`?",
        "cardlint.toml:7: unknown rule `missing-licenses`",
        '7 | missing-licenses = "1"',
        "  | ^^^^^^^^^^^^^^^^",
        "  did you mean `missing-license`?",
        "cardlint.toml:7: expected an integer, got a string",
        '7 | missing-licenses = "1"',
        "  |                    ^^^",
    ]


def test_a_new_setting_is_in_the_schema(extended, tmp_path):
    schema = json.loads(extended("config", "--schema", cwd=tmp_path).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    properties = schema["properties"]
    assert properties["shelf"] == {
        "$ref": "#/$defs/level",
        "description": "The shelf of the cards.",
        "default": "note",
    }
    assert properties["legs"] == {"type": "integer", "minimum": 1, "description": "The legs.", "examples": [2]}
    assert properties["night"] == {"type": "boolean", "default": False}
    assert properties["weights"]["properties"]["missing-license"]["type"] == "integer"


def test_a_new_setting_is_in_a_new_configuration(extended, tmp_path):
    extended("init", "--yes", cwd=tmp_path)
    text = (tmp_path / "cardlint.toml").read_text("utf-8")
    assert '# The shelf of the cards.\n#shelf = "note"\n' in text
    assert "#[weights]\n#missing-license = 2\n" in text
    (tmp_path / "cardlint.toml").write_text(re.sub(r"^#(?! )", "", text, flags=re.MULTILINE), "utf-8")
    (tmp_path / "team.toml").touch()  # which the example extends
    assert "missing-license = 2" in extended("config", cwd=tmp_path).stdout
