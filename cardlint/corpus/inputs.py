"""What a corpus is read from: a table or a folder of cards, here or in object storage, by Daft's readers."""

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
from cardlint.finding import listed

__all__ = ["Corpus", "open_corpus"]


class Corpus(Struct, frozen=True):
    """An input that has been opened: `rows` have an `id` and a `text`, which is null for the reason `missing`.

    `count` asks how many rows there are; it is None where that would mean to fetch all of them.
    """

    rows: Any
    count: Callable[[], int] | None
    missing: str = "there is no text"


def open_corpus(
    named: str,
    kind: str | None = None,
    text_column: str | None = None,
    id_column: str | None = None,
    without: str = "",
) -> Corpus:
    """Open a folder, file, glob or address; `kind` is one of `FORMATS`, else it is told by the files' endings.

    Of a folder all is read but what lies below `without`.

    Raises:
        InputError: there is nothing of the kind, it cannot be read, or a table has no such column.
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
            raise InputError(f"{named}: there is no such file")
        # Daft splits a local file at lines, those within quotes too, which every card has; its reader of streams not
        if kind == "csv" and not place.is_remote and not any(file.endswith(PACKED) for file in files):
            return _csv(files, text_column, id_column)
        read = {"parquet": daft.read_parquet, "jsonl": daft.read_json, "csv": daft.read_csv}[kind]
        return _table(read(files), text_column, id_column, counted=kind == "parquet" or not place.is_remote)


def _cards(place: Place) -> Corpus:
    """A card a file, called by its path below the place."""
    if not _has_any(place, "cards"):
        raise InputError(f"{place.named}: there is no such file")
    if place.is_folder:
        # a name that is no UTF-8 is no text for Daft either, and the file is one that cannot be read
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
        raise ColumnError(f"the column `{text}` holds no text, its type is {kind}")
    string = daft.DataType.string()
    kind = string if name is None else rows.schema()[name].dtype
    if kind.is_list() or kind.is_fixed_size_list() or kind.is_struct() or kind.is_map():
        raise ColumnError(f"the column `{name}` holds no ids, its type is {kind}")
    names = daft.lit(None).cast(string) if name is None else rows[name].cast(string)
    texts = rows[text].cast(daft.DataType.binary())
    return Corpus(rows.select(names.alias("id"), texts.alias("text")), (lambda: _count(rows)) if counted else None)


def _count(rows: Any) -> int:
    return int(rows.count_rows())


def _only_kind(place: Place) -> str:
    """The kind of all files below a place.

    Raises:
        InputError: there is nothing, or something of several kinds, or a file whose ending tells none.
    """
    if place.kind is not None:
        raise InputError(f"{place.named}: its name does not tell what it is: say so with `--input-format`")
    there = [kind for kind in FORMATS if _has_any(place, kind)]
    if not there:
        endings = listed([ending for kind in FORMATS.values() for ending in kind])
        raise InputError(f"{place.named}: there is no card and no table, no file that ends in {endings}")
    if len(there) > 1:
        raise InputError(f"{place.named}: there are {listed(there)}: say which with `--input-format`")
    return there[0]


def _has_any(place: Place, kind: str) -> bool:
    if place.is_folder:
        return next(place.paths(kind), None) is not None
    # this asks for the first files and no more; a limit waits for ever where there is none
    return next(daft.from_glob_path(place.files(kind)).to_arrow_iter(), None) is not None


@contextmanager
def _troubles(named: str) -> Iterator[None]:
    """What Daft says of an input, in one sentence."""
    try:
        yield
    except (DaftCoreException, OSError, pa.ArrowException) as error:
        raise InputError(f"{named}: cannot be read: {in_short(error)}") from error
