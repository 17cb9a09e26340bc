"""The batch function: rows with cards in, rows with what was found out, both Arrow."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from cardlint.corpus.cards import CardLinter
from cardlint.corpus.columns import choose_columns
from cardlint.corpus.errors import ColumnError
from cardlint.corpus.job import Job
from cardlint.corpus.schema import CARDS, FINDINGS, LINTED

__all__ = ["cards_of", "findings_of", "lint_batch", "named_texts"]

Rows = TypeVar("Rows", pa.Table, pa.RecordBatch)


def lint_batch(
    rows: Rows, *, text_column: str | None = None, id_column: str | None = None, job: Job | None = None
) -> Rows:
    """Lint a card a row: as many rows in the same order, of the schema `cardlint.corpus.LINTED`.

    Columns that are not named are found by their usual names; without one for ids, a card is called by its digest.
    The text may be binary, which is decoded as `cardlint check` decodes a file. By default there is no configuration.
    A card that breaks a rule, or a null, is a row with its `trouble`. The rules are loaded once a process.

    Raises:
        ColumnError: there is no such column, or it holds no text.
        RegistryError: a plugin does not import.
    """
    linter = _linter(pickle.dumps(job or Job()))
    linted = [linter.lint(name, data) for name, data in named_texts(rows, text_column, id_column)]
    return type(rows).from_pylist(linted, LINTED)


def cards_of(linted: pa.Table | pa.RecordBatch) -> pa.Table:
    """The table of cards in what `lint_batch` gave."""
    return _as_table(linted).select(CARDS.names).cast(CARDS)


def findings_of(linted: pa.Table | pa.RecordBatch) -> pa.Table:
    """The table of findings in what `lint_batch` gave, a row a finding."""
    table = _as_table(linted)
    findings = table["findings"].combine_chunks()
    whose, each = pc.list_parent_indices(findings), pc.list_flatten(findings)
    keys = [table[name].take(whose) for name in FINDINGS.names[:2]]
    fields = [pc.struct_field(each, name) for name in FINDINGS.names[2:]]
    return pa.table([*keys, *fields], FINDINGS.names).cast(FINDINGS)


def named_texts(
    rows: pa.Table | pa.RecordBatch, text_column: str | None = None, id_column: str | None = None
) -> Iterator[tuple[str | None, bytes | None]]:
    """Each row's id and the bytes of its text.

    Raises:
        ColumnError: there is no such column, or it holds no text.
    """
    text, name = choose_columns(rows.schema.names, text_column, id_column)
    texts = _cast(rows.column(text), pa.large_binary(), f"the column `{text}` holds no text")
    names = None if name is None else _cast(rows.column(name), pa.large_string(), f"the column `{name}` holds no ids")
    for index in range(rows.num_rows):
        yield None if names is None else names[index].as_py(), texts[index].as_py()


def _cast(column: Any, kind: pa.DataType, trouble: str) -> Any:
    try:
        return column.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise ColumnError(f"{trouble}, its type is {column.type}") from error


def _as_table(rows: pa.Table | pa.RecordBatch) -> pa.Table:
    return rows if isinstance(rows, pa.Table) else pa.Table.from_batches([rows])


@lru_cache(maxsize=8)
def _linter(job: bytes) -> CardLinter:
    """The linter of a job, which is pickled since a configuration's mappings have no hash."""
    return CardLinter(pickle.loads(job))  # noqa: S301 - our own, of a moment ago
