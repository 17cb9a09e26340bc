"""The files that `cardlint init` proposes: each before and after the change, or why nothing needs to be done."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from textwrap import indent, wrap
from typing import Any

from msgspec import Struct

from cardlint.commands.git_repository import GitRepository, Version
from cardlint.commands.hook_entry import ended, newlines_like, with_entry
from cardlint.commands.outputs import is_planted
from cardlint.commands.toml_text import toml_key, toml_value
from cardlint.config.lookup import PYPROJECT, find_config
from cardlint.config.model import Setting, settings
from cardlint.regular_file import read_regular
from cardlint.repository_root import OUTSIDE, is_outside

__all__ = [
    "NothingToDo",
    "Proposal",
    "is_repository",
    "propose_config",
    "propose_hook",
    "propose_workflow",
]

CHECKOUT = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2"


class Proposal(Struct, frozen=True):
    """A file to write: its text now (empty if the file does not exist) and the new text."""

    path: Path
    before: str
    after: str


class NothingToDo(Struct, frozen=True):
    """A file that is not changed, and why."""

    path: Path
    reason: str


def is_repository(name: str) -> bool:
    """Return True if GitHub allows a repository with this name."""
    return re.fullmatch(r"[A-Za-z0-9-]+/[A-Za-z0-9_.-]+", name) is not None


def propose_config(folder: Path) -> Proposal | NothingToDo:
    """Propose a configuration with every setting commented out: in pyproject.toml if it exists, else a new file."""
    found = find_config(folder)
    if found is not None and found.parent == folder.absolute():
        return NothingToDo(folder / found.name, "cardlint is already configured here")
    pyproject = folder / PYPROJECT
    if _leads_away(pyproject, folder):
        return NothingToDo(pyproject, OUTSIDE)
    before = _text(pyproject)
    if before:
        after = ended(before) + newlines_like(before, "\n" + _config("tool.cardlint"))
        if _takes_table(after):
            return Proposal(pyproject, before, after)
    own = folder / "cardlint.toml"
    return NothingToDo(own, OUTSIDE) if _leads_away(own, folder) else Proposal(own, "", _config(""))


def propose_hook(top: Path, repository: str, version: Version) -> Proposal | NothingToDo:
    """Propose an entry for pre-commit after the existing ones; no other byte of the file changes."""
    path = top / ".pre-commit-config.yaml"
    if _leads_away(path, top):
        return NothingToDo(path, OUTSIDE)
    entry = _ENTRY.format(repository=repository, revision=version.tag or version.commit)
    before = _text(path)
    if before is None:
        return NothingToDo(path, f"cannot be read as text; add this to it:\n{entry}")
    if not before.strip():
        return Proposal(path, before, ended(before) + f"repos:\n{indent(entry, '  ')}")
    if "id: cardlint" in before:
        return NothingToDo(path, "already has the hook")
    after = with_entry(before, entry)
    if after is None:
        return NothingToDo(path, f"cannot be edited automatically; add this under `repos`:\n{entry}")
    return Proposal(path, before, after)


def propose_workflow(around: GitRepository, folder: Path, repository: str, version: Version) -> Proposal | NothingToDo:
    """Propose a GitHub workflow that lints the cards of a folder at every push and pull request."""
    workflows = around.top / ".github" / "workflows"
    path = workflows / "cardlint.yml"
    if _leads_away(path, around.top):
        return NothingToDo(path, OUTSIDE)
    for file in sorted(workflows.glob("*.y*ml")):
        if "cardlint" in (_text(file) or ""):
            return NothingToDo(file, "already runs cardlint")
    if not around.runs_workflows:
        return NothingToDo(path, "not needed: this repository is not on GitHub, so no workflow runs")
    action = f"{repository}@{version.commit}{f' # {version.tag}' if version.tag else ''}"
    inside = os.path.relpath(folder, around.top).replace(os.sep, "/")
    if "${{" in inside:
        return NothingToDo(path, "the name of the folder would be an expression in a workflow")
    inputs = "" if inside == "." else _INPUTS.format(path=json.dumps(inside))
    return Proposal(path, "", _WORKFLOW.format(checkout=CHECKOUT, action=action, inputs=inputs))


_ENTRY = """\
- repo: https://github.com/{repository}
  rev: {revision}
  hooks:
    - id: cardlint
"""

_WORKFLOW = """\
name: Model cards

on:
  push:
    branches: [main, master]
  pull_request:

permissions: {{}}

concurrency:
  group: ${{{{ github.workflow }}}}-${{{{ github.ref }}}}
  cancel-in-progress: true

jobs:
  cardlint:
    name: cardlint
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: {checkout}
        with:
          persist-credentials: false
      - uses: {action}
{inputs}"""

_INPUTS = """\
        with:
          path: {path}
"""


def _leads_away(path: Path, folder: Path) -> bool:
    """Return True if a path leads out of the repository of a folder by a link, or to git's own files."""
    return is_planted(path) or is_outside(str(path), os.path.realpath(folder))


def _config(table: str) -> str:
    """Return every setting with its meaning and an example, commented out; tables come last, as TOML requires."""
    head = ["# Settings of cardlint for the cards in and below this folder. `cardlint config` shows those in use,"]
    head += ["# `cardlint rules` lists rules and groups. To use a setting, remove the `#` before its name.", ""]
    if table:
        head += [f"[{table}]"]
    ordered = sorted(settings().values(), key=lambda setting: isinstance(setting.example, Mapping))
    return "\n".join(head) + "\n" + "\n".join(_commented(setting, table) for setting in ordered)


def _commented(setting: Setting, table: str) -> str:
    """Return a setting with its meaning, as comments."""
    meaning = "".join(f"# {line}\n" for line in wrap(setting.help, 100, break_on_hyphens=False))
    if isinstance(setting.example, Mapping):
        return meaning + _commented_table(f"{table}.{setting.name}" if table else setting.name, setting.example)
    if setting.example is None:
        return meaning
    return f"{meaning}#{setting.name} = {toml_value(setting.example)}\n"


def _commented_table(header: str, table: Mapping[str, Any]) -> str:
    if all(isinstance(value, Mapping) for value in table.values()):
        return "".join(_commented_table(f"{header}.{toml_key(key)}", value) for key, value in table.items())
    return f"#[{header}]\n" + "".join(f"#{toml_key(key)} = {toml_value(value)}\n" for key, value in table.items())


def _takes_table(text: str) -> bool:
    """Return True if the text with the new table is valid TOML; `tool = {}`, for example, cannot be extended."""
    try:
        return "cardlint" in tomllib.loads(text)["tool"]
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        return False


def _text(file: Path) -> str | None:
    """Return a file's text, empty if it does not exist, None if it is not UTF-8 or cannot be read."""
    try:
        return read_regular(file).decode()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        return None
