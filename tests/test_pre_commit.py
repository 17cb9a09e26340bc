"""The hooks: their commands, and these under the real pre-commit, which installs this checkout for them."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from extras import require
from test_cli import run as run_command

ROOT = Path(__file__).parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
pytestmark = pytest.mark.skipif(not HOOKS.exists(), reason="this is not the whole checkout")

BAD = "---\nlicense: mit\nlicense: mit\npipeline_tag: audio-classification\nlibrary_name: transformers\n---\n\n# Owl\n"
FIXED = BAD.replace("license: mit\n", "", 1)
GOOD = FIXED + "\nTells owls apart. It is meant for woods.\n"
UNREACHABLE = ("No matching distribution found", "Could not find a version", "Failed to establish a new connection")


def run(*command, cwd, home=None):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_NAME": "Owl", f"GIT_{who}_EMAIL": "owl@example.org"}
    if home:
        environment["PRE_COMMIT_HOME"] = str(home)
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=False, encoding="utf-8")


def commit_all(folder):
    for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "all")):
        assert run("git", *command, cwd=folder).returncode == 0


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """This checkout as a repository of its own, whatever is half done in the one that the tests run in."""
    require("pre_commit")
    folder = tmp_path_factory.mktemp("checkout") / "cardlint"
    shutil.copytree(ROOT / "cardlint", folder / "cardlint", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tools").mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", HOOKS.name, "tools/description.py"):
        shutil.copy(ROOT / name, folder / name)
    commit_all(folder)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def finished(result):
    """The exit code, and what is shown of the hooks once their environment stands."""
    if any(words in result.stdout for words in UNREACHABLE):
        pytest.skip("no package index is in reach")
    shown = result.stdout.rpartition("=====\n")[2].splitlines()
    return result.returncode, [line for line in shown if not line.startswith("[INFO]")]


def write(folder, **cards):
    for name, text in cards.items():
        (folder / f"{name}.md").write_text(text, "utf-8", newline="")


@pytest.fixture
def hook(checkout, home, tmp_path):
    """Runs a hook over cards as a project does that has it in its configuration."""
    revision = run("git", "rev-parse", "HEAD", cwd=checkout).stdout.strip()

    def hook(name, **cards):
        write(tmp_path, **cards)
        entry = f"repos:\n- repo: {checkout.as_posix()}\n  rev: {revision}\n  hooks:\n  - id: {name}\n"
        (tmp_path / ".pre-commit-config.yaml").write_text(entry, "utf-8")
        commit_all(tmp_path)
        command = (sys.executable, "-m", "pre_commit", "run", "--all-files", "--color=never")
        return finished(run(*command, cwd=tmp_path, home=home))

    return hook


@pytest.mark.parametrize(("name", "code", "left"), [("cardlint", 1, BAD), ("cardlint-fix", 0, FIXED)])
def test_the_command_of_a_hook(tmp_path, monkeypatch, name, code, left):
    write(tmp_path, README=BAD, good=GOOD, other="# A project\n\nIt does things.\n")
    monkeypatch.chdir(tmp_path)
    (hook,) = [hook for hook in yaml.safe_load(HOOKS.read_text("utf-8")) if hook["id"] == name]
    command, *arguments = shlex.split(hook["entry"])
    assert command == "cardlint"
    assert run_command(*arguments, "good.md", "other.md").exit_code == 0
    assert run_command(*arguments, "README.md", "good.md", "other.md").exit_code == code
    assert (tmp_path / "README.md").read_text("utf-8") == left


@pytest.mark.slow
def test_the_hooks_are_found_in_this_checkout(checkout, home, tmp_path):
    write(tmp_path, README=BAD)
    commit_all(tmp_path)
    command = (sys.executable, "-m", "pre_commit", "try-repo", str(checkout), "cardlint", "--all-files")
    code, shown = finished(run(*command, "--color=never", cwd=tmp_path, home=home))
    assert code == 1
    assert any(line.startswith("README.md:3:1: error[duplicate-key]") for line in shown)


@pytest.mark.slow
def test_a_bad_card_fails_and_a_good_one_passes(hook, tmp_path):
    code, shown = hook("cardlint", README=BAD, good=GOOD)
    assert code == 1
    assert shown[0].endswith("...Failed")
    assert any(line.startswith("README.md:3:1: error[duplicate-key]") for line in shown)
    assert sum(line.startswith("Found ") for line in shown) == 1
    assert (tmp_path / "README.md").read_text("utf-8") == BAD
    code, shown = hook("cardlint", README=GOOD)
    assert (code, [line.rpartition(".")[2] for line in shown]) == (0, ["Passed"])


@pytest.mark.slow
def test_a_readme_that_is_no_model_card_is_green_and_silent(hook):
    code, shown = hook("cardlint", README="# A project\n\nIt does things.\n")
    assert (code, [line.rpartition(".")[2] for line in shown]) == (0, ["Passed"])


@pytest.mark.slow
def test_what_can_be_fixed_is_fixed_and_then_passes(hook, tmp_path):
    code, shown = hook("cardlint-fix", README=GOOD.replace("license", "license: mit\nlicense"), notes="# Notes\n")
    assert code == 1
    assert "- files were modified by this hook" in shown
    assert (tmp_path / "README.md").read_text("utf-8") == GOOD
    assert hook("cardlint-fix", README=GOOD)[0] == 0
