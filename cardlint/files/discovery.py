"""From the paths that somebody named to the cards that there are, one after the other."""

# ruff: noqa: PTH100, PTH109, PTH114, PTH116, PTH118
# Paths are text here: a folder may hold ten thousand files, and pathlib is many times slower.

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from cardlint.files.found import Candidate, Discovered, Exclude, Found, Missing, Searched, Skipped
from cardlint.regular_file import read_regular
from cardlint.source import HUB, read

if TYPE_CHECKING:
    from cardlint.files.gitignore import GitIgnore

__all__ = ["MARKDOWN", "Fetch", "classify", "walk"]

Fetch = Callable[[Sequence[str], Exclude, set[str]], Iterator[Discovered]]
"""Brings cards from the Hub: the `hub:` paths, what is excluded, and the paths found before, which it adds to."""

MARKDOWN = (".md", ".markdown")

# Folders that hold other people's files or a tool's own; nobody's cards are meant when a folder above is named.
NEVER_ENTERED = frozenset({
    ".bzr", ".eggs", ".git", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox", ".pytest_cache", ".ruff_cache", ".svn",
    ".tox", ".venv", "__pycache__", "__pypackages__", "bower_components", "node_modules", "site-packages", "venv",
})  # fmt: skip

# Enough for the longest front matter and what comes after it; what is no card is never read any further.
_BEGINNING = 1 << 20


def walk(
    paths: Sequence[str], *, exclude: Exclude, only: Collection[str] | None = None, fetch: Fetch | None = None
) -> Iterator[Searched]:
    """Yield everything that the paths lead to, in their order; a folder's files sorted by path, symlinks last.

    No file is opened; `classify` does that. A file is found once, however often it is named or linked to. If `only` is
    given, files whose real path is not in it are ignored. Errors of `exclude` pass through; files never raise.
    """
    searching = _Search(paths, exclude, only)
    for item in searching.named:
        if isinstance(item, list):
            if fetch is None:
                yield from (Missing(path, "cards on the Hub cannot be read here") for path in item)
            else:
                yield from fetch(item, exclude, searching.fetched)
        elif isinstance(item, Missing):
            yield item
        elif item.is_folder:
            yield from searching.walk(item)
        else:
            yield from searching.judge(item, item.place, named=True)


def classify(candidate: Candidate, *, all_markdown: bool = False, cards_only: bool = False) -> Discovered:
    """Read a file, and skip it if it is not a card; a named one always is, unless `cards_only` asks."""
    try:
        return _classify(candidate, all_markdown=all_markdown, cards_only=cards_only)
    except OSError as error:
        return Missing(candidate.shown, _why(error, candidate.path))


def _classify(candidate: Candidate, *, all_markdown: bool, cards_only: bool) -> Found | Skipped:
    path, shown = candidate.path, candidate.shown
    if candidate.named and not cards_only:
        return Found(path, shown, read_regular(path))
    if not _is_markdown(path.name):
        return Skipped(shown, "not a Markdown file")
    if all_markdown:
        return Found(path, shown, read_regular(path))
    from cardlint.files.card_detection import reason_to_skip

    data = read_regular(path, _BEGINNING)
    reason = reason_to_skip(read(data).text, path)
    if reason is not None:
        return Skipped(shown, reason)
    return Found(path, shown, data if len(data) < _BEGINNING else read_regular(path))


class _Entry(Struct, frozen=True):
    """A file or folder: how to open it, how to show it, and its place, without symlinks but for its own name."""

    path: str
    shown: str
    place: str
    is_folder: bool
    is_link: bool = False

    def real(self) -> str:
        # a junction, Windows' other kind of link, looks like any folder
        if self.is_link or (self.is_folder and os.name == "nt"):
            return os.path.realpath(self.place)
        return self.place


_Pending = tuple[_Entry, "GitIgnore"]


class _Search:
    def __init__(self, paths: Sequence[str], exclude: Exclude, only: Collection[str] | None) -> None:
        self.exclude = exclude
        self.only = only
        self.named = list(_all_named(paths))
        self.named_files = {item.place for item in self.named if isinstance(item, _Entry) and not item.is_folder}
        self.judged: dict[str, str] = {}  # real paths of files, and how each was shown
        self.entered: set[str] = set()  # real paths of folders
        self.fetched: set[str] = set()  # paths of cards on the Hub
        self.working = _working_folder()

    def walk(self, root: _Entry) -> Iterator[Searched]:
        """Go through a folder; links wait for the end, so that a file is found under its own name."""
        from cardlint.files.gitignore import (
            GitIgnore,  # here, like the recogniser: a run over named files needs neither
        )

        pending: list[_Pending] = [(root, GitIgnore.above(root.place))]
        links: list[_Pending] = []
        while pending or links:
            if not pending:
                pending, links = sorted(links, key=lambda link: link[0].shown, reverse=True), []
            entry, ignores = pending.pop()
            real = entry.real()
            if ignores.ignores(entry.place, is_folder=entry.is_folder):
                if self.only is None or real in self.only:
                    yield Skipped(entry.shown + "/" * entry.is_folder, "git-ignored")
            elif not entry.is_folder:
                if real not in self.named_files:
                    yield from self.judge(entry, real, named=False)
            elif real not in self.entered and not _lies_in(root.place, real):
                self.entered.add(real)
                try:
                    above = GitIgnore.above(real) if entry.is_link else ignores
                    inside = _list(entry.path, "." if real == self.working else entry.shown, real, above)
                except OSError as error:
                    yield Missing(entry.shown, _why(error))
                else:
                    pending += [each for each in inside if not each[0].is_link]
                    links += [each for each in inside if each[0].is_link]

    def judge(self, entry: _Entry, real: str, *, named: bool) -> Iterator[Searched]:
        """What becomes of a file, or nothing where this very name was judged before or is not meant."""
        if self.only is not None and real not in self.only:
            return
        if real in self.judged:
            if self.judged[real] != entry.shown:
                yield Skipped(entry.shown, f"the same file as {self.judged[real]}")
            return
        self.judged[real] = entry.shown
        path = Path(entry.path)
        reason = self.exclude(path, named)
        if reason is not None:
            yield Skipped(entry.shown, reason)
            return
        yield Candidate(path, entry.shown, named)


def _all_named(paths: Iterable[str]) -> Iterator[_Entry | Missing | list[str]]:
    """What was named, each in its turn; of cards on the Hub as many together as follow each other."""
    for on_hub, group in groupby(paths, lambda path: path.startswith(HUB)):
        if on_hub:
            yield list(group)
        else:
            yield from map(_named, group)


def _named(path: str) -> _Entry | Missing:
    try:
        mode = os.stat(path).st_mode
        place = os.path.realpath(path)
    except (OSError, ValueError) as error:  # ValueError: a null byte
        return Missing(_shown(path), _why(error, path))
    shown = _shown(path)
    if stat.S_ISDIR(mode) or stat.S_ISREG(mode):
        return _Entry(path, shown, place, stat.S_ISDIR(mode))
    return Missing(shown, "not a regular file; `-` reads standard input")


def _list(folder: str, shown: str, real: str, ignores: GitIgnore) -> list[_Pending]:
    """The folders and Markdown files in a folder, the last by path first, and what git ignores among them."""
    with os.scandir(folder) as scanned:
        listed = list(scanned)
    ignores = ignores.inside(real, {each.name for each in listed})
    prefix = "" if shown == "." else shown.rstrip("/") + "/"
    entries = []
    for each in listed:
        kind = _kind(each)
        if kind is not None:
            is_folder, is_link = kind
            place = os.path.join(real, each.name)
            entries.append(_Entry(each.path, prefix + _printable(each.name), place, is_folder, is_link))
    # with the slash, a folder stands where the paths of what is in it do
    entries.sort(key=lambda entry: entry.shown + "/" * entry.is_folder, reverse=True)
    return [(entry, ignores) for entry in entries]


def _kind(entry: os.DirEntry[str]) -> tuple[bool, bool] | None:
    """Whether an entry is a folder and whether a link, None for what nobody looks for; only links cost a look."""
    if entry.name in NEVER_ENTERED or entry.name.startswith(".#"):  # Emacs' lock files: links to nothing, by design
        return None
    try:
        if entry.is_dir(follow_symlinks=False):
            return True, False
        is_link = entry.is_symlink()
        if is_link and entry.is_dir():
            return True, True
    except OSError:  # a link to itself; when it has a card's name, opening it will tell
        is_link = True
    return (False, is_link) if _is_markdown(entry.name) else None


def _is_markdown(name: str) -> bool:
    return name.lower().endswith(MARKDOWN)


def _lies_in(path: str, folder: str) -> bool:
    return path != folder and os.path.join(path, "").startswith(os.path.join(folder, ""))


def _shown(path: str) -> str:
    """A named path as the user is shown it: relative to the working folder where it lies inside."""
    working = _working_folder()
    if path and working:
        for place in _places(path):
            if place == working or _lies_in(place, working):
                return _printable(os.path.relpath(place, working))
    return _printable(path)


def _places(path: str) -> Iterator[str]:
    """Where a named path lies: by its letters, then with the folders that are symlinks resolved."""
    parts = Path(path).parts
    if ".." not in parts:  # which after a symlink leads elsewhere than the letters say
        yield os.path.abspath(path)
    folder, name = os.path.split(os.path.abspath(path) if ".." not in parts else path)
    with suppress(ValueError):  # a null byte
        yield os.path.realpath(path) if name == ".." else os.path.join(os.path.realpath(folder), name)


def _working_folder() -> str:
    try:
        return os.path.realpath(os.getcwd())
    except OSError:  # it was deleted under us
        return ""


def _printable(path: str) -> str:
    """The path with forward slashes, and with what is no text, such as a byte that is no UTF-8, as an escape."""
    return path.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode()


def _why(error: OSError | ValueError, path: str | os.PathLike[str] = "") -> str:
    if not isinstance(error, OSError):
        return "not a path"
    if isinstance(error, FileNotFoundError):
        return "a symlink to what is not there" if os.path.islink(path) else "no such file or directory"
    reason = error.strerror or str(error)
    return reason[:1].lower() + reason[1:]
