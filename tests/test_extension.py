"""Configuration files that extend another, and values of options that nothing equals."""

import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from cardlint.cli.app import app
from cardlint.config.errors import ConfigError
from cardlint.config.reader import load_config
from cardlint.config.schema import config_schema
from cardlint.registry import load_rules

RULES = load_rules()


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files):
    for name, text in files.items():
        path = Path(name.replace("__", "/")).with_suffix(".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def load(own, base, **more):
    write(base=base, own=f'extend = "base.toml"\n{own}', **more)
    return load_config(Path("own.toml"), RULES)


def error(name="own"):
    with pytest.raises(ConfigError) as caught:
        load_config(Path(f"{name}.toml"), RULES)
    return str(caught.value)


def test_settings_of_the_other_file_hold_where_this_one_sets_none():
    config = load("", 'fail-on = "note"\nrepo-id = "tawny/owl"\ninclude = ["a"]\n')
    assert (config.fail_on, config.repo_id, config.include) == ("note", "tawny/owl", ("a",))
    config = load('fail-on = "error"\ninclude = ["b"]\n', 'fail-on = "note"\ninclude = ["a"]\n')
    assert (config.fail_on, config.include) == ("error", ("b",))
    assert config.file == Path("own.toml").absolute()
    assert config.root == Path.cwd()
    assert config.extended == (Path("base.toml").absolute(),)


def test_lists_are_added_and_a_name_takes_back_the_same_name():
    config = load(
        'extend-select = ["dead-link"]\nignore = ["source"]\nexclude = ["!a/b"]\nunfixable = ["metrics"]\n',
        'extend-select = ["source", "training"]\nignore = ["dead-link", "sections"]\nexclude = ["a/"]\n'
        'unfixable = ["source"]\n',
    )
    assert config.extend_select == ("training", "dead-link")
    assert config.ignore == ("sections", "source")
    assert config.exclude == ("a/", "!a/b")
    assert config.unfixable == ("source", "metrics")


def test_select_and_fixable_start_anew():
    base = 'select = ["source"]\nextend-select = ["metrics"]\nignore = ["dead-link"]\nunfixable = ["source"]\n'
    config = load('select = ["metadata"]\nfixable = ["source"]\n', base)
    assert (config.select, config.extend_select, config.ignore) == (("metadata",), (), ())
    assert (config.fixable, config.unfixable) == (("source",), ())


def test_tables_are_combined_name_by_name():
    config = load(
        '[severity]\ndead-link = "error"\n[rules.unknown-license]\nallow = ["b"]\n'
        '[per-file-ignores]\n"a" = ["metrics"]\n"c" = ["training"]\n',
        '[severity]\ndead-link = "note"\nduplicate-key = "note"\n[rules.unknown-license]\nallow = ["a"]\n'
        '[rules.unknown-key]\nallow = ["x"]\n[per-file-ignores]\n"a" = ["source"]\n',
    )
    assert config.severity == {"dead-link": "error", "duplicate-key": "note"}
    assert config.rules == {"unknown-license": {"allow": ("a", "b")}, "unknown-key": {"allow": ("x",)}}
    assert config.per_file_ignores == {"a": ("source", "metrics"), "c": ("training",)}


def test_a_chain_of_files_each_relative_to_its_own_folder():
    write(
        deep__own='extend = "../middle/middle.toml"\nignore = ["a"]\n'.replace('"a"', '"source"'),
        middle__middle='extend = "top.toml"\nignore = ["metrics"]\nfail-on = "note"\n',
        middle__top='ignore = ["training"]\nfail-on = "error"\nrepo-id = "tawny/owl"\n',
    )
    Path(".git").mkdir()
    config = load_config(Path("deep/own.toml"), RULES)
    assert config.ignore == ("training", "metrics", "source")
    assert (config.fail_on, config.repo_id) == ("note", "tawny/owl")
    assert [file.name for file in config.extended] == ["middle.toml", "top.toml"]
    shown = CliRunner().invoke(app, ["config", "--config", "deep/own.toml"]).stdout
    assert "# Configuration file: deep/own.toml, which extends middle/middle.toml, middle/top.toml; globs" in shown
    assert 'repo-id = "tawny/owl"                   # middle/top.toml:3' in shown
    assert 'fail-on = "note"                        # middle/middle.toml:3' in shown


def test_pyproject_extends_and_is_extended_in_its_section():
    write(pyproject='[tool.cardlint]\nextend = "base.toml"\n', base='fail-on = "note"\n')
    assert load_config(Path("pyproject.toml"), RULES).fail_on == "note"
    write(pyproject='[tool.cardlint]\nfail-on = "error"\n', own='extend = "pyproject.toml"\n')
    assert load_config(Path("own.toml"), RULES).fail_on == "error"
    write(pyproject='[tool.other]\nfail-on = "error"\n')
    assert error() == "pyproject.toml: the file has no section `[tool.cardlint]`"


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_circle_is_an_error_where_it_closes(length):
    for number in range(length):
        write(**{f"file{number}": f'# {number}\nextend = "./x/../file{(number + 1) % length}.toml"\n'})
    way = " -> ".join(f"file{number}.toml" for number in (*range(length), 0))
    shown = error("file0").splitlines()
    assert shown[0] == f"file{length - 1}.toml:2: files extend each other in a circle: {way}"
    assert shown[2].endswith("^" * len('"./x/../file0.toml"'))


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("gone.toml", "gone.toml: no such file or directory"),
        (".", ".: not a file"),
        ("a\\u0000b", "not a path"),
    ],
)
def test_a_file_that_cannot_be_extended_is_an_error_with_its_place(target, problem):
    write(own=f'ignore = []\nextend = "{target}"\n')
    assert error().splitlines()[0] == f"own.toml:2: {problem}"
    Path("README.md").write_text("---\nlicense: mit\n---\n", "utf-8")
    result = CliRunner().invoke(app, ["check", "--config", "own.toml"])
    assert (result.exit_code, result.stderr.count("own.toml:2")) == (2, 1)


def test_errors_of_the_other_file_are_of_that_file():
    write(own='extend = "base.toml"\n', base='# ours\nfail-onn = "note"\n')
    assert error().splitlines()[0] == "base.toml:2: unknown setting `fail-onn`"
    write(base="broken = [\n")
    assert error().startswith("base.toml:")


def test_a_file_outside_of_the_repository_is_read_only_if_the_user_names_the_configuration(tmp_path):
    write(secret='password = "hunter2"\n', work__cardlint='extend = "../secret.toml"\n')
    work = tmp_path / "work"
    subprocess.run(["git", "init", "-q", str(work)], check=True)
    (work / "README.md").write_text("---\nlicense: mit\n---\n", "utf-8")
    result = CliRunner().invoke(app, ["check", "work"])
    assert result.exit_code == 2
    assert "secret.toml is outside of the repository, so it is not read; name this file with" in result.output
    assert "hunter2" not in result.output
    write(secret='fail-on = "note"\n')
    assert CliRunner().invoke(app, ["check", "work", "--config", "work/cardlint.toml"]).exit_code == 1


@pytest.mark.parametrize("value", ['""', '" "', '"apache "', '"a", "\\tb"', '"a\\n"'])
def test_blank_items_of_a_list_are_errors(value):
    write(own=f"[rules.unknown-license]\nallow = [{value}]\n")
    assert error().startswith("own.toml:2: expected a word without blanks around it, got `")


@pytest.mark.parametrize("items", [["a"], ["a b"], ["ä"], [], [""], [" a"], ["a\n"], ["a\nb"], ["\u3000"]])
def test_the_schema_agrees_on_items(items):
    data = {"rules": {"unknown-license": {"allow": items}}}
    write(own=f"[rules.unknown-license]\nallow = {[*items]!r}\n".replace("'", '"'))
    try:
        load_config(Path("own.toml"), RULES)
    except ConfigError:
        loads = False
    else:
        loads = True
    assert (
        Draft202012Validator(config_schema(RULES)).is_valid(data) == loads == all(x == x.strip() != "" for x in items)
    )
