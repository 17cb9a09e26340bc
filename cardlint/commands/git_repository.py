"""The git repository around a folder, and the version of cardlint that its hook and its workflow can use."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from msgspec import Struct

from cardlint.commands.usage import UsageError
from cardlint.platform_differences import find_program, is_on_other_server, relative_path
from cardlint.regular_file import read_regular
from cardlint.wording import reason_of, visible

__all__ = ["GitRepository", "Version", "find_version", "repository_around"]

_HUB = ("huggingface.co", "hf.co")
# Hosts that do not run GitHub's workflows.
_OTHERS = (*_HUB, "gitlab.com", "bitbucket.org", "codeberg.org")
_REMOTE = re.compile(r"^[ \t]*url[ \t]*=[ \t]*(\S+)", re.MULTILINE)
_HOST = re.compile(r"(?:\w+://)?(?:[^/@]*@)?([A-Za-z0-9][\w.-]*)[:/]")


class GitRepository(Struct, frozen=True):
    """A git repository: its top folder, and the hosts of its remotes."""

    top: Path
    hosts: tuple[str, ...] = ()

    @property
    def is_on_hub(self) -> bool:
        """True for a clone from the Hub that is not on GitHub too."""
        return not self.runs_workflows and any(host.endswith(_HUB) for host in self.hosts)

    @property
    def runs_workflows(self) -> bool:
        """True if a remote may be on GitHub, or if the repository has none yet."""
        return not self.hosts or any(not host.endswith(_OTHERS) for host in self.hosts)


class Version(Struct, frozen=True):
    """A version of cardlint in a repository on GitHub: its tag, or an empty string, and its commit."""

    tag: str
    commit: str


def repository_around(folder: Path) -> GitRepository | None:
    """Return the repository that contains a folder, or None if there is none."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - `..` is resolved, symlinks are not
    for place in (folder, *folder.parents):
        if (place / ".git").exists():
            config = _text(_git_folder(place) / "config")
            hosts = [match[1].lower() for url in _REMOTE.findall(config) if (match := _HOST.match(url))]
            return GitRepository(Path(relative_path(str(place))), tuple(hosts))
    return None


def _git_folder(top: Path) -> Path:
    """Return the folder with git's configuration; a worktree names it in two files."""
    git = top / ".git"
    if git.is_dir():
        return git
    own = top / _text(git).partition("gitdir:")[2].strip()
    if is_on_other_server(str(own), str(top)):
        return git
    return own / (_text(own / "commondir").strip() or ".")


def _text(file: Path) -> str:
    try:
        return read_regular(file).decode("utf-8", "replace")
    except OSError:
        return ""


def find_version(repository: str, version: str) -> Version:
    """Ask GitHub for the commit of a version in a repository, or for the latest one if it has no such tag.

    Raises:
        UsageError: the repository cannot be reached, or has no commit.
    """
    tag = f"v{version}"
    address = f"https://github.com/{repository}"
    commits: dict[str, str] = {}
    for line in _ask(address, "HEAD", f"refs/tags/{tag}*").splitlines():
        commit, _, reference = line.partition("\t")
        commits[reference] = commit
    # `^{}` is the commit of a tag that has a message
    tagged = commits.get(f"refs/tags/{tag}^{{}}") or commits.get(f"refs/tags/{tag}")
    if tagged:
        return Version(tag, tagged)
    if "HEAD" not in commits:
        raise UsageError(f"--repository: {address} has no commit")
    return Version("", commits["HEAD"])


def _ask(address: str, *references: str) -> str:
    # outside of the repository, whose configuration could name programs that git runs
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603
            (find_program("git"), "ls-remote", address, *references),
            capture_output=True,
            check=False,
            cwd=Path.home().anchor,
            env=environment,
            timeout=60,
        )
    except FileNotFoundError:
        raise UsageError("--repository: `git` was not found; it is needed to find cardlint's version") from None
    except subprocess.TimeoutExpired:
        raise UsageError(f"--repository: {address} does not answer") from None
    except OSError as error:
        raise UsageError(f"--repository: `git` cannot be run: {reason_of(error)}") from None
    if done.returncode:
        first = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
        raise UsageError(f"--repository: {visible(first) or f'{address} cannot be read'}")
    return done.stdout.decode("utf-8", "replace")
