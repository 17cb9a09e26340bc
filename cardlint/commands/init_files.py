"""What `cardlint init` would write: each file as it is and as it would be, or why there is nothing to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from textwrap import indent, wrap
from typing import Any

from msgspec import Struct

from cardlint import __version__
from cardlint.commands.hook_entry import ended, newlines_like, with_entry
from cardlint.commands.toml_text import toml_key, toml_value
from cardlint.config.lookup import PYPROJECT, find_config
from cardlint.config.model import Setting, settings
from cardlint.regular_file import read_regular

__all__ = [
    "REPOSITORY",
    "NothingToDo",
    "Proposal",
    "is_repository",
    "propose_config",
    "propose_hook",
    "propose_workflow",
]

REPOSITORY = "<owner>/cardlint"
"""Where users must name cardlint's repository: it has no published home yet. No owner can have such a name."""

CHECKOUT = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2"


class Proposal(Struct, frozen=True):
    """A file to write: its text now, empty where there is none, and then."""

    path: Path
    before: str
    after: str


class NothingToDo(Struct, frozen=True):
    """A file that is to be left alone, and why."""

    path: Path
    reason: str


def is_repository(name: str) -> bool:
    """Whether GitHub may have a repository of this name."""
    return re.fullmatch(r"[A-Za-z0-9-]+/[A-Za-z0-9_.-]+", name) is not None


def propose_config(folder: Path) -> Proposal | NothingToDo:
    """A configuration in which every setting stands as a comment: a table of pyproject.toml, if that is there."""
    found = find_config(folder)
    if found is not None and found.parent == folder.absolute():
        return NothingToDo(folder / found.name, "cardlint is configured there already")
    pyproject = folder / PYPROJECT
    before = _text(pyproject)
    if before:
        after = ended(before) + newlines_like(before, "\n" + _config("tool.cardlint"))
        if _takes_table(after):
            return Proposal(pyproject, before, after)
    return Proposal(folder / "cardlint.toml", "", _config(""))


def propose_hook(folder: Path, repository: str) -> Proposal | NothingToDo:
    """An entry for pre-commit, behind all that are there: no other byte of the file changes."""
    path = folder / ".pre-commit-config.yaml"
    entry = _ENTRY.format(repository=repository, version=__version__)
    before = _text(path)
    if before is None:
        return NothingToDo(path, f"cannot be read as text; add this to it:\n{entry}")
    if not before.strip():
        return Proposal(path, before, ended(before) + f"repos:\n{indent(entry, '  ')}")
    if "id: cardlint" in before:
        return NothingToDo(path, "the hook is there already")
    after = with_entry(before, entry)
    if after is None:
        return NothingToDo(path, f"cannot be added to; put this under `repos`:\n{entry}")
    return Proposal(path, before, after)


def propose_workflow(folder: Path, repository: str) -> Proposal | NothingToDo:
    """A workflow of GitHub that lints every push and pull request."""
    workflows = folder / ".github" / "workflows"
    path = workflows / "cardlint.yml"
    for file in sorted(workflows.glob("*.y*ml")):
        if "cardlint" in (_text(file) or ""):
            return NothingToDo(file, "cardlint is in this workflow already")
    if "huggingface.co" in (git := _text(folder / ".git" / "config") or "") and "github.com" not in git:
        return NothingToDo(path, "not needed: this is a repository of the Hub, which runs no workflows")
    return Proposal(path, "", _WORKFLOW.format(checkout=CHECKOUT, repository=repository, version=__version__))


_ENTRY = """\
- repo: https://github.com/{repository}
  rev: v{version}
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

jobs:
  cardlint:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: {checkout}
        with:
          persist-credentials: false
      # the commit of that version in place of its tag would pin it for good
      - uses: {repository}@v{version}
"""


def _config(table: str) -> str:
    """Return every setting with its meaning and an example, all of it commented out; the tables come last."""
    head = ["# How cardlint treats the cards in this folder and below. `cardlint config` shows what is in force,"]
    head += ["# `cardlint rules` lists the rules and groups. What begins with `#` and no blank may be uncommented.", ""]
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
    """Whether pyproject.toml with our table is TOML still: `tool` may be written in a way that allows no more."""
    try:
        return "cardlint" in tomllib.loads(text)["tool"]
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        return False


def _text(file: Path) -> str | None:
    """A file's text with its line ends, empty where there is no file, None where it is not text or not readable."""
    try:
        return read_regular(file).decode()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        return None
