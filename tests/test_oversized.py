"""The largest card that the Hub accepts, and larger ones, of which nothing else is read."""

import subprocess
import sys

import pytest

from cardlint.card.card import Card, parse
from cardlint.finding import Severity
from cardlint.linting.baseline.file import as_text, empty_baseline
from cardlint.linting.linter import lint
from cardlint.source import read
from cardlint.vocabulary.card_file import MOST_BYTES

HEAD = b"---\nlicense: MIT\n---\n\n# lighthouse-small\n\n"


def of_size(size, letter="x"):
    line = (letter * 40 + "\n").encode()
    card = HEAD + line * ((size - len(HEAD)) // len(line))
    return card + b"\n" * (size - len(card))


@pytest.mark.parametrize("letter", ["x", "\u00e9", "\u6f6e", "\U0001f30a"])
def test_a_card_above_the_limit_is_an_error_and_nothing_else_is_reported(letter):
    data = of_size(MOST_BYTES + 1, letter)
    found = lint(parse(read(data))).findings
    assert [(finding.rule.name, finding.severity) for finding in found] == [("oversized-card", Severity.ERROR)]
    assert "10.0 MiB" in found[0].message
    assert "the Hub refuses" in found[0].message


OF_A_CARD = [[command, "README.md"] for command in ("check", "show", "disclose", "suggest")]
OF_A_FOLDER = [["check", option, "."] for option in ("--all-markdown", "--diff", "--fix")]


@pytest.mark.skipif(sys.platform == "win32", reason="no files with holes")
@pytest.mark.parametrize(
    "arguments",
    [["check", "."], *(pytest.param(more, marks=pytest.mark.slow) for more in (*OF_A_CARD, *OF_A_FOLDER))],
    ids=" ".join,
)
@pytest.mark.parametrize("name", ["README.md", "config.json", "cardlint.toml", "pyproject.toml", ".gitignore", "base"])
def test_a_huge_file_with_holes_takes_little_memory(name, arguments, tmp_path):
    (tmp_path / "README.md").write_bytes(HEAD)
    (tmp_path / "cardlint.toml").write_text('baseline = "base"\n')
    (tmp_path / "base").write_text(as_text(empty_baseline(tmp_path / "base")))
    with (tmp_path / name).open("ab") as file:
        file.truncate(1 << 40)
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))\n"
        "from cardlint.cli.main import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=100)
    assert "a bug" not in done.stderr
    assert "MemoryError" not in done.stderr
    if name == "README.md" and arguments[0] == "check" and "--diff" not in arguments:
        assert "the card has at least 16.0 MiB" in done.stdout


def test_a_card_of_exactly_the_limit_is_read():
    card = parse(read(of_size(MOST_BYTES)))
    assert not card.is_oversized
    assert card.metadata.get("license").text == "MIT"


def test_bytes_count_and_not_characters():
    assert not Card(read(of_size(MOST_BYTES // 2))).is_oversized
    text = read(of_size(MOST_BYTES + 400, "\u6f6e"))
    assert len(text.text) < MOST_BYTES
    assert Card(text).is_oversized


def test_a_large_card_on_one_line_is_not_recovered():
    line = b"--- license: mit language: en --- # lighthouse-small " + b"x " * (MOST_BYTES // 2)
    card = Card(read(line))
    assert card.recovery is None
    assert [finding.rule.name for finding in lint(card).findings] == ["oversized-card"]
