"""`cardlint corpus`: lints a corpus, and shows how far it is."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from cardlint.reporters.terminal.summary_text import counted

if TYPE_CHECKING:
    from rich.progress import Progress

    from cardlint.corpus.running import Outcome, Plan, Telling

__all__ = ["EXIT_EMPTY", "EXIT_TROUBLE", "corpus", "why_unusable"]

EXIT_TROUBLE = 2
EXIT_EMPTY = 3

# Seconds between two lines of progress where there is no terminal.
_PAUSE = 30


def why_unusable(ray: str | None) -> str:
    """Why no corpus can be linted: the extra is not installed; "" where it can."""
    extra = "corpus" if ray is None else "ray"
    for module in ("pyarrow", "daft", *(() if ray is None else ("ray",))):
        if find_spec(module) is None:
            what = "`cardlint corpus`" if ray is None else "`--ray`"
            return f"{what} needs {module}, which comes with the extra `{extra}`: pip install 'cardlint[{extra}]'"
    return ""


def corpus(plan: Plan, *, quiet: bool = False) -> int:
    """Lint a corpus, write its summary, and give back the exit code.

    Raises:
        CorpusError: it cannot be done, or not to the end.
        RegistryError: a plugin does not import.
    """
    from cardlint.corpus.errors import OutputError
    from cardlint.corpus.running import run_corpus
    from cardlint.corpus.summary.write import write_summary

    # what libraries log is for who asks for it; what matters of it comes as an error
    logging.getLogger().addHandler(logging.NullHandler())
    start = time.monotonic()
    with _told(quiet=quiet) as telling:
        outcome = run_corpus(plan, telling)
    try:
        write_summary(plan.output)
    except OSError as error:
        raise OutputError(f"{plan.output}: {(error.strerror or str(error)).lower()}") from error
    if not quiet:
        _tell(outcome, plan, time.monotonic() - start)
    if outcome.troubles:
        return EXIT_TROUBLE
    return 0 if outcome.known else EXIT_EMPTY


def _tell(outcome: Outcome, plan: Plan, seconds: float) -> None:
    cards = f"{outcome.cards:,} cards" if outcome.cards != 1 else "1 card"
    findings = f"{outcome.findings:,} findings" if outcome.findings != 1 else "1 finding"
    before = outcome.known - outcome.cards
    earlier = f", and {before:,} before" if before else ""
    rate = f" ({_rate(outcome.cards / seconds)})" if outcome.cards else ""
    sys.stderr.write(f"{cards} with {findings} in {_spell(seconds)}{rate}{earlier}.\n")
    if not outcome.known:
        sys.stderr.write("There was no card to lint.\n")
    if outcome.troubles:
        sys.stderr.write(f"{counted(outcome.troubles, 'card')} could not be linted in full: see `trouble` in cards.\n")
    sys.stderr.write(f"{plan.output}: summary.html, summary.md, cards and findings\n")


@contextmanager
def _told(*, quiet: bool) -> Iterator[Telling]:
    """How far it is, on standard error: a bar on a terminal, a line now and then elsewhere."""
    from cardlint.corpus.running import Telling

    if quiet:
        yield Telling(lambda *_: None, lambda _: None, lambda _: None)
        return
    progress = _Bar() if sys.stderr.isatty() else _Lines()
    try:
        yield Telling(progress.begin, progress.advance, progress.note)
    finally:
        progress.end()


class _Lines:
    """A line now and then."""

    def __init__(self) -> None:
        self.done = self.before = 0
        self.total: int | None = None
        self.start = self.told = time.monotonic()

    def begin(self, total: int | None, before: int) -> None:
        """There are so many cards in all, if anybody knows, and so many are done already."""
        self.total, self.before = total, before
        self.start = self.told = time.monotonic()

    def advance(self, cards: int) -> None:
        """So many more are done."""
        self.done += cards
        now = time.monotonic()
        if now - self.told >= _PAUSE:
            self.told = now
            sys.stderr.write(f"{self.words(now)}\n")

    def words(self, now: float) -> str:
        """How far it is."""
        rate = self.done / max(now - self.start, 1e-9)
        words = f"{self.before + self.done:,}"
        if self.total is None:
            return f"{words} cards, {_rate(rate)}"
        left = max(self.total - self.before - self.done, 0)
        return f"{words} of {self.total:,} cards, {_rate(rate)}, {_spell(left / rate) if rate else 'some time'} left"

    def note(self, text: str) -> None:
        """Something went wrong, and it goes on."""
        sys.stderr.write(f"note: {text}\n")

    def end(self) -> None:
        """There is nothing more to tell."""


class _Bar(_Lines):
    """A bar, with the same words."""

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
        self._progress.console.print(f"note: {text}", markup=False, highlight=False)

    def end(self) -> None:
        self._progress.stop()


def _rate(rate: float) -> str:
    return f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.1f} a second"


def _spell(seconds: float) -> str:
    """A time in its two largest units: `3.2 s`, `4 min 10 s`, `2 h 5 min`."""
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
