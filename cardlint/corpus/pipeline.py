"""The pipeline: lint the rows of a corpus on this machine or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import daft
import pyarrow as pa
from daft import DataType
from daft.functions import substr
from msgspec.structs import replace

from cardlint.corpus.inputs import Corpus
from cardlint.corpus.job import Job
from cardlint.corpus.schema import LINTED
from cardlint.corpus.supervisor import Supervisor

__all__ = ["linted_rows"]

# Rows per call of a worker: enough to make the cost of passing them small, few enough to distribute them.
_BATCH = 128
# Rows per task of a cluster; a task is repeated if its machine fails.
_TASK = 512
_LINTED = DataType.from_arrow_type(pa.struct(list(LINTED)))


@daft.cls(use_process=False)
class _Lint:
    """The function that Daft calls from a thread per processor; each call lints in a separate process."""

    def __init__(self, job: Job, timeout: float) -> None:
        self.supervisor = Supervisor(job, timeout)

    @daft.method.batch(  # type: ignore[untyped-decorator]
        return_dtype=_LINTED, batch_size=_BATCH
    )
    def lint(self, names: Any, texts: Any) -> Any:
        rows = pa.table({"id": names.to_arrow(), "text": texts.to_arrow()})
        return self.supervisor.lint(rows).to_struct_array().combine_chunks()


@daft.func.batch(return_dtype=DataType.string(), use_process=False)  # type: ignore[untyped-decorator]
def _digest(texts: Any) -> Any:
    """Return the sha256 of each text."""
    return [None if text is None else sha256(text).hexdigest() for text in texts.to_pylist()]


def linted_rows(corpus: Corpus, job: Job, timeout: float, done: pa.Table) -> Iterator[pa.Table]:
    """Lint all rows that are not `done` (by id and sha256), and yield tables of `schema.LINTED` in any order."""
    rows = corpus.rows
    if done.num_rows:
        rows = rows.with_column("sha256", _digest(rows["text"]))
        # the id that the linter gives to a card without one
        rows = rows.with_column("id", rows["id"].fill_null(daft.lit("sha256:") + substr(rows["sha256"], 0, 16)))
        rows = rows.join(daft.from_arrow(done), on=["id", "sha256"], how="anti")
    # a cluster distributes tasks; without this, a file or the list of a folder's files would be a single task
    rows = rows.into_batches(_TASK)
    lint = _Lint(replace(job, missing=corpus.missing), timeout)
    linted = rows.select(lint.lint(rows["id"], rows["text"]).alias("linted"))
    for batch in linted.to_arrow_iter():
        yield pa.Table.from_struct_array(batch.column("linted")).cast(LINTED)
