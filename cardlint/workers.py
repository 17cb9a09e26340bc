"""Many cards at once: shared out to processes, each of which opens, lints and packs its own."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from threading import active_count
from typing import TYPE_CHECKING

from cardlint.checked import Outcome
from cardlint.discovery import Candidate, Found, Searched
from cardlint.reporters import Trouble

if TYPE_CHECKING:
    from cardlint.runner import Judged, Run, Settings

__all__ = ["share_out"]

# Files that a worker takes at a time: enough to hide the cost of handing them over, few enough to share them out.
_BATCH = 32

Batch = list[Searched]


def share_out(items: Iterator[Searched], settings: Settings) -> Iterator[Judged]:
    """What becomes of each item, in their order, found out by `settings.jobs` processes.

    A bounded number of batches is under way, so that neither files nor results heap up.
    """
    jobs = settings.jobs
    # cards from the Hub are under way in threads, whose locks a copy of this process would find locked for ever
    context = get_context("spawn") if active_count() > 1 else None
    pool = ProcessPoolExecutor(jobs, context, _start_worker, (settings,))
    pending: deque[tuple[Batch, Future[list[Judged]]]] = deque()

    def results(most: int) -> Iterator[Judged]:
        """Results in their order, until no more than `most` batches are under way."""
        while len(pending) > most:
            batch, future = pending.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:  # something outside killed a worker, and with it all that are under way
                yield from map(_lost, batch)

    try:
        while batch := list(islice(items, _BATCH)):
            try:
                with _interrupts_held():
                    pending.append((batch, pool.submit(_judge_batch, batch)))
            except BrokenProcessPool:
                yield from results(0)
                yield from map(_lost, batch)
            yield from results(4 * jobs)
        yield from results(0)
    finally:
        pool.shutdown(cancel_futures=True)


def _lost(item: Searched) -> Judged:
    if not isinstance(item, Candidate | Found):
        return item
    trouble = Trouble(item.shown, "not checked: the process that had it was killed")
    return Outcome(item.shown, troubles=(trouble,))


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

    run: Run
    interrupted = False


def _start_worker(settings: Settings) -> None:
    from cardlint.runner import Run

    _Worker.run = Run(settings)
    signal.signal(signal.SIGINT, _interrupt)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _interrupt(*_: object) -> None:
    """Remember it for the next card: an exception just anywhere would end the process with a traceback."""
    _Worker.interrupted = True


def _judge_batch(batch: Batch) -> list[Judged]:
    results = []
    for item in batch:
        if _Worker.interrupted:
            raise KeyboardInterrupt
        results.append(_Worker.run.judge(item))
    return results
