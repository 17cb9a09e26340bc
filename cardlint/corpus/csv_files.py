"""CSV files on disk as a source for Daft, whose own reader splits records that contain line ends."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc
from daft import Schema
from daft.io.source import DataSource, DataSourceTask
from daft.recordbatch import RecordBatch

__all__ = ["CsvFiles", "header_of"]

# A record must fit into two blocks; the longest cards have a few megabytes.
_BLOCK = 1 << 25


def header_of(path: str) -> list[str]:
    """Return the column names of a file."""
    with _open(path, None) as reader:
        return list(reader.schema.names)


class CsvFiles(DataSource):  # type: ignore[misc]
    """Columns of CSV files, with a task per file; texts and ids are read as bytes, and empty fields are not null."""

    def __init__(self, paths: Sequence[str], text_column: str, id_column: str | None) -> None:
        self.paths = paths
        columns = {} if id_column is None else {id_column: pa.binary()}
        self.columns = columns | {text_column: pa.binary()}

    @property
    def name(self) -> str:
        return "csv"

    @property
    def schema(self) -> Any:
        return _schema(self.columns)

    async def get_tasks(self, pushdowns: Any) -> AsyncIterator[DataSourceTask]:
        del pushdowns
        for path in self.paths:
            yield _CsvTask(path, self.columns)


class _CsvTask(DataSourceTask):  # type: ignore[misc]
    def __init__(self, path: str, columns: dict[str, pa.DataType]) -> None:
        self.path = path
        self.columns = columns

    @property
    def schema(self) -> Any:
        return _schema(self.columns)

    async def read(self) -> AsyncIterator[RecordBatch]:
        with _open(self.path, self.columns) as reader:
            for batch in reader:
                yield RecordBatch.from_arrow_record_batches([batch], batch.schema)


def _schema(columns: dict[str, pa.DataType]) -> Any:
    return Schema.from_pyarrow_schema(pa.schema(columns))


def _open(path: str, columns: dict[str, pa.DataType] | None) -> Any:
    return pc.open_csv(
        path,
        read_options=pc.ReadOptions(block_size=_BLOCK),
        parse_options=pc.ParseOptions(newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types=columns, include_columns=list(columns or ()), strings_can_be_null=False, check_utf8=False
        ),
    )
