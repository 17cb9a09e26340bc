"""Symbolic links out of a repository: cardlint neither reads nor writes through one that the user does not name."""

import os
import re

import pytest
from typer.testing import CliRunner

from cardlint.cli.app import app
from cardlint.commands import init as init_command
from cardlint.commands.git_repository import Version
from cardlint.repository_root import repository_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a symlink needs a privilege there")

WORKFLOW = ".github/workflows/cardlint.yml"
SECRET = "the-environment-of-the-runner"
CARD = "---\nlicense: mit\nlicense: mit\n---\n# Owl\n\n[a](data/x)\n"
NAMES = (
    ".eval_results/c.yaml", ".eval_results", "cardlint.toml", ".cardlint.toml", "pyproject.toml", "config.json",
    "adapter_config.json", "README.md", "other.md", "docs", ".gitignore", "trainer_state.json", "all_results.json",
    "data",
)  # fmt: skip


@pytest.fixture
def outside(tmp_path):
    """A folder outside of the repository with a file, which is no valid YAML, JSON or TOML, for every link."""
    folder = tmp_path / "outside"
    folder.mkdir()
    for name in ("c.yaml", "card.md", "x"):
        (folder / name).write_text(f"---\nlicense: mit\nlicense: {SECRET}\n---\n# {SECRET}\n[{SECRET}: {{\n")
    return folder


@pytest.fixture
def repository(tmp_path, monkeypatch):
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    (folder / "model").mkdir()
    (folder / "model" / "README.md").write_text(CARD)
    monkeypatch.chdir(folder)
    return folder


def run(*arguments):
    result = CliRunner().invoke(app, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.mark.parametrize("fixing", [[], ["--fix", "--unsafe-fixes"], ["--diff", "--unsafe-fixes"]])
@pytest.mark.parametrize("name", NAMES)
def test_a_link_out_of_the_repository(name, fixing, repository, outside):
    link = repository / "model" / name
    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(outside if "." not in name[1:] else outside / "c.yaml")
    before = {path: path.read_bytes() for path in outside.iterdir()}
    for paths in ([], ["model"], [str(repository)]):
        shown = [] if "--diff" in fixing else ["--output-format", "full"]
        for command in (["check", "--no-cache", *shown, *fixing], ["check", "-v", "--show-files"]):
            result = run(*command, *paths)
            assert SECRET not in result.output
    if (repository / "model" / "README.md").is_file() and name != "README.md":
        for style in ("text", "json"):
            assert SECRET not in run("show", "model/README.md", "--output-format", style).output
    assert {path: path.read_bytes() for path in outside.iterdir()} == before


@pytest.mark.parametrize("name", ["cardlint.toml", ".cardlint.toml"])
def test_a_configuration_outside_is_an_error(name, repository, outside):
    (outside / "c.toml").write_text('select = ["metadata"]\n')
    (repository / name).symlink_to(outside / "c.toml")
    result = run("check", "--no-cache", ".")
    assert result.exit_code == 2
    assert "a symlink out of the repository" in result.stderr
    assert run("check", "--no-cache", "--config", name, ".").exit_code == 1


def test_a_link_inside_the_repository_is_followed(repository):
    (repository / "shared").mkdir()
    (repository / "shared" / "card.md").write_text(CARD)
    (repository / "linked").mkdir()
    (repository / "linked" / "README.md").symlink_to("../shared/card.md")
    (repository / "shared" / "card.md").rename(repository / "shared" / "card")
    (repository / "linked" / "README.md").unlink()
    (repository / "linked" / "README.md").symlink_to("../shared/card")
    assert "linked/README.md" in run("check", "--no-cache", "--output-format", "concise", ".").stdout


def test_a_link_that_is_named_is_followed(repository, outside):
    (repository / "link.md").symlink_to(outside / "card.md")
    assert SECRET in run("check", "--no-cache", "link.md").stdout


def test_the_end_of_a_repository(tmp_path):
    cached = tmp_path / "hub" / "models--owner--name" / "snapshots" / "0f1e"
    cached.mkdir(parents=True)
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert repository_of(str(cached)) == str(tmp_path / "hub" / "models--owner--name")
    inner = str(tmp_path / "a" / "b")
    assert repository_of(inner) == inner
    assert repository_of(inner, str(tmp_path / "a")) == str(tmp_path / "a")
    assert repository_of(inner, str(tmp_path / "hub")) == inner
    (tmp_path / ".git").touch()
    assert repository_of(inner, str(tmp_path / "a")) == str(tmp_path)


def test_a_snapshot_of_the_cache_is_read(tmp_path, monkeypatch):
    model = tmp_path / "models--owner--name"
    (model / "blobs").mkdir(parents=True)
    (model / "snapshots" / "0f1e").mkdir(parents=True)
    (model / "blobs" / "1").write_text(CARD)
    (model / "snapshots" / "0f1e" / "README.md").symlink_to("../../blobs/1")
    monkeypatch.chdir(model / "snapshots" / "0f1e")
    assert "duplicate-key" in run("check", "--no-cache", ".").stdout


@pytest.mark.parametrize("name", ["c.yaml", "card.md", "new.md"])
def test_suggest_writes_through_no_card_outside(name, repository, outside):
    (repository / "model" / "README.md").unlink()
    (repository / "model" / "README.md").symlink_to(outside / name)
    (repository / "model" / "config.json").write_text('{"architectures": ["BertForMaskedLM"], "model_type": "bert"}')
    before = {file: file.read_bytes() for file in outside.iterdir()}
    for arguments in (["suggest", "model"], ["suggest", "--write", "--unsafe-fixes", "model"]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "a symlink out of the repository" in result.stderr
        assert SECRET not in result.output
    assert {file: file.read_bytes() for file in outside.iterdir()} == before


def test_suggest_follows_a_card_that_is_named(repository, outside):
    (outside / "card.md").write_text("---\nlicense: mit\n---\n# Owl\n")
    (repository / "README.md").symlink_to(outside / "card.md")
    (repository / "config.json").write_text('{"architectures": ["BertForMaskedLM"], "model_type": "bert"}')
    (repository / "model.safetensors").touch()
    assert run("suggest", "--write", "README.md").exit_code == 0
    assert "pipeline_tag: fill-mask" in (outside / "card.md").read_text()


@pytest.mark.parametrize("target", ["../outside/x", "../outside/new", ".git/config", ".git/hooks/new"])
@pytest.mark.parametrize("arguments", [["--output-file"], ["--report"], ["--write-baseline", "--baseline"]])
def test_a_report_is_not_written_through_a_link_of_the_repository(target, arguments, repository, outside):
    (repository / ".git" / "config").write_text("[core]\n")
    (repository / "out").symlink_to(target)
    old = (outside / "x").read_bytes()
    value = "html=out" if arguments == ["--report"] else "out"
    result = run("check", "--no-cache", *arguments, value, "model")
    assert result.exit_code == 2
    assert re.search("a symlink out of the repository|not a baseline", result.stderr)  # one that exists is read before
    assert (outside / "x").read_bytes() == old
    assert not (outside / "new").exists()
    assert (repository / ".git" / "config").read_text() == "[core]\n"


@pytest.mark.parametrize("arguments", [["--output-file"], ["--report"], ["--write-baseline", "--baseline"]])
@pytest.mark.parametrize("target", ["../outside", ".git/hooks"])
@pytest.mark.parametrize("name", ["out/new", "out/deep/new", "model/../out/new"])
def test_a_report_is_not_written_through_a_linked_folder(name, target, arguments, repository, outside):
    (repository / ".git" / "hooks").mkdir()
    (repository / "out").symlink_to(target)
    (repository / "out" / "deep").mkdir()
    value = f"html={name}" if arguments == ["--report"] else name
    result = run("check", "--no-cache", *arguments, value, "model")
    assert result.exit_code == 2
    assert "a symlink out of the repository" in result.stderr
    assert not list(repository.rglob("new"))
    assert not list(outside.rglob("new"))


@pytest.mark.parametrize("target", ["../outside/c.yaml", "../outside/new", ".git/config", ".git/new"])
@pytest.mark.parametrize("name", ["pyproject.toml", "cardlint.toml", ".pre-commit-config.yaml", ".github", WORKFLOW])
def test_init_reads_and_writes_nothing_outside(name, target, repository, outside, monkeypatch):
    monkeypatch.setattr(init_command, "find_version", lambda *_: Version("v1", "0f1e"))
    (repository / ".git" / "config").write_text(f"[{SECRET}]\n")
    link = repository / name
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(os.path.relpath(repository / target, link.parent))
    before = {path: path.read_bytes() for path in [*outside.iterdir(), *(repository / ".git").iterdir()]}
    result = run("init", "--yes", "--repository", "owl/cardlint", ".")
    assert SECRET not in result.output
    assert {path: path.read_bytes() for path in [*outside.iterdir(), *(repository / ".git").iterdir()]} == before
    assert re.search("a symlink out of the repository|already configured", result.output)  # one that exists is found


def test_a_report_is_written_through_a_link_inside(repository):
    (repository / "reports").mkdir()
    (repository / "out").symlink_to("reports/new")
    assert run("check", "--no-cache", "--output-file", "out", "model").exit_code == 1
    assert (repository / "out").is_symlink()
    assert (repository / "reports" / "new").read_text()
