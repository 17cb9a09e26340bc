"""Linting in several processes, each of which reads, lints and packs its share of the cards."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context, parent_process
from threading import Thread
from types import ModuleType

from cardlint.files.found import Candidate, Cardless, Found, Searched
from cardlint.files.write import termination_held
from cardlint.linting.results import Trouble
from cardlint.platform_differences import end_this_process, most_processes, release_signal, signals_held
from cardlint.run.judge import Judge, Judged, JudgedCard, RunOptions
from cardlint.run.start_method import start_method

__all__ = ["share_out"]

# A batch ends with the first of these: large enough that passing it costs little compared with linting it, and small
# enough that no process waits long for another's last batch.
_BATCH_FILES = 32
_BATCH_BYTES = 1 << 16

Batch = list[Searched]


def share_out(items: Iterator[Searched], judge: Judge) -> Iterator[Judged]:
    """Yield the result of each item in order, judged by as many processes as the options say.

    The number of batches in progress is limited, so that memory stays small. If a worker is killed, the batches in
    progress are tried once more, and the other batches use new workers.
    """
    jobs = most_processes(judge.options.jobs)
    pool = _Pool(judge, jobs)
    pending: deque[tuple[Batch, Future[list[Judged]]]] = deque()
    try:
        for batch in _batches(items):
            pending.append((batch, pool.submit(batch)))
            while len(pending) > 4 * jobs or (pending and pending[0][1].done()):
                yield from _results(*pending.popleft(), pool)
        while pending:
            yield from _results(*pending.popleft(), pool)
    finally:
        pool.close()


def _batches(items: Iterator[Searched]) -> Iterator[Batch]:
    """Yield batches of nearly the same size in bytes; a long card has one of its own."""
    batch: Batch = []
    size = 0
    for item in items:
        batch.append(item)
        size += _size(item)
        if size >= _BATCH_BYTES or len(batch) == _BATCH_FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _size(item: Searched) -> int:
    if isinstance(item, Found):
        return len(item.data)
    if not isinstance(item, Candidate):
        return 0
    try:
        return os.stat(item.path).st_size  # noqa: PTH116 - faster than pathlib, for every file
    except OSError:
        return 0


class _Pool:
    """A pool of processes, all replaced when one is killed, since that breaks the whole pool."""

    def __init__(self, judge: Judge, jobs: int) -> None:
        self.judge = judge
        self._jobs = jobs
        self._processes = self._begin()

    def submit(self, batch: Batch) -> Future[list[Judged]]:
        """Judge a batch in a process; the future raises `BrokenProcessPool` if a process is killed meanwhile."""
        # Ctrl-C would break the pool before its processes are ready
        with signals_held("SIGINT"), nullcontext() if self._method == "fork" else _without_main():
            try:
                return self._processes.submit(_judge_batch, batch)
            except BrokenProcessPool:
                self.close()
                self._processes = self._begin()
                return self._processes.submit(_judge_batch, batch)

    def close(self) -> None:
        """End the processes after their current batch."""
        self._processes.shutdown(cancel_futures=True)

    def _begin(self) -> ProcessPoolExecutor:
        self._method = start_method()
        context = get_context(self._method)
        if self._method == "forkserver":
            context.set_forkserver_preload([__name__, "cardlint.card.card"])
        # a copy of this process has the judge already, with all that it knows
        judge = self.judge if self._method == "fork" else self.judge.options
        return ProcessPoolExecutor(self._jobs, context, _start_worker, (judge,))


def _results(batch: Batch, future: Future[list[Judged]], pool: _Pool) -> list[Judged]:
    """Return the results of a batch; if the pool broke, a separate process tries it again to find the cause."""
    try:
        return future.result()
    except BrokenProcessPool:
        single = _Pool(pool.judge, 1)
    try:
        return single.submit(batch).result()
    except BrokenProcessPool:
        return list(map(_lost, batch))
    finally:
        single.close()


def _lost(item: Searched) -> Judged:
    if not isinstance(item, Candidate | Cardless | Found):
        return item
    trouble = Trouble(item.shown, "not checked: its process was killed")
    return JudgedCard(shown=item.shown, troubles=(trouble,))


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the main module while workers start: a new process would execute its file, even without a guard."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class _Worker:
    """The state of a worker process: its judge, and if it has received Ctrl-C."""

    judge: Judge
    interrupted = False


def _start_worker(judge: Judge | RunOptions) -> None:
    with termination_held():  # the thread inherits what is blocked, and so leaves these signals to the main one
        Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # what a copy shares with its parent is not searched, which would copy it
    _Worker.judge = Judge(judge) if isinstance(judge, RunOptions) else judge
    signal.signal(signal.SIGINT, _interrupt)
    release_signal("SIGINT")


def _end_with_parent() -> None:
    """End this worker with its parent, since it would wait forever otherwise."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    end_this_process()


def _interrupt(*_: object) -> None:
    """Remember Ctrl-C until the next card, since an exception at any point would end in a traceback."""
    _Worker.interrupted = True


def _judge_batch(batch: Batch) -> list[Judged]:
    results = []
    for item in batch:
        if _Worker.interrupted:
            raise KeyboardInterrupt
        results.append(_Worker.judge.judge(item))
    return results
