"""The batch function: lint the cards in Arrow rows, and return Arrow rows with the results."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from cardlint.corpus.cards import CardLinter, Row, untouched
from cardlint.corpus.columns import choose_columns
from cardlint.corpus.errors import ColumnError
from cardlint.corpus.job import Job
from cardlint.corpus.schema import CARDS, FINDINGS, LINTED
from cardlint.wording import error_in_words

__all__ = ["cards_of", "findings_of", "lint_batch", "named_texts", "table_of"]

_NOT_IN_ARROW = (pa.ArrowException, ValueError, TypeError, OverflowError)

Rows = TypeVar("Rows", pa.Table, pa.RecordBatch)


def lint_batch(
    rows: Rows, *, text_column: str | None = None, id_column: str | None = None, job: Job | None = None
) -> Rows:
    """Lint one card per row, and return a row for each in the same order, with the schema `cardlint.corpus.LINTED`.

    Columns that are not named are found by their usual names; without an id column, the id of a card is its digest.
    Binary texts are decoded as `cardlint check` decodes a file. By default no configuration is used. A null, or a card
    on which a rule fails, gives a row with `trouble`. The rules are loaded once per process.

    Raises:
        ColumnError: the column does not exist or is not text.
        RegistryError: a plugin cannot be imported.
    """
    linter = _linter(pickle.dumps(job or Job()))
    linted = [linter.lint(name, data) for name, data in named_texts(rows, text_column, id_column)]
    table = table_of(linted)
    if isinstance(rows, pa.Table):
        return table
    return pa.RecordBatch.from_struct_array(table.to_struct_array().combine_chunks())


def table_of(linted: Sequence[Row]) -> pa.Table:
    """Return linted rows as a table; a row that Arrow cannot hold becomes one with `trouble`."""
    try:
        return pa.Table.from_pylist(linted, LINTED)
    except _NOT_IN_ARROW:
        return pa.concat_tables(pa.Table.from_pylist([_held(row)], LINTED) for row in linted)


def _held(row: Row) -> Row:
    try:
        pa.Table.from_pylist([row], LINTED)
    except _NOT_IN_ARROW as error:
        known = {name: row[name] for name in ("id", "sha256", "bytes", "size_class")}
        return untouched(None, None, f"a bug in cardlint: {error_in_words(error)}") | known
    return row


def cards_of(linted: pa.Table | pa.RecordBatch) -> pa.Table:
    """Return the table of cards in a result of `lint_batch`."""
    return _as_table(linted).select(CARDS.names).cast(CARDS)


def findings_of(linted: pa.Table | pa.RecordBatch) -> pa.Table:
    """Return the table of findings in a result of `lint_batch`, one row per finding."""
    table = _as_table(linted)
    findings = table["findings"].combine_chunks()
    parents, flat = pc.list_parent_indices(findings), pc.list_flatten(findings)
    keys = [table[name].take(parents) for name in FINDINGS.names[:2]]
    fields = [pc.struct_field(flat, name) for name in FINDINGS.names[2:]]
    return pa.table([*keys, *fields], FINDINGS.names).cast(FINDINGS)


def named_texts(
    rows: pa.Table | pa.RecordBatch, text_column: str | None = None, id_column: str | None = None
) -> Iterator[tuple[str | None, bytes | None]]:
    """Yield the id of each row and the bytes of its text.

    Raises:
        ColumnError: the column does not exist or is not text.
    """
    text, name = choose_columns(rows.schema.names, text_column, id_column)
    texts = _cast(rows, text, pa.large_binary(), "text")
    names = None if name is None else _cast(rows, name, pa.large_string(), "ids")
    for index in range(rows.num_rows):
        yield None if names is None else names[index].as_py(), texts[index].as_py()


def _cast(rows: pa.Table | pa.RecordBatch, name: str, kind: pa.DataType, content: str) -> Any:
    column = rows.column(name)
    try:
        return column.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise ColumnError(f"the column `{name}` does not contain {content}; its type is {column.type}") from error


def _as_table(rows: pa.Table | pa.RecordBatch) -> pa.Table:
    return rows if isinstance(rows, pa.Table) else pa.Table.from_batches([rows])


@lru_cache(maxsize=8)
def _linter(job: bytes) -> CardLinter:
    """Return the linter for a job, which is pickled because the mappings of a configuration are not hashable."""
    return CardLinter(pickle.loads(job))  # noqa: S301 - pickled by this module
