"""Work in threads, so that the server answers an editor while a large card is linted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TypeVar

__all__ = ["in_thread"]

_Answer = TypeVar("_Answer")


async def in_thread(work: Callable[[], _Answer]) -> _Answer:
    """Return what a function returns that runs in a thread of its own.

    The process may end before the thread does; it would wait for the threads of `asyncio`.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[_Answer] = loop.create_future()

    def answer(result: _Answer) -> None:
        if not future.cancelled():
            future.set_result(result)

    def fail(error: BaseException) -> None:
        if not future.cancelled():
            future.set_exception(error)

    def run() -> None:
        with suppress(RuntimeError):  # the loop was closed in the meantime
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - it is raised where the answer is awaited
                loop.call_soon_threadsafe(fail, error)
            else:
                loop.call_soon_threadsafe(answer, result)

    Thread(target=run, name="cardlint", daemon=True).start()
    return await future
