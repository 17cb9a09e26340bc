"""The GitHub action, its step run as a runner runs it: by bash, with inputs, event, outputs and summary in files."""

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = ROOT / "action.yml"
REQUIREMENTS = ROOT / "action" / "requirements.txt"
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(
    not ACTION.exists() or BASH is None, reason="this is not the whole checkout, or no bash"
)

GOOD = "---\nlicense: mit\npipeline_tag: audio-classification\nlibrary_name: transformers\n---\n\n# Owl\n"
BAD = GOOD.replace("license: mit\n", "license: mit\nlicense: mit\n") + "\nTells owls apart.\n"
# where a dependency may have no wheel, and where it has one
SYSTEMS = [
    {"python_version": version, "python_full_version": f"{version}.0", "platform_machine": machine}
    for version in ("3.11", "3.14", "3.15")
    for machine in ("x86_64", "AMD64", "aarch64", "arm64", "ARM64", "riscv64")
]
UNREACHABLE = ("No matching distribution found", "Could not find a version", "Failed to establish a new connection")


def action():
    return yaml.safe_load(ACTION.read_text("utf-8"))


def step():
    (found,) = [step for step in action()["runs"]["steps"] if step.get("id") == "check"]
    return found


@pytest.fixture(scope="module", params=["prepared", pytest.param("installed", marks=pytest.mark.slow)])
def temporary(request, tmp_path_factory):
    """The folder that all steps of a job share, in which the first one installs cardlint.

    Installing takes longer than all tests, so that the fast suite makes the step find these tests' own environment.
    """
    folder = tmp_path_factory.mktemp("runner")
    if request.param == "prepared":
        if os.name == "nt":
            pytest.skip("Windows takes no script for a Python")
        own = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
        environment = folder / "cardlint-action" / f"environment-{own}"
        python = environment / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', "utf-8")
        python.chmod(0o755)
        (environment / "installed").touch()
    return folder


@pytest.fixture
def act(temporary, tmp_path):
    def act(*, event=None, **inputs):
        given = {name: str(each.get("default", "")) for name, each in action()["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_EVENT_PATH")}
        for file in files.values():
            file.write_text("")
        files["GITHUB_EVENT_PATH"].write_text(json.dumps(event or {}), "utf-8")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT", "CARDLINT"))}
        environment |= {name: str(file) for name, file in files.items()}
        environment |= {"RUNNER_TEMP": str(temporary), "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_ACTIONS": "true"}
        environment |= {name: _value(text, given) for name, text in step()["env"].items()}
        command = (BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", step()["run"])
        workspace = tmp_path / "workspace"
        workspace.mkdir(exist_ok=True)
        result = subprocess.run(
            command, cwd=workspace, env=environment, capture_output=True, check=False, encoding="utf-8"
        )
        if any(words in result.stderr for words in UNREACHABLE):
            pytest.skip("no package index is in reach")
        assert "Traceback" not in result.stderr
        outputs = _outputs(files["GITHUB_OUTPUT"].read_text("utf-8"))
        return result, outputs, files["GITHUB_STEP_SUMMARY"].read_text("utf-8")

    return act


def _value(text, inputs):
    """An expression's value, as far as ours go."""
    if text == "${{ steps.python.outputs.python-path }}":
        return sys.executable
    return inputs[re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", text)[1]]


def _outputs(text):
    return {
        name: value for name, _, value in re.findall(r"^([a-z-]+)<<(\w+)\n(.*?)\n\2$", text, re.MULTILINE | re.DOTALL)
    }


@pytest.fixture
def write(tmp_path):
    def write(**cards):
        for name, text in cards.items():
            folder = tmp_path / "workspace" / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "README.md").write_text(text, "utf-8", newline="")

    return write


def test_no_expression_stands_in_a_script_and_every_action_is_pinned():
    files = [ACTION, *(ROOT / ".github/workflows").glob("*.yml")]
    assert len(files) >= 3
    for file in files:
        text = file.read_text("utf-8")
        assert yaml.safe_load(text)
        for run in re.findall(r"^ *(?:- )?run: (.+(?:\n {12,}.+)*)", text, re.MULTILINE):
            assert "${{" not in run
        for used in re.findall(r"uses: (.+)", text):
            assert used.startswith("./ #") or re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used)


def test_every_input_reaches_the_script_and_every_output_comes_from_it():
    passed = {text for name, text in step()["env"].items() if name != "PYTHON"}
    assert passed == {f"${{{{ inputs.{name} }}}}" for name in action()["inputs"]}
    for name in action()["inputs"]:
        assert f"INPUT_{name.upper().replace('-', '_')}" in step()["env"]
    for name, output in action()["outputs"].items():
        assert output["value"] == f"${{{{ steps.check.outputs.{name} }}}}"


def test_findings_become_annotations_outputs_and_a_summary(act, write):
    write(owl=BAD, lark=GOOD)
    result, outputs, summary = act(sarif_file="report.sarif")
    assert result.returncode == 1
    assert re.search(r"^::error [^\n]*file=owl/README.md[^\n]*::", result.stdout, re.MULTILINE)
    assert set(outputs) == set(action()["outputs"])
    assert (outputs["errors"], outputs["exit-code"], outputs["sarif-file"]) == ("1", "1", "report.sarif")
    assert int(outputs["findings"]) >= int(outputs["errors"]) + int(outputs["warnings"])
    assert summary.count("### cardlint") == 1
    assert "owl/README.md" in summary


def test_nothing_found(act, write):
    write(owl=GOOD)
    result, outputs, summary = act(path="owl", args="--select duplicate-key", summary="false")
    assert (result.returncode, outputs["findings"], outputs["exit-code"], outputs["sarif-file"]) == (0, "0", "0", "")
    assert summary == ""


def test_paths_arguments_and_levels_are_passed_on(act, write):
    write(**{"an owl": BAD, "lark": BAD, "robin": BAD})
    result, outputs, _ = act(path="an owl\n\n lark \n", args="--select 'duplicate-key' -q", fail_on="never")
    assert (result.returncode, outputs["findings"]) == (0, "2")
    result, outputs, _ = act(path="--help", format="concise")
    assert (result.returncode, outputs["findings"], outputs["exit-code"]) == (2, "0", "2")


def test_a_configuration(act, write, tmp_path):
    write(owl=BAD)
    (tmp_path / "workspace" / "our.toml").write_text(
        'ignore = ["duplicate-key"]\n[severity]\nmissing-section = "note"\n'
    )
    result, outputs, _ = act(config="our.toml")
    assert (result.returncode, outputs["errors"]) == (0, "0")
    result, outputs, _ = act(config="their.toml")
    assert (result.returncode, outputs["findings"], outputs["exit-code"]) == (2, "", "2")


COMMANDS = ["$(touch done)", "a\nexit-code=0\nfindings<<x\n9\nx"]
MORE_COMMANDS = ["`touch done`", '"; touch done; "', "; touch done #"]


@pytest.mark.parametrize("text", [*COMMANDS, *(pytest.param(text, marks=pytest.mark.slow) for text in MORE_COMMANDS)])
def test_inputs_are_no_commands(act, write, tmp_path, text):
    write(owl=BAD)
    for name in (
        "path",
        "config",
        "profile",
        "sarif_file",
        "fail_on",
        "version",
        "format",
        "only_changed",
        "summary",
        "args",
    ):
        result, outputs, _ = act(**{name: text})
        assert result.returncode != 0
        assert outputs.get("exit-code", "2") == str(result.returncode)
    assert not (tmp_path / "workspace" / "done").exists()


def test_what_a_card_says_is_no_command(act, write):
    write(owl=BAD.replace("---\n\n#", "---\n\n::error::boo\n\n#"))
    result, _, _ = act(format="full")
    first, *_, last = [line for line in result.stdout.splitlines() if line.startswith("::")]
    token = re.fullmatch(r"::stop-commands::([0-9a-f]{32})", first)[1]
    assert last == f"::{token}::"
    for args in ("--output-format github", "--output-format=github", "--output-format full --output-format=github"):
        result, _, _ = act(format="full", args=args)
        assert "::stop-commands::" not in result.stdout
        assert "::error " in result.stdout
    for args in ("--output-format full", "--output-format=github --output-format concise"):
        assert "::stop-commands::" in act(args=args)[0].stdout


def test_code_in_the_repository_that_is_linted_is_not_run(act, write, tmp_path):
    write(owl=GOOD)
    for name in ("cardlint.py", "json.py", "typing.py", "sitecustomize.py"):
        (tmp_path / "workspace" / name).write_text("raise SystemExit(9)\n")
    assert act(args="--select duplicate-key")[0].returncode == 0


def git(*arguments, folder):
    quiet = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    quiet |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    named = ("-c", "user.name=Owl", "-c", "user.email=owl@example.org", "-c", "init.defaultBranch=main")
    command = ["git", *named, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, env=quiet, encoding="utf-8").stdout


def test_only_what_an_event_changed(act, write, tmp_path):
    workspace = tmp_path / "workspace"
    write(owl=BAD, lark=BAD)
    git("init", "-q", folder=workspace)
    git("add", ".", folder=workspace)
    git("commit", "-q", "-m", "all", folder=workspace)
    base = git("rev-parse", "HEAD", folder=workspace).strip()
    wanted = {"only_changed": "true", "args": "--select duplicate-key"}
    pull = {"pull_request": {"base": {"sha": base}}}
    result, outputs, _ = act(event=pull, **wanted)
    assert (result.returncode, outputs["findings"]) == (0, "0")
    write(lark=BAD + "\nMore.\n")
    for event in (pull, {"before": base}, {"merge_group": {"base_sha": base}}):
        result, outputs, _ = act(event=event, **wanted)
        assert (result.returncode, outputs["findings"]) == (1, "1")
    for event in ({}, {"before": "0" * 40}, {"before": "--output=x"}, {"pull_request": None}, []):
        result, outputs, _ = act(event=event, **wanted)
        assert outputs["findings"] == "2"
        assert "all cards are linted" in result.stdout
    result, outputs, _ = act(event={"before": "1" * 40}, **wanted)
    assert result.returncode == 2
    assert "fetch-depth: 0" in result.stderr


def test_arguments_come_before_the_inputs_and_may_show_a_patch(act, write):
    write(owl=BAD)
    result, outputs, _ = act(fail_on="error", args="--fail-on never --select duplicate-key")
    assert (result.returncode, outputs["exit-code"]) == (0, "0")
    result, _, _ = act(args="--diff --exit-zero", fail_on="error")
    assert result.returncode == 0
    assert "--- a/owl/README.md" in result.stdout


def test_the_requirements_are_pinned_hashed_and_those_of_cardlint():
    requirements = pytest.importorskip("packaging.requirements")
    lines = [line for line in REQUIREMENTS.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(
        re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?|[a-z0-9-]+==[^ ]+( ; .+)? \\", line) for line in lines
    )
    pinned = {
        requirement.name: requirement
        for requirement in (requirements.Requirement(line.removesuffix(" \\")) for line in lines if "==" in line)
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for text in (*project["project"]["dependencies"], *project["build-system"]["requires"]):
        wanted = requirements.Requirement(text)
        locked = pinned[wanted.name.replace(".", "-")]
        (version,) = locked.specifier
        assert wanted.specifier.contains(version.version), text
        for system in SYSTEMS:
            needed, installed = (each.marker is None or each.marker.evaluate(system) for each in (wanted, locked))
            assert needed == installed, (text, system)
    assert (ROOT / "action" / "build.in").read_text("utf-8").split() == project["build-system"]["requires"]


def test_the_cache_is_named_by_the_requirements(tmp_path):
    cache = next(step for step in action()["runs"]["steps"] if step.get("uses", "").startswith("actions/cache@"))
    assert cache["with"]["path"] == "${{ runner.temp }}/cardlint-action/pip"
    assert "steps.requirements.outputs.hash" in cache["with"]["key"]
    output = tmp_path / "output"
    command = [sys.executable, "-I", str(ROOT / "action" / "run.py"), "hash"]
    subprocess.run(command, env=os.environ | {"GITHUB_OUTPUT": str(output)}, check=True)
    assert output.read_text("utf-8") == f"hash={hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()}\n"


def test_zizmor_finds_nothing():
    zizmor = shutil.which("zizmor") or shutil.which("zizmor", path=Path(sys.executable).parent)
    if zizmor is None:
        pytest.skip("zizmor is not installed")
    found = subprocess.run(
        [
            zizmor,
            "--offline",
            "--no-progress",
            str(ACTION),
            str(ROOT / ".github"),
            str(ROOT / ".pre-commit-hooks.yaml"),
        ],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert found.returncode == 0, found.stdout
