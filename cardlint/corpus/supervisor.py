"""Linting in supervised processes, so that a card that crashes or blocks its process affects no other card.

A crash of a C library, a lack of memory and an endless search cannot be caught inside the process.
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
from cardlint.corpus.schema import LINTED, NOT_LINTED
from cardlint.corpus.worker import AT_CARD, FAILED, LINTED_ROWS, read_frame, table_bytes, table_from, write_frame

__all__ = ["Supervisor", "stop_linting"]

# Cards after which a process is replaced by a new one, so that memory held by caches is freed.
_LIFE = 50_000
# Attempts to start a process: it may end before its first card if the system lacks memory.
_TRIES = 3


_STOPPED = threading.Event()
_running: set[subprocess.Popen[bytes]] = set()


def stop_linting() -> None:
    """Kill all processes of this run; whoever waits for one gets a `RunError`."""
    _STOPPED.set()
    for process in list(_running):
        process.kill()


class _ProcessEnded(Struct, frozen=True):
    """The end of a process: the index of the card it was linting (-1 before the first one), and the reason."""

    index: int
    reason: str
    is_late: bool = False


class Supervisor:
    """A pool of processes that lint tables of `id` and `text`, one process per call.

    A card that takes longer than `timeout` seconds is not linted.
    """

    def __init__(self, job: Job, timeout: float) -> None:
        self.job = pickle.dumps(job)
        self.timeout = timeout
        self._idle: SimpleQueue[_Process] = SimpleQueue()

    def lint(self, rows: pa.Table) -> pa.Table:
        """Return the linted rows, with the fields of `schema.LINTED` and in the same order.

        If the process ends, the card is linted again alone, and the others without it.

        Raises:
            RunError: a plugin cannot be imported, or no process can be started.
        """
        if not rows.num_rows:
            return LINTED.empty_table()
        answer = self._answer(rows)
        if isinstance(answer, pa.Table):
            return answer
        if answer.is_late or rows.num_rows == 1:
            failed = self._failed(rows.slice(answer.index, 1), answer)
        elif answer.index == rows.num_rows - 1:  # perhaps not this card ended the process, but the results of all
            half = rows.num_rows // 2
            return pa.concat_tables([self.lint(rows.slice(0, half)), self.lint(rows.slice(half))])
        else:
            failed = self.lint(rows.slice(answer.index, 1))
        # the results of the cards before it are lost with the process; they can be linted again
        before, after = rows.slice(0, answer.index), rows.slice(answer.index + 1)
        return pa.concat_tables([self.lint(before), failed, self.lint(after)])

    def _failed(self, row: pa.Table, ended: _ProcessEnded) -> pa.Table:
        """Return the row of a card that ended its process; alone, it is tried once more unless it was late."""
        answer = ended if ended.is_late else self._answer(row)
        if isinstance(answer, pa.Table):
            return answer
        ((name, data),) = named_texts(row, "text", "id")
        return pa.Table.from_pylist([untouched(name, data, f"{NOT_LINTED}: {answer.reason}")], LINTED)

    def close(self) -> None:
        """End the idle processes."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().end()

    def _answer(self, rows: pa.Table) -> pa.Table | _ProcessEnded:
        for _ in range(_TRIES):
            if _STOPPED.is_set():
                raise RunError("stopped")
            with self._process() as process:
                answer = process.lint(rows)
            if isinstance(answer, pa.Table) or answer.index >= 0:
                return answer
        raise RunError(f"no process can be started for linting: {answer.reason}")

    @contextmanager
    def _process(self) -> Iterator[_Process]:
        try:
            process = self._idle.get_nowait()
        except Empty:
            process = _Process(self.job, self.timeout)
        try:
            yield process
        finally:
            if process.cards < _LIFE and process.is_well:
                self._idle.put(process)
            else:
                process.end()


class _Process:
    """A process that lints, with a thread that watches the time."""

    def __init__(self, job: bytes, timeout: float) -> None:
        self.timeout = timeout
        self.cards = 0
        self.is_well = True
        self._late = False
        self._deadline = inf
        self._ended = threading.Event()
        # the process imports modules from the same folders, but not from the working folder
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-P", "-m", "cardlint.corpus.worker"]
        self._process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,  # Ctrl-C ends the parent, which closes the input
        )
        _running.add(self._process)
        self._input, self._output = cast("tuple[BinaryIO, BinaryIO]", (self._process.stdin, self._process.stdout))
        threading.Thread(target=self._watch, daemon=True).start()
        self._send(job)

    def lint(self, rows: pa.Table) -> pa.Table | _ProcessEnded:
        """Return the linted rows, or the card at which the process ended.

        Raises:
            RunError: the process cannot start linting.
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
            return _ProcessEnded(at, self._why_ended(), self._late)
        self.cards += rows.num_rows
        self.is_well = True
        return table_from(frame)

    def end(self) -> None:
        """End the process by closing its input."""
        self._ended.set()
        if not self.is_well:
            self._process.kill()
        with suppress(OSError):
            self._input.close()
        self._process.wait()
        _running.discard(self._process)
        self._output.close()

    def _send(self, frame: bytes | memoryview) -> None:
        with suppress(OSError):  # the process has ended, which is noticed when it does not answer
            write_frame(self._input, frame)

    def _next(self) -> bytes:
        self._deadline = time.monotonic() + self.timeout
        answer = self._output.read(1)
        self._deadline = inf
        return answer

    def _watch(self) -> None:
        while not self._ended.wait(min(1.0, self.timeout / 4)):
            if time.monotonic() > self._deadline:
                self._late = True
                self._process.kill()

    def _why_ended(self) -> str:
        code = self._process.wait()
        if self._late:
            return f"it took longer than {self.timeout:g} seconds"
        if code >= 0:
            return f"the process exited with code {code}"
        return f"the process was killed by {_signal_name(-code)}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a signal that this Python does not know
        return f"signal {number}"
