"""Finding cards in the paths that the user named."""

# ruff: noqa: PTH100, PTH109, PTH114, PTH116, PTH118, PTH120
# Paths are strings: pathlib is many times slower for folders with thousands of files.

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from cardlint.files.found import Candidate, Cardless, Discovered, Exclude, Found, Missing, Searched, Skipped
from cardlint.platform_differences import folders_may_be_links
from cardlint.regular_file import read_regular
from cardlint.repository_root import OUTSIDE, leads_outside
from cardlint.source import HUB, MOST_OF_CARD, read
from cardlint.wording import printable_path

if TYPE_CHECKING:
    from cardlint.files.gitignore import GitIgnore

__all__ = ["MARKDOWN", "Fetch", "classify", "walk"]

Fetch = Callable[[Sequence[str], Exclude, set[str]], Iterator[Discovered]]
"""A function that downloads cards: it gets `hub:` paths, the exclusion, and the set of paths found so far, to which it
adds its own."""

MARKDOWN = (".md", ".markdown")
README = "README.md"

# Folders of tools and of other people's files, which do not contain the user's own cards.
NEVER_ENTERED = frozenset({
    ".bzr", ".eggs", ".git", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox", ".pytest_cache", ".ruff_cache", ".svn",
    ".tox", ".venv", "__pycache__", "__pypackages__", "bower_components", "node_modules", "site-packages", "venv",
})  # fmt: skip

# Bytes that are read to classify a file: more than the longest front matter; other files are not read further.
_BEGINNING = 1 << 20


def walk(
    paths: Sequence[str], *, exclude: Exclude, only: Collection[str] | None = None, fetch: Fetch | None = None
) -> Iterator[Searched]:
    """Yield all files in the paths, in their order; the files of a folder are sorted by path, symlinks come last.

    No file is opened; `classify` does that. A file is found only once, even if it is named or linked several times. If
    `only` is given, files whose real path is not in it are ignored. Errors of `exclude` are raised, those of files not.
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


def classify(
    candidate: Candidate, *, all_markdown: bool = False, cards_only: bool = False, has_id: bool = False
) -> Discovered:
    """Read a file, and skip it if it is not a card; a named file is skipped only with `cards_only`.

    With `has_id` the id of the card's repository is given, so that its README.md is a card.
    """
    try:
        return _classify(candidate, all_markdown=all_markdown, cards_only=cards_only, has_id=has_id)
    except OSError as error:
        return Missing(candidate.shown, _why(error, candidate.path))


def _classify(candidate: Candidate, *, all_markdown: bool, cards_only: bool, has_id: bool) -> Found | Skipped:
    path, shown = candidate.path, candidate.shown
    if candidate.named and not cards_only:
        return Found(path, shown, read_regular(path, MOST_OF_CARD), root=candidate.root)
    if not _is_markdown(path.name):
        return Skipped(shown, "not a Markdown file")
    if all_markdown:
        return Found(path, shown, read_regular(path, MOST_OF_CARD), root=candidate.root)
    from cardlint.files.card_detection import is_main_readme, reason_to_skip

    data = read_regular(path, _BEGINNING)
    has_id = has_id and is_main_readme(path, candidate.root)
    reason = reason_to_skip(read(data).text, path, has_id=has_id)
    if reason is not None:
        return Skipped(shown, reason)
    if len(data) == _BEGINNING:
        data = read_regular(path, MOST_OF_CARD)
    return Found(path, shown, data, root=candidate.root)


class _Entry(Struct, frozen=True):
    """A file or folder: the path to open it, the path to show, and its place, whose parent folders are resolved."""

    path: str
    shown: str
    place: str
    is_folder: bool
    is_link: bool = False

    def real(self) -> str:
        if self.is_link or (self.is_folder and folders_may_be_links()):
            return os.path.realpath(self.place)
        return self.place


_Pending = tuple[_Entry, "GitIgnore"]


class _Search:
    def __init__(self, paths: Sequence[str], exclude: Exclude, only: Collection[str] | None) -> None:
        self.exclude = exclude
        self.only = only
        self.named = list(_all_named(paths))
        self.named_files = {item.place for item in self.named if isinstance(item, _Entry) and not item.is_folder}
        self.judged: dict[str, str] = {}  # real paths of files, with the path shown for each
        self.entered: set[str] = set()  # real paths of folders
        self.fetched: set[str] = set()  # paths of cards on the Hub
        self.working = _working_folder()
        self.root: str | None = None  # the real path of the named folder that is walked

    def walk(self, root: _Entry) -> Iterator[Searched]:
        """Yield the files of a folder; links come last, so that a file is found by its own name."""
        from cardlint.files.gitignore import GitIgnore  # here, since a run over named files does not need it

        self.root = root.place
        pending: list[_Pending] = [(root, GitIgnore.above(root.place))]
        links: list[_Pending] = []
        while pending or links:
            if not pending:
                pending, links = sorted(links, key=lambda link: link[0].shown, reverse=True), []
            entry, ignores = pending.pop()
            real = entry.real()
            reason = self._why_passed_over(entry, real, ignores)
            if reason is not None:
                if self.only is None or real in self.only:
                    yield Skipped(entry.shown + "/" * entry.is_folder, reason)
            elif not entry.is_folder:
                if real not in self.named_files:
                    yield from self.judge(entry, real, named=False)
            elif real not in self.entered and not _lies_in(root.place, real):
                self.entered.add(real)
                try:
                    above = GitIgnore.above(real) if entry.is_link else ignores
                    inside, names = _list(entry.path, self.shown(entry, real), real, above)
                except OSError as error:
                    yield Missing(entry.shown, _why(error))
                    continue
                pending += [each for each in inside if not each[0].is_link]
                links += [each for each in inside if each[0].is_link]
                if entry is root or ".git" in names:
                    yield from self.cardless(entry, real, names)

    def shown(self, folder: _Entry, real: str) -> str:
        return "." if real == self.working else folder.shown

    def _why_passed_over(self, entry: _Entry, real: str, ignores: GitIgnore) -> str | None:
        if entry.is_link and leads_outside(real, os.path.dirname(entry.place), self.root):
            return OUTSIDE
        return "git-ignored" if ignores.ignores(entry.place, is_folder=entry.is_folder) else None

    def cardless(self, folder: _Entry, real: str, names: Collection[str]) -> Iterator[Cardless]:
        """Yield a folder with a model if it lacks a card."""
        if README in names or self.only is not None:
            return
        from cardlint.files.missing_card import lacks_card

        around = self.working if _lies_in(real, self.working) else self.root or real
        if lacks_card(Path(real), around):
            readme = Path(folder.path, README)
            if self.exclude(readme, False) is None:
                yield Cardless(readme, _below(self.shown(folder, real), README), self.root)

    def judge(self, entry: _Entry, real: str, *, named: bool) -> Iterator[Searched]:
        """Yield a file, or the reason why it is skipped; nothing if it is not in `only` or was found before."""
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
        yield Candidate(path, entry.shown, named, None if named else self.root)


def _all_named(paths: Iterable[str]) -> Iterator[_Entry | Missing | list[str]]:
    """Yield an entry for each named path; consecutive `hub:` paths are yielded together as a list."""
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


def _list(folder: str, shown: str, real: str, ignores: GitIgnore) -> tuple[list[_Pending], frozenset[str]]:
    """Return the folders and Markdown files in a folder in reverse order, each with its ignore rules, and all names."""
    with os.scandir(folder) as scanned:
        listed = list(scanned)
    names = frozenset(each.name for each in listed)
    ignores = ignores.inside(real, names)
    entries = []
    for each in listed:
        kind = _kind(each)
        if kind is not None:
            is_folder, is_link = kind
            place = os.path.join(real, each.name)
            entries.append(_Entry(each.path, _below(shown, each.name), place, is_folder, is_link))
    # with the slash, a folder is sorted like the paths of its files
    entries.sort(key=lambda entry: entry.shown + "/" * entry.is_folder, reverse=True)
    return [(entry, ignores) for entry in entries], names


def _below(folder: str, name: str) -> str:
    """Return an entry of a folder as it is shown."""
    prefix = "" if folder == "." else folder.rstrip("/") + "/"
    return prefix + printable_path(name)


def _kind(entry: os.DirEntry[str]) -> tuple[bool, bool] | None:
    """Return if an entry is a folder and if it is a link; None if it is neither a folder nor Markdown.

    Only links need a call of `stat`.
    """
    if entry.name in NEVER_ENTERED or entry.name.startswith(".#"):  # lock files of Emacs are broken links
        return None
    try:
        if entry.is_dir(follow_symlinks=False):
            return True, False
        is_link = entry.is_symlink()
        if is_link and entry.is_dir():
            return True, True
    except OSError:  # a link to itself; if it has the name of a card, opening it reports the error
        is_link = True
    return (False, is_link) if _is_markdown(entry.name) else None


def _is_markdown(name: str) -> bool:
    return name.lower().endswith(MARKDOWN)


def _lies_in(path: str, folder: str) -> bool:
    return path != folder and os.path.join(path, "").startswith(os.path.join(folder, ""))


def _shown(path: str) -> str:
    """Return a named path as it is shown: relative to the working folder if it is inside."""
    working = _working_folder()
    if path and working:
        for place in _places(path):
            if place == working or _lies_in(place, working):
                return printable_path(os.path.relpath(place, working))
    return printable_path(path)


def _places(path: str) -> Iterator[str]:
    """Yield the absolute form of a named path, without and then with symlinks of its folders resolved."""
    parts = Path(path).parts
    if ".." not in parts:  # `..` after a symlink is not the folder before it in the path
        yield os.path.abspath(path)
    folder, name = os.path.split(os.path.abspath(path) if ".." not in parts else path)
    with suppress(ValueError):  # a null byte
        yield os.path.realpath(path) if name == ".." else os.path.join(os.path.realpath(folder), name)


def _working_folder() -> str:
    try:
        return os.path.realpath(os.getcwd())
    except OSError:  # the folder was deleted
        return ""


def _why(error: OSError | ValueError, path: str | os.PathLike[str] = "") -> str:
    if not isinstance(error, OSError):
        return "not a path"
    if isinstance(error, FileNotFoundError):
        return "a broken symlink" if os.path.islink(path) else "no such file or directory"
    reason = error.strerror or str(error)
    return reason[:1].lower() + reason[1:]
