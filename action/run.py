"""What the action's step does: install cardlint, run it, and hand its numbers to the workflow.

The inputs come by the environment, as `CARDLINT_...`, and go to cardlint as a list of arguments: no shell reads them.
It runs on what a runner has, without a package of its own.
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
TROUBLE = 2
VERSION = re.compile(r"[0-9]+(\.[0-9]+)*((a|b|rc)[0-9]+)?(\.post[0-9]+)?(\.dev[0-9]+)?")
COMMIT = re.compile(r"[0-9a-f]{40,64}")


class InputError(Exception):
    """An input cannot be used; the message says which and why."""


def main() -> int:
    """Run the step; its exit code is cardlint's."""
    try:
        arguments = wanted()
        summarizes = switch("summary")
        python = install(given("version"))
    except InputError as error:
        print(f"::error title=cardlint::{escaped(str(error))}")
        return TROUBLE
    report, summary = folder() / "report.json", folder() / "summary.md"
    for file in (report, summary):
        file.unlink(missing_ok=True)
    command = [python, "-I", "-m", "cardlint", "check", f"--output=json={report}", f"--output=markdown={summary}"]
    code = run([*command, *arguments])
    tell(report, code)
    if summarizes and summary.exists():
        append("GITHUB_STEP_SUMMARY", summary.read_text("utf-8"))
    return code


def wanted() -> list[str]:
    """The arguments that the inputs ask for, the paths last.

    Raises:
        InputError: an input makes no sense.
    """
    try:
        arguments = shlex.split(given("args"))
    except ValueError as error:
        raise InputError(f"`args` cannot be taken apart: {error}") from None
    arguments += [f"--{name}={given(name)}" for name in ("config", "fail-on") if given(name)]
    arguments.append(f"--output-format={given('format') or 'github'}")  # the last one counts
    if given("sarif-file"):
        arguments.append(f"--output=sarif={given('sarif-file')}")
    if switch("only-changed"):
        arguments += since()
    paths = [line.strip() for line in given("path").splitlines() if line.strip()]
    return [*arguments, "--", *(paths or ["."])]


def since() -> list[str]:
    """Arguments that leave only what the event changed; all is linted where an event has nothing to compare with."""
    base = base_commit()
    if base is None:
        print("This event has no commit to compare with: all cards are linted.")
        return []
    return [f"--since={base}", "--allow-empty"]


def base_commit() -> str | None:
    """The commit that a pull request, a merge queue or a push started from."""
    try:
        event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    except (KeyError, OSError, ValueError):
        return None
    for keys in (("pull_request", "base", "sha"), ("merge_group", "base_sha"), ("before",)):
        value = event
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        # a branch's first push starts from a commit of zeros
        if isinstance(value, str) and COMMIT.fullmatch(value) and set(value) != {"0"}:
            return value
    return None


def install(version: str) -> str:
    """The Python of an environment of its own that has cardlint: this checkout's, or that version's.

    Raises:
        InputError: it is no version, or cannot be installed.
    """
    if version and not VERSION.fullmatch(version):
        raise InputError(f"`version` must be a version such as 1.2.3, not {version!r}")
    # two versions of the action may run in one job
    own = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    environment = folder() / f"environment-{version or own}"
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = environment / "installed"
    if not done.exists():  # the action may run twice in a job
        package = f"cardlint=={version}" if version else str(ROOT)
        made = quietly([sys.executable, "-I", "-m", "venv", str(environment)])
        made = made and quietly([str(python), "-I", "-m", "pip", "install", "--quiet", package])
        if not made:
            raise InputError(f"{f'cardlint {version}' if version else 'cardlint'} could not be installed; see the log")
        done.touch()
    return str(python)


def quietly(command: list[str]) -> bool:
    """Run a command where no file of the repository that is linted can get in its way."""
    return subprocess.run(command, cwd=folder(), check=False).returncode == 0


def run(command: list[str]) -> int:
    """Run cardlint; what cards say in a log cannot be a command to the runner, which `github` sees to by itself."""
    # the summary is written here, in every format
    environment = {name: value for name, value in os.environ.items() if name != "GITHUB_STEP_SUMMARY"}
    token = "" if "--output-format=github" in command else secrets.token_hex(16)
    if token:
        print(f"::stop-commands::{token}", flush=True)
    code = subprocess.run(command, env=environment, check=False).returncode
    if token:
        print(f"::{token}::", flush=True)
    return code


def tell(report: Path, code: int) -> None:
    """Hand the outputs to the workflow; numbers are empty where cardlint could not even begin."""
    outputs = {"findings": "", "errors": "", "warnings": "", "sarif-file": "", "exit-code": str(code)}
    if report.exists():
        counts = json.loads(report.read_text("utf-8"))["summary"]
        outputs["findings"] = str(counts["errors"] + counts["warnings"] + counts["notes"])
        outputs |= {name: str(counts[name]) for name in ("errors", "warnings")}
        if given("sarif-file") and Path(given("sarif-file")).exists():
            outputs["sarif-file"] = given("sarif-file")
    # a value may hold line ends, and must not be able to write another output
    end = secrets.token_hex(16)
    append("GITHUB_OUTPUT", "".join(f"{name}<<{end}\n{value}\n{end}\n" for name, value in outputs.items()))


def append(variable: str, text: str) -> None:
    """Append to the file that an environment variable names, if there is one."""
    file = os.environ.get(variable)
    if file and text:
        with Path(file).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)


def given(name: str) -> str:
    """An input, empty where it is not given."""
    return os.environ.get(f"CARDLINT_{name.upper().replace('-', '_')}", "").strip()


def switch(name: str) -> bool:
    """An input that is true or false.

    Raises:
        InputError: it is neither.
    """
    value = given(name).lower() or "false"
    if value not in {"true", "false"}:
        raise InputError(f"`{name}` must be true or false, not {value!r}")
    return value == "true"


def folder() -> Path:
    """A folder for what only this step needs."""
    place = Path(os.environ.get("RUNNER_TEMP") or tempfile.gettempdir()) / "cardlint-action"
    place.mkdir(parents=True, exist_ok=True)
    return place


def escaped(text: str) -> str:
    """A text as the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


if __name__ == "__main__":
    sys.exit(main())
