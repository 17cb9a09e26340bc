"""A folder with a model and without a card is reported, as if the card were an empty file."""

import json
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from cardlint.cli.app import app


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tide").mkdir()
    (tmp_path / "tide/model.safetensors").touch()
    return tmp_path


def check(*arguments):
    result = CliRunner().invoke(app, ["check", "--no-cache", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_it_is_a_warning_at_the_place_of_the_card(here):
    result = check("tide", "--output-format", "json")
    (finding,) = json.loads(result.stdout)["findings"]
    assert (finding["rule"], finding["severity"], finding["path"]) == ("missing-card", "warning", "tide/README.md")
    assert finding["start"] == {"line": 1, "column": 1, "offset": 0}
    assert json.loads(result.stdout)["summary"]["cards"] == 0
    assert result.exit_code == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_report_says_that_there_was_no_card(here, jobs):
    result = check("tide", "--jobs", jobs)
    assert result.stdout.splitlines() == [
        "tide/README.md:1:1: warning[missing-card] the folder holds a model (`model.safetensors`), but no model card",
        "Found 1 warning; no card was checked.",
    ]


def test_no_report_counts_it_as_a_card(here):
    assert junit_cases("tide") == ["missing-card (1:1)"]
    assert check("tide", "--statistics").stdout.splitlines()[-1] == "1  no card was checked"
    assert "cardlint-disable" not in check("tide", "--output-format", "full").stdout
    (here / "owl").mkdir()
    (here / "owl/README.md").write_text("---\nlicense: mit\n---\n\n# owl\n\nIt is meant for finding owls.\n")
    assert junit_cases("tide", "owl") == ["1 card without findings", "missing-card (1:1)"]
    assert check("tide", "owl", "--statistics").stdout.splitlines()[-1] == "1  in 1 card"
    assert "cardlint-disable" in check("tide", "owl", "--output-format", "full").stdout


def junit_cases(*paths):
    suites = ET.fromstring(check(*paths, "--output-format", "junit").stdout)
    cases = [case.get("name") for case in suites.iter("testcase")]
    assert suites.get("tests") == str(len(cases))
    return cases


def test_the_configuration_decides_about_it(here):
    assert check("tide", "--ignore", "missing-card").exit_code == 3
    assert check("tide", "--ignore", "source").exit_code == 3
    assert check("tide", "--severity", "missing-card=error", "--fail-on", "error").exit_code == 1
    assert check("tide", "--exit-zero").exit_code == 0
    (here / "cardlint.toml").write_text('[per-file-ignores]\n"tide/**" = ["missing-card"]\n')
    assert check("tide").exit_code == 3
    (here / "cardlint.toml").write_text('exclude = ["tide"]\n')
    assert check("tide").exit_code == 3


def test_it_is_recorded_in_a_baseline(here):
    assert check("tide", "--write-baseline").exit_code in {0, 3}
    result = check("tide", "--baseline", ".cardlint-baseline.json")
    assert "missing-card" not in result.stdout
    assert "1 known" in result.stdout


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_nothing_is_written_in_place_of_the_card(here, option):
    check("tide", option)
    assert [path.name for path in (here / "tide").iterdir()] == ["model.safetensors"]


def test_a_list_of_files_does_not_have_it(here):
    result = check("tide", "--show-files")
    assert result.stdout == ""
    assert result.exit_code == 3


def test_a_card_that_is_added_ends_it_though_results_are_cached(here, monkeypatch):
    monkeypatch.setenv("CARDLINT_CACHE_DIR", str(here / "cache"))
    arguments = ["check", "tide", "--select", "missing-card"]
    assert CliRunner().invoke(app, arguments).exit_code == 1
    (here / "tide/README.md").write_text("# Tide\n")
    assert CliRunner().invoke(app, arguments).exit_code == 0
    (here / "tide/README.md").unlink()
    assert CliRunner().invoke(app, arguments).exit_code == 1


def test_an_id_makes_a_card_of_the_readme(here):
    (here / "README.md").write_text("# Tide\n")
    assert check("README.md", "--cards-only").exit_code == 3
    assert check("README.md", "--cards-only", "--repo-id", "coast/tide", "--select", "dead-link").exit_code == 0
    assert check(".", "--repo-id", "coast/tide", "--select", "dead-link").exit_code == 0
    (here / "cardlint.toml").write_text('repo-id = "coast/tide"\nselect = ["dead-link"]\n')
    assert check(".").exit_code == 0
    result = CliRunner().invoke(app, ["check", "--cards-only", "-"], input="# Tide\n")
    assert result.exit_code == 0
    arguments = ["check", "--cards-only", "--stdin-filename", "notes.md", "-"]
    assert CliRunner().invoke(app, arguments, input="# Tide\n").exit_code == 3
