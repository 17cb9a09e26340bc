"""Many cards at once: shared out to processes, each of which opens, lints and packs its own."""

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

from cardlint.files.found import Candidate, Found, Searched
from cardlint.linting.results import Trouble
from cardlint.run.judge import Judge, Judged, JudgedCard, RunOptions

__all__ = ["share_out"]

# Files that a worker takes at a time: enough to hide the cost of handing them over, few enough to share them out.
_BATCH = 32

Batch = list[Searched]


def share_out(items: Iterator[Searched], options: RunOptions) -> Iterator[Judged]:
    """What becomes of each item, in their order, found out by `options.jobs` processes.

    A bounded number of batches is under way, so that neither files nor results heap up. Where something outside kills a
    worker, what was under way is tried once more, and the rest goes on with new ones.
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
    """So many processes, and as many new ones when they are lost: one that is killed takes the others with it."""

    def __init__(self, options: RunOptions, jobs: int) -> None:
        self._options = options
        self._jobs = jobs
        self._processes = self._begin()

    def submit(self, batch: Batch) -> Future[list[Judged]]:
        """Have a batch judged; the future raises `BrokenProcessPool` where the processes are lost on the way."""
        with _interrupts_held():
            try:
                return self._processes.submit(_judge_batch, batch)
            except BrokenProcessPool:
                self.close()
                self._processes = self._begin()
                return self._processes.submit(_judge_batch, batch)

    def close(self) -> None:
        """End the processes when they are done with what they are at."""
        self._processes.shutdown(cancel_futures=True)

    def _begin(self) -> ProcessPoolExecutor:
        # cards from the Hub are under way in threads, whose locks a copy of this process would find locked for ever
        context = get_context("spawn") if active_count() > 1 else None
        return ProcessPoolExecutor(self._jobs, context, _start_worker, (self._options,))


def _results(batch: Batch, future: Future[list[Judged]], options: RunOptions) -> list[Judged]:
    """What came of a batch; where its process was lost, one with nothing else to do tells whether it was to blame."""
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
    if not isinstance(item, Candidate | Found):
        return item
    trouble = Trouble(item.shown, "not checked: the process that had it was killed")
    return JudgedCard(shown=item.shown, troubles=(trouble,))


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits: workers are started here, and one that it meets before it is ready would break the pool."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker:
    """What a worker process has one of: its run, made once, and whether Ctrl-C has reached it."""

    judge: Judge
    interrupted = False


def _start_worker(options: RunOptions) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    _Worker.judge = Judge(options)
    signal.signal(signal.SIGINT, _interrupt)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _end_with_parent() -> None:
    """A worker that nobody waits for would wait for ever."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _interrupt(*_: object) -> None:
    """Remember it for the next card: an exception just anywhere would end the process with a traceback."""
    _Worker.interrupted = True


def _judge_batch(batch: Batch) -> list[Judged]:
    results = []
    for item in batch:
        if _Worker.interrupted:
            raise KeyboardInterrupt
        results.append(_Worker.judge.judge(item))
    return results
