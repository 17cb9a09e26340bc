"""The files that git ignores, by every .gitignore from the root of a repository down, and by .git/info/exclude."""

# ruff: noqa: PTH110, PTH113, PTH114, PTH118, PTH120
# Paths are strings, as in `cardlint.files.discovery`.

from __future__ import annotations

import os
from collections.abc import Container

from msgspec import Struct

from cardlint.gitpatterns import GitPatterns
from cardlint.platform_differences import is_on_other_server
from cardlint.regular_file import read_regular

__all__ = ["NOTHING_IGNORED", "GitIgnore"]

_LIMIT = 1_000_000  # bytes of a pattern file that are read, so that a huge file does not block a run


class _Layer(Struct, frozen=True):
    folder: str
    patterns: GitPatterns


class GitIgnore(Struct, frozen=True):
    """The patterns that apply in one folder, the outermost file's first; all paths are without symlinks."""

    layers: tuple[_Layer, ...] = ()

    @classmethod
    def above(cls, folder: str) -> GitIgnore:
        """Return the patterns of the folders above `folder`, up to the root of its repository, if it is in one.

        If they ignore `folder` itself, they do not apply, since the user named it explicitly.
        """
        if _is_repository(folder):
            return NOTHING_IGNORED
        folders = [folder]
        while not _is_repository(folders[-1]):
            parent = os.path.dirname(folders[-1])
            if parent == folders[-1]:
                return NOTHING_IGNORED
            folders.append(parent)
        ignores = NOTHING_IGNORED
        for outer, inner in zip(folders[:0:-1], folders[-2::-1], strict=True):
            ignores = ignores.inside(outer, (".git", ".gitignore") if outer == folders[-1] else (".gitignore",))
            if ignores.ignores(inner, is_folder=True):
                return NOTHING_IGNORED
        return ignores

    def inside(self, folder: str, names: Container[str]) -> GitIgnore:
        """Return the patterns for `folder`, whose parent has these patterns and which has entries with these `names`.

        As in git, the patterns of a repository do not apply to another repository inside it.
        """
        layers = self.layers
        if ".git" in names and _is_repository(folder):
            layers = _layer(folder, _exclude_file(folder))
        if ".gitignore" in names:
            layers += _layer(folder, os.path.join(folder, ".gitignore"))
        return self if layers is self.layers else GitIgnore(layers)

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Return True if git ignores this entry; its folder must not be ignored itself."""
        for layer in reversed(self.layers):
            relative = path[len(layer.folder) :].replace(os.sep, "/").lstrip("/")
            verdict = layer.patterns.ignore(relative + "/" if is_folder else relative)
            if verdict is not None:
                return verdict
        return False


NOTHING_IGNORED = GitIgnore()


def _is_repository(folder: str) -> bool:
    git = os.path.join(folder, ".git")
    # in a worktree or submodule `.git` is a file; an empty folder `.git` is not a repository
    return os.path.isfile(git) or os.path.exists(os.path.join(git, "HEAD"))


def _exclude_file(repository: str) -> str:
    git = os.path.join(repository, ".git")
    if os.path.isfile(git):
        git = os.path.join(repository, _first_line(git).removeprefix("gitdir:").strip())
        if not is_on_other_server(git, repository):
            git = os.path.join(git, _first_line(os.path.join(git, "commondir")))
    return os.path.join(git, "info", "exclude")


def _first_line(path: str) -> str:
    return next(iter(_lines(path)), "").strip()


def _lines(path: str) -> list[str]:
    if os.path.islink(path):  # git does not follow links either
        return []
    try:
        text = read_regular(path, _LIMIT).decode("utf-8-sig", "surrogateescape")
    except (OSError, ValueError):  # an unreadable file has no patterns; a path with a null byte is a ValueError
        return []
    return [line.removesuffix("\r") for line in text.split("\n")]


def _layer(folder: str, file: str) -> tuple[_Layer, ...]:
    if is_on_other_server(file, folder):
        return ()
    patterns = GitPatterns.parse(_lines(file))
    return (_Layer(folder, patterns),) if patterns.groups else ()
