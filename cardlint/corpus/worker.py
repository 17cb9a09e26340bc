"""The process that lints: it reads rows from standard input and writes linted rows to standard output.

The input consists of frames, each a length of eight bytes followed by as many bytes: first the pickled job, then tables
of ids and texts as Arrow streams. For each table the process writes a dot before each card, so that the supervisor
knows the current one, then `=` and a frame with the linted rows. If it cannot start, it writes `!` and a frame with the
reason.
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

from cardlint.corpus.batch import named_texts, table_of
from cardlint.corpus.cards import CardLinter
from cardlint.registry import RegistryError

__all__ = ["AT_CARD", "FAILED", "LINTED_ROWS", "main", "read_frame", "table_bytes", "table_from", "write_frame"]

AT_CARD, LINTED_ROWS, FAILED = b".", b"=", b"!"
_LENGTH = struct.Struct(">Q")


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return the bytes of the next frame, or None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    frame = stream.read(length)
    return frame if len(frame) == length else None


def write_frame(stream: BinaryIO, frame: bytes | memoryview) -> None:
    """Write the bytes as a frame, and flush the stream."""
    stream.write(_LENGTH.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def table_bytes(table: pa.Table) -> memoryview:
    """Return a table as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return memoryview(sink.getvalue())


def table_from(frame: bytes) -> pa.Table:
    """Return the table of an Arrow stream."""
    return pa.ipc.open_stream(frame).read_all()


def main() -> None:
    """Lint tables until the input ends."""
    # prints of a rule must not get between two answers; on Ctrl-C the parent process closes the input
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError):  # the parent process has ended
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
        rows = table_bytes(table_of(linted))
        answers.write(LINTED_ROWS)
        write_frame(answers, rows)


if __name__ == "__main__":
    main()
