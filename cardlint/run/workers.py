"""Linting in several processes, each of which reads, lints and packs its share of the cards."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread, active_count

from cardlint.files.found import Candidate, Cardless, Found, Searched
from cardlint.linting.results import Trouble
from cardlint.run.judge import Judge, Judged, JudgedCard, RunOptions

__all__ = ["share_out"]

# Files per call of a worker: enough to make the cost of passing them small, few enough to distribute them.
_BATCH = 32

Batch = list[Searched]


def share_out(items: Iterator[Searched], options: RunOptions) -> Iterator[Judged]:
    """Yield the result of each item in order, judged by `options.jobs` processes.

    The number of batches in progress is limited, so that memory stays small. If a worker is killed, the batches in
    progress are tried once more, and the other batches use new workers.
    """
    pool = _Pool(options, options.jobs)
    pending: deque[tuple[Batch, Future[list[Judged]]]] = deque()
    try:
        while batch := list(islice(items, _BATCH)):
            pending.append((batch, pool.submit(batch)))
            while len(pending) > 4 * options.jobs:
                yield from _results(*pending.popleft(), options)
        while pending:
            yield from _results(*pending.popleft(), options)
    finally:
        pool.close()


class _Pool:
    """A pool of processes, all replaced when one is killed, since that breaks the whole pool."""

    def __init__(self, options: RunOptions, jobs: int) -> None:
        self._options = options
        self._jobs = jobs
        self._processes = self._begin()

    def submit(self, batch: Batch) -> Future[list[Judged]]:
        """Judge a batch in a process; the future raises `BrokenProcessPool` if a process is killed meanwhile."""
        with _interrupts_held():
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
        # with threads (downloads from the Hub), a forked process could inherit a lock that is never released
        context = get_context("spawn") if active_count() > 1 else None
        return ProcessPoolExecutor(self._jobs, context, _start_worker, (self._options,))


def _results(batch: Batch, future: Future[list[Judged]], options: RunOptions) -> list[Judged]:
    """Return the results of a batch; if the pool broke, a separate process tries it again to find the cause."""
    try:
        return future.result()
    except BrokenProcessPool:
        pool = _Pool(options, 1)
    try:
        return pool.submit(batch).result()
    except BrokenProcessPool:
        return list(map(_lost, batch))
    finally:
        pool.close()


def _lost(item: Searched) -> Judged:
    if not isinstance(item, Candidate | Cardless | Found):
        return item
    trouble = Trouble(item.shown, "not checked: its process was killed")
    return JudgedCard(shown=item.shown, troubles=(trouble,))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Delay Ctrl-C while workers start, since it would break the pool before they are ready."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker:
    """The state of a worker process: its judge, and if it has received Ctrl-C."""

    judge: Judge
    interrupted = False


def _start_worker(options: RunOptions) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    _Worker.judge = Judge(options)
    signal.signal(signal.SIGINT, _interrupt)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _end_with_parent() -> None:
    """End this worker with its parent, since it would wait forever otherwise."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


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
