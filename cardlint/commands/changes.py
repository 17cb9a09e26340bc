"""Which files are meant: those that git says have changed, and those that a list names."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from cardlint.commands.usage import UsageError
from cardlint.files.discovery import MARKDOWN
from cardlint.regular_file import read_regular

__all__ = ["Changes", "changed_files", "half_staged", "listed_files"]

STANDARD_INPUT = "-"


class Changes(Struct, frozen=True):
    """Which changes count: all since the last commit, all since a branch left `since`, or those that are staged."""

    staged: bool = False
    since: str = ""

    @property
    def words(self) -> str:
        """What is to be said of a file that counts."""
        if self.staged:
            return "is staged"
        return f"has changed since {f'`{self.since}`' if self.since else 'the last commit'}"


def changed_files(paths: Iterable[str], changes: Changes) -> frozenset[str]:
    """The real paths of all files that changed in the repositories that the paths lie in; deleted ones are none.

    Of a renamed file it is the new name, and one that git does not know yet counts as changed, unless it is ignored
    or what is staged was asked for.

    Raises:
        UsageError: git is missing, a path lies in no repository, or git does not know the commit.
    """
    folders = {_folder(path) for path in paths}
    return frozenset(file for top in _tops(folders) for file in _places(top, _names(top, changes)))


def half_staged(files: Iterable[str]) -> list[str]:
    """Staged Markdown files with changes that are not staged: what is on disk is not what will be committed."""
    files = sorted(file for file in files if file.lower().endswith(MARKDOWN))
    unstaged: set[str] = set()
    for top in _tops({os.path.dirname(file) for file in files}):  # noqa: PTH120
        unstaged.update(_places(top, _listed(top, "diff", "--name-only", *_PLAINLY)))
    return [os.path.relpath(file) for file in files if file in unstaged]


def listed_files(file: str) -> list[str]:
    """The paths in a file, or for `-` in standard input, each ended by a null byte or else by a line end.

    Raises:
        UsageError: there is no such file.
    """
    try:
        data = sys.stdin.buffer.read() if file == STANDARD_INPUT else read_regular(file)
    except OSError as error:
        raise UsageError(f"--files-from {file}: {(error.strerror or str(error)).lower()}") from None
    names = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(name) for name in names if name]


# what was deleted is not there to be linted, and a renamed file is one that is gone and one that is new
_PLAINLY = ("--no-renames", "--diff-filter=d", "--no-ext-diff", "--ignore-submodules", "-z")


def _tops(folders: Iterable[str]) -> list[str]:
    """The topmost folders of the repositories that these folders lie in."""
    return sorted({_git(folder, "rev-parse", "--show-toplevel").rstrip("\r\n") for folder in folders})


def _places(top: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield os.path.realpath(os.path.join(top, name))  # noqa: PTH118


def _names(folder: str, changes: Changes) -> list[str]:
    """The names of changed files, from the repository's top."""
    if changes.staged:
        return _listed(folder, "diff", "--cached", "--name-only", *_PLAINLY)
    new = _listed(folder, "ls-files", "--others", "--exclude-standard", "--full-name", "-z")
    base = _base(folder, changes.since)
    if not base:
        return new + _listed(folder, "ls-files", "--cached", "--full-name", "-z")
    return new + _listed(folder, "diff", "--name-only", *_PLAINLY, base, "--")


def _base(folder: str, since: str) -> str:
    """The commit to compare with: where the work left `since`, else the last one, empty where there is none yet."""
    if not since:
        return _git(folder, "rev-parse", "--verify", "--quiet", "HEAD", may_fail=True).strip()
    if since.startswith("-") or not _git(
        folder, "rev-parse", "--verify", "--quiet", f"{since}^{{commit}}", may_fail=True
    ):
        raise UsageError(f"--since {since}: git knows no such commit here{_SHALLOW}")
    base = _git(folder, "merge-base", since, "HEAD", may_fail=True).strip()
    if not base:
        raise UsageError(f"--since {since}: it has no commit in common with what is checked out{_SHALLOW}")
    return base


_SHALLOW = "; a shallow clone lacks most of them (in a GitHub workflow, check out with `fetch-depth: 0`)"


def _listed(folder: str, *arguments: str) -> list[str]:
    return [name for name in _git(folder, *arguments).split("\0") if name]


def _git(folder: str, *arguments: str, may_fail: bool = False) -> str:
    """What git writes to standard output, empty where it fails and may."""
    # in a hook, git has told us which repository and index it works on, by paths that hold for the working folder
    where: Sequence[str] = () if "GIT_DIR" in os.environ else ("-C", folder)
    command = ("git", *where, *arguments)
    try:
        # without the optional locks a run beside an editor's git disturbs nobody
        environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
        done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603
    except FileNotFoundError:
        raise UsageError("`git` is needed to tell what has changed, and was not found") from None
    except OSError as error:
        raise UsageError(f"`git` cannot be run: {(error.strerror or str(error)).lower()}") from None
    if done.returncode and not may_fail:
        raise UsageError(_complaint(folder, done.stderr))
    return os.fsdecode(done.stdout) if not done.returncode else ""


def _complaint(folder: str, stderr: bytes) -> str:
    text = stderr.decode("utf-8", "replace").strip()
    if "not a git repository" in text:
        return f"{Path(folder).absolute()}: not in a git repository, so that nobody can tell what has changed"
    first = text.partition("\n")[0].removeprefix("fatal: ").removeprefix("error: ")
    return f"git: {first or 'failed, and does not say why'}"


def _folder(path: str) -> str:
    """The folder in which to ask git about a path; that a path is missing is for others to say."""
    folder = path if os.path.isdir(path) else os.path.dirname(path)  # noqa: PTH112, PTH120
    return folder if os.path.isdir(folder) else "."  # noqa: PTH112
