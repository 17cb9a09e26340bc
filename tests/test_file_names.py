"""Names of files that an attacker chooses: they are never options, and no report overwrites a card."""

import sys

import pytest
from typer.testing import CliRunner

from cardlint.cli.app import app
from cardlint.cli.main import main
from cardlint.reporters.formats import FORMATS

CARD = "---\nlicense: mit\nlicense: mit\n---\n# Owl\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text(CARD)


def check(*arguments):
    return CliRunner().invoke(app, ["check", "--isolated", "--no-cache", *arguments])


@pytest.mark.parametrize("name", ["--output-file=README.md", "--report=html=README.md", "-q", "--fix", "--baseline=x"])
def test_a_file_that_looks_like_an_option(name, tmp_path, monkeypatch, capsys):
    folder = tmp_path / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("# T\n")
    monkeypatch.setattr(sys, "argv", ["cardlint", "check", "--isolated", "README.md", name])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert f"write `./{name}`" in capsys.readouterr().err
    assert (tmp_path / "README.md").read_text() == CARD


@pytest.mark.parametrize("before", [["--"], ["./"]])
def test_such_a_file_can_be_checked(before, tmp_path, monkeypatch, capsys):
    (tmp_path / "--fix").write_text(CARD)
    last = ["./--fix"] if before == ["./"] else ["--", "--fix"]
    monkeypatch.setattr(sys, "argv", ["cardlint", "check", "--isolated", "--no-cache", *last])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "duplicate-key" in capsys.readouterr().out


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("file", ["README.md", "README.MD", "new.md", "other.markdown", "link"])
def test_a_report_overwrites_no_card(name, file, tmp_path):
    if file == "README.MD":
        (tmp_path / "README.md").rename(tmp_path / "README.MD")
    (tmp_path / "link").symlink_to("README.md")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.exists()}
    for arguments in (["--output-format", name, "--output-file", file], ["--report", f"{name}={file}"]):
        result = check(*arguments, ".")
        if name == "markdown" and file in {"new.md", "other.markdown"}:
            assert result.exit_code == 1
            assert (tmp_path / file).exists()
            continue
        assert result.exit_code == 2, result.output
        assert result.stderr.startswith("error: ")
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.exists()} == before


def test_a_report_may_replace_the_last_one():
    for _ in range(2):
        assert check("--output-format", "markdown", "--output-file", "report.md", ".").exit_code == 1


@pytest.mark.parametrize("arguments", [["--output-file", "card.txt"], ["--write-baseline", "--baseline", "card.txt"]])
def test_a_file_that_is_checked_is_not_overwritten(arguments, tmp_path):
    (tmp_path / "card.txt").write_text("")
    result = check(*arguments, "card.txt")
    assert (result.exit_code, (tmp_path / "card.txt").read_text()) == (2, "")


def test_no_baseline_is_written_to_markdown(tmp_path):
    result = check("--write-baseline", "--baseline", "new.md", ".")
    assert result.exit_code == 2
    assert not (tmp_path / "new.md").exists()
