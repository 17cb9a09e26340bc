"""The process that lints: rows in on standard input, what became of them out on standard output.

It is told by frames, each a length of eight bytes and as many bytes: first the pickled job, then tables of ids and
texts as Arrow streams. It answers a table with a dot before each card, so that whoever waits knows which one it is at,
and with `=` and a frame: the linted rows. Where it cannot begin it answers `!` and a frame that says why.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from contextlib import suppress
from typing import BinaryIO

import pyarrow as pa

from cardlint.corpus.batch import named_texts
from cardlint.corpus.cards import CardLinter
from cardlint.corpus.schema import LINTED
from cardlint.registry import RegistryError

__all__ = ["AT_CARD", "FAILED", "LINTED_ROWS", "main", "read_frame", "table_bytes", "table_from", "write_frame"]

AT_CARD, LINTED_ROWS, FAILED = b".", b"=", b"!"
_LENGTH = struct.Struct(">Q")


def read_frame(stream: BinaryIO) -> bytes | None:
    """The bytes of the next frame; None where the stream has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    frame = stream.read(length)
    return frame if len(frame) == length else None


def write_frame(stream: BinaryIO, frame: bytes | memoryview) -> None:
    """Write the bytes as a frame, and send them off."""
    stream.write(_LENGTH.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def table_bytes(table: pa.Table) -> memoryview:
    """A table as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return memoryview(sink.getvalue())


def table_from(frame: bytes) -> pa.Table:
    """The table of an Arrow stream."""
    return pa.ipc.open_stream(frame).read_all()


def main() -> None:
    """Lint what comes until nothing does."""
    # what a rule prints must not stand between two answers, and Ctrl-C is for who started us: the input ends then
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # who started us is gone, and nobody waits for an answer
    with suppress(BrokenPipeError):
        _answer(answers)


def _answer(answers: BinaryIO) -> None:
    job = read_frame(sys.stdin.buffer)
    if job is None:
        return
    try:
        linter = CardLinter(pickle.loads(job))  # noqa: S301 - from the process that started this one
    except RegistryError as error:
        answers.write(FAILED)
        write_frame(answers, str(error).encode())
        return
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        linted = []
        for name, data in named_texts(table_from(frame), "text", "id"):
            answers.write(AT_CARD)
            linted.append(linter.lint(name, data))
        rows = table_bytes(pa.Table.from_pylist(linted, LINTED))
        answers.write(LINTED_ROWS)
        write_frame(answers, rows)


if __name__ == "__main__":
    main()
