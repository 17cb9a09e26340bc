"""A plain command line is read without typer, and as typer would read it."""

import functools
import io
import os
import subprocess
import sys
from contextlib import redirect_stdout
from inspect import Parameter, signature
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cardlint.cli import app
from cardlint.cli.arguments import COMMANDS, function_of
from cardlint.cli.declarations import Option
from cardlint.cli.plain import long_name, read_plain


def declared(command):
    """The options of a command as they are written, long and short."""
    for name, parameter in signature(function_of(command)).parameters.items():
        if name != "typed" and isinstance(parameter.annotation.__metadata__[0], Option):
            yield long_name(name)
            yield from filter(None, [parameter.annotation.__metadata__[0].short])


OPTIONS = {command: sorted(declared(command)) for command in COMMANDS}
WORDS = st.one_of(
    st.sampled_from(
        ["README.md", "cards", "-", "--", "", "auto", "json", "text", "error", "release", "3", "x=y", "-x"]
    ),
    st.text(max_size=4).filter(lambda text: "\0" not in text),
)


@st.composite
def command_lines(draw):
    command = draw(st.sampled_from(sorted(COMMANDS)))
    option = st.sampled_from([*OPTIONS[command], "--help"])
    words = st.one_of(option, WORDS, st.builds("{}={}".format, option, WORDS))
    return command, draw(st.lists(words, max_size=5))


def read_by_typer(command, words, monkeypatch):
    """Return what typer passes to the function of a command, with defaults; None if it does not call the function."""
    function, calls = function_of(command), []
    recording = functools.wraps(function)(lambda **arguments: calls.append(arguments))
    monkeypatch.setattr(app, "function_of", lambda _: recording)
    group = app.typer.main.get_command(app.app)
    with redirect_stdout(io.StringIO()), pytest.raises(SystemExit):
        group.main([command, *words], prog_name="cardlint")
    return calls[0] if calls else None


def with_defaults(command, arguments):
    parameters = signature(function_of(command)).parameters.values()
    return {each.name: each.default for each in parameters if each.default is not Parameter.empty} | arguments


@given(command_lines())
@example(("check", ["README.md", "--select", "a", "--select=b", "-q", "--fix", "--output-file", "x", "--color=always"]))
@example(("check", ["--diff", "--", "--fix"]))
@example(("show", ["README.md", "--output-format", "json"]))
def test_a_plain_command_line_is_read_as_by_typer(line):
    command, words = line
    plain = read_plain(function_of(command), words)
    if plain is not None:
        with pytest.MonkeyPatch.context() as monkeypatch:
            assert with_defaults(command, plain) == read_by_typer(command, words, monkeypatch)


@pytest.mark.parametrize(
    ("command", "words", "arguments"),
    [
        ("check", ["a.md", "b"], {"typed": frozenset(), "paths": ["a.md", "b"]}),
        ("check", ["--output-format", "json"], {"typed": {"--output-format"}, "output_format": "json"}),
        ("check", ["-q", "--fail-on=note"], {"typed": {"--quiet", "--fail-on"}, "quiet": True, "fail_on": "note"}),
        ("check", ["--ignore", "a", "--ignore", "b"], {"typed": {"--ignore"}, "ignore": ["a", "b"]}),
        ("check", ["--baseline", "new.json"], {"typed": {"--baseline"}, "baseline": Path("new.json")}),
        ("explain", ["duplicate-key"], {"rule": "duplicate-key"}),
        ("server", [], {}),
    ],
)
def test_usual_command_lines_are_plain(command, words, arguments):
    assert read_plain(function_of(command), words) == arguments


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("check", ["--help"]),
        ("check", ["--output_format", "json"]),
        ("check", ["--output-format"]),
        ("check", ["--fail-on", "warn"]),
        ("check", ["--quiet=1"]),
        ("explain", []),
        ("explain", ["one", "two"]),
        ("rules", ["metadata"]),
    ],
)
def test_mistakes_and_questions_are_not_plain(command, words):
    assert read_plain(function_of(command), words) is None


def test_a_command_line_is_not_plain_if_a_variable_sets_an_option(monkeypatch):
    monkeypatch.setenv("CARDLINT_QUIET", "1")
    assert read_plain(function_of("check"), []) is None
    assert read_plain(function_of("rules"), []) is not None


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="every file can be read")
def test_typer_refuses_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "x.toml").touch(0)
    assert read_plain(function_of("check"), ["--config", str(tmp_path / "x.toml")]) is None


def test_what_the_shell_expands_elsewhere_is_not_plain_on_windows(monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    assert read_plain(function_of("check"), ["*.md"]) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows reports a closed pipe as another error")
def test_a_closed_pipe_ends_both_ways_alike(tmp_path):
    (tmp_path / "README.md").write_text("# Owl\n", "utf-8")
    endings = []
    for words in (["rules"], ["rules", "--output-format=text"], ["--debug", "rules"]):
        command = [sys.executable, "-m", "cardlint", *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as child:
            child.stdout.close()
            endings.append((child.wait(60), child.stderr.read()))
    assert len(set(endings)) == 1
