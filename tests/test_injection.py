"""Text of cards, names of files and of folders: no output has one that a terminal or a CI service executes."""

import json
import os
import re

import pytest
from extras import require
from test_undecodable import BODIES, FRONT, YAML, commands_with_cards
from typer.testing import CliRunner

from cardlint.cli.app import app
from cardlint.reporters.markdown.escaping import prose

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")

EVIL = "\x1b]0;x\x07 ##[error]x ##vso[task]x \x9b31m \u202e ::error::x"
LINES = "\n::error::x\n##[error]x\n  ::add-mask::x\n"
CARDS = (
    {f"body, {name}": FRONT + body for name, body in BODIES.items()}
    | {f"metadata, {name}": b"---\n" + yaml + b"---\n# T\n\n[a](b)\n" for name, yaml in YAML.items()}
    | {
        "title": b"# @\n",
        "lines": b"# T\n" + LINES.encode() + b"```\n" + LINES.encode() + b"```\n#a\n" + LINES.encode(),
        "fixed lines": b"---\nlicense: mit\nlicense: mit\na: |\n"
        + LINES.replace("\n", "\n  ").encode()
        + b"\n---\n#T\n@\n",
    }
)
CONTROL = re.compile(r"(?!\r\n)[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
DISTURBING = re.compile(r"(?!\r\n)[\x00-\x08\x0b-\x1f\x7f-\x9f]")
COMMAND = re.compile(r"^\s*::[a-z-]|##\[|##vso\[", re.MULTILINE)
OWN = re.compile(
    r"^::(?:error|warning|notice|group|endgroup|stop-commands|[0-9a-f]{32})(?: (?:file|title)=[^\n]*)?::?.*\n",
    re.MULTILINE,
)
OF_MACHINES = re.compile(r"json|sarif|gitlab|junit|markdown|html")


def put(folder, name):
    place = folder / name
    place.mkdir()
    for number, card in enumerate(CARDS.values()):
        text = card.replace(b"@", EVIL.encode())
        (place / f"{number} ##[error]{EVIL[:3]}.md").write_bytes(text)
    return place


def outputs(arguments, place):
    many = arguments[0] == "check"
    for path in [place] if many else sorted(place.iterdir()):
        more = ["--all-markdown", "--no-cache"] if many else []
        result = CliRunner().invoke(app, [*arguments, *more, str(path)])
        yield result.stdout_bytes.decode("utf-8", "replace"), result.stderr


@pytest.mark.parametrize("name", ["plain", "a\n::error::x", "##[error]x \x1b]0;x", "::error::x"])
@pytest.mark.parametrize("arguments", list(commands_with_cards()), ids=" ".join)
def test_every_command_and_format(arguments, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    style = arguments[-1] if "--output-format" in arguments else ""
    for stdout, stderr in outputs(arguments, put(tmp_path, name)):
        assert COMMAND.findall(stderr) == []
        assert CONTROL.findall(stderr) == []
        assert (DISTURBING if OF_MACHINES.search(style) else CONTROL).findall(stdout) == []
        if OF_MACHINES.search(style):
            continue  # these are written to files
        if "--diff" in arguments:
            start, _, rest = stdout.partition("\n")
            assert re.fullmatch("::stop-commands::[0-9a-f]{32}", start)
            assert rest.endswith(f"::{start[-32:]}::\n")
            continue
        text = OWN.sub("", stdout) if style == "github" else stdout
        assert COMMAND.findall(text) == []


@pytest.mark.parametrize("config", ['select = ["no-such-rule ##[error]x"]\n', "a = [\n", "a = 1\n", "\x1b = 1", "\xff"])
@pytest.mark.parametrize("name", ["a\n::error::x", "##[error]x \x1b]0;x", "plain"])
def test_the_errors_of_a_configuration(config, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    place = tmp_path / name
    place.mkdir()
    (place / "README.md").write_text("# T\n")
    (place / "cardlint.toml").write_text(config, "latin-1")
    for style in ("full", "concise", "github"):
        result = CliRunner().invoke(app, ["check", "--output-format", style, "."])
        assert result.exit_code == 2
        assert COMMAND.findall(result.stderr) == []
        assert CONTROL.findall(result.output) == []
        assert COMMAND.findall(OWN.sub("", result.stdout)) == []
    for command in (["config", str(place)], ["config", str(place / "README.md")], ["init", str(place)]):
        result = CliRunner().invoke(app, command)
        assert COMMAND.findall(result.output) == []
        assert CONTROL.findall(result.output) == []


@pytest.mark.parametrize(
    "text", ["https://a.example/x", "www.a.example", "HTTP://a.example", "a@b.example", "mailto:a"]
)
@pytest.mark.parametrize("around", ["{}", "`{}", "``{}`", "` {} `` {}", "`{}` {} `"])
def test_an_address_of_a_card_is_no_link_in_a_comment(text, around):
    cmark = require("cmarkgfm", "test")
    written = prose(f"the card has {around.replace('{}', text)}")
    assert "<a " not in cmark.github_flavored_markdown_to_html(written)


@pytest.mark.parametrize(
    "name", ["a\n::error::x", "##[error]x \x1b]0;x", "a\r\n::add-mask::x", "\u202eabc", "\udcff", "##vso[task]x"]
)
@pytest.mark.parametrize("write", [[], ["--write"]])
def test_the_title_of_a_suggested_card(name, write, tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    place = tmp_path / f"model {name}"
    place.mkdir()
    (place / "config.json").write_text('{"architectures": ["BertForMaskedLM"], "model_type": "bert"}')
    (place / "all_results.json").write_text(json.dumps({f"eval_accuracy {name}": 0.5, "eval_accuracy": 0.5}))
    (place / "model.safetensors").touch()
    result = CliRunner().invoke(app, ["suggest", *write, str(place)])
    assert result.exit_code == 0, result.stderr
    texts = [result.stdout, result.stderr, *(path.read_text() for path in place.glob("README.md"))]
    assert "# model" in result.stdout
    for text in texts:
        assert COMMAND.findall(text) == []
        assert CONTROL.findall(text) == []


@pytest.mark.parametrize("name", ["a\n::error::x", "##[error]x \u202e", "\x9b31m"])
@pytest.mark.parametrize("workflow", ["", "true"])
def test_the_files_that_init_changes(name, workflow, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", workflow)
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text(f'[tool.x]\na = "b"\n# {name.replace(chr(10), chr(10) + "#")}\n', "utf-8")
    result = CliRunner().invoke(app, ["init", "."], input="n\n")
    assert "[tool.cardlint]" in result.stdout
    assert CONTROL.findall(result.stdout) == []
    if workflow:
        start, _, rest = result.stdout.partition("\n")
        assert re.fullmatch("::stop-commands::[0-9a-f]{32}", start)
        assert f"\n::{start[-32:]}::\n" in rest
