"""The input of a corpus: a table or a folder of cards, local or in object storage, read by Daft."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import daft
import pyarrow as pa
from daft.exceptions import DaftCoreException
from daft.functions import download, regexp_replace
from msgspec import Struct

from cardlint.corpus.columns import choose_columns
from cardlint.corpus.errors import ColumnError, InputError, in_short
from cardlint.corpus.storage import FORMATS, PACKED, Place, find_place
from cardlint.wording import listed

__all__ = ["Corpus", "open_corpus"]


class Corpus(Struct, frozen=True):
    """An opened input: `rows` have an `id` and a `text`, which is null for the reason `missing`.

    `count` returns the number of rows; it is None if counting would download all of them.
    """

    rows: Any
    count: Callable[[], int] | None
    missing: str = "no text"


def open_corpus(
    named: str,
    kind: str | None = None,
    text_column: str | None = None,
    id_column: str | None = None,
    without: str = "",
) -> Corpus:
    """Open a folder, file, glob or address; `kind` is one of `FORMATS`, by default that of the file extensions.

    Files below the folder `without` are not read.

    Raises:
        InputError: no file is of this kind, a file cannot be read, or a table lacks a column.
    """
    place = find_place(named, without)
    if place is None:
        raise InputError(f"{named}: no such file or folder")
    with _troubles(named):
        kind = kind or place.kind or _only_kind(place)
        if kind == "cards":
            return _cards(place)
        files = place.files(kind)
        if not files:
            raise InputError(f"{named}: no such file")
        # Daft splits local files at line ends, even inside quotes, unlike its reader for remote or compressed files
        if kind == "csv" and not place.is_remote and not any(file.endswith(PACKED) for file in files):
            return _csv(files, text_column, id_column)
        read = {"parquet": daft.read_parquet, "jsonl": daft.read_json, "csv": daft.read_csv}[kind]
        return _table(read(files), text_column, id_column, counted=kind == "parquet" or not place.is_remote)


def _cards(place: Place) -> Corpus:
    """Open files with one card each, whose id is the path below the place."""
    if not _has_any(place, "cards"):
        raise InputError(f"{place.named}: no such file")
    if place.is_folder:
        # Daft needs UTF-8; a file whose name is not UTF-8 becomes a card that cannot be read
        paths = (os.fsencode(path).decode("utf-8", "replace") for path in place.paths("cards"))
        found = daft.from_pydict({"path": [f"file://{path}" for path in paths]})
    else:
        found = daft.from_glob_path(place.files("cards"))
    name = regexp_replace(found["path"], f"^{re.escape(place.root)}", "")
    rows = found.select(name.alias("id"), download(found["path"], on_error="null").alias("text"))
    return Corpus(rows, lambda: _count(found), "the file cannot be read")


def _csv(files: list[str], text_column: str | None, id_column: str | None) -> Corpus:
    from cardlint.corpus.csv_files import CsvFiles, header_of

    paths = sorted(path.removeprefix("file://") for path in daft.from_glob_path(files).to_pydict()["path"])
    text, name = choose_columns(header_of(paths[0]), text_column, id_column)
    return _table(CsvFiles(paths, text, name).read(), text, name, counted=True)


def _table(rows: Any, text_column: str | None, id_column: str | None, *, counted: bool) -> Corpus:
    text, name = choose_columns(rows.column_names, text_column, id_column)
    kind = rows.schema()[text].dtype
    if not (kind.is_string() or kind.is_binary() or kind.is_null()):
        raise ColumnError(f"the column `{text}` does not contain text; its type is {kind}")
    string = daft.DataType.string()
    kind = string if name is None else rows.schema()[name].dtype
    if kind.is_list() or kind.is_fixed_size_list() or kind.is_struct() or kind.is_map():
        raise ColumnError(f"the column `{name}` does not contain ids; its type is {kind}")
    names = daft.lit(None).cast(string) if name is None else rows[name].cast(string)
    texts = rows[text].cast(daft.DataType.binary())
    return Corpus(rows.select(names.alias("id"), texts.alias("text")), (lambda: _count(rows)) if counted else None)


def _count(rows: Any) -> int:
    return int(rows.count_rows())


def _only_kind(place: Place) -> str:
    """Return the kind of all files below a place.

    Raises:
        InputError: there are no files, files of several kinds, or a file with an unknown extension.
    """
    if place.kind is not None:
        raise InputError(f"{place.named}: unknown file extension; name the format with `--input-format`")
    kinds = [kind for kind in FORMATS if _has_any(place, kind)]
    if not kinds:
        endings = listed([ending for kind in FORMATS.values() for ending in kind])
        raise InputError(f"{place.named}: no cards or tables found, that is files that end in {endings}")
    if len(kinds) > 1:
        raise InputError(f"{place.named}: contains {listed(kinds)}; choose one with `--input-format`")
    return kinds[0]


def _has_any(place: Place, kind: str) -> bool:
    if place.is_folder:
        return next(place.paths(kind), None) is not None
    # this reads only the first files; Daft's `limit` would never return without any file
    return next(daft.from_glob_path(place.files(kind)).to_arrow_iter(), None) is not None


@contextmanager
def _troubles(named: str) -> Iterator[None]:
    """Turn Daft's errors into an `InputError` of one sentence."""
    try:
        yield
    except (DaftCoreException, OSError, pa.ArrowException) as error:
        raise InputError(f"{named}: cannot be read: {in_short(error)}") from error
