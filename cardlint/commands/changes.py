"""Files to lint that git reports as changed, or that a list of files names."""

from __future__ import annotations

import codecs
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from cardlint.commands.usage import UsageError
from cardlint.files.discovery import MARKDOWN
from cardlint.platform_differences import find_program, path_on_disk, relative_path
from cardlint.regular_file import read_regular
from cardlint.source import STANDARD_INPUT
from cardlint.wording import reason_of, visible

__all__ = ["Changes", "changed_files", "half_staged", "last_commit", "listed_files"]


class Changes(Struct, frozen=True):
    """The changes that count: staged ones, or all since the last commit or since the work left the branch `since`."""

    staged: bool = False
    since: str = ""

    @property
    def words(self) -> str:
        """The end of a sentence about a file that counts."""
        if self.staged:
            return "is staged"
        return f"has changed since {f'`{self.since}`' if self.since else 'the last commit'}"


def changed_files(paths: Iterable[str], changes: Changes) -> frozenset[str]:
    """Return the real paths of all changed files in the repositories of `paths`, without deleted files.

    A renamed file counts under its new name. Untracked files that are not ignored count too, unless only staged changes
    do.

    Raises:
        UsageError: git is missing, a path is not in a repository, or git does not know the commit.
    """
    folders = {_folder(path) for path in paths}
    return frozenset(file for top in _tops(folders) for file in _places(top, _names(top, changes)))


def last_commit(paths: Iterable[str]) -> str:
    """Return the last commit of the repository of all paths, or an empty text if there is not exactly one."""
    try:
        commits = {_head(folder) for folder in {_folder(path) for path in paths}}
    except UsageError:  # without git
        return ""
    return commits.pop() if len(commits) == 1 else ""


def _head(folder: str) -> str:
    return _git(folder, "rev-parse", "--verify", "--quiet", "HEAD", may_fail=True).strip()


def half_staged(files: Iterable[str]) -> list[str]:
    """Return those Markdown files of `files` that also have unstaged changes: on disk they differ from the commit."""
    files = sorted(file for file in files if file.lower().endswith(MARKDOWN))
    unstaged: set[str] = set()
    for top in _tops({os.path.dirname(file) for file in files}):  # noqa: PTH120
        unstaged.update(_places(top, _listed(top, "diff", "--name-only", *_PLAINLY)))
    return [relative_path(file) for file in files if file in unstaged]


def listed_files(file: str) -> list[str]:
    """Return the paths listed in a file, or in standard input for `-`, separated by null bytes or line ends.

    The file may be a pipe, which is what shells make of `<(command)`.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        if file == STANDARD_INPUT:
            data = sys.stdin.buffer.read()
        else:
            data = Path(file).read_bytes() if Path(file).is_fifo() else read_regular(file)
    except OSError as error:
        raise UsageError(f"--files-from: {visible(file)}: {reason_of(error)}") from None
    data = _as_utf_8(data)
    names = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(name) for name in names if name]


def _as_utf_8(data: bytes) -> bytes:
    """Return a list that a shell of Windows has written with a byte order mark, in UTF-8 or UTF-16, without it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode()
    return data.removeprefix(codecs.BOM_UTF8)


# no deleted files; a renamed file counts as a deleted and a new one
_PLAINLY = ("--no-renames", "--diff-filter=d", "--no-ext-diff", "--ignore-submodules", "-z")


def _tops(folders: Iterable[str]) -> list[str]:
    """Return the top folders of the repositories that contain these folders."""
    return sorted({_top(folder) for folder in folders})


def _top(folder: str) -> str:
    top = _git(folder, "rev-parse", "--show-toplevel").rstrip("\r\n")
    # versions of git before 2.38 do not know `safe.bareRepository`
    if "GIT_DIR" not in os.environ and not os.path.lexists(os.path.join(top, ".git")):  # noqa: PTH118
        raise UsageError(_not_in_repository(folder))
    return top


def _not_in_repository(folder: str) -> str:
    return f"{visible(str(Path(folder).absolute()))}: not in a git repository, so changed files cannot be found"


def _places(top: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield os.path.realpath(path_on_disk(top, name))


def _names(folder: str, changes: Changes) -> list[str]:
    """Return the paths of changed files, relative to the top of the repository."""
    if changes.staged:
        return _listed(folder, "diff", "--cached", "--name-only", *_PLAINLY)
    new = _listed(folder, "ls-files", "--others", "--exclude-standard", "--full-name", "-z")
    base = _base(folder, changes.since)
    if not base:
        return new + _listed(folder, "ls-files", "--cached", "--full-name", "-z")
    return new + _listed(folder, "diff", "--name-only", *_PLAINLY, base, "--")


def _base(folder: str, since: str) -> str:
    """Return the commit to compare with: the merge base with `since`, else the last commit, empty if there is none."""
    if not since:
        return _head(folder)
    if since.startswith("-") or not _git(
        folder, "rev-parse", "--verify", "--quiet", f"{since}^{{commit}}", may_fail=True
    ):
        raise UsageError(f"--since: `{visible(since)}` is not a branch or commit that git knows{_SHALLOW}")
    base = _git(folder, "merge-base", since, "HEAD", may_fail=True).strip()
    if not base:
        raise UsageError(f"--since: `{visible(since)}` has no commit in common with the current branch{_SHALLOW}")
    return base


_SHALLOW = "; a shallow clone lacks most commits (in a GitHub workflow, check out with `fetch-depth: 0`)"


def _listed(folder: str, *arguments: str) -> list[str]:
    return [name for name in _git(folder, *arguments).split("\0") if name]


# A folder of a repository may itself be a bare repository of a stranger, whose configuration names programs to run.
_SAFELY = ("-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false")


def _git(folder: str, *arguments: str, may_fail: bool = False) -> str:
    """Return git's standard output; with `may_fail`, an empty text if git fails."""
    # in a hook, git's variables name the repository and index by paths relative to the working folder
    where: Sequence[str] = () if "GIT_DIR" in os.environ else ("-C", folder)
    try:
        command = (find_program("git"), *where, *_SAFELY, *arguments)
        # do not take optional locks, which could make another git process fail
        environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
        done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603
    except FileNotFoundError:
        raise UsageError("`git` was not found; it is needed to find changed files") from None
    except OSError as error:
        raise UsageError(f"`git` cannot be run: {reason_of(error)}") from None
    if done.returncode and not may_fail:
        raise UsageError(_complaint(folder, done.stderr))
    return os.fsdecode(done.stdout) if not done.returncode else ""


def _complaint(folder: str, stderr: bytes) -> str:
    text = stderr.decode("utf-8", "replace").strip()
    if "not a git repository" in text or "cannot use bare repository" in text:
        return _not_in_repository(folder)
    first = text.partition("\n")[0].removeprefix("fatal: ").removeprefix("error: ")
    return f"git: {visible(first) or 'failed without a message'}"


def _folder(path: str) -> str:
    """Return the folder in which to run git for a path; the working folder if the path is missing."""
    folder = path if os.path.isdir(path) else os.path.dirname(path)  # noqa: PTH112, PTH120
    return folder if os.path.isdir(folder) else "."  # noqa: PTH112
