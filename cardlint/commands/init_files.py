"""What `cardlint init` would write: each file as it is and as it would be, or why there is nothing to do."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from cardlint import __version__
from cardlint.card.metadata import Mapping, Node, Sequence, parse_metadata, resolve, same
from cardlint.config import find_config
from cardlint.reading import read_regular
from cardlint.record import record
from cardlint.settings import SETTINGS
from cardlint.source import Source, Span

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

# An example of every setting, where the default alone would not show what may stand there.
_EXAMPLES = {
    "select": 'select = ["source", "metadata", "metrics"]',
    "extend-select": 'extend-select = ["training"]',
    "ignore": 'ignore = ["generator-notice"]',
    "severity": '[severity]\nmissing-license = "error"',
    "per-file-ignores": '[per-file-ignores]\n"drafts/**" = ["sections"]',
    "include": 'include = ["models/"]',
    "exclude": 'exclude = ["third_party/"]',
    "rules": '[rules.unknown-license]\nallow = ["our-own-license"]',
    "repo-id": 'repo-id = "owner/name"',
    "fail-on": 'fail-on = "warning"',
}


@record
class Proposal:
    """A file to write: its text now, empty where there is none, and then."""

    path: Path
    before: str
    after: str


@record
class NothingToDo:
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
    pyproject = folder / "pyproject.toml"
    before = _text(pyproject)
    if before:
        after = _ended(before) + _newlines(before, "\n" + _config("tool.cardlint"))
        if _takes_table(after):
            return Proposal(pyproject, before, after)
    return Proposal(folder / "cardlint.toml", "", _config(""))


def propose_hook(folder: Path, repository: str) -> Proposal | NothingToDo:
    """An entry for pre-commit, behind all that are there: no other byte of the file changes."""
    path = folder / ".pre-commit-config.yaml"
    before = _text(path)
    if before is None:
        return NothingToDo(path, f"cannot be read as text; add this to it:\n{_entry(repository, '  ')}")
    if not before.strip():
        return Proposal(path, before, before + f"repos:\n{_entry(repository, '  ')}")
    if "id: cardlint" in before:
        return NothingToDo(path, "the hook is there already")
    after = _with_entry(before, repository)
    if after is None:
        return NothingToDo(path, f"cannot be added to; put this under `repos`:\n{_entry(repository, '  ')}")
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
      - uses: {repository}@v{version}
"""


def _config(table: str) -> str:
    """Every setting with its meaning and an example, all of it commented out; the tables stand last."""
    head = ["# How cardlint treats the cards in this folder and below. `cardlint config` shows what is in force,"]
    head += ["# `cardlint rules` lists the rules and groups. What begins with `#` and no blank may be uncommented.", ""]
    if table:
        head += [f"[{table}]"]
    settings = sorted(SETTINGS.values(), key=lambda setting: _EXAMPLES[setting.name].startswith("["))
    parts = []
    for setting in settings:
        example = _EXAMPLES[setting.name]
        if table:
            example = example.replace("[", f"[{table}.", 1) if example.startswith("[") else example
        meaning = "".join(f"# {line}\n" for line in _wrapped(setting.help))
        parts.append(meaning + "".join(f"#{line}\n" for line in example.split("\n")))
    return "\n".join(head) + "\n" + "\n".join(parts)


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    return wrap(text, 100, break_long_words=False, break_on_hyphens=False)


def _takes_table(text: str) -> bool:
    """Whether pyproject.toml with our table is TOML still: `tool` may be written in a way that allows no more."""
    try:
        return "cardlint" in tomllib.loads(text)["tool"]
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        return False


def _entry(repository: str, indentation: str) -> str:
    lines = (
        f"- repo: https://github.com/{repository}",
        f"  rev: v{__version__}",
        "  hooks:",
        "  - id: cardlint",
    )
    return "".join(f"{indentation}{line}\n" for line in lines)


def _with_entry(before: str, repository: str) -> str | None:
    """The file with an entry more, None where its list is not written an entry a line, or the result would be wrong."""
    old = parse_metadata(Source("", before), Span(0, len(before)))
    repos = _repos(old.root)
    if old.error is not None or repos is None or not repos.items or repos.flow:
        return None
    last = before.rfind("\n", 0, repos.items[-1].span.start) + 1
    dash = before.find("-", last)
    indentation = before[last:dash]
    if indentation.strip():
        return None
    at = _behind(before, repos.items[-1].span.end, len(indentation))
    entry = _newlines(before, _entry(repository, indentation))
    after = _ended(before[:at]) + entry + before[at:]
    return after if _only_adds(old.root, after) else None


def _repos(root: Node) -> Sequence | None:
    node = root.get("repos") if isinstance(root, Mapping) else None
    node = resolve(node) if node is not None else None
    return node if isinstance(node, Sequence) else None


def _behind(text: str, end: int, indentation: int) -> int:
    """Where an entry ends: behind its last line, and behind the comments below that are indented further than it."""
    at = end if text[:end].endswith("\n") else _line_end(text, end)
    while at < len(text):
        line = text[at : _line_end(text, at)]
        inner = line.lstrip(" ")
        if not inner.startswith("#") or len(line) - len(inner) <= indentation:
            break
        at += len(line)
    return at


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found + 1


def _only_adds(before: Node, after: str) -> bool:
    """Whether a file's new text has one entry more under `repos`, and beside it says just what it said before."""
    new = parse_metadata(Source("", after), Span(0, len(after)))
    old_repos, repos = _repos(before), _repos(new.root)
    if new.error is not None or repos is None or old_repos is None or len(repos.items) != len(old_repos.items) + 1:
        return False
    pairs = list(zip(old_repos.items, repos.items, strict=False))
    assert isinstance(before, Mapping)
    for entry in before.entries:
        now = new.get(entry.name or "")
        if now is None:
            return False
        if entry.name != "repos":
            pairs.append((entry.value, now))
    return all(same(one, other) for one, other in pairs)


def _text(file: Path) -> str | None:
    """A file's text with its line ends, empty where there is no file, None where it is not text or not readable."""
    try:
        return read_regular(file).decode()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        return None


def _ended(text: str) -> str:
    """The text with its last line ended."""
    return text if not text or text.endswith("\n") else text + _newlines(text, "\n")


def _newlines(like: str, text: str) -> str:
    """A text of ours with the line ends of another."""
    return text.replace("\n", "\r\n") if "\r\n" in like else text
