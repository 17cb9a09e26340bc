"""Lints in processes of its own, so that a card that kills or holds up the process that has it costs only itself.

A fault in a C library, a lack of memory and an endless search cannot be caught from within.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import inf
from queue import Empty, SimpleQueue
from typing import BinaryIO, cast

import pyarrow as pa
from msgspec import Struct

from cardlint.corpus.batch import named_texts
from cardlint.corpus.cards import untouched
from cardlint.corpus.errors import RunError
from cardlint.corpus.job import Job
from cardlint.corpus.schema import LINTED
from cardlint.corpus.worker import AT_CARD, FAILED, LINTED_ROWS, read_frame, table_bytes, table_from, write_frame

__all__ = ["Keeper"]

# Cards after which a process makes room for a new one, so that what it remembers of them does not add up.
_LIFE = 50_000
# Times that a process may end before its first card: the system may need its memory just then.
_TRIES = 3


class _GivenUp(Struct, frozen=True):
    """The card, by its place in the table, that a process was at when it ended (-1: at none yet), and why it ended."""

    index: int
    reason: str


class Keeper:
    """Lints tables of `id` and `text`, each call in a process that no other call has at that time.

    A card that its process has for longer than `patience` seconds is given up.
    """

    def __init__(self, job: Job, patience: float) -> None:
        self.job = pickle.dumps(job)
        self.patience = patience
        self._idle: SimpleQueue[_Process] = SimpleQueue()

    def lint(self, rows: pa.Table) -> pa.Table:
        """The rows as `schema.LINTED` has them, in their order.

        Raises:
            RunError: a plugin does not import, or no process can be started.
        """
        tables: list[pa.Table] = []
        while rows.num_rows:
            answer = self._answer(rows)
            if isinstance(answer, pa.Table):
                return pa.concat_tables([*tables, answer])
            ((name, data),) = named_texts(rows.slice(answer.index, 1), "text", "id")
            given_up = pa.Table.from_pylist([untouched(name, data, answer.reason)], LINTED)
            # those before it are lost with the process, and it has shown that it can do them
            tables += [self.lint(rows.slice(0, answer.index)), given_up]
            rows = rows.slice(answer.index + 1)
        return pa.concat_tables([LINTED.empty_table(), *tables])

    def close(self) -> None:
        """End the processes that have nothing to do."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().end()

    def _answer(self, rows: pa.Table) -> pa.Table | _GivenUp:
        for _ in range(_TRIES):
            with self._process() as process:
                answer = process.lint(rows)
            if isinstance(answer, pa.Table) or answer.index >= 0:
                return answer
        raise RunError(f"no process can be started to lint in: {answer.reason}")

    @contextmanager
    def _process(self) -> Iterator[_Process]:
        try:
            process = self._idle.get_nowait()
        except Empty:
            process = _Process(self.job, self.patience)
        try:
            yield process
        finally:
            if process.cards < _LIFE and process.is_well:
                self._idle.put(process)
            else:
                process.end()


class _Process:
    """One process that lints, and a watch over how long it takes."""

    def __init__(self, job: bytes, patience: float) -> None:
        self.patience = patience
        self.cards = 0
        self.is_well = True
        self._late = False
        self._deadline = inf
        self._ended = threading.Event()
        # where we found our modules the process finds them, and not in whatever folder we happen to be
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-P", "-m", "cardlint.corpus.worker"]
        self._process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        self._input, self._output = cast("tuple[BinaryIO, BinaryIO]", (self._process.stdin, self._process.stdout))
        threading.Thread(target=self._watch, daemon=True).start()
        self._send(job)

    def lint(self, rows: pa.Table) -> pa.Table | _GivenUp:
        """The linted rows, or the card that ended the process.

        Raises:
            RunError: it cannot begin.
        """
        self.is_well = False
        self._send(table_bytes(rows))
        at = -1
        while (answer := self._next()) == AT_CARD:
            at += 1
        frame = read_frame(self._output) if answer else None
        if answer == FAILED:
            raise RunError((frame or b"").decode())
        if answer != LINTED_ROWS or frame is None:
            return _GivenUp(at, self._why_ended())
        self.cards += rows.num_rows
        self.is_well = True
        return table_from(frame)

    def end(self) -> None:
        """Let it go: it leaves when there is nothing more to read."""
        self._ended.set()
        if not self.is_well:
            self._process.kill()
        with suppress(OSError):
            self._input.close()
        self._process.wait()
        self._output.close()

    def _send(self, frame: bytes | memoryview) -> None:
        with suppress(OSError):  # it has ended, which is seen when it does not answer
            write_frame(self._input, frame)

    def _next(self) -> bytes:
        self._deadline = time.monotonic() + self.patience
        answer = self._output.read(1)
        self._deadline = inf
        return answer

    def _watch(self) -> None:
        while not self._ended.wait(min(1.0, self.patience / 4)):
            if time.monotonic() > self._deadline:
                self._late = True
                self._process.kill()

    def _why_ended(self) -> str:
        code = self._process.wait()
        if self._late:
            return f"given up: it took longer than {self.patience:g} seconds"
        if code >= 0:
            return f"given up: the process that had it ended with {code}"
        return f"given up: the process that had it was ended by {_signal_name(-code)}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # one that this Python does not know
        return f"signal {number}"
