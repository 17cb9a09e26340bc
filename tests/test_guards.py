"""A bug of cardlint itself, wherever it is: one line for its card, exit code 2, and all other cards are reported."""

import json

import pytest
from typer.testing import CliRunner

from cardlint.card import card as card_module
from cardlint.cli.app import app
from cardlint.cli.main import main
from cardlint.linting.suppression import suppressions
from cardlint.reporters.html import report as html_report
from cardlint.run import judge

BROKEN = "# Broken\n\nThe bug is on this card. <!-- cardlint-disable-next-line placeholder-text -->\n"
SOUND = "---\nlicense: mit\nlicense: mit\n---\n# Sound\n"


class BugError(Exception):
    """What a bug raises."""


def failing(function, text_of):
    """Return the function with a bug that only the broken card reaches."""

    def wrapper(given, *others, **named):
        if "# Broken" in text_of(given):
            raise BugError("two\nlines ::error::x")
        return function(given, *others, **named)

    return wrapper


@pytest.fixture
def cards(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (("a", BROKEN), ("b", SOUND), ("c", BROKEN)):
        (tmp_path / f"{name}.md").write_text(text)


def check(*arguments):
    result = CliRunner().invoke(app, ["check", "--isolated", "--no-cache", "--all-markdown", *arguments, "."])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def bug_lines(result):
    return [line.split(": ")[1] for line in result.stderr.splitlines() if "BugError" in line]


@pytest.mark.parametrize("fixing", [[], ["--fix"], ["--diff"]])
@pytest.mark.parametrize(
    "place",
    [
        (judge, "read", lambda data: data.decode()),
        (suppressions, "find_suppressions", lambda card: card.source.text),
        (card_module, "parse_markdown", lambda source: source.text),
        (card_module, "find_front_matter", lambda source: source.text),
        (card_module, "recover", lambda text: text),
    ],
)
def test_a_bug_before_the_report(cards, monkeypatch, place, fixing):
    module, name, text_of = place
    monkeypatch.setattr(module, name, failing(getattr(module, name), text_of))
    result = check(*([] if "--diff" in fixing else ["--output-format", "json"]), *fixing)
    assert result.exit_code == 2
    assert bug_lines(result) == ["a.md", "c.md"]
    if "--diff" in fixing:
        assert "-license: mit" in result.stdout
    else:
        report = json.loads(result.stdout)
        assert [error["path"] for error in report["errors"]] == ["a.md", "c.md"]
        assert {finding["path"] for finding in report["findings"]} >= {"b.md"}


def test_a_bug_of_a_reporter(cards, monkeypatch):
    monkeypatch.setattr(html_report, "parse", failing(html_report.parse, lambda source: source.text))
    result = check("--output-format", "html")
    assert result.exit_code == 2
    assert bug_lines(result) == ["a.md", "c.md"]
    assert result.stdout.endswith("</html>\n")
    assert result.stdout.count('<section class="card ') == 3


def test_a_bug_on_standard_input(monkeypatch):
    monkeypatch.setattr(judge, "read", failing(judge.read, bytes.decode))
    result = CliRunner().invoke(app, ["check", "--isolated", "-"], input=BROKEN)
    assert result.exit_code == 2
    assert bug_lines(result) == ["README.md"]


def test_rules_that_fail_alike_share_a_line(monkeypatch):
    monkeypatch.setattr(card_module, "parse_markdown", failing(card_module.parse_markdown, lambda source: source.text))
    result = CliRunner().invoke(app, ["check", "--isolated", "-"], input=BROKEN)
    (line,) = [line for line in result.stderr.splitlines() if "BugError" in line]
    assert line.startswith("error: README.md: a bug in rules `")
    assert " more: BugError: two\\nlines" in line


@pytest.mark.parametrize("debug", [[], ["--debug"]])
def test_a_bug_of_a_command(cards, monkeypatch, capsys, debug):
    monkeypatch.setattr(card_module, "find_front_matter", failing(card_module.find_front_matter, lambda s: s.text))
    monkeypatch.setattr("sys.argv", ["cardlint", *debug, "show", "a.md"])
    monkeypatch.setattr("cardlint.commands.terminal.close_quietly", lambda: None)
    with pytest.raises(BugError if debug else SystemExit) as ended:
        main()
    if not debug:
        assert ended.value.code == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("error: a bug in cardlint: BugError: two\\nlines ::error::x (test_guards, line ")
