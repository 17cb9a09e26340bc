"""Baselines: what is known passes, what is new does not, what is gone is told and forgotten."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cardlint.cli.app import app
from cardlint.config.errors import BaselineError
from cardlint.finding import Finding, Problem, RuleInfo, Severity
from cardlint.linting.baseline.baseline import Baseline, subject
from cardlint.linting.baseline.file import DEFAULT_FILE, as_text, read_baseline
from cardlint.source import Source, Span

TEXT = "\n# Owl\n\nTells owls apart. It is meant for woods.\n"
CLEAN = "---\nlicense: mit\npipeline_tag: audio-classification\nlibrary_name: transformers\n---\n" + TEXT
TWICE = CLEAN.replace("license: mit\n", "license: mit\nlicense: mit\n")
THRICE = CLEAN.replace("license: mit\n", "license: mit\nlicense: mit\nlicense: mit\n")
ONLY = ("--select", "duplicate-key")


@pytest.fixture(autouse=True)
def _here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def write(text, folder="owl"):
    Path(folder).mkdir(exist_ok=True)
    Path(folder, "README.md").write_text(text, "utf-8")


def check(*arguments, text=None):
    return CliRunner().invoke(app, ["check", *ONLY, *map(str, arguments)], input=text)


def known_and_new(result):
    summary = json.loads(result.stdout)["summary"]
    return summary["known"], summary["errors"]


def recorded_paths(file=DEFAULT_FILE):
    return [entry["path"] for entry in json.loads(Path(file).read_text("utf-8"))["findings"]]


def against(*arguments, **options):
    return check("--baseline", DEFAULT_FILE, *arguments, **options)


def test_what_was_recorded_passes_and_the_summary_counts_it():
    write(TWICE)
    recorded = check("--write-baseline")
    assert (recorded.exit_code, recorded.stderr) == (0, f"Recorded 1 finding of 1 card in {DEFAULT_FILE}.\n")
    write(TWICE, "lark")
    result = against()
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stdout.splitlines()[:-3]] == ["lark/README.md"]
    assert "Found 1 error in 2 cards (1 known, 1 new).\n" in result.stdout
    assert known_and_new(against("--output-format", "json")) == (1, 1)
    assert against("owl").stdout == "All good: 1 card checked (1 known, 0 new).\n"


def test_moved_lines_make_nothing_new():
    write(TWICE)
    check("--write-baseline")
    write(TWICE.replace("---\nlicense", "---\n# ours\n\nlicense", 1) + "\nMore of it.\n")
    assert (against().exit_code, against().stderr) == (0, "")


def test_more_of_the_same_is_new_and_less_is_stale():
    write(THRICE)
    check("--write-baseline")
    recorded = Path(DEFAULT_FILE).read_text("utf-8")
    write(TWICE)
    result = against()
    assert result.exit_code == 0
    assert result.stderr == (
        f"note: 1 finding recorded in {DEFAULT_FILE} no longer occurs; use `--prune-baseline` to remove it\n"
        "  owl/README.md: [duplicate-key] duplicate key `license`, so the Hub refuses the card\n"
    )
    assert Path(DEFAULT_FILE).read_text("utf-8") == recorded
    pruned = check("--prune-baseline")
    assert (pruned.exit_code, pruned.stderr) == (0, f"Removed 1 finding from {DEFAULT_FILE}.\n")
    assert against().stderr == ""
    write(THRICE)
    assert (against().exit_code, known_and_new(against("--output-format", "json"))) == (1, (1, 1))


def test_what_is_said_of_other_cards_and_rules_stays():
    write(TWICE)
    write(TWICE, "lark")
    check("--write-baseline")
    recorded = Path(DEFAULT_FILE).read_bytes()
    write(CLEAN)
    assert check("lark", "--prune-baseline").stderr == f"Removed 0 findings from {DEFAULT_FILE}.\n"
    CliRunner().invoke(app, ["check", "--select", "missing-license", "--prune-baseline"])
    assert Path(DEFAULT_FILE).read_bytes() == recorded
    check("owl", "--write-baseline")
    assert recorded_paths() == ["lark/README.md"]


def test_a_file_and_a_rule_that_are_no_more_are_stale():
    write(CLEAN)
    Path(DEFAULT_FILE).write_text(
        '{"version": 1, "files": {"gone/README.md": {"duplicate-key": {"a": 2}}, "owl/README.md": {"odd": {"b": 1}}}}'
    )
    told = against().stderr
    assert f"note: 3 findings recorded in {DEFAULT_FILE} no longer occur" in told
    assert "  gone/README.md: [duplicate-key]\n  owl/README.md: [odd]\n" in told
    check("--prune-baseline")
    assert json.loads(Path(DEFAULT_FILE).read_text("utf-8")) == {"version": 2, "findings": []}


def test_paths_are_seen_from_the_folder_of_the_baseline(monkeypatch, tmp_path):
    write(TWICE)
    check("--write-baseline", "--baseline", "owl/known.json")
    assert recorded_paths("owl/known.json") == ["README.md"]
    monkeypatch.chdir(tmp_path / "owl")
    assert check("--baseline", "known.json").exit_code == 0
    assert check("--baseline", tmp_path / "owl/known.json", tmp_path / "owl").exit_code == 0


def test_fixing_makes_a_record_stale_and_records_what_is_left():
    write(TWICE)
    check("--write-baseline")
    assert against("--diff").exit_code == 1
    assert "no longer occurs" not in against("--diff").stderr
    result = against("--fix")
    assert result.exit_code == 0
    assert "Fixed 1 finding in 1 card." in result.stderr
    assert "1 finding recorded in" in result.stderr
    write(TWICE)
    check("--fix", "--write-baseline")
    assert recorded_paths() == []


def test_standard_input_is_known_by_its_name():
    write(TWICE)
    check("--write-baseline")
    assert against("-", "--stdin-filename", "owl/README.md", text=TWICE).exit_code == 0
    assert against("-", text=TWICE).exit_code == 1


def test_more_processes_give_the_same(tmp_path):
    for number in range(70):
        write(THRICE if number % 3 else CLEAN, f"model{number}")
    check("--write-baseline", "--jobs", "2")
    parallel = Path(DEFAULT_FILE).read_bytes()
    check("--write-baseline", "--baseline", "alone.json")
    assert Path("alone.json").read_bytes() == parallel
    write(TWICE, "model1")
    write(TWICE, "model0")
    one, two = (against("--output-format", "json", "--jobs", jobs) for jobs in "12")
    assert (one.exit_code, one.stdout, one.stderr) == (two.exit_code, two.stdout, two.stderr)
    assert known_and_new(one) == (91, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{\n "version": 1,\n "files": {,}\n}', ":3:12: not a baseline: "),
        ("<<<<<<< HEAD\n{}", ":1:1: not a baseline: "),
        ("[]", ": the whole file must be an object"),
        ("{}", ": `version` must be 2"),
        ('{"version": 3, "findings": []}', ": `version` must be 2"),
        ('{"version": 2, "files": {}}', ": `findings` must be an array"),
        ('{"version": 2, "findings": [{"path": "a.md"}]}', ": finding 1: "),
        ('{"version": 2, "findings": [{"path": "a", "rule": "r", "count": 0}]}', ": finding 1: "),
        ('{"version": 2, "findings": [3]}', ": finding 1: "),
        ('{"version": 1}', ": `files` must be an object"),
        ('{"version": 1, "files": {"a.md": {"odd": 3}}}', ": `files` > `a.md` > `odd` must be an object"),
        (
            '{"version": 1, "files": {"a.md": {"odd": {"b": true}}}}',
            ": `files` > `a.md` > `odd` > `b` must be a number",
        ),
        ('{"version": 1, "files": {"a.md": {"odd": {"b": 0}}}}', ": `files` > `a.md` > `odd` > `b` must be a number"),
        ("[" * 100_000, ": not a baseline"),
        ("9" * 10_000, ": not a baseline"),
    ],
)
@pytest.mark.parametrize("option", ["--baseline", "--write-baseline", "--prune-baseline"])
def test_a_broken_baseline_is_2_with_its_place_and_left_alone(text, message, option):
    write(TWICE)
    Path(DEFAULT_FILE).write_text(text, "utf-8")
    result = check(option, DEFAULT_FILE) if option == "--baseline" else check(option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {DEFAULT_FILE}{message}")
    assert Path(DEFAULT_FILE).read_text("utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--baseline", "none.json"), "error: none.json: no such baseline; `--write-baseline` writes one\n"),
        (("--baseline", "owl"), "error: owl: cannot be read: is a directory\n"),
        (("--prune-baseline",), f"error: {DEFAULT_FILE}: no such baseline; `--write-baseline` writes one\n"),
        (("--prune-baseline", "--write-baseline"), "cannot be used together\n"),
        (("--diff", "--write-baseline"), "error: `--diff` and `--write-baseline` cannot be used together\n"),
        (("owl", "none", "--write-baseline"), f"error: {DEFAULT_FILE} was not changed, because"),
    ],
)
def test_what_cannot_be_is_2_and_writes_nothing(arguments, message):
    write(TWICE)
    result = check(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not Path(DEFAULT_FILE).exists()


def test_a_baseline_of_bytes_that_are_no_text():
    write(TWICE)
    Path(DEFAULT_FILE).write_bytes(b"{\xff")
    assert against().stderr == f"error: {DEFAULT_FILE}: not a baseline: byte 1 is not UTF-8\n"


def test_where_no_card_was_checked_nothing_is_recorded_unless_that_is_allowed():
    assert check("--write-baseline").exit_code == 3
    assert not Path(DEFAULT_FILE).exists()
    assert check("--write-baseline", "--allow-empty").exit_code == 0
    assert Path(DEFAULT_FILE).read_text("utf-8") == '{\n  "version": 2,\n  "findings": []\n}\n'


def test_a_renamed_rule_is_known_by_its_old_name(monkeypatch):
    write(TWICE)
    check("--write-baseline")
    text = Path(DEFAULT_FILE).read_text("utf-8")
    Path(DEFAULT_FILE).write_text(text.replace("duplicate-key", "same-key-twice"), "utf-8")
    monkeypatch.setattr("cardlint.linting.baseline.file.RENAMED", {"same-key-twice": "duplicate-key"})
    assert against().exit_code == 0


def found(text, span, message):
    rule = RuleInfo("odd", "metadata", Severity.ERROR, "")
    return Finding(Source("a.md", text), rule, Severity.ERROR, Problem(span, message))


@given(st.text("ab\n ", max_size=20), st.text("ab`", max_size=6))
def test_the_hash_is_of_what_is_marked_and_of_the_code_in_the_message(before, after):
    here = found(f"{before}a  b{after}", Span(len(before), len(before) + 4), "the `key` is wrong on line 3")
    there = found("x\na\r\nb", Span(2, 6), "on line 2 stands a wrong `key`")
    assert subject(here) == subject(there)
    assert subject(here) != subject(found("x\na\r\nb", Span(2, 6), "on line 2 stands a wrong `kay`"))
    assert subject(here) != subject(found("x\na\r\nc", Span(2, 6), "on line 2 stands a wrong `key`"))


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)


@given(st.dictionaries(names, st.dictionaries(st.tuples(names, names), st.integers(1, 9), min_size=1), max_size=3))
def test_what_is_written_is_read_again(tmp_path_factory, files):
    file = tmp_path_factory.mktemp("baseline") / "known.json"
    baseline = Baseline(str(file.parent.resolve()), files, name=str(file))
    file.write_text(as_text(baseline), "utf-8", newline="\n")
    assert read_baseline(file) == baseline
    assert as_text(read_baseline(file)) == as_text(baseline)


def test_a_folder_is_no_baseline(tmp_path):
    with pytest.raises(BaselineError, match="cannot be read"):
        read_baseline(tmp_path)


# The setting `baseline`


def configure(text='baseline = "known.json"', folder="."):
    Path(folder).mkdir(exist_ok=True)
    Path(folder, "cardlint.toml").write_text(text + "\n", "utf-8")


def test_the_setting_is_used_without_an_option():
    write(TWICE)
    configure()
    assert check("--write-baseline").stderr == "Recorded 1 finding of 1 card in known.json.\n"
    assert not Path(DEFAULT_FILE).exists()
    assert (check().exit_code, check("owl/README.md").exit_code) == (0, 0)
    assert check("--isolated").exit_code == 1
    write(CLEAN)
    assert "note: 1 finding recorded in known.json no longer occurs" in check().stderr
    assert check("--prune-baseline").stderr == "Removed 1 finding from known.json.\n"
    assert recorded_paths("known.json") == []


def test_each_card_has_the_baseline_of_its_own_configuration(monkeypatch, tmp_path):
    for folder in ("owl", "lark"):
        write(TWICE, folder)
        configure(folder=folder)
    monkeypatch.chdir(tmp_path / "owl")
    check("--write-baseline")
    monkeypatch.chdir(tmp_path)
    Path("lark/known.json").write_text('{"version": 2, "findings": []}', "utf-8")
    result = check()
    assert [line.partition(":")[0] for line in result.stdout.splitlines() if "error[" in line] == ["lark/README.md"]
    write(CLEAN, "owl")
    assert check().stderr.count("no longer occur") == 1


def test_more_processes_use_the_setting_too():
    for number in range(70):
        write(TWICE, f"model{number}")
    configure()
    check("--write-baseline")
    assert known_and_new(check("--jobs", "2", "--output-format", "json")) == (70, 0)


@pytest.mark.parametrize("path", ["../known.json", "away/known.json", "{outside}"])
@pytest.mark.parametrize("command", [(), ("--write-baseline",), ("--prune-baseline",)])
def test_a_setting_leads_to_no_file_outside_of_the_repository(monkeypatch, tmp_path, path, command):
    here = tmp_path / "repository"
    (here / ".git").mkdir(parents=True)
    monkeypatch.chdir(here)
    outside = tmp_path / "known.json"
    outside.write_text("secret", "utf-8")
    Path("away").symlink_to(tmp_path)
    write(TWICE)
    configure(f"baseline = {json.dumps(path.format(outside=outside.as_posix()))}")
    result = check(*command)
    assert result.exit_code == 2
    assert "`baseline` in cardlint.toml is outside of the repository; use `--baseline` to name it" in result.stderr
    assert "secret" not in result.output
    assert outside.read_text("utf-8") == "secret"


def test_a_baseline_that_the_user_names_may_be_anywhere(monkeypatch, tmp_path):
    here = tmp_path / "repository"
    here.mkdir()
    monkeypatch.chdir(here)
    write(TWICE)
    configure('baseline = "../known.json"')
    check("--write-baseline", "--config", "cardlint.toml")
    assert recorded_paths("../known.json") == ["repository/owl/README.md"]
    assert check("--baseline", "../known.json").exit_code == 0
    assert check("--config", "cardlint.toml").exit_code == 0


def test_the_default_file_is_no_link_out_of_the_repository(tmp_path, monkeypatch):
    here = tmp_path / "repository"
    here.mkdir()
    (tmp_path / "other").write_text("other", "utf-8")
    monkeypatch.chdir(here)
    write(TWICE)
    Path(DEFAULT_FILE).symlink_to(tmp_path / "other")
    result = check("--write-baseline")
    assert (result.exit_code, result.stderr) == (
        2,
        f"error: {DEFAULT_FILE}: a symlink out of the repository; use `--baseline` to name it\n",
    )
    assert (tmp_path / "other").read_text("utf-8") == "other"


def test_a_missing_file_of_the_setting_is_2_once():
    write(TWICE)
    write(TWICE, "lark")
    configure()
    result = check()
    assert (result.exit_code, result.stderr) == (
        2,
        "error: known.json: no such baseline; `--write-baseline` writes one\n",
    )


# The entries


def test_an_entry_names_card_rule_and_message():
    write(TWICE)
    check("--write-baseline")
    (entry,) = json.loads(Path(DEFAULT_FILE).read_text("utf-8"))["findings"]
    assert (entry["path"], entry["rule"]) == ("owl/README.md", "duplicate-key")
    assert entry["message"] == "duplicate key `license`, so the Hub refuses the card"
    assert Path(DEFAULT_FILE).read_text("utf-8").count("\n") == 6


def test_an_old_file_is_read_and_written_anew():
    write(TWICE)
    check("--write-baseline")
    (entry,) = json.loads(Path(DEFAULT_FILE).read_text("utf-8"))["findings"]
    old = {"version": 1, "files": {"owl/README.md": {"duplicate-key": {entry["subject"]: 1}}}}
    Path(DEFAULT_FILE).write_text(json.dumps(old), "utf-8")
    assert against().exit_code == 0
    check("--write-baseline")
    assert json.loads(Path(DEFAULT_FILE).read_text("utf-8"))["findings"] == [entry]


def test_no_secret_is_in_a_baseline():
    secret = "h" + "f_ZkQmWfTbVyRhLuXsPdNgEaCjBiKoYtMxqJ"
    write(CLEAN.replace("license: mit\n", f"license: mit\n{secret}: a\n{secret}: b\n") + f"\nUse {secret}.\n")
    CliRunner().invoke(app, ["check", "--write-baseline"])
    text = Path(DEFAULT_FILE).read_text("utf-8")
    assert "leaked-secret" in text
    assert "duplicate key `hf_ZkQ" in text
    assert secret[:10] not in text


def test_the_name_of_a_baseline_is_escaped_like_everything_printed():
    write(TWICE)
    for option in ("--baseline", "--write-baseline"):
        arguments = (option, "--baseline", "a\x1b[2J.json") if option != "--baseline" else (option, "a\x1b[2J.json")
        assert "\x1b" not in check(*arguments).output
    old = {"version": 1, "files": {"gone\x1b.md": {"odd": {"a": 1}}}}
    Path("a\x1b[2J.json").write_text(json.dumps(old), "utf-8")
    output = check("--baseline", "a\x1b[2J.json").output
    assert "gone\\x1b.md" in output
    assert "\x1b" not in output
