"""Where the files of a corpus are: a folder, a file, a glob or an address, as a glob that Daft understands."""

# ruff: noqa: PTH100, PTH110, PTH112, PTH120 - a path may hold a glob, and an address is none

from __future__ import annotations

import os

from cardlint.pattern import pattern
from cardlint.record import record

__all__ = ["FORMATS", "Place", "find_place"]

FORMATS = {
    "cards": (".md", ".markdown"),
    "parquet": (".parquet",),
    "jsonl": (".jsonl", ".ndjson", ".json"),
    "csv": (".csv",),
}
"""The kinds of input, each with the endings of its files; Daft unpacks JSON Lines and CSV by themselves."""

PACKED = (".gz", ".zst", ".bz2", ".xz")

_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SIGN = pattern(r"[*?\[\]{}]")


@record
class Place:
    """A place as the user `named` it; `glob` leads there, and ids of files are what follows `root` in their addresses.

    Below a folder are files of any kind, and `kind` is None; else it is that of the ending, "" where it tells none.
    """

    named: str
    glob: str
    root: str
    kind: str | None
    is_remote: bool

    def files(self, kind: str) -> str:
        """The glob of all files of this kind."""
        if self.kind is not None:
            return self.glob
        return f"{self.glob}/**/*{{{','.join(_endings(kind))}}}"


def find_place(named: str) -> Place | None:
    """The place that a user means; None where there is nothing on this machine. Nothing remote is asked for."""
    if _SCHEME.match(named):
        kind = "parquet" if named.startswith("hf://") and not _kind(named) else _kind(named)
        # an address without an ending is a folder's; a dataset of the Hub is to be had as Parquet, whatever its files
        return Place(named, named.rstrip("/"), _root(named if kind else f"{named.rstrip('/')}/"), kind, True)
    path = os.path.abspath(named)
    if os.path.isdir(path):
        return Place(named, _escaped(path), f"file://{path.rstrip('/')}/", None, False)
    if os.path.exists(path):
        return Place(named, _escaped(path), f"file://{os.path.dirname(path)}/", _kind(path) or "", False)
    if _SIGN.search(path):
        return Place(named, path, _root(f"file://{path}"), _kind(path) or "", False)
    return None


def _root(address: str) -> str:
    """All folders of an address before the first one that is a pattern."""
    sign = _SIGN.search(address)
    return address[: sign.start() if sign else len(address)].rpartition("/")[0] + "/"


def _kind(address: str) -> str | None:
    return next((kind for kind in FORMATS if address.endswith(tuple(_endings(kind)))), None)


def _endings(kind: str) -> list[str]:
    packed = PACKED if kind in ("jsonl", "csv") else ()
    return [ending + last for ending in FORMATS[kind] for last in ("", *packed)]


def _escaped(path: str) -> str:
    """A path with what would be a sign of a glob as itself."""
    return _SIGN.sub(r"[\g<0>]", path)
