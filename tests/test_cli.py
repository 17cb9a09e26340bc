"""The command line as users meet it: what it prints where, and the code that it leaves with."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from cardlint import __version__
from cardlint.cli.app import app

# One error with a safe fix, one warning with an unsafe one, one note, nothing at all.
OWL = "\n# Owl\n\nTells owls apart. It is meant for woods.\n"
ERROR = "---\nlicense: mit\nlicense: mit\npipeline_tag: audio-classification\nlibrary_name: transformers\n---\n" + OWL
MENDED = "---\nlicense: mit\npipeline_tag: audio-classification\nlibrary_name: transformers\n---\n" + OWL
WARNING = "# Owl\n\nTells owls apart by their call. It is meant for woods.\n"
NOTICE = (
    "<!-- This model card has been generated automatically according to the information the Trainer had access to. "
    "You should probably proofread and complete it, then remove this comment. -->"
)
NOTE = f"---\nlicense: mit\npipeline_tag: audio-classification\nlibrary_name: transformers\n---\n\n{NOTICE}\n" + OWL
CLEAN = MENDED
SILENCED = (
    "---\nlicense: mit\nlicense: mit # cardlint: disable=duplicate-key\npipeline_tag: audio-classification\n"
    "library_name: transformers\n---\n" + OWL
)
JAPANESE = (
    "---\nlicense: mit\npipeline_tag: mask-generation\nライセンス: ふくろう\nライセンス: ふくろう\n"
    "---\n\n# ふくろう 🦉\n\n## 概要\n\n鳥。\n\n## 制限\n\n夜だけ。\n"
)
LONG_KEY = "a_rather_long_key_of_somebody_who_likes_them_long"
PLAIN = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONPATH", "TERM"}

SLOW_RULE = """
import os, time
from pathlib import Path
from cardlint.finding import Severity
from cardlint.rule_definition import rule

@rule(severity=Severity.NOTE, group="slow")
def slow_rule(card):
    "It takes its time."
    Path(os.environ["STARTED"]).touch()
    time.sleep(float(os.environ["SLEEP"]))
    yield from ()
"""


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch, tmp_path):
    for name in PLAIN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def write(tmp_path):
    def write(**texts):
        for name, text in texts.items():
            folder = tmp_path / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "README.md").write_text(text, "utf-8")

    return write


def run(*arguments, text=None):
    """The command in this process, by its parsed arguments."""
    return CliRunner().invoke(app, [str(each) for each in arguments], input=text)


def check(*arguments, text=None):
    return run("check", *arguments, text=text)


def as_json(*arguments, text=None):
    """The exit code and the JSON of a check."""
    result = check(*arguments, "--output-format", "json", text=text)
    return result.exit_code, json.loads(result.stdout)


def rules_in(report):
    return [finding["rule"] for finding in report["findings"]]


def process(*arguments, text=None, **environment):
    """The command as a process of its own, in the working folder."""
    clean = {name: value for name, value in os.environ.items() if name not in PLAIN}
    return subprocess.run(
        [sys.executable, "-m", "cardlint", *map(str, arguments)],
        input=None if text is None else text.encode(),
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        env=clean | environment,
        check=False,
    )


# Exit codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("clean", 0),
        ("note", 0),
        ("error", 1),
        ("warning/README.md", 1),
        ("error clean", 1),
        ("error --exit-zero", 0),
        ("gone", 2),
        ("error gone", 2),
        ("error gone --exit-zero", 2),
        ("tool", 3),
        ("tool --exit-zero", 3),
        ("tool --allow-empty", 0),
        ("empty", 3),
        ("empty --allow-empty", 0),
        ("tool gone", 2),
        ("tool gone --allow-empty", 2),
        ("tool error", 1),
        ("tool clean", 0),
        ("tool error --allow-empty", 1),
        ("error --fail-on never", 0),
        ("error --fail-on error", 1),
        ("warning/README.md --fail-on error", 0),
        ("warning/README.md --fail-on warning", 1),
        ("note --fail-on warning", 0),
        ("note --fail-on note", 1),
        ("error gone --fail-on never", 2),
    ],
)
def test_exit_codes(write, tmp_path, arguments, code):
    write(clean=CLEAN, note=NOTE, error=ERROR, warning=WARNING, tool="# A tool\n\nInstall it.\n")
    (tmp_path / "empty").mkdir()
    result = check(*arguments.split())
    assert result.exit_code == code, result.output


def test_the_cards_here_say_what_the_codes_above_rely_on(write):
    write(error=ERROR, warning=WARNING, note=NOTE, clean=CLEAN)
    _, report = as_json("error", "warning/README.md", "note", "clean")
    assert [(each["path"], each["severity"]) for each in report["findings"]] == [
        ("error/README.md", "error"),
        ("note/README.md", "note"),
        ("warning/README.md", "warning"),
    ]


def test_the_processes_exit_code_is_the_commands(write):
    write(error=ERROR, clean=CLEAN)
    assert process("check", "clean").returncode == 0
    result = process("check", "error", "gone")
    assert result.returncode == 2
    assert b"error/README.md:3:1: error[duplicate-key]" in result.stdout
    assert result.stderr == b"error: gone: no such file or directory\n"


def test_what_is_missing_hides_no_findings(write):
    write(error=ERROR)
    code, report = as_json("gone.md", "error", "lost/README.md")
    assert code == 2
    assert rules_in(report) == ["duplicate-key"]
    assert [error["path"] for error in report["errors"]] == ["gone.md", "lost/README.md"]
    assert report["errors"][0]["message"] == "no such file or directory"


@pytest.mark.parametrize(
    "arguments",
    [
        "check --no-such-option",
        "check . --fail-on sometimes",
        "check . --output-format yaml",
        "check . --report yaml=x",
        "check . --report json",
        "check . --report json=",
        "check . --jobs 0",
        "check . --jobs many",
        "check . --config a.toml --isolated",
        "check . --config gone.toml",
        "check - error",
        "check . --severity duplicate-key",
        "check . --severity duplicate-key=fatal",
        "check error --output-file gone/report",
        "check error --report json=gone/report",
        "nonsense",
        "explain",
        "explain metadata",
        "show gone.md",
        "rules --output-format full",
    ],
)
def test_wrong_usage_is_2_and_says_so_on_standard_error(write, arguments):
    write(error=ERROR)
    result = run(*arguments.split())
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert isinstance(result.exception, SystemExit)


# What is found in folders


def test_a_project_that_is_no_card_is_skipped_and_named(write):
    write(tool="# A tool\n\nInstall it.\n", card=CLEAN)
    quiet, verbose, shown = check("."), check(".", "--verbose"), check(".", "--show-files")
    assert "tool" not in quiet.output
    assert "1 skipped" in quiet.stdout
    assert verbose.stderr == "skipped tool/README.md: no sign of a model card\n"
    assert shown.stdout == "card/README.md\ntool/README.md: skipped, no sign of a model card\n"
    assert (shown.exit_code, check("tool", "--show-files").exit_code) == (0, 3)
    assert check("tool", "gone", "--show-files").exit_code == 2
    _, report = as_json(".")
    assert (report["summary"]["cards"], report["summary"]["skipped"]) == (1, 1)


def test_when_nothing_is_linted_it_says_so(write):
    write(tool="# A tool\n\nInstall it.\n")
    assert check("tool").stdout.startswith("No card was checked")


def test_all_markdown_cards_only_and_a_named_file(write):
    write(tool="# A tool\n\nInstall it.\n")
    assert as_json("tool/README.md")[1]["summary"]["cards"] == 1
    assert as_json("tool", "--all-markdown")[1]["summary"]["cards"] == 1
    assert check("tool/README.md", "--cards-only").exit_code == 3
    assert check("-", "--cards-only", text="# A tool\n").exit_code == 3


def test_the_folder_you_are_in_is_the_default(write):
    write(error=ERROR)
    code, report = as_json()
    assert (code, report["findings"][0]["path"]) == (1, "error/README.md")


def test_paths_are_relative_to_the_working_folder_with_forward_slashes(write, tmp_path):
    write(**{"a/deep": ERROR, "b": ERROR})
    _, report = as_json(tmp_path / "b", "./a/../a", "b/README.md")
    assert [each["path"] for each in report["findings"]] == ["a/deep/README.md", "b/README.md"]


# Standard input


def test_standard_input_has_a_name():
    plain, named = check("-", text=ERROR), check("-", "--stdin-filename", "models/owl.md", text=ERROR)
    assert plain.exit_code == named.exit_code == 1
    assert plain.stdout.startswith("README.md:3:1: error[duplicate-key]")
    assert named.stdout.startswith("models/owl.md:3:1: error[duplicate-key]")


def test_the_name_of_standard_input_picks_its_configuration(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "cardlint.toml").write_text('ignore = ["duplicate-key"]\n', "utf-8")
    assert check("-", "--stdin-filename", "models/owl.md", text=ERROR).exit_code == 0
    assert check("-", "--stdin-filename", "models/owl.md", "--isolated", text=ERROR).exit_code == 1
    assert check("-", text=ERROR).exit_code == 1


def test_fixing_standard_input_writes_the_text_out_and_the_findings_beside_it():
    fixed = check("-", "--fix", text=ERROR)
    assert (fixed.exit_code, fixed.stdout) == (0, MENDED)
    left = process("check", "-", "--fix", text=WARNING.replace("\n", "\r\n"))
    assert (left.returncode, left.stdout) == (1, WARNING.replace("\n", "\r\n").encode())
    assert b"README.md:1:1: warning[missing-front-matter]" in left.stderr
    only = check("-", "--fix-only", text=ERROR + "\n" + NOTICE + "\n")
    assert only.exit_code == 0
    assert only.stdout == MENDED + "\n" + NOTICE + "\n"
    assert "generator-notice" not in only.output


# Rules and configuration


def test_selecting_and_ignoring(write):
    write(card=ERROR.replace("# Owl", NOTICE + "\n\n# Owl"))

    def found(*arguments):
        return rules_in(as_json("card", *arguments)[1])

    assert found() == ["duplicate-key", "generator-notice"]
    assert found("--select", "metadata") == ["duplicate-key"]
    assert found("--select", "generator-notice") == ["generator-notice"]
    assert found("--select", "metadata,generator-notice") == ["duplicate-key", "generator-notice"]
    assert found("--select", "metadata", "--select", "sections") == ["duplicate-key", "generator-notice"]
    assert found("--select", "metadata", "--extend-select", "sections") == ["duplicate-key", "generator-notice"]
    assert found("--ignore", "metadata") == ["generator-notice"]
    assert found("--select", "metadata,sections", "--ignore", "duplicate-key") == ["generator-notice"]


@pytest.mark.parametrize("option", ["--select", "--ignore", "--extend-select"])
def test_an_unknown_rule_is_refused_with_what_was_meant(write, option):
    write(card=ERROR)
    result = check("card", option, "duplicate-kye")
    assert result.exit_code == 2
    assert "unknown rule or group `duplicate-kye`" in result.stderr
    assert "did you mean `duplicate-key`?" in result.stderr
    assert option in result.stderr
    assert result.stdout == ""


def test_severity_is_changed_and_counts(write):
    write(card=ERROR)
    code, report = as_json("card", "--severity", "duplicate-key=note")
    assert (code, report["findings"][0]["severity"], report["summary"]["notes"]) == (0, "note", 1)
    assert "did you mean `duplicate-key`?" in check("card", "--severity", "duplicate-keys=note").stderr


def test_config_and_isolated(write, tmp_path):
    write(card=ERROR)
    (tmp_path / "other.toml").write_text('fail-on = "never"\n', "utf-8")
    assert check("card", "--config", "other.toml").exit_code == 0
    (tmp_path / "card" / "cardlint.toml").write_text('ignore = ["metadata"]\n', "utf-8")
    assert rules_in(as_json("card")[1]) == []
    assert rules_in(as_json("card", "--isolated")[1]) == ["duplicate-key"]
    assert rules_in(as_json("card", "--config", "other.toml")[1]) == ["duplicate-key"]


def test_a_broken_configuration_is_shown_at_its_line_and_costs_no_other_card(write, tmp_path):
    write(bad=ERROR, good=ERROR)
    (tmp_path / "bad" / "cardlint.toml").write_text('# ours\nfail-onn = "note"\n', "utf-8")
    result = check(".")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "error: bad/cardlint.toml:2: unknown setting `fail-onn`",
        '2 | fail-onn = "note"',
        "  | ^^^^^^^^",
        "  did you mean `fail-on`?",
    ]
    assert "good/README.md:3:1" in result.stdout
    assert "bad/README.md" not in result.stdout
    code, report = as_json(".")
    assert (code, [error["path"] for error in report["errors"]]) == (2, ["bad/cardlint.toml"])
    assert check("bad", "--isolated").exit_code == 1
    assert check("-", "--stdin-filename", "bad/x.md", text=ERROR).exit_code == 2


def test_suppressed_findings_are_counted_and_can_be_seen(write):
    write(card=SILENCED)
    code, report = as_json("card")
    assert (code, rules_in(report), report["summary"]["suppressed"]) == (0, [], 1)
    assert "1 suppressed" in check("card").stdout
    code, report = as_json("card", "--no-suppressions")
    assert (code, rules_in(report), report["summary"]["suppressed"]) == (1, ["duplicate-key"], 0)


# Output


def test_statistics_count_each_rule(write):
    write(a=ERROR, b=ERROR, c=NOTE)
    result = check(".", "--statistics")
    legend = "[*] has a safe fix (`--fix`); [~] has a fix to review (`--fix --unsafe-fixes`)."
    rows = ["2  error    [*]  duplicate-key", "1  note     [~]  generator-notice", "3  in 3 cards"]
    assert result.stdout.splitlines() == [*rows, legend]
    assert check(".", "--statistics", "--quiet").stdout.splitlines() == rows
    assert result.exit_code == 1


def test_quiet_leaves_the_findings_alone(write):
    write(card=ERROR, tool="# A tool\n")
    result = check(".", "--quiet")
    assert result.stdout == "card/README.md:3:1: error[duplicate-key] " + result.stdout.partition("] ")[2]
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""
    assert check("tool", "--quiet").output == ""


def test_reports_go_into_files_beside_each_other(write, tmp_path):
    write(card=ERROR)
    result = check("card", "--report", "json=r.json", "--report", "jsonl=r.jsonl", "--output-file", "r.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (tmp_path / "r.txt").read_text("utf-8").startswith("card/README.md:3:1: error[duplicate-key]")
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert [json.loads((tmp_path / "r.jsonl").read_text("utf-8"))] == report["findings"]
    check("card", "--output-format", "full", "--output-file", "full.txt", "--color", "always")
    assert "\x1b[" in (tmp_path / "full.txt").read_text("utf-8")


def test_the_keys_of_the_json_stand_in_their_order(write):
    write(card=ERROR)
    _, report = as_json("card")
    assert list(report) == ["schema_version", "cardlint_version", "summary", "findings", "errors"]
    assert list(report["summary"]) == [
        *("cards", "skipped", "errors", "warnings", "notes", "suppressed", "fixable", "fixable_unsafe", "known")
    ]
    finding = report["findings"][0]
    assert list(finding) == [
        *("rule", "group", "severity", "message", "path", "start", "end", "related", "fix", "help"),
    ]
    assert list(finding["start"]) == list(finding["end"]) == ["line", "column", "offset"]
    assert list(finding["related"][0]) == ["message", "start", "end"]
    assert finding["fix"] == {
        "title": finding["fix"]["title"],
        "safety": "safe",
        "edits": [{"start": 17, "end": 30, "text": ""}],
    }
    assert report["schema_version"] == 1
    assert report["cardlint_version"] == __version__


def test_the_same_bytes_whatever_the_number_of_jobs(write):
    texts = (ERROR, WARNING, NOTE, CLEAN, SILENCED, JAPANESE)
    write(**{f"cards/{number % 7}/{number}": texts[number % len(texts)] for number in range(100)})
    one = process("check", "cards", "--all-markdown", "--output-format", "json", "--jobs", 1)
    two = process("check", "cards", "--all-markdown", "--output-format", "json", "--jobs", 2)
    assert one.returncode == two.returncode == 1
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr == b""
    report = json.loads(one.stdout)
    assert report["summary"]["cards"] == 100
    order = [(each["path"], each["start"]["offset"], each["rule"]) for each in report["findings"]]
    assert order == sorted(order)
    assert len({path for path, *_ in order}) == 67  # each card but CLEAN and SILENCED


def test_jsonl_has_the_findings_one_a_line(write):
    write(a=ERROR, b=NOTE)
    result = check(".", "--output-format", "jsonl")
    assert [json.loads(line) for line in result.stdout.splitlines()] == as_json(".")[1]["findings"]


def test_colour_is_for_whom_it_is_wanted_by(write, monkeypatch):
    write(card=ERROR)
    full = ("card", "--output-format", "full")

    def colored(*arguments):
        return "\x1b[" in check(*full, *arguments).stdout

    assert not colored()
    assert colored("--color", "always")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert colored()
    assert not colored("--color", "never")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colored()
    assert colored("--color", "always")


@pytest.mark.parametrize("style", ["concise", "full", "json", "jsonl"])
def test_a_pipe_gets_no_escape_and_no_wrapped_line(write, style):
    write(card=f"---\nlicense: mit\n{LONG_KEY}: 1\n{LONG_KEY}: 1\n---\n" + OWL)
    narrow = process("check", "card", "--output-format", style, COLUMNS="40")
    wide = process("check", "card", "--output-format", style, COLUMNS="400")
    assert b"\x1b" not in narrow.stdout
    if style == "full":  # which cuts the card's lines to a window around what is wrong, and wraps none
        narrow_words, wide_words = (
            [line for line in result.stdout.decode().splitlines() if "│" not in line] for result in (narrow, wide)
        )
        assert narrow_words == wide_words
    else:
        assert narrow.stdout == wide.stdout
    assert narrow.returncode == 1
    assert f"duplicate key `{LONG_KEY}`".encode() in narrow.stdout


def test_rules_are_listed_whole_in_a_pipe(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    listed = run("rules").stdout
    for rule in json.loads(run("rules", "--output-format", "json").stdout):
        assert f"  {rule['summary']}\n" in listed


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_that_lacks_characters_gets_stand_ins(write, encoding):
    write(card=JAPANESE)
    for style in ("concise", "full"):
        result = process("check", "card", "--output-format", style, PYTHONIOENCODING=encoding)
        assert (result.returncode, result.stderr) == (1, b"")
        assert "?????" in result.stdout.decode(encoding)
    assert process("show", "card/README.md", PYTHONIOENCODING=encoding).stderr == b""
    shown = process("check", "card", "--diff", PYTHONIOENCODING=encoding).stderr
    assert re.fullmatch(rb"Would fix \d+ findings? in 1 card\.\r?\n", shown)
    result = process("check", "card", "--output-format", "json", PYTHONIOENCODING=encoding)
    assert "ライセンス" in json.loads(result.stdout.decode("utf-8"))["findings"][0]["message"]


# How it ends


def test_a_closed_pipe_ends_quietly(tmp_path):
    keys = "".join(f"key_{number % 9}: 1\n" for number in range(5000))
    (tmp_path / "README.md").write_text(f"---\n{keys}---\n", "utf-8")
    for style in ("concise", "json", "full"):
        command = [sys.executable, "-m", "cardlint", "check", "README.md", "--output-format", style]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            assert child.stdout.readline()
            child.stdout.close()
            assert child.stderr.read() == b""
            child.stderr.close()
            assert child.wait(60) in {0, 1}


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize(("jobs", "seconds"), [(1, "60"), (2, "0.2")])
def test_control_c_ends_with_130_and_no_traceback(write, tmp_path, jobs, seconds):
    write(**{f"cards/{number}": CLEAN for number in range(96)})
    offer = tmp_path / "plugins" / "slow-1.dist-info"
    offer.mkdir(parents=True)
    (offer / "METADATA").write_text("Metadata-Version: 2.1\nName: slow\nVersion: 1\n", "utf-8")
    (offer / "entry_points.txt").write_text("[cardlint.rules]\nslow = slow_rules\n", "utf-8")
    (tmp_path / "plugins" / "slow_rules.py").write_text(SLOW_RULE, "utf-8")
    started = tmp_path / "started"
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "plugins"),
        "STARTED": str(started),
        "SLEEP": seconds,
    }
    command = [sys.executable, "-m", "cardlint", "check", "cards", "--jobs", str(jobs)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, start_new_session=True
    ) as child:
        deadline = time.monotonic() + 60
        while not started.exists() and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(child.pid, signal.SIGINT)  # as a terminal does: every process of the run
        _, errors = child.communicate(timeout=50)
    assert child.returncode == 130
    assert b"Traceback" not in errors


# Fixing


def test_fix_writes_and_reports_what_is_left(write, tmp_path):
    write(a=ERROR, b=ERROR.replace("# Owl", NOTICE + "\n\n# Owl"), c=CLEAN)
    result = check(".", "--fix")
    assert result.exit_code == 0
    assert (tmp_path / "a" / "README.md").read_bytes() == MENDED.encode()
    assert result.stderr == "Fixed 2 findings in 2 cards.\n"
    assert "b/README.md:7:1: note[generator-notice]" in result.stdout
    assert "duplicate-key" not in result.stdout
    again = check(".", "--fix")
    assert again.stderr == ""


def test_unsafe_fixes_are_asked_for(write, tmp_path):
    write(card=NOTE)
    before = (tmp_path / "card" / "README.md").read_bytes()
    check("card", "--fix")
    assert (tmp_path / "card" / "README.md").read_bytes() == before
    check("card", "--fix", "--unsafe-fixes")
    assert NOTICE.encode() not in (tmp_path / "card" / "README.md").read_bytes()


def test_the_configuration_says_whose_fixes_are_not_applied(write, tmp_path):
    write(card=ERROR)
    (tmp_path / "card" / "cardlint.toml").write_text('unfixable = ["metadata"]\n', "utf-8")
    code, report = as_json("card", "--fix")
    assert (code, rules_in(report), report["summary"]["fixable"]) == (1, ["duplicate-key"], 0)
    assert (tmp_path / "card" / "README.md").read_text("utf-8") == ERROR


def test_diff_shows_and_writes_nothing(write, tmp_path):
    write(card=ERROR, clean=CLEAN)
    result = check(".", "--diff")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:2] == ["--- a/card/README.md", "+++ b/card/README.md"]
    assert "\n-license: mit\n" in result.stdout
    assert (tmp_path / "card" / "README.md").read_text("utf-8") == ERROR
    assert (check("clean", "--diff").exit_code, check("clean", "--diff").stdout) == (0, "")
    assert check("card", "--diff", "--exit-zero").exit_code == 0
    assert check("card", "gone", "--diff").exit_code == 2
    assert check("-", "--diff", text=ERROR).stdout.startswith("--- a/README.md")
    assert (check("card", "--diff", "--fix").exit_code, check("card").exit_code) == (1, 1)


def test_fix_only_says_nothing_of_the_rest(write, tmp_path):
    write(card=ERROR.replace("---\n\n#", "---\n\n" + NOTICE + "\n\n#"), other=WARNING)
    result = check("card", "other/README.md", "--fix-only")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Fixed 1 finding in 1 card.\n"
    assert "license: mit\nlicense" not in (tmp_path / "card" / "README.md").read_text("utf-8")
    assert check("gone", "--fix-only").exit_code == 2


def test_a_read_only_card_is_left_and_named_with_its_findings(write, tmp_path, monkeypatch):
    write(card=ERROR, other=ERROR)
    card = tmp_path / "card" / "README.md"
    may = os.access  # root may write everything, so the system is asked through this
    monkeypatch.setattr(os, "access", lambda path, *args: os.path.realpath(path) != str(card) and may(path, *args))
    code, report = as_json(".", "--fix")
    assert code == 2
    assert report["errors"] == [{"path": "card/README.md", "message": "not written: the file is read-only"}]
    assert [(each["path"], each["rule"]) for each in report["findings"]] == [("card/README.md", "duplicate-key")]
    assert card.read_text("utf-8") == ERROR
    assert (tmp_path / "other" / "README.md").read_text("utf-8") == MENDED


def test_a_card_that_vanishes_while_it_is_fixed_is_no_surprise(write, tmp_path, monkeypatch):
    import cardlint.fixing.rounds

    write(card=ERROR)
    fix_card = cardlint.fixing.rounds.fix_card

    def remove_and_fix(*args, **options):
        (tmp_path / "card" / "README.md").unlink()
        return fix_card(*args, **options)

    monkeypatch.setattr(cardlint.fixing.rounds, "fix_card", remove_and_fix)
    code, report = as_json("card", "--fix")
    assert code == 2
    assert "removed" in report["errors"][0]["message"]
    assert not (tmp_path / "card" / "README.md").exists()


# The other commands


def test_version_and_help():
    for flag in ("--version", "-V"):
        assert run(flag).stdout == f"cardlint {__version__}\n"
    for command in ((), ("check",), ("show",), ("rules",), ("explain",), ("config",)):
        result = run(*command, "--help")
        assert result.exit_code == 0
        assert "Usage:" in result.stdout
    assert run("-h").stdout == run("--help").stdout
    listed = run("--help").stdout
    places = [listed.index(f" {name} ") for name in ("check", "show", "rules", "explain", "config")]
    assert places == sorted(places)
    assert process().returncode == 2


def test_the_sources_of_what_is_known_are_shown_with_their_dates():
    for flags in (("--version", "--verbose"), ("-v", "-V")):
        first, *lines = run(*flags).stdout.splitlines()
        assert first == f"cardlint {__version__}"
        named = {line.split()[0]: line.split()[1] for line in lines}
        assert {"languages", "libraries", "licenses.ids", "tasks"} <= set(named)
        assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", date) for date in named.values())
        assert named["newest"] == max(named.values())
        assert "npm @huggingface/languages" in next(line for line in lines if line.startswith("  languages "))
    assert re.search(r" date from 20\d\d-\d\d-\d\d\b", run("rules").stdout)
    assert process("--verbose").returncode == 2


def test_every_rule_is_listed_in_every_format():
    rules = json.loads(run("rules", "--output-format", "json").stdout)
    facts = ["name", "group", "severity", "severities", "profiles", "default", "fix", "summary", "distribution"]
    assert list(rules[0]) == facts
    names = [rule["name"] for rule in rules]
    assert {rule["distribution"] for rule in rules} == {"cardlint"}
    table = run("rules", "--output-format", "markdown").stdout.splitlines()
    assert [line.split("`")[1] for line in table[2:]] == names
    lines = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == names
    assert lines[-1].startswith(f"{len(names)} rules")


def test_a_rule_is_explained_in_every_format():
    page = json.loads(run("explain", "duplicate-key", "--output-format", "json").stdout)
    assert (page["name"], page["group"], page["severity"], page["fix"]) == (
        "duplicate-key",
        "metadata",
        "error",
        "safe",
    )
    text = run("explain", "duplicate-key").stdout
    assert text.startswith("duplicate-key\n")
    markdown = run("explain", "duplicate-key", "--output-format", "markdown").stdout
    assert markdown.startswith("# `duplicate-key`\n")
    for bad, good in zip(page["bad"], page["good"], strict=True):
        assert bad in markdown
        assert good in markdown
    assert page["summary"] in text
    assert "Bad:\n    ---\n" in text


def test_explaining_an_unknown_rule():
    result = run("explain", "duplicate_keys")
    assert result.exit_code == 2
    assert result.stderr == "error: unknown rule `duplicate_keys`; did you mean `duplicate-key`?\n"
    assert run("explain", "zzzzzzzz").stderr == "error: unknown rule `zzzzzzzz`; `cardlint rules` lists all rules\n"


def test_the_configuration_in_force_and_its_schema(write, tmp_path):
    write(card=CLEAN)
    (tmp_path / "cardlint.toml").write_text('fail-on = "note"\n', "utf-8")
    assert 'fail-on = "note"' in run("config", "card").stdout
    assert run("config", "--show").stdout == run("config").stdout
    shown = json.loads(run("config", "card/README.md", "--output-format", "json").stdout)
    assert shown["settings"]["fail-on"]["value"] == "note"
    assert "fail-on" in json.loads(run("config", "--schema").stdout)["properties"]
    assert run("config", "--schema", "--show").exit_code == 2
    (tmp_path / "cardlint.toml").write_text("fail-on = 3\n", "utf-8")
    assert run("config").exit_code == 2
    assert "cardlint.toml:1: " in run("config").stderr


def test_a_card_is_shown_as_a_picture_and_as_json(write):
    write(card=CLEAN)
    assert "Owl" in run("show", "card/README.md").stdout
    shown = json.loads(run("show", "card/README.md", "--output-format", "json").stdout)
    assert (shown["schema_version"], shown["path"]) == (1, "card/README.md")
    assert shown["metadata"]["data"] == {
        "license": "mit",
        "pipeline_tag": "audio-classification",
        "library_name": "transformers",
    }
    assert json.loads(run("show", "-", "--output-format", "json", text=CLEAN).stdout)["path"] == "README.md"
    result = run("show", "card")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: card: ")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("cardlint ex", {"explain"}),
        ("cardlint explain conflict", {"conflict-marker"}),
        ("cardlint check --output-format json", {"json", "jsonl"}),
        ("cardlint rules --output-format m", {"markdown"}),
        ("cardlint check --fail-on n", {"note", "never"}),
        ("cardlint check --show", {"--show-files"}),
    ],
)
def test_the_shell_completes(words, offered):
    # -m would call the program `python -m cardlint`; a shell completes the installed command
    script = "import sys; sys.argv = ['cardlint']; from cardlint.cli.main import main; main()"
    environment = {
        **os.environ,
        "_CARDLINT_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment, check=False)
    assert result.stderr == b""
    assert set(result.stdout.decode().split()) == offered


def test_quiet_does_not_hide_what_went_wrong():
    result = check("gone", "--quiet")
    assert result.exit_code == 2
    assert result.stderr == "error: gone: no such file or directory\n"


def test_programs_learn_that_there_was_no_card(tmp_path):
    result = check(".", "--output-format", "jsonl")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no card was checked" in result.stderr
