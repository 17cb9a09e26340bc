"""The step of the GitHub action: install cardlint, run it, and pass its counts to the workflow.

The inputs are environment variables `INPUT_...` and become arguments and variables, so that no shell reads them. The
script needs only the standard library. With the argument `hash` it only writes the hash of the requirements, which
names their cache.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "action" / "requirements.txt"
FORMAT = "--output-format"
# Inputs that are options of `cardlint check`; environment variables set them, so that `args` comes before them.
OPTIONS = {"config": "CONFIG", "profile": "PROFILE", "fail-on": "FAIL_ON", "format": "OUTPUT_FORMAT"}
TROUBLE = 2
VERSION = re.compile(r"[0-9]+(\.[0-9]+)*((a|b|rc)[0-9]+)?(\.post[0-9]+)?(\.dev[0-9]+)?")
COMMIT = re.compile(r"[0-9a-f]{40,64}")


class InputError(Exception):
    """An input cannot be used; the message says which and why."""


def main() -> int:
    """Run the step and return the exit code of cardlint."""
    if sys.argv[1:] == ["hash"]:
        append("GITHUB_OUTPUT", f"hash={hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()}\n")
        return 0
    try:
        arguments = check_arguments()
        summarizes = switch("summary")
        python = install(given("version"))
    except InputError as error:
        print(f"::error title=cardlint::{escaped(str(error))}")
        return TROUBLE
    report, summary = folder() / "report.json", folder() / "summary.md"
    for file in (report, summary):
        file.unlink(missing_ok=True)
    command = [python, "-I", "-m", "cardlint", "check", f"--report=json={report}", f"--report=markdown={summary}"]
    code = run([*command, *arguments])
    write_outputs(report, code)
    if summarizes and summary.exists():
        append("GITHUB_STEP_SUMMARY", summary.read_text("utf-8"))
    return code


def check_arguments() -> list[str]:
    """Return the arguments of `cardlint check` for the inputs, with the paths at the end.

    Raises:
        InputError: an input is not valid.
    """
    try:
        arguments = shlex.split(given("args"))
    except ValueError as error:
        raise InputError(f"`args` cannot be split into arguments: {error}") from None
    if given("sarif-file"):
        arguments.append(f"--report=sarif={given('sarif-file')}")
    if switch("only-changed"):
        arguments += since()
    paths = [line.strip() for line in given("path").splitlines() if line.strip()]
    return [*arguments, "--", *(paths or ["."])]


def since() -> list[str]:
    """Return arguments to lint only files that the event changed, or none if it has no commit to compare with."""
    base = base_commit()
    if base is None:
        print("This event has no commit to compare with, so all cards are linted.")
        return []
    return [f"--since={base}", "--allow-empty"]


def base_commit() -> str | None:
    """Return the commit before a pull request, a merge queue or a push, if the event has one."""
    try:
        event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    except (KeyError, OSError, ValueError):
        return None
    for keys in (("pull_request", "base", "sha"), ("merge_group", "base_sha"), ("before",)):
        value = event
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        # for the first push of a branch it consists of zeros
        if isinstance(value, str) and COMMIT.fullmatch(value) and set(value) != {"0"}:
            return value
    return None


def install(version: str) -> str:
    """Install cardlint into a new environment, from this checkout or a version from PyPI, and return its Python.

    Raises:
        InputError: the version is not valid, or cannot be installed.
    """
    if version and not VERSION.fullmatch(version):
        raise InputError(f"`version` must be a version such as 1.2.3, not {version!r}")
    # a job may use two versions of the action
    own = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    environment = folder() / f"environment-{version or own}"
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = environment / "installed"
    if not done.exists():  # a job may use the action twice
        package = f"cardlint=={version}" if version else str(ROOT)
        pip = [str(python), "-I", "-m", "pip", "--cache-dir", str(folder() / "pip"), "install", "--quiet"]
        # the checkout needs nothing that is not among the requirements, another version may
        alone = [] if version else ["--no-deps", "--no-build-isolation"]
        steps = (
            [sys.executable, "-I", "-m", "venv", str(environment)],
            [*pip, "--require-hashes", "--only-binary=:all:", "-r", str(REQUIREMENTS)],
            [*pip, *alone, package],
        )
        if not all(map(quietly, steps)):
            raise InputError(f"{f'cardlint {version}' if version else 'cardlint'} could not be installed; see the log")
        done.touch()
    return str(python)


def quietly(command: list[str]) -> bool:
    """Run a command outside of the linted repository, whose files could affect it, and return True if it succeeds."""
    return subprocess.run(command, cwd=folder(), check=False).returncode == 0


def run(command: list[str]) -> int:
    """Run cardlint and return its exit code; text from cards in the log cannot be a command for the runner.

    The format `github` takes care of this itself.
    """
    # this script writes the summary, for every format
    environment = {name: value for name, value in os.environ.items() if name != "GITHUB_STEP_SUMMARY"}
    environment |= {f"CARDLINT_{name}": given(each) for each, name in OPTIONS.items() if given(each)}
    token = "" if output_format(command) == "github" else secrets.token_hex(16)
    if token:
        print(f"::stop-commands::{token}", flush=True)
    code = subprocess.run(command, env=environment, check=False).returncode
    if token:
        print(f"::{token}::", flush=True)
    return code


def output_format(command: list[str]) -> str:
    """Return the format of the log: the last one that the arguments name, else that of the input."""
    options = command[: command.index("--")]
    named = given("format")
    for option, value in zip(options, [*options[1:], ""], strict=True):
        if option == FORMAT:
            named = value
        elif option.startswith(f"{FORMAT}="):
            named = option.removeprefix(f"{FORMAT}=")
    return named


def write_outputs(report: Path, code: int) -> None:
    """Write the outputs of the step; counts are empty if cardlint did not write a report."""
    outputs = {"findings": "", "errors": "", "warnings": "", "sarif-file": "", "exit-code": str(code)}
    if report.exists():
        counts = json.loads(report.read_text("utf-8"))["summary"]
        outputs["findings"] = str(counts["errors"] + counts["warnings"] + counts["notes"])
        outputs |= {name: str(counts[name]) for name in ("errors", "warnings")}
        if given("sarif-file") and Path(given("sarif-file")).exists():
            outputs["sarif-file"] = given("sarif-file")
    # a value may contain line ends, and must not be able to set another output
    end = secrets.token_hex(16)
    append("GITHUB_OUTPUT", "".join(f"{name}<<{end}\n{value}\n{end}\n" for name, value in outputs.items()))


def append(variable: str, text: str) -> None:
    """Append to the file that an environment variable names, if there is one."""
    file = os.environ.get(variable)
    if file and text:
        with Path(file).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)


def given(name: str) -> str:
    """Return an input, empty if it is not given."""
    return os.environ.get(f"INPUT_{name.upper().replace('-', '_')}", "").strip()


def switch(name: str) -> bool:
    """Return an input that is true or false.

    Raises:
        InputError: the input is neither.
    """
    value = given(name).lower() or "false"
    if value not in {"true", "false"}:
        raise InputError(f"`{name}` must be true or false, not {value!r}")
    return value == "true"


def folder() -> Path:
    """Return the temporary folder of this step."""
    place = Path(os.environ.get("RUNNER_TEMP") or tempfile.gettempdir()) / "cardlint-action"
    place.mkdir(parents=True, exist_ok=True)
    return place


def escaped(text: str) -> str:
    """Return a text escaped for the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


if __name__ == "__main__":
    sys.exit(main())
