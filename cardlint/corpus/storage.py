"""The place of the files of a corpus (a folder, a file, a glob or an address) as a glob that Daft understands."""

# ruff: noqa: PTH100, PTH110, PTH112, PTH120 - a path may contain a glob, and an address is not a path

from __future__ import annotations

import os
from collections.abc import Iterator

from msgspec import Struct

from cardlint.corpus.folders import files_below
from cardlint.lazy_regex import LazyPattern

__all__ = ["FORMATS", "Place", "find_place"]

FORMATS = {
    "cards": (".md", ".markdown"),
    "parquet": (".parquet",),
    "jsonl": (".jsonl", ".ndjson", ".json"),
    "csv": (".csv",),
}
"""The kinds of input, each with its file extensions; Daft decompresses JSON Lines and CSV files."""

PACKED = (".gz", ".zst", ".bz2", ".xz")

_SCHEME = LazyPattern(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SIGN = LazyPattern(r"[*?\[\]{}]")


class Place(Struct, frozen=True):
    """A place as the user `named` it, with its `glob`; the id of a file is the rest of its address after `root`.

    `kind` is None for a folder, which may contain files of any kind; else it is that of the file extension, "" if it is
    unknown.
    """

    named: str
    glob: str
    root: str
    kind: str | None
    is_remote: bool

    without: str = ""
    """A folder that is not read: the output may be inside the input."""

    @property
    def is_folder(self) -> bool:
        """True for a folder on this machine."""
        return self.kind is None and not self.is_remote

    def paths(self, kind: str) -> Iterator[str]:
        """Return the paths of all files of this kind below a folder on this machine.

        Raises:
            OSError: a folder cannot be read.
        """
        return files_below(self.root.removeprefix("file://"), tuple(_endings(kind)), self.without)

    def files(self, kind: str) -> list[str]:
        """Return globs of all files of this kind; for a folder on this machine, one for each file."""
        if self.is_folder:
            return [_escaped(path) for path in self.paths(kind)]
        if self.kind is not None:
            return [self.glob]
        return [f"{self.glob}/**/*{{{','.join(_endings(kind))}}}"]


def find_place(named: str, without: str = "") -> Place | None:
    """Return the place that the user named, or None if it does not exist on this machine; no network access."""
    if _SCHEME.match(named):
        kind = "parquet" if named.startswith("hf://") and not _kind(named) else _kind(named)
        # an address without an extension is a folder; the Hub offers every dataset as Parquet
        return Place(named, named.rstrip("/"), _root(named if kind else f"{named.rstrip('/')}/"), kind, True)
    path = os.path.abspath(named)
    if os.path.isdir(path):
        return Place(named, _escaped(path), f"file://{path.rstrip('/')}/", None, False, without)
    if os.path.exists(path):
        return Place(named, _escaped(path), f"file://{os.path.dirname(path)}/", _kind(path) or "", False)
    if _SIGN.search(path):
        return Place(named, path, _root(f"file://{path}"), _kind(path) or "", False)
    return None


def _root(address: str) -> str:
    """Return the part of an address before its first folder or file with a pattern."""
    sign = _SIGN.search(address)
    return address[: sign.start() if sign else len(address)].rpartition("/")[0] + "/"


def _kind(address: str) -> str | None:
    return next((kind for kind in FORMATS if address.endswith(tuple(_endings(kind)))), None)


def _endings(kind: str) -> list[str]:
    packed = PACKED if kind in ("jsonl", "csv") else ()
    return [ending + last for ending in FORMATS[kind] for last in ("", *packed)]


def _escaped(path: str) -> str:
    """Return a path with the special characters of globs escaped."""
    return _SIGN.sub(r"[\g<0>]", path)
