"""The command line as people type it: paths without a command, addresses, slips of the pen, and contradictions."""

import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cardlint.cli.app import app
from cardlint.cli.arguments import COMMANDS, UnknownCommandError, with_command
from cardlint.cli.contradictions import CONTRADICTIONS, NEEDS
from cardlint.config.command_line import read_overrides
from cardlint.config.selection import Configurations
from cardlint.hub.targets import TargetError, as_hub_path
from cardlint.registry import load_rules

CARD = "---\nlicense: mit\nlicense: mit\n---\n\n# Owl\n\nTells owls apart.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_text(CARD, "utf-8")
    return tmp_path


def run(*arguments, **environment):
    return CliRunner().invoke(app, list(arguments), env=environment)


def error(*arguments, **environment):
    """The only line of an error."""
    result = run(*arguments, **environment)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("error: ")
    return line.removeprefix("error: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["README.md"],
        ["-q", "README.md"],
        ["-v", "README.md"],
        ["--debug", "README.md"],
        ["--select", "duplicate-key", "."],
        ["--no-cache"],
        ["gone/README.md"],
        ["-"],
        ["--", "README.md"],
    ],
)
def test_a_path_or_an_option_needs_no_command(arguments):
    short, whole = run(*arguments), run("check", *arguments)
    assert (short.exit_code, short.output) == (whole.exit_code, whole.output)
    assert "Usage" not in short.output


def test_a_fix_needs_no_command():
    assert run("--fix", "README.md").exit_code == 0
    assert Path("README.md").read_text("utf-8").count("license") == 1


def test_a_command_comes_before_a_file_with_its_name(folder):
    for name in COMMANDS:
        (folder / name).mkdir()
        assert with_command([name], COMMANDS) == [name]
    (folder / "chek").mkdir()
    assert with_command(["chek"], COMMANDS) == ["check", "chek"]


@pytest.mark.parametrize("option", [[], ["--version"], ["-V"], ["-v", "--version"], ["--help"], ["-v", "rules"]])
def test_what_is_of_the_program_itself_stays(option):
    assert with_command(option, COMMANDS) == option


@pytest.mark.parametrize(
    ("word", "meant"),
    [("chek", "check"), ("chcek", "check"), ("rule", "rules"), ("explian", "explain"), ("lint", "check")],
)
def test_a_slip_in_a_command_names_the_command(word, meant):
    assert error(word) == f"`{word}` is not a command, file or folder; did you mean `cardlint {meant}`?"
    assert error(word, "README.md") == error(word)


def test_a_word_like_no_command_is_named():
    assert error("zebra") == "`zebra` is not a command, file or folder; `cardlint --help` lists the commands"
    with pytest.raises(UnknownCommandError, match=r"\\x1b"):
        with_command(["\x1b[31m"[:1] + "zebra"], COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["check", "--output_format", "json"], "unknown option `--output_format`; did you mean `--output-format`?"),
        (["--verison"], "unknown option `--verison`; did you mean `--version`?"),
        (["check", "--zzzzzzzz"], "unknown option `--zzzzzzzz`; `cardlint check --help` shows all options"),
        (["check", "--fail-on"], "--fail-on: requires an argument"),
        (["check", "--quiet=1"], "--quiet: does not take a value"),
        (["explain"], "RULE is missing; `cardlint explain --help` shows all options"),
        (["corpus", "x"], "--out-dir is missing; it names the folder to write to"),
        (["corpus", "x", "-o", "y", "--card-timeout", "0"], "--card-timeout: expected a number of at least 1, got `0`"),
        (["corpus", "x", "-o", "y", "--card-timeout", "z"], "--card-timeout: expected a number, got `z`"),
        (["show", "x.md", "--why", "z"], "--why: expected a whole number, got `z`"),
        (["show", "README.md", "--why", "99"], "--why: the card has 9 lines, got `99`"),
        (["corpus", "x", "-o", "y", "--config", "none.toml"], "--config: none.toml: no such file"),
        (["config", "--config", "none.toml"], "--config: none.toml: no such file"),
        (["rules", "metadata"], "unexpected argument `metadata`; `cardlint rules --help` shows all options"),
        (["explain", "one", "two"], "unexpected argument `two`; `cardlint explain --help` shows all options"),
        (["check", ""], "PATHS: expected a file or a folder, got an empty text"),
        (["--color", "sure"], "--color: expected one of `auto`, `always`, `never`, got `sure`"),
        (["--output-format", "xml"], "--output-format: unknown format `xml`; did you mean `junit`?"),
        (["--output-format", "sarfi"], "--output-format: unknown format `sarfi`; did you mean `sarif`?"),
        (["--report", "jsn=x"], "--report: unknown format `jsn`; did you mean `json`?"),
        (["--report", "json"], "--report: expected FORMAT=FILE, got `json`"),
        (["--jobs", "many"], "--jobs: expected `auto` or a number from 1 to 512, got `many`"),
        (["--exclude", "#x"], "--exclude: `#x` is not a glob: a `#` at its start makes a comment of it; write `\\#`"),
        (["--config", "none.toml"], "--config: none.toml: no such file"),
        (["--ignore", "no-such"], "--ignore: unknown rule or group `no-such`"),
    ],
)  # fmt: skip
def test_an_error_names_its_argument_in_one_line(arguments, line):
    assert error(*arguments) == line


def test_an_address_elsewhere_is_an_error_that_says_what_is_read():
    line = error("https://example.org/a/b")
    assert line.startswith("https://example.org/a/b: not an address of the Hub; write `hub:OWNER/NAME`, ")


def test_several_errors_take_a_line_each():
    result = run("--select", "zebra", "--ignore", "okapi")
    assert result.stderr == (
        "error: --select: unknown rule or group `zebra`\nerror: --ignore: unknown rule or group `okapi`\n"
    )


def test_an_environment_variable_sets_an_option_and_the_command_line_comes_first():
    assert run("README.md", CARDLINT_OUTPUT_FORMAT="json").stdout.startswith("{")
    assert run("README.md", "--output-format", "concise", CARDLINT_OUTPUT_FORMAT="json").stdout.startswith("README.md:")
    assert run("README.md", CARDLINT_EXIT_ZERO="1").exit_code == 0
    both = run("README.md", CARDLINT_SELECT="missing-license duplicate-key")
    assert both.stdout == run("README.md", "--select", "missing-license,duplicate-key").stdout
    assert run("rules", CARDLINT_OUTPUT_FORMAT="json").stdout.startswith("[")


def test_an_error_names_the_environment_variable(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["cardlint", "README.md"])
    assert error("README.md", CARDLINT_FAIL_ON="warn") == (
        "--fail-on (CARDLINT_FAIL_ON): expected one of `error`, `warning`, `note`, `never`, got `warn`; "
        "did you mean `warning`?"
    )
    assert error("README.md", CARDLINT_FIX="maybe") == "--fix (CARDLINT_FIX): expected `1` or `0`, got `maybe`"
    assert error("README.md", CARDLINT_SELECT="okapi") == "--select (CARDLINT_SELECT): unknown rule or group `okapi`"
    assert error("README.md", CARDLINT_CONFIG="none.toml") == "--config (CARDLINT_CONFIG): none.toml: no such file"
    for typed in (["--jobs=x"], ["--jobs", "x"]):
        monkeypatch.setattr(sys, "argv", ["cardlint", *typed, "README.md"])
        assert error(*typed, "README.md", CARDLINT_JOBS="auto").startswith("--jobs: expected `auto` or ")


# A value for each option that takes one.
VALUES = {
    "--config": "none.toml",
    "--fail-on": "error",
    "--since": "main",
    "--output-format": "json",
    "--output-file": "x.json",
    "--report": "json=x.json",
}
PAIRS = [(option, other) for option, others in CONTRADICTIONS.items() for other in others]


def words(option):
    return [option, VALUES[option]] if option in VALUES else [option]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_options_that_contradict_each_other_are_refused_in_any_order(one, other):
    for pair in ([one, other], [other, one]):
        arguments = [word for option in pair for word in words(option)]
        assert error("check", *arguments, "README.md") == f"`{one}` and `{other}` cannot be used together"
    assert [each.name for each in Path().iterdir()] == ["README.md"]


def test_what_is_typed_comes_before_a_variable_that_contradicts_it():
    result = run("--diff", "README.md", CARDLINT_OUTPUT_FORMAT="json", CARDLINT_FIX="1")
    assert (result.exit_code, result.stdout[:4]) == (1, "--- ")
    assert Path("README.md").read_text("utf-8") == CARD


@pytest.mark.parametrize("option", NEEDS)
def test_an_option_without_what_it_needs_is_refused(option):
    needed = NEEDS[option]
    assert error(option, "README.md") == (
        f"{option}: has no effect without one of {', '.join(f'`{each}`' for each in needed)}"
    )
    for other in needed:
        assert run(option, other, "README.md").exit_code != 2
    assert run(option, "README.md", CARDLINT_FIX="1").exit_code == 0


def test_no_pair_is_listed_twice_and_each_option_exists():
    assert len({frozenset(pair) for pair in PAIRS}) == len(PAIRS)
    for option in {option for pair in PAIRS for option in pair}:
        assert "unknown option" not in run("check", *words(option), "--jobs", "x").stderr


def test_fixing_and_its_patch_go_together():
    for one, other in combinations(["--fix", "--fix-only", "--diff"], 2):
        assert "cannot be used together" not in run(one, other, "README.md").stderr


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://huggingface.co/tawny/owl", "hub:tawny/owl"),
        ("https://huggingface.co/tawny/owl/", "hub:tawny/owl"),
        ("http://www.huggingface.co/tawny/owl?library=x#usage", "hub:tawny/owl"),
        ("https://hf.co/tawny/owl/tree/main", "hub:tawny/owl@main"),
        ("huggingface.co/tawny/owl/blob/v1.0/README.md", "hub:tawny/owl@v1.0"),
        ("https://huggingface.co/tawny/owl/raw/main/README.md", "hub:tawny/owl@main"),
        ("https://huggingface.co/tawny/owl/blob/refs%2Fpr%2F3/README.md", "hub:tawny/owl@refs/pr/3"),
        ("https://huggingface.co/tawny", "hub:tawny"),
        ("https://huggingface.co/collections/tawny/owls-65", "hub:collections/tawny/owls-65"),
        ("https://huggingface.co/gpt2", "hub:openai-community/gpt2"),
        ("https://huggingface.co/datasets/tawny/calls", "hub:datasets/tawny/calls"),
        ("https://huggingface.co/tawny/owl/blob/main/config.json", None),
        ("https://huggingface.co/tawny/owl/discussions/2", None),
        ("https://huggingface.co/models", None),
        ("https://huggingface.co", None),
        ("https://github.com/tawny/owl", None),
    ],
)
def test_an_address_of_the_hub_is_a_path(address, path):
    if path is None:
        with pytest.raises(TargetError):
            as_hub_path(address)
    else:
        assert as_hub_path(address) == path


def test_a_folder_is_not_an_address(folder):
    (folder / "hf.co" / "tawny").mkdir(parents=True)
    (folder / "hf.co" / "tawny" / "README.md").write_text(CARD, "utf-8")
    assert "hf.co/tawny/README.md:3:1" in run("hf.co/tawny").stdout


def test_globs_exclude_files_relative_to_the_working_folder(folder):
    for name in ("drafts/a", "models/drafts", "models/b"):
        (folder / name).mkdir(parents=True)
        (folder / name / "README.md").write_text(CARD, "utf-8")

    def linted(*arguments):
        lines = run("--show-files", *arguments).stdout.splitlines()
        return [line for line in lines if "skipped" not in line]

    assert linted("--exclude", "/drafts/") == ["README.md", "models/b/README.md", "models/drafts/README.md"]
    assert linted("--exclude", "drafts", "--exclude", "/README.md") == ["models/b/README.md"]
    assert linted("--exclude", "*", "--exclude", "!/README.md") == ["README.md"]
    assert linted("--exclude", "README.md", "README.md") == []
    assert "models/b/README.md: skipped, `--exclude` has `b`" in run("--show-files", "--exclude", "b").stdout
    assert run("--exclude", "b/", "models/b/README.md").exit_code == 3


def test_globs_exclude_besides_those_of_the_configuration(folder):
    (folder / "cardlint.toml").write_text('exclude = ["a"]\n', "utf-8")
    for name in ("a", "b", "c"):
        (folder / name).mkdir()
        (folder / name / "README.md").write_text(CARD, "utf-8")
    shown = run("--show-files", "--exclude", "b").stdout.splitlines()
    assert [line for line in shown if "skipped" not in line] == ["README.md", "c/README.md"]


def test_all_selects_every_rule_and_a_name_or_group_outweighs_it(folder):
    known = load_rules()
    off = {name for name, rule in known.items() if not rule.default}
    metrics = {name for name, rule in known.items() if rule.info.group == "metrics"}
    assert off
    assert metrics

    def selected(**options):
        selection = Configurations(known, read_overrides(known, **options), isolated=True).for_folder(folder)
        return {each.rule.name for each in selection.active()}

    assert selected(select=["ALL"]) == set(known)
    assert selected(extend_select=["ALL"]) == set(known)
    assert selected(select=["ALL"], ignore=["metrics"]) == set(known) - metrics
    assert selected(select=["metrics"], ignore=["ALL"]) == {name for name in metrics if known[name].default}
    assert selected(ignore=["ALL"]) == set()
    assert error("--select", "all").endswith("did you mean `ALL`?")
    assert error("explain", "ALL") == "unknown rule `ALL`; `cardlint rules` lists all rules"


def test_the_old_names_of_options_stay_with_a_note(folder):
    result = run("README.md", "--output", "json=r.json", "-o", "r.txt")
    assert result.stderr.startswith("note: `--output` is now called `--report`\n")
    assert "is now called" not in run("-q", "README.md", "--output", "json=x.json").stderr
    assert (folder / "r.json").exists()
    assert (folder / "r.txt").read_text("utf-8").startswith("README.md:")
    assert "--output " not in run("check", "--help").stdout


@pytest.mark.parametrize("words", ["check --select dup", "--select dup", "corpus x --ignore a,dup"])
def test_the_shell_completes_rules_in_every_list(words):
    offered = complete(f"cardlint {words}")
    before = "a," if "a,dup" in words else ""
    assert {f"{before}duplicate-key", f"{before}duplicate-section"} <= offered
    assert all(offer.startswith(f"{before}dup") for offer in offered)


def test_the_shell_completes_groups_levels_and_formats():
    assert complete("cardlint check --select AL") == {"ALL"}
    assert complete("cardlint check --extend-select metr") >= {"metrics", "metric-mismatch"}
    assert complete("cardlint check --severity duplicate-k") == {"duplicate-key="}
    assert complete("cardlint check --severity duplicate-key=e") == {"duplicate-key=error"}
    assert complete("cardlint check --report js") == {"json=", "jsonl="}


def complete(words):
    script = "import sys; sys.argv = ['cardlint']; from cardlint.cli.main import main; main()"
    environment = {
        **os.environ,
        "_CARDLINT_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment, check=False)
    assert result.stderr == b""
    return set(result.stdout.decode().split())


@pytest.mark.parametrize("width", [80, 120])
def test_the_help_fits_the_terminal_and_its_groups_are_in_order(width):
    result = subprocess.run(
        [sys.executable, "-m", "cardlint", "check", "--help"],
        capture_output=True,
        env=os.environ | {"COLUMNS": str(width), "PYTHONIOENCODING": "utf-8"},
        check=True,
        encoding="utf-8",
    )
    assert max(map(len, result.stdout.splitlines())) <= width
    panels = [line.strip("╭─╮ ") for line in result.stdout.splitlines() if line.startswith("╭")]
    assert panels == [
        *("Arguments", "Options", "Rules", "Fixing", "Files", "Output", "Exit code", "Baseline", "Speed"),
    ]


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        ("OSError(28, 'No space left on device')", "error: cannot write to standard output: no space left on device\n"),
        ("OSError(5, 'Input/output error', 'a.md')", "error: a.md: input/output error\n"),
        ("ConnectionResetError(104, 'Connection reset by peer')", "error: a bug in cardlint: ConnectionResetError: "),
        ("ValueError('x')", "error: a bug in cardlint: ValueError: x ("),
    ],
)
def test_only_a_failed_write_is_blamed_on_standard_output(raised, told):
    code = f"""
import sys
from cardlint.cli import main
def fail(**_):
    raise {raised}
main.function_of = lambda command: fail
sys.argv = ["cardlint", "check"]
main.main()
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, encoding="utf-8")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(told)
    assert len(result.stderr.splitlines()) == 1
