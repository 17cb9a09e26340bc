"""`cardlint init`: it asks, shows, adds, and loses nothing."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cardlint import __version__
from cardlint.cli.app import app
from cardlint.commands.git_repository import GitRepository, Version, repository_around
from cardlint.commands.init_files import CHECKOUT, NothingToDo, propose_hook
from cardlint.commands.installation import Installation, install_command, installation
from cardlint.config.model import settings
from cardlint.config.reader import load_config
from cardlint.registry import load_rules

ROOT = Path(__file__).parents[1]
HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/cardlint.yml"
OURS = f"- repo: https://github.com/owl/cardlint\n  rev: v{__version__}\n"
THEIRS = """\
# our hooks
ci:
  autofix_prs: false
repos:
  - repo: https://example.org/hooks
    rev: v4.6.0   # keep
    hooks:
      - id: "trailing"  # keep
      # - id: later

  # the end
exclude: ^x/
"""


@pytest.fixture(autouse=True)
def _here(monkeypatch, tmp_path):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def git(*arguments):
    command = ["git", "-c", "user.name=Owl", "-c", "user.email=owl@example.org", *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()


@pytest.fixture
def github(monkeypatch, tmp_path):
    """A folder that git takes for GitHub; `owl/cardlint` there has a tag of our version and a commit after it."""
    theirs = tmp_path / "github" / "owl" / "cardlint"
    git("init", "-q", str(theirs))
    for arguments in (["commit", "-q", "--allow-empty", "-m", "x"], ["tag", "-a", f"v{__version__}", "-m", "x"]):
        git("-C", str(theirs), *arguments)
    git("-C", str(theirs), "commit", "-q", "--allow-empty", "-m", "later")
    for name, value in (
        ("COUNT", "1"),
        ("KEY_0", f"url.{(tmp_path / 'github').as_uri()}/.insteadOf"),
        ("VALUE_0", "https://github.com/"),
    ):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    return theirs


@pytest.fixture
def clone(github):
    """The working folder, as the clone of a repository on GitHub."""
    git("init", "-q")
    git("remote", "add", "origin", "git@github.com:owl/tiny.git")


def init(*arguments, answers=""):
    return CliRunner().invoke(app, ["init", *arguments], input=answers)


def init_all(*arguments, answers=""):
    return init("--repository", "owl/cardlint", *arguments, answers=answers)


def files():
    found = [path for path in Path().rglob("*") if path.is_file() and ".git" not in path.parts]
    return {path.as_posix(): path.read_bytes() for path in found}


def test_everything_is_written_once(clone):
    first = init_all("--yes")
    assert (first.exit_code, first.stderr) == (0, "")
    assert sorted(files()) == [WORKFLOW, HOOKS, "cardlint.toml"]
    before = files()
    second = init_all("--yes")
    assert second.exit_code == 0
    assert len(second.stdout.splitlines()) == 3
    assert files() == before


def test_without_a_repository_of_cardlint_there_is_only_a_configuration(clone):
    result = init("--yes")
    assert list(files()) == ["cardlint.toml"]
    assert (
        "With `--repository OWNER/NAME`, where cardlint is on GitHub, it adds a pre-commit hook\nand" in result.stdout
    )
    assert "<" not in result.stdout + Path("cardlint.toml").read_text("utf-8").replace("rules.<name>", "")


def test_outside_of_git_there_is_only_a_configuration(github):
    result = init_all("--yes")
    assert list(files()) == ["cardlint.toml"]
    assert "not in a git repository" in result.stdout


def test_it_asks_and_no_answer_is_no(clone):
    result = init_all(answers="\nno\n")
    assert (result.exit_code, files()) == (0, {})
    assert result.stdout.count("[y/N] ") == 3
    assert "+++ b/cardlint.toml\n" in result.stdout
    assert init_all(answers="n\ny\nn\n").exit_code == 0
    assert list(files()) == [HOOKS]


def test_what_is_there_is_added_to_and_the_change_is_shown(clone):
    Path(HOOKS).write_text(THEIRS, "utf-8", newline="")
    Path("pyproject.toml").write_text('[project]\nname = "owl"', "utf-8", newline="")
    result = init_all("--yes")
    assert "-# " not in result.stdout
    assert "+  - repo: https://github.com/owl/cardlint\n" in result.stdout
    text = Path(HOOKS).read_text("utf-8")
    start, end = THEIRS.split("\n  # the end")
    assert text.startswith(start[:-1])
    assert text.endswith("\n  # the end" + end)
    assert [repo["hooks"][0]["id"] for repo in yaml.safe_load(text)["repos"]] == ["trailing", "cardlint"]
    assert tomllib.loads(Path("pyproject.toml").read_text("utf-8")) == {
        "project": {"name": "owl"},
        "tool": {"cardlint": {}},
    }
    before = files()
    init_all("--yes")
    assert files() == before


@pytest.mark.parametrize("name", ["cardlint.toml", "pyproject.toml"])
def test_every_setting_is_there_and_works_when_uncommented(name):
    if name == "pyproject.toml":
        Path(name).write_text("[project]\n")
    init("--yes")
    text = re.sub(r"^#(?! )", "", Path(name).read_text("utf-8"), flags=re.MULTILINE)
    Path(name).write_text(text, "utf-8")
    Path("team.toml").touch()  # which the example extends
    table = tomllib.loads(text)
    assert set(table["tool"]["cardlint"] if name == "pyproject.toml" else table) == set(settings())
    config = load_config(Path(name).absolute(), load_rules())
    assert config.per_file_ignores
    assert not config.notes


def test_a_configuration_that_is_there_stays():
    Path(".cardlint.toml").write_text("")
    assert ".cardlint.toml: cardlint is already configured here" in init("--yes").stdout
    assert "cardlint.toml" not in files()


def test_a_pyproject_that_takes_no_table_is_left_alone():
    for text in ("tool = { ruff = { x = 1 } }\n", "[project\n"):
        Path("pyproject.toml").write_text(text)
        Path("cardlint.toml").unlink(missing_ok=True)
        init("--yes")
        assert Path("pyproject.toml").read_text() == text
        assert Path("cardlint.toml").exists()


@pytest.mark.parametrize(
    "text",
    [
        "repos: []\n",
        "repos: [{repo: local, hooks: []}]\n",
        "repos:\n",
        "repos: {\n",
        "- a\n",
        "x: &a [1]\nrepos: *a\n",
        "\xff",
    ],
)
def test_what_cannot_be_added_to_is_left_alone_and_shown(clone, text):
    Path(HOOKS).write_bytes(text.encode("latin-1"))
    result = init_all("--yes")
    assert result.exit_code == 0
    assert OURS in result.stdout
    assert Path(HOOKS).read_bytes() == text.encode("latin-1")


@pytest.mark.parametrize("dash", ["", "  "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@given(comments=st.lists(st.sampled_from(["# a", "  # b", "        # c", ""]), max_size=3), more=st.booleans())
def test_an_entry_is_added_and_nothing_lost(tmp_path_factory, dash, end, comments, more):
    folder = tmp_path_factory.mktemp("hooks")
    lines = ["repos:", f"{dash}- repo: local", f"{dash}  hooks: []", *comments, *(["exclude: x"] if more else [])]
    text = end.join(lines) + end * more
    (folder / HOOKS).write_text(text, "utf-8", newline="")
    proposal = propose_hook(folder, "owl/cardlint", Version("v1", "0" * 40))
    assert not isinstance(proposal, NothingToDo)
    repos = yaml.safe_load(proposal.after)["repos"]
    assert [repo["repo"] for repo in repos] == ["local", "https://github.com/owl/cardlint"]
    left = iter(proposal.after.splitlines())
    assert all(line in left for line in text.splitlines())
    assert len(re.findall("(?<!\r)\n", proposal.after)) == (0 if end == "\r\n" else proposal.after.count("\n"))


@pytest.mark.parametrize(
    ("remotes", "hosts", "runs_workflows", "is_on_hub"),
    [
        ([], (), True, False),
        (["https://github.com/owl/tiny"], ("github.com",), True, False),
        (["git@github.example.org:owl/tiny.git"], ("github.example.org",), True, False),
        (["https://huggingface.co/owl/tiny"], ("huggingface.co",), False, True),
        (["git@hf.co:owl/tiny"], ("hf.co",), False, True),
        (["https://owl:token@huggingface.co/owl/tiny"], ("huggingface.co",), False, True),
        (["ssh://git@gitlab.com/owl/tiny"], ("gitlab.com",), False, False),
        (["https://huggingface.co/owl/tiny", "git@github.com:owl/tiny"], ("huggingface.co", "github.com"), True, False),
        (["../other"], (), True, False),
    ],
)
def test_a_workflow_is_only_for_a_repository_that_may_be_on_github(github, remotes, hosts, runs_workflows, is_on_hub):
    git("init", "-q")
    for number, remote in enumerate(remotes):
        git("remote", "add", f"r{number}", remote)
    around = repository_around(Path())
    assert around == GitRepository(Path(), hosts)
    assert (around.runs_workflows, around.is_on_hub) == (runs_workflows, is_on_hub)
    result = init_all("--yes")
    assert result.exit_code == 0
    assert (WORKFLOW in files()) is runs_workflows
    assert HOOKS in files()
    assert ("not on GitHub" in result.stdout) is not runs_workflows
    assert ("and a workflow" in init().stdout) is not is_on_hub


def test_a_worktree_has_the_remotes_of_its_repository(clone, monkeypatch):
    git("remote", "set-url", "origin", "https://huggingface.co/owl/tiny")
    git("commit", "-q", "--allow-empty", "-m", "x")
    git("worktree", "add", "-q", "../other")
    assert repository_around(Path("../other")) == GitRepository(Path("../other"), ("huggingface.co",))


def test_a_workflow_is_not_written_twice(clone):
    Path(".github/workflows").mkdir(parents=True)
    Path(".github/workflows/all.yaml").write_text("jobs: {a: {steps: [{run: cardlint check}]}}\n")
    assert "all.yaml: already runs cardlint" in init_all("--yes").stdout


def test_hook_and_workflow_use_a_version_that_exists(clone, github):
    tagged = git("-C", str(github), "rev-parse", f"v{__version__}^{{commit}}")
    latest = git("-C", str(github), "rev-parse", "HEAD")
    assert tagged != latest
    init_all("--yes")
    assert f"rev: v{__version__}\n" in Path(HOOKS).read_text("utf-8")
    assert f"uses: owl/cardlint@{tagged} # v{__version__}\n" in Path(WORKFLOW).read_text("utf-8")
    for name in (HOOKS, WORKFLOW):
        Path(name).unlink()
    git("-C", str(github), "tag", "-d", f"v{__version__}")
    init_all("--yes")
    assert yaml.safe_load(Path(HOOKS).read_text("utf-8"))["repos"][0]["rev"] == latest
    assert f"uses: owl/cardlint@{latest}\n" in Path(WORKFLOW).read_text("utf-8")


def test_a_repository_that_cannot_be_used_is_an_error_before_anything_is_written(clone, github, monkeypatch):
    result = init("--yes", "--repository", "owl/none")
    assert (result.exit_code, files()) == (2, {})
    assert result.stderr.startswith("error: --repository: ")
    git("init", "-q", str(github.parent / "empty"))
    result = init("--yes", "--repository", "owl/empty")
    assert result.stderr == "error: --repository: https://github.com/owl/empty has no commit\n"
    monkeypatch.setenv("PATH", "")
    assert "`git` was not found" in init_all("--yes").stderr
    assert files() == {}


def test_git_does_not_run_what_the_configuration_of_the_repository_names(clone, tmp_path):
    git("config", "url.ext::touch bad .insteadOf", "https://github.com/")
    git("config", "protocol.ext.allow", "always")
    assert init_all("--yes").exit_code == 0
    assert not list(tmp_path.rglob("bad"))


def test_the_workflow_is_one_and_pins_what_ours_pin(clone):
    init_all("--yes")
    (job,) = yaml.safe_load(Path(WORKFLOW).read_text("utf-8"))["jobs"].values()
    assert re.fullmatch(r"owl/cardlint@[0-9a-f]{40}", job["steps"][-1]["uses"])
    assert "with" not in job["steps"][-1]
    ours = ROOT / ".github/workflows/ci.yml"
    if ours.exists():
        assert CHECKOUT in ours.read_text("utf-8")


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize("folder", [".", "models"])
def test_zizmor_finds_nothing_in_the_workflow(clone, github, tagged, folder):
    zizmor = shutil.which("zizmor", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    if zizmor is None:
        pytest.skip("zizmor is not installed")
    if not tagged:
        git("-C", str(github), "tag", "-d", f"v{__version__}")
    Path(folder).mkdir(exist_ok=True)
    init_all(folder, "--yes")
    command = [zizmor, "--offline", "--no-progress", "--persona=pedantic", WORKFLOW]
    result = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "No findings to report" in result.stdout


def test_in_a_folder_of_a_repository_and_in_none(clone):
    Path("models/ä b").mkdir(parents=True)
    assert init_all("models/ä b", "--yes").exit_code == 0
    assert sorted(files()) == [WORKFLOW, HOOKS, "models/ä b/cardlint.toml"]
    (job,) = yaml.safe_load(Path(WORKFLOW).read_text("utf-8"))["jobs"].values()
    assert job["steps"][-1]["with"] == {"path": "models/ä b"}
    assert init("none").stderr == "error: none: not a folder\n"
    for name in ("owl", "a/b/c", "a/b\nc", "-x y/z"):
        assert init("--repository", name).exit_code == 2


def test_what_cannot_be_written_is_2(clone):
    Path(".github").write_text("")
    result = init_all("--yes")
    assert result.exit_code == 2
    assert "error: cannot write" in result.stderr


@pytest.mark.parametrize(
    ("installed", "command"),
    [
        (Installation(), "pip install 'cardlint[hub]'"),
        (Installation("uv pip"), "uv pip install 'cardlint[hub]'"),
        (Installation("pipx"), "pipx install --force 'cardlint[hub]'"),
        (Installation("uv tool", "git+https://a.org/c@v1"), "uv tool install --force 'cardlint[hub] @ git+https://a.org/c@v1'"),
        (Installation("pip", "https://example.org/c.whl"), "pip install 'cardlint[hub] @ https://example.org/c.whl'"),
        (Installation(python="/a b/python"), "'/a b/python' -m pip install 'cardlint[hub]'"),
        (Installation("uv pip", python="/a/python"), "uv pip install --python /a/python 'cardlint[hub]'"),
    ],
)  # fmt: skip
@pytest.mark.skipif(os.name == "nt", reason="its shell has other quotes")
def test_the_command_that_installs_an_extra_is_that_of_the_installation(installed, command):
    assert install_command("hub", installed) == command


@pytest.mark.skipif(os.name == "nt", reason="its shell has other quotes")
@pytest.mark.parametrize(
    ("tool", "head"),
    [
        ("pip", "/a/python -m pip install"),
        ("pipx", "pipx inject cardlint"),
        ("uv tool", f"uv pip install --python {sys.executable}"),
    ],
)
def test_the_packages_of_an_extra_are_named_if_the_source_is_gone(tmp_path, monkeypatch, tool, head):
    needed = ["rich>=13.7", "client>=1.2,<3; (python_version < '9') and extra == 'hub'", "other>=1; extra == 'hubs'"]
    monkeypatch.setattr("importlib.metadata.requires", lambda _: needed)
    python = "/a/python" if tool == "pip" else ""
    gone = Installation(tool, (tmp_path / "gone.whl").as_uri(), python=python)
    assert install_command("hub", gone) == f"{head} 'client>=1.2,<3'"


@pytest.mark.skipif(os.name == "nt", reason="its shell has other quotes")
def test_the_installation_is_read_from_the_metadata(tmp_path, monkeypatch):
    own = tmp_path / "own" / "bin"
    own.mkdir(parents=True)
    (own / "pip").touch(0o755)

    def installed(prefix="", *, active=True, **files):
        place = tmp_path / "site" / "cardlint-9.dist-info"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        (place / "METADATA").write_text("Metadata-Version: 2.1\nName: cardlint\nVersion: 9\n", "utf-8")
        for name, text in files.items():
            (place / name).with_suffix(".json" if name == "direct_url" else "").write_text(text, "utf-8")
        with monkeypatch.context() as patched:
            patched.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
            patched.setattr(sys, "executable", str(own / "python"))
            patched.setenv("PATH", str(own) if active else "")
            patched.setenv("VIRTUAL_ENV", sys.prefix if active else str(tmp_path / "another"))
            if prefix:
                (tmp_path / prefix).touch()
                patched.setattr(sys, "prefix", str(tmp_path))
            return installation()

    folder = tmp_path.as_uri()
    assert installed() == Installation()
    assert installed(INSTALLER="uv\n") == Installation("uv pip")
    assert installed(direct_url="{") == Installation()
    checkout = installed(INSTALLER="pip", direct_url=f'{{"url": "{folder}", "dir_info": {{"editable": true}}}}')
    assert checkout == Installation("pip", folder, editable=True)
    assert install_command("hub", checkout) == f"pip install -e '{tmp_path}[hub]'"
    version = '{"url": "https://example.org/c", "vcs_info": {"vcs": "git", "requested_revision": "v1"}}'
    assert installed(direct_url=version) == Installation("pip", "git+https://example.org/c@v1")
    assert installed("pipx_metadata.json") == Installation("pipx")
    assert installed("uv-receipt.toml", INSTALLER="uv") == Installation("uv tool")
    for tool in ("pip", "uv"):
        assert installed(INSTALLER=tool, active=False).python == str(own / "python")


def test_a_run_by_uvx_is_told_to_install_the_tool(monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(Path("cache", "uv", "archive-v0", "3Q9Q")))
    assert installation().tool == "uv tool"


@pytest.mark.skipif(os.name == "nt", reason="its shell has other quotes")
def test_a_checkout_that_is_not_installed_is_installed_from_its_folder(monkeypatch):
    def no_distribution(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.distribution", no_distribution)
    monkeypatch.setattr(
        "cardlint.commands.installation.__file__", str(ROOT / "cardlint" / "commands" / "installation.py")
    )
    assert install_command("hub").endswith(f" install -e {shlex.quote(f'{ROOT}[hub]')}")


@pytest.mark.skipif(not (ROOT / "action.yml").exists(), reason="this is not the whole checkout")
def test_the_page_on_ci_names_the_placeholder_the_hooks_and_every_input():
    page = (ROOT / "docs/pre-commit-and-ci.md").read_text("utf-8")
    assert set(re.findall(r"([^\s`/]+/cardlint)(?:@|$)", page, re.MULTILINE)) == {"<owner>/cardlint"}
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")):
        assert f"`{hook['id']}`" in page
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    for name in action["inputs"]:
        assert f"\n| `{name}` | " in page
    for name in action["outputs"]:
        assert f"`{name}`" in page
