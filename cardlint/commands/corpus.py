"""The work of `cardlint corpus`: lint a corpus and show the progress."""

from __future__ import annotations

import logging
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any, Self

from cardlint.commands.installation import install_command
from cardlint.corpus.running import Outcome, Plan, ProgressCallbacks
from cardlint.reporters.masking import masked
from cardlint.wording import counted, reason_of, visible

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["EXIT_EMPTY", "EXIT_TROUBLE", "corpus", "why_unusable"]

EXIT_TROUBLE = 2
EXIT_EMPTY = 3

# Seconds between two lines of progress without a terminal.
_PAUSE = 30


def why_unusable(ray: str | None) -> str:
    """Return which package is missing and how to install it, or "" if none is."""
    extra = "corpus" if ray is None else "ray"
    for module in ("pyarrow", "daft", *(() if ray is None else ("ray",))):
        if find_spec(module) is None:
            what = "`cardlint corpus`" if ray is None else "`--ray`"
            return f"{what} needs {module}; install it with {install_command(extra)}"
    return ""


def corpus(plan: Plan, *, quiet: bool = False) -> int:
    """Lint a corpus, write its summary, and return the exit code.

    Raises:
        CorpusError: the corpus cannot be linted, or not completely.
        RegistryError: a plugin cannot be imported.
    """
    from cardlint.corpus.errors import OutputError
    from cardlint.corpus.running import run_corpus
    from cardlint.corpus.summary.write import write_summary

    # log messages of libraries are hidden; serious ones are raised as errors as well
    logging.getLogger().addHandler(logging.NullHandler())
    start = time.monotonic()
    with _Interrupt() as interrupt, _progress(quiet=quiet) as callbacks:
        try:
            outcome = run_corpus(plan, interrupt.checked(callbacks))
        except Exception:  # an import that Ctrl-C breaks raises anything
            interrupt.check()
            raise
    try:
        write_summary(plan.output)
    except OSError as error:
        raise OutputError(f"{plan.output}: {reason_of(error)}") from error
    if not quiet:
        _write_outcome(outcome, plan, time.monotonic() - start)
    if outcome.troubles:
        return EXIT_TROUBLE
    return 0 if outcome.known else EXIT_EMPTY


class _Interrupt:
    """Ctrl-C during a run: an exception may be lost inside Daft, so it is raised again with the next progress."""

    def __init__(self) -> None:
        self._received = False
        self._before: Any = None

    def __enter__(self) -> Self:
        if current_thread() is main_thread():  # only there may a handler be set
            self._before = signal.signal(signal.SIGINT, self._receive)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def checked(self, callbacks: ProgressCallbacks) -> ProgressCallbacks:
        """Return the callbacks, which raise `KeyboardInterrupt` after Ctrl-C."""

        def begin(total: int | None, before: int) -> None:
            callbacks.begin(total, before)
            self.check()

        def advance(cards: int) -> None:
            callbacks.advance(cards)
            self.check()

        return ProgressCallbacks(begin, advance, callbacks.note)

    def _receive(self, *_: object) -> None:
        self._received = True
        # an import here could be one inside itself
        stop_linting = getattr(sys.modules.get("cardlint.corpus.supervisor"), "stop_linting", None)
        if stop_linting is not None:
            stop_linting()
        raise KeyboardInterrupt

    def check(self) -> None:
        """Raise `KeyboardInterrupt` after Ctrl-C."""
        if self._received:
            raise KeyboardInterrupt


def _write_outcome(outcome: Outcome, plan: Plan, seconds: float) -> None:
    cards = f"{outcome.cards:,} cards" if outcome.cards != 1 else "1 card"
    findings = f"{outcome.findings:,} findings" if outcome.findings != 1 else "1 finding"
    before = outcome.known - outcome.cards
    earlier = f", and {before:,} in earlier runs" if before else ""
    rate = f" ({_rate(outcome.cards / seconds)})" if outcome.cards else ""
    sys.stderr.write(f"{cards} with {findings} in {_spell(seconds)}{rate}{earlier}.\n")
    if not outcome.known:
        sys.stderr.write("No card was found.\n")
    if outcome.troubles:
        troubles = counted(outcome.troubles, "card")
        sys.stderr.write(f"{troubles} could not be linted completely; see the column `trouble` of cards.\n")
    sys.stderr.write(f"Written to {visible(masked(str(plan.output)))}: summary.html, summary.md, cards and findings\n")


@contextmanager
def _progress(*, quiet: bool) -> Iterator[ProgressCallbacks]:
    """Show the progress on standard error: a bar on a terminal, otherwise a line from time to time."""
    from cardlint.corpus.running import ProgressCallbacks

    if quiet:
        yield ProgressCallbacks(lambda *_: None, lambda _: None, lambda _: None)
        return
    progress = _Bar() if sys.stderr.isatty() else _Lines()
    try:
        yield ProgressCallbacks(progress.begin, progress.advance, progress.note)
    finally:
        progress.end()


class _Lines:
    """Progress as a line from time to time."""

    def __init__(self) -> None:
        self.done = self.before = 0
        self.total: int | None = None
        self.start = self.written = time.monotonic()

    def begin(self, total: int | None, before: int) -> None:
        """Set the number of cards, None if it is unknown, and the number of those that earlier runs have linted."""
        self.total, self.before = total, before
        self.start = self.written = time.monotonic()

    def advance(self, cards: int) -> None:
        """Count further cards."""
        self.done += cards
        now = time.monotonic()
        if now - self.written >= _PAUSE:
            self.written = now
            sys.stderr.write(f"{self.words(now)}\n")

    def words(self, now: float) -> str:
        """Return the progress in words."""
        rate = self.done / max(now - self.start, 1e-9)
        words = f"{self.before + self.done:,}"
        if self.total is None:
            return f"{words} cards, {_rate(rate)}"
        left = max(self.total - self.before - self.done, 0)
        return f"{words} of {self.total:,} cards, {_rate(rate)}, {_spell(left / rate) if rate else 'some time'} left"

    def note(self, text: str) -> None:
        """Write a note about an error that does not stop the run."""
        sys.stderr.write(f"note: {masked(text)}\n")

    def end(self) -> None:
        """End the display."""


class _Bar(_Lines):
    """Progress as a bar with the same words."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

        columns = (SpinnerColumn(), BarColumn(20), TextColumn("{task.description}"))
        self._progress: Progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("looking for cards", total=None)
        self._progress.start()

    def begin(self, total: int | None, before: int) -> None:
        super().begin(total, before)
        self._progress.update(self._task, total=total, completed=before, description="starting")

    def advance(self, cards: int) -> None:
        self.done += cards
        done = self.before + self.done
        self._progress.update(self._task, completed=done, description=self.words(time.monotonic()))

    def note(self, text: str) -> None:
        self._progress.console.print(f"note: {masked(text)}", markup=False, highlight=False)

    def end(self) -> None:
        self._progress.stop()


def _rate(rate: float) -> str:
    return f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.1f} a second"


def _spell(seconds: float) -> str:
    """Return a time in its two largest units: `3.2 s`, `4 min 10 s`, `2 h 5 min`."""
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
