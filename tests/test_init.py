"""`cardlint init`: it asks, shows, adds, and loses nothing."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cardlint.cli.app import app
from cardlint.commands.init_files import CHECKOUT, REPOSITORY, NothingToDo, propose_hook
from cardlint.config.model import settings
from cardlint.config.reader import load_config
from cardlint.registry import load_rules

ROOT = Path(__file__).parents[1]
HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/cardlint.yml"
OURS = f"- repo: https://github.com/{REPOSITORY}\n  rev: v"
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
    monkeypatch.chdir(tmp_path)


def init(*arguments, answers=""):
    return CliRunner().invoke(app, ["init", *arguments], input=answers)


def files():
    return {path.as_posix(): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def test_everything_is_written_once():
    first = init("--yes")
    assert (first.exit_code, first.stderr) == (0, "")
    assert sorted(files()) == [WORKFLOW, HOOKS, "cardlint.toml"]
    assert "not published yet" in first.stdout
    before = files()
    second = init("--yes")
    assert second.exit_code == 0
    assert len(second.stdout.splitlines()) == 3
    assert files() == before


def test_it_asks_and_no_answer_is_no():
    result = init(answers="\nno\n")
    assert (result.exit_code, files()) == (0, {})
    assert result.stdout.count("[y/N] ") == 3
    assert "+++ b/cardlint.toml\n" in result.stdout
    assert init(answers="n\ny\nn\n").exit_code == 0
    assert list(files()) == [HOOKS]


def test_what_is_there_is_added_to_and_the_change_is_shown():
    Path(HOOKS).write_text(THEIRS, "utf-8", newline="")
    Path("pyproject.toml").write_text('[project]\nname = "owl"', "utf-8", newline="")
    result = init("--yes", "--repository", "owl/cardlint")
    assert "-# " not in result.stdout
    assert "+  - repo: https://github.com/owl/cardlint\n" in result.stdout
    assert "not published yet" not in result.stdout
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
    init("--yes")
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
def test_what_cannot_be_added_to_is_left_alone_and_shown(text):
    Path(HOOKS).write_bytes(text.encode("latin-1"))
    result = init("--yes")
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
    proposal = propose_hook(folder, "owl/cardlint")
    assert not isinstance(proposal, NothingToDo)
    repos = yaml.safe_load(proposal.after)["repos"]
    assert [repo["repo"] for repo in repos] == ["local", "https://github.com/owl/cardlint"]
    left = iter(proposal.after.splitlines())
    assert all(line in left for line in text.splitlines())
    assert len(re.findall("(?<!\r)\n", proposal.after)) == (0 if end == "\r\n" else proposal.after.count("\n"))


def test_the_workflow_is_not_for_the_hub_and_not_twice():
    Path(".git").mkdir()
    Path(".git/config").write_text('[remote "origin"]\nurl = https://huggingface.co/owl/tiny\n')
    assert "which does not run workflows" in init("--yes").stdout
    Path(".git/config").unlink()
    Path(".github/workflows").mkdir(parents=True)
    Path(".github/workflows/all.yaml").write_text("jobs: {a: {steps: [{run: cardlint check}]}}\n")
    assert "all.yaml: already runs cardlint" in init("--yes").stdout


def test_the_workflow_is_one_and_pins_what_ours_pin():
    init("--yes", "--repository", "owl/cardlint")
    (job,) = yaml.safe_load(Path(WORKFLOW).read_text("utf-8"))["jobs"].values()
    assert re.fullmatch(r"owl/cardlint@v\d+\.\d+\.\d+\S*", job["steps"][-1]["uses"])
    ours = ROOT / ".github/workflows/ci.yml"
    if ours.exists():
        assert CHECKOUT in ours.read_text("utf-8")


def test_in_another_folder_and_in_none(tmp_path):
    (tmp_path / "models").mkdir()
    assert init("models", "--yes").exit_code == 0
    assert sorted(files()) == [f"models/{name}" for name in (WORKFLOW, HOOKS, "cardlint.toml")]
    assert init("none").stderr == "error: none: not a folder\n"
    for name in ("owl", "a/b/c", "a/b\nc", "-x y/z"):
        assert init("--repository", name).exit_code == 2


def test_what_cannot_be_written_is_2():
    Path(".github").write_text("")
    result = init("--yes")
    assert result.exit_code == 2
    assert "error: cannot write" in result.stderr


@pytest.mark.skipif(not (ROOT / "action.yml").exists(), reason="this is not the whole checkout")
def test_the_page_on_ci_names_the_placeholder_the_hooks_and_every_input():
    page = (ROOT / "docs/pre-commit-and-ci.md").read_text("utf-8")
    assert set(re.findall(r"([^\s`/]+/cardlint)(?:@|$)", page, re.MULTILINE)) == {REPOSITORY}
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")):
        assert f"`{hook['id']}`" in page
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    for name in action["inputs"]:
        assert f"\n| `{name}` | " in page
    for name in action["outputs"]:
        assert f"`{name}`" in page
