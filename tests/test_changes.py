"""Only what git says has changed, and files that a list names: with the real git."""

import os
import subprocess
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cardlint.cli.app import app

CARD = "---\nlicense: mit\nlicense: mit\npipeline_tag: audio-classification\nlibrary_name: transformers\n---\n\n# Owl\n"


def git(*arguments, **environment):
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **environment}
    named = ("-c", "user.name=Owl", "-c", "user.email=owl@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *named, *arguments], check=True, capture_output=True, env=quiet)


def commit(*names):
    git("add", "--", *names) if names else git("add", ".")
    git("commit", "-q", "-m", "more")


def write(*folders, text=CARD):
    for folder in folders:
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, "README.md").write_text(text, "utf-8")


@pytest.fixture(autouse=True)
def repository(monkeypatch, tmp_path):
    """A repository with two cards that are committed; no git that runs this test tells us of another one."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    write("owl", "lark")
    commit()
    return tmp_path


def check(*arguments, text=None):
    return CliRunner().invoke(app, ["check", "--select", "duplicate-key", *arguments], input=text)


def shown(*arguments, text=None):
    result = check("--show-files", *arguments, text=text)
    assert result.exit_code in (0, 3), result.stderr
    return result.stdout.splitlines()


@pytest.mark.parametrize("worktree", [".", "..", "/"])
@pytest.mark.parametrize("option", [["--changed"], ["--staged"], ["--since", "main"], ["--output-format", "html"]])
def test_no_program_of_a_bare_repository_inside_is_run(repository, option, worktree):
    """A stranger may commit such a folder: git would take its configuration, which names programs."""
    inside = repository / "owl"
    for folder in ("objects", "refs"):
        (inside / folder).mkdir()
    (inside / "HEAD").write_text("ref: refs/heads/main\n")
    programs = "".join(f"\t{name} = \"touch '{repository / 'run'}'\"\n" for name in ("fsmonitor", "pager", "editor"))
    (inside / "config").write_text(f"[core]\n\tbare = false\n\tworktree = {worktree}\n{programs}")
    check(*option, "owl", "owl/README.md")
    assert not (repository / "run").exists()


def test_nothing_has_changed():
    result = check("--changed")
    assert (result.exit_code, result.stdout) == (0, "No card was checked.\n")
    assert result.stderr == "note: no card has changed since the last commit\n"
    for option in (["--staged"], ["--since", "main"], ["--changed", "--show-files"]):
        assert check(*option).exit_code == 0
    assert check("--staged").stderr == "note: no card is staged\n"


def test_changed_are_edited_staged_new_and_renamed_files_and_not_deleted_ones():
    write("owl", text=CARD + "\nMore.\n")
    write("new one", "stäged")
    git("add", "stäged")
    git("mv", "lark", "robin")
    assert shown("--changed") == ["new one/README.md", "owl/README.md", "robin/README.md", "stäged/README.md"]
    Path("owl/README.md").unlink()
    assert shown("--changed", "owl", "robin") == ["robin/README.md"]


def test_staged_are_staged_files_and_it_is_told_where_they_differ_from_those_on_disk():
    write("owl", "new", text=CARD + "\nMore.\n")
    git("add", "owl")
    assert shown("--staged") == ["owl/README.md"]
    write("owl", text=CARD + "\nYet more.\n")
    result = check("--staged")
    assert result.exit_code == 1
    assert result.stderr == f"note: {Path('owl/README.md')} has unstaged changes; the file on disk is checked\n"
    assert check("--staged", "-q").stderr == ""


def test_since_a_branch_is_what_was_done_after_leaving_it():
    git("switch", "-q", "-c", "work")
    write("owl", text=CARD + "\nMore.\n")
    commit()
    git("switch", "-q", "main")
    write("lark", text=CARD + "\nMore.\n")
    commit()
    git("switch", "-q", "work")
    write("new")
    assert shown("--since", "main") == ["new/README.md", "owl/README.md"]
    assert shown("--changed", "--since", "main") == ["new/README.md", "owl/README.md"]
    assert shown("--changed") == ["new/README.md"]
    assert check("--since", "main", "lark").stderr == "note: no card has changed since `main`\n"


def test_what_is_ignored_or_no_card_stays_out():
    Path(".gitignore").write_text("cache/\n")
    write("cache", "node_modules/x")
    write("docs", text="# A project\n")
    (told,) = shown("--changed")
    assert told.startswith("docs/README.md: skipped, ")


def test_a_named_file_is_linted_only_if_it_has_changed():
    write("owl", text=CARD + "\nMore.\n")
    assert shown("--changed", "owl/README.md", "lark/README.md") == ["owl/README.md"]


def test_before_the_first_commit_every_file_counts(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path / "owl")
    git("init", "-q")
    assert shown("--changed") == ["README.md"]
    assert shown("--staged") == []
    git("add", ".")
    assert shown("--changed") == ["README.md"]
    assert shown("--staged") == ["README.md"]


def test_each_path_is_asked_of_its_own_repository(monkeypatch, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write("owl", text=CARD + "\nMore.\n")
    here = Path.cwd()
    monkeypatch.chdir(elsewhere)
    assert shown("--changed", str(here / "owl"), str(here / "lark" / "README.md")) == [
        f"{here.as_posix()}/owl/README.md"
    ]
    result = check("--changed")
    assert result.exit_code == 2
    assert "not in a git repository" in result.stderr


def test_from_a_folder_within_the_repository(monkeypatch):
    write("owl", "lark", text=CARD + "\nMore.\n")
    monkeypatch.chdir("owl")
    assert shown("--changed") == ["README.md"]
    assert shown("--changed", "..") == ["../lark/README.md", "README.md"]


def test_a_hook_of_git_sees_the_index_that_is_committed(monkeypatch):
    write("owl", "lark", text=CARD + "\nMore.\n")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "index-of-this-commit")
    git("read-tree", "HEAD")
    git("add", "lark")
    assert shown("--staged") == ["lark/README.md"]
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert shown("--staged") == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--since", "nowhere"), "error: --since: `nowhere` is not a branch or commit that git knows"),
        (("--since", "--output=x"), "error: --since: `--output=x` is not a branch or commit that git knows"),
        (("--staged", "--changed"), "error: `--staged` and `--changed` cannot be used together"),
        (("--staged", "--since", "main"), "error: `--staged` and `--since` cannot be used together"),
        (("--changed", "-"), "error: -: git cannot tell if standard input has changed"),
        (("--files-from", os.devnull), f"error: --files-from: {os.devnull}: not a regular file"),
        (("--files-from", "none.txt"), "error: --files-from: none.txt: no such file or directory"),
        (("--files-from", "-", "-"), "error: --files-from: standard input cannot be both a card and the list of files"),
    ],
)
def test_what_cannot_be_told_is_2(arguments, message):
    result = check(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)


def test_without_a_common_commit():
    git("switch", "-q", "--orphan", "other")
    write("owl")
    commit()
    assert "no commit in common" in check("--since", "main").stderr


def test_without_git(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    result = check("--changed")
    assert (result.exit_code, result.stderr) == (
        2,
        "error: `git` was not found; it is needed to find changed files\n",
    )


@pytest.mark.parametrize(
    "list_", ["owl/README.md\0lark/README.md\0", "owl/README.md\nlark/README.md", "owl/README.md\r\n\r\nlark\r\n"]
)
def test_a_list_of_files(list_):
    assert shown("--files-from", "-", text=list_) == ["owl/README.md", "lark/README.md"]
    Path("list").write_bytes(list_.encode())
    assert shown("--files-from", "list") == ["owl/README.md", "lark/README.md"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_list_as_powershell_writes_it(encoding):
    """In UTF-16, a zero byte follows each letter, and the slash alone would be the folder of all files."""
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    Path("list").write_bytes(f"{mark}owl/README.md\r\nlark/README.md\r\n".encode(encoding))
    assert shown("--files-from", "list") == ["owl/README.md", "lark/README.md"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_list_from_a_pipe():
    os.mkfifo("pipe")
    writer = threading.Thread(target=Path("pipe").write_text, args=("owl/README.md\nlark/README.md\n",))
    writer.start()
    assert shown("--files-from", "pipe") == ["owl/README.md", "lark/README.md"]
    writer.join()


def test_an_empty_list_is_no_card_and_not_the_whole_folder():
    assert check("--files-from", "-", text="").exit_code == 3
    assert check("--files-from", "-", "--allow-empty", text="").exit_code == 0
    assert shown("--files-from", "-", "lark", text="owl/README.md\0") == ["lark/README.md", "owl/README.md"]
