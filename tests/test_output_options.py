"""Options of `check` for its output: what is shown where, on a terminal and elsewhere."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cardlint.cli.app import app
from cardlint.commands.progress import Bar
from cardlint.reporters.html import report as html
from cardlint.reporters.machine import sarif
from cardlint.reporters.markdown import report as markdown
from cardlint.reporters.terminal.patch import colored_patch

TEXT = "\n# Owl\n\nTells owls apart. It is meant for woods.\n"
CLEAN = "---\nlicense: mit\npipeline_tag: audio-classification\nlibrary_name: transformers\n---\n" + TEXT
ERROR = CLEAN.replace("license: mit\n", "license: mit\nlicense: mit\n")
BARE = "---\nlibrary_name: transformers\n---\n\n# Owl\n\n## Limits\n\nTODO\n"  # with a warning and with notes
SUMMARY = "Found 1 error in 1 card.\nRun `cardlint check --fix` to fix it.\n"


@pytest.fixture(autouse=True)
def _here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CARDLINT_CACHE_DIR", str(tmp_path / "cache"))


def write(text, folder="owl"):
    Path(folder).mkdir(exist_ok=True)
    Path(folder, "README.md").write_text(text, "utf-8", newline="\n")


def check(*arguments, text=None):
    return CliRunner().invoke(app, ["check", *map(str, arguments)], input=text)


def on_terminal(*arguments, width=100, **environment):
    """Return what a terminal of this width receives from a run, and the exit code."""
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    command = [sys.executable, "-m", "cardlint", "check", *arguments]
    variables = {**os.environ, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **environment}
    written = b""
    with subprocess.Popen(command, env=variables, stdin=theirs, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:  # the other end was closed
                break
            if not data:
                break
            written += data
        os.close(ours)
    return written.decode("utf-8").replace("\r\n", "\n"), running.returncode


# --min-severity


def test_findings_below_the_least_severity_are_not_shown_but_count():
    write(BARE)
    everything = check("--output-format", "json").stdout
    summary = json.loads(everything)["summary"]
    assert summary["warnings"] > 0 < summary["notes"]
    result = check("--min-severity", "warning", "--output-format", "json")
    report = json.loads(result.stdout)
    assert report["summary"] == summary
    kept = [each for each in json.loads(everything)["findings"] if each["severity"] != "note"]
    assert report["findings"] == kept
    shown = check("--min-severity", "error")
    assert (shown.exit_code, "[" in shown.stdout.partition("Found")[0]) == (1, False)
    hidden = summary["warnings"] + summary["notes"]
    assert f"in 1 card ({hidden} not shown)." in shown.stdout
    assert check("--min-severity", "error", "--fail-on", "note").exit_code == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_the_setting_is_that_of_each_card_and_the_option_outweighs_it(jobs, cache):
    for number in range(70):
        write(BARE, f"model{number:02}")
    Path("model00/cardlint.toml").write_text('min-severity = "warning"\n', "utf-8")
    arguments = ("--jobs", jobs, *cache, "--output-format", "jsonl")
    for _ in range(2):  # without and with entries in the cache
        quiet, loud = set(), set()
        for line in check(*arguments).stdout.splitlines():
            finding = json.loads(line)
            (quiet if finding["path"].startswith("model00/") else loud).add(finding["severity"])
        assert (quiet, loud) == ({"warning"}, {"warning", "note"})
    assert '"note"' in check("model00", "--min-severity", "note", "--output-format", "jsonl").stdout


def test_statistics_are_of_what_is_reported():
    write(BARE)
    assert " note " not in check("--min-severity", "warning", "--statistics").stdout


# --diff


def test_the_last_line_of_a_diff_says_what_would_be_fixed():
    write(ERROR)
    write(ERROR, "lark")
    write(CLEAN, "wren")
    result = check("--diff")
    assert (result.exit_code, result.stderr) == (1, "Would fix 2 findings in 2 cards.\n")
    assert check("--diff", "--quiet").stderr == ""
    assert (check("wren", "--diff").exit_code, check("wren", "--diff").output) == (0, "")


def test_a_diff_of_suppressions_says_so():
    write(ERROR)
    result = check("--diff", "--add-suppressions", "--select", "duplicate-key")
    assert result.stderr == "Would suppress 1 finding in 1 card.\n"


def test_a_patch_has_colours_on_a_terminal_only():
    write(ERROR)
    shown, code = on_terminal("--diff")
    assert code == 1
    assert "\x1b[31m-license: mit\x1b[0m\n" in shown
    assert "\x1b[1m--- a/owl/README.md\x1b[0m\n" in shown
    assert shown.endswith("\nWould fix 1 finding in 1 card.\n")
    plain = check("--diff").stdout
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", shown) == plain + "Would fix 1 finding in 1 card.\n"
    assert "\x1b" not in on_terminal("--diff", NO_COLOR="1")[0]
    assert "\x1b[31m-" in check("--diff", "--color", "always").stdout


def test_colours_leave_each_byte_of_a_patch():
    patch = "--- a/x\n+++ b/x\n@@ -1,3 +1,2 @@\n--- x\r\n-\n+++ y\r\n \r\n\\ No newline at end of file\n"
    drawn = "".join(colored_patch(patch))
    assert re.sub(r"\x1b\[[\d;]*m", "", drawn) == patch
    assert "\x1b[31m--- x\x1b[0m\r\n" in drawn
    assert "\x1b[32m+++ y\x1b[0m\r\n" in drawn


# --output-file


@pytest.mark.parametrize("style", ["json", "sarif", "concise", "html"])
def test_the_summary_is_printed_beside_a_report_in_a_file(style):
    write(ERROR)
    result = check("--select", "duplicate-key", "--output-format", style, "--output-file", "report.txt")
    assert (result.stdout, result.stderr) == ("", SUMMARY)
    assert Path("report.txt").stat().st_size
    quiet = check("--output-format", style, "--output-file", "report.txt", "--quiet")
    assert quiet.output == ""


# Findings that a report has no room for


def test_a_report_that_leaves_findings_out_says_so(monkeypatch):
    for name in ("owl", "lark", "wren"):
        write(ERROR, name)
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    monkeypatch.setattr(markdown, "ROOM", 400)
    monkeypatch.setattr(html, "MOST_CARDS", 2)
    only = ("--select", "duplicate-key")
    notes = [
        check(*only, "--output-format", style).stderr.removesuffix("\n") for style in ("sarif", "markdown", "html")
    ]
    assert notes[0] == "note: the SARIF report leaves 1 finding out, none of them more severe: GitHub keeps 2"
    assert re.match(r"note: the markdown report leaves [12] findings? out, none of them more severe: ", notes[1])
    assert notes[2] == (
        "note: the HTML report draws the 2 most severe of 3 cards; the findings of the others are listed"
    )
    assert check(*only, "--output-format", "sarif", "--quiet").stderr == ""
    assert check(*only, "--report", "sarif=a.sarif", "--report", "markdown=a.md").stderr.count("note: ") == 2


def test_a_report_with_room_for_all_says_nothing():
    write(ERROR)
    for style in ("sarif", "markdown", "html"):
        assert check("--output-format", style).stderr == ""


# Progress


def test_the_bar_has_the_number_of_files_from_the_first_one_and_is_removed():
    for number in range(30):
        write(CLEAN, f"model{number}")
    shown, code = on_terminal("--no-cache")
    assert code == 0
    assert "0 of 30 files" in shown.split("\r")[1]
    assert (
        re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", shown).rsplit("\r", 1)[1].strip().startswith("All good: 30 cards checked.")
    )


def test_few_files_piped_output_and_quiet_runs_have_no_bar():
    for number in range(30):
        write(CLEAN, f"model{number}")
    assert "files" not in on_terminal("model1", "model2", "--no-cache")[0]
    assert "files" not in on_terminal("--no-cache", "--quiet")[0]
    assert "files" not in on_terminal("--no-cache", TERM="dumb")[0]
    assert "files" not in check("--no-cache").output


# The whole, on a terminal


@pytest.mark.parametrize("width", [40, 80, 120, 160])
def test_no_line_is_wider_than_the_terminal(width):
    write(ERROR.replace("# Owl", "# Owl\n\n## Uses\n\nTODO\n\n## Limits\n\nTODO\n\n## Data\n\nTBD"))
    shown, _ = on_terminal(width=width)
    lines = re.sub(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", shown).splitlines()
    assert any(line.startswith("error[duplicate-key]") for line in lines)
    assert [line for line in lines if len(line) > width and " " in line.strip()] == []


def test_a_number_that_is_not_known_is_not_shown(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    bar = Bar("never")
    bar.begin(None)
    bar.advance()
    bar.stop()
    shown = sys.stderr.getvalue()
    assert "Checking cards on the Hub" in shown
    assert "%" not in shown
