"""What git would leave out: every .gitignore from a repository's root down, and its .git/info/exclude."""

# ruff: noqa: PTH110, PTH113, PTH118, PTH120
# Paths are text, as they are where folders are walked.

from __future__ import annotations

import os
from collections.abc import Container

from msgspec import Struct

from cardlint.files.gitpatterns import GitPatterns
from cardlint.regular_file import read_regular

__all__ = ["NOTHING_IGNORED", "GitIgnore"]

_LIMIT = 1_000_000  # bytes of a file of patterns; nobody writes more, and a huge file must not stop us


class _Layer(Struct, frozen=True):
    folder: str
    patterns: GitPatterns


class GitIgnore(Struct, frozen=True):
    """The patterns that hold in one folder, the outermost file's first; all paths are real ones, without symlinks."""

    layers: tuple[_Layer, ...] = ()

    @classmethod
    def above(cls, folder: str) -> GitIgnore:
        """What the folders above `folder` say, up to its repository's root; nothing where there is no repository.

        Whoever names a folder that git ignores wants what is in it: then nothing above it counts.
        """
        if _is_repository(folder):
            return NOTHING_IGNORED
        way = [folder]
        while not _is_repository(way[-1]):
            parent = os.path.dirname(way[-1])
            if parent == way[-1]:
                return NOTHING_IGNORED
            way.append(parent)
        ignores = NOTHING_IGNORED
        for outer, inner in zip(way[:0:-1], way[-2::-1], strict=True):
            ignores = ignores.inside(outer, (".git", ".gitignore") if outer == way[-1] else (".gitignore",))
            if ignores.ignores(inner, is_folder=True):
                return NOTHING_IGNORED
        return ignores

    def inside(self, folder: str, names: Container[str]) -> GitIgnore:
        """What holds in `folder`, which lies where these hold and has entries of these `names`.

        A repository inside another begins anew, as it does for git.
        """
        layers = self.layers
        if ".git" in names and _is_repository(folder):
            layers = _layer(folder, _exclude_file(folder))
        if ".gitignore" in names:
            layers += _layer(folder, os.path.join(folder, ".gitignore"))
        return self if layers is self.layers else GitIgnore(layers)

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether git leaves this entry out; the folder it lies in must be one that is not left out itself."""
        for layer in reversed(self.layers):
            relative = path[len(layer.folder) :].replace(os.sep, "/").lstrip("/")
            verdict = layer.patterns.ignore(relative + "/" if is_folder else relative)
            if verdict is not None:
                return verdict
        return False


NOTHING_IGNORED = GitIgnore()


def _is_repository(folder: str) -> bool:
    git = os.path.join(folder, ".git")
    # a worktree's or a submodule's is a file; an empty folder of this name is none
    return os.path.isfile(git) or os.path.exists(os.path.join(git, "HEAD"))


def _exclude_file(repository: str) -> str:
    git = os.path.join(repository, ".git")
    if os.path.isfile(git):
        git = os.path.join(repository, _first_line(git).removeprefix("gitdir:").strip())
        git = os.path.join(git, _first_line(os.path.join(git, "commondir")))
    return os.path.join(git, "info", "exclude")


def _first_line(path: str) -> str:
    return next(iter(_lines(path)), "").strip()


def _lines(path: str) -> list[str]:
    try:
        text = read_regular(path, _LIMIT).decode("utf-8-sig", "surrogateescape")
    except (OSError, ValueError):  # what git cannot read says nothing; a path with a null byte is a ValueError
        return []
    return [line.removesuffix("\r") for line in text.split("\n")]


def _layer(folder: str, file: str) -> tuple[_Layer, ...]:
    patterns = GitPatterns.parse(_lines(file))
    return (_Layer(folder, patterns),) if patterns.groups else ()
