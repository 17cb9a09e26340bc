"""The pipeline: rows of a corpus through the batch function, on this machine or on a cluster."""

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
from cardlint.corpus.supervisor import Keeper

__all__ = ["linted_rows"]

# Rows that a worker takes at a time: enough to hide the cost of handing them over, few enough to share them out.
_BATCH = 128
# Rows that a machine of a cluster takes at a time, and does again where it is lost.
_TASK = 512
_LINTED = DataType.from_arrow_type(pa.struct(list(LINTED)))


@daft.cls(use_process=False)
class _Lint:
    """Daft calls it from as many threads as there are processors; each has a process of its own to lint in."""

    def __init__(self, job: Job, patience: float) -> None:
        self.keeper = Keeper(job, patience)

    @daft.method.batch(  # type: ignore[untyped-decorator]
        return_dtype=_LINTED, batch_size=_BATCH
    )
    def lint(self, names: Any, texts: Any) -> Any:
        rows = pa.table({"id": names.to_arrow(), "text": texts.to_arrow()})
        return self.keeper.lint(rows).to_struct_array().combine_chunks()


@daft.func.batch(return_dtype=DataType.string(), use_process=False)  # type: ignore[untyped-decorator]
def _digest(texts: Any) -> Any:
    """The sha256 of each text."""
    return [None if text is None else sha256(text).hexdigest() for text in texts.to_pylist()]


def linted_rows(corpus: Corpus, job: Job, patience: float, done: pa.Table) -> Iterator[pa.Table]:
    """Lint all that is not `done`, by id and sha256: tables of `schema.LINTED` as they come, in no certain order."""
    rows = corpus.rows
    if done.num_rows:
        rows = rows.with_column("sha256", _digest(rows["text"]))
        # as the linter calls a card without an id
        rows = rows.with_column("id", rows["id"].fill_null(daft.lit("sha256:") + substr(rows["sha256"], 0, 16)))
        rows = rows.join(daft.from_arrow(done), on=["id", "sha256"], how="anti")
    # a cluster shares out tasks, and one file, or the names of all files of a folder, would be one
    rows = rows.into_batches(_TASK)
    lint = _Lint(replace(job, missing=corpus.missing), patience)
    linted = rows.select(lint.lint(rows["id"], rows["text"]).alias("linted"))
    for batch in linted.to_arrow_iter():
        yield pa.Table.from_struct_array(batch.column("linted")).cast(LINTED)
