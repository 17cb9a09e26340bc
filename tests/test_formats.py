"""The formats for other programs and for pages: what each of them promises, held against the thing that reads it."""

import json
import os
import stat
import sys

import pytest
from test_cli import check
from test_reporters import find, render, report_of

from cardlint.finding import Related
from cardlint.source import Source, Span

TWICE = "---\nlicense: mit\nlicense: mit\n---\n\n# Owl\n"
TOKEN = "hf_" + "QmZkTfWbRyVhXuLsNdPgCjEaKoBiMxYtJq"


@pytest.fixture
def card(tmp_path, monkeypatch):
    """A card with one mistake, alone in the working folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "README.md").write_text(TWICE, "utf-8")
    return tmp_path / "README.md"


ONE = ("README.md", "--select", "duplicate-key")


# Where reports go


def test_a_file_that_cannot_be_written_costs_no_other_report(card, tmp_path):
    result = check(*ONE, "--output", "json=gone/a.json", "--output", "jsonl=b.jsonl")
    assert result.exit_code == 2
    assert result.stderr == "error: cannot write gone/a.json: no such file or directory\n"
    assert json.loads((tmp_path / "b.jsonl").read_text("utf-8"))["rule"] == "duplicate-key"
    assert "error[duplicate-key]" in result.stdout


def test_reports_replace_files_whole_and_leave_nothing_else(card, tmp_path):
    target = tmp_path / "report.json"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    (tmp_path / "link.json").symlink_to(target)
    assert check(*ONE, "--output", "json=link.json").exit_code == 1
    assert json.loads(target.read_text("utf-8"))["summary"]["errors"] == 1
    assert (tmp_path / "link.json").is_symlink()
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "link.json", "report.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_new_report_can_be_read_by_whom_any_new_file_can(card, tmp_path):
    (tmp_path / "other").touch()
    check(*ONE, "--output", "json=new.json")
    assert (tmp_path / "new.json").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_report_may_go_into_a_device(card):
    assert check(*ONE, "--output", f"json={os.devnull}", "--output-file", os.devnull).exit_code == 1


def test_two_reports_do_not_go_into_one_file(card):
    result = check(*ONE, "--output", "json=a.txt", "--output", "jsonl=./a.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "two reports cannot go into one file" in result.stderr


def test_further_reports_are_written_with_a_diff_and_after_fixes_too(card, tmp_path):
    check(*ONE, "--diff", "--output", "json=diff.json")
    assert json.loads((tmp_path / "diff.json").read_text("utf-8"))["findings"] == []
    result = check(*ONE, "--fix-only", "--output", "json=fixed.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads((tmp_path / "fixed.json").read_text("utf-8"))["findings"] == []


def test_statistics_are_written_as_json_too(card, tmp_path):
    result = check(*ONE, "--statistics", "--output-format", "json", "--output", "jsonl=all.jsonl")
    whole = json.loads(result.stdout)
    assert whole["statistics"] == [{"rule": "duplicate-key", "severity": "error", "count": 1, "fixable": 1}]
    assert whole["summary"]["cards"] == 1
    assert json.loads((tmp_path / "all.jsonl").read_text("utf-8"))["rule"] == "duplicate-key"
    check(*ONE, "--statistics", "--output-file", "counts.txt")
    assert (tmp_path / "counts.txt").read_text("utf-8").startswith("1  error    [*]  duplicate-key\n")
    assert check(*ONE, "--statistics", "--output-format", "jsonl").exit_code == 2


# Secrets


def test_a_secret_that_no_rule_reported_is_hidden_as_well(write_secret):
    for arguments in (("--ignore", "leaked-secret"), ()):
        result = check("README.md", *arguments, "--output-format", "full", "--no-suppressions" if arguments else "-q")
        assert "hf_QmZ***" in result.stdout
        assert "hf_QmZkT" not in result.stdout


@pytest.fixture
def write_secret(card):
    card.write_text(
        f"---\nlicense: mit\nlicense: {TOKEN}\n---\n\n<!-- cardlint-disable leaked-secret -->\n\n# Owl\n", "utf-8"
    )


def test_a_secret_in_another_file_is_hidden():
    other = Source(".eval_results/a.yaml", f"- value: {TOKEN}\n")
    finding = find(
        Source("a.md", "text\n"), Span(0, 4), related=(Related(Span(9, len(other.text)), "there", source=other),)
    )
    output = render("full", report_of(finding))
    assert "hf_QmZ***" in output
    assert "hf_QmZkT" not in output
