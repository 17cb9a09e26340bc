"""A run over many cards: from paths to one result, in one process or several."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cardlint.config.errors import BaselineError, ConfigError, shown_path
from cardlint.files.discovery import Fetch, walk
from cardlint.files.found import Candidate, Cardless, Discovered, Found, Missing, Searched, Skipped
from cardlint.linting.results import Trouble
from cardlint.rule_definition import Rule
from cardlint.run.cache import cache_folder, why_refused
from cardlint.run.judge import Judge, Judged, JudgedCard, RunOptions
from cardlint.run.start_method import ENOUGH, WARM_UP, start_method
from cardlint.run.totals import RunResult
from cardlint.wording import visible

if TYPE_CHECKING:
    from cardlint.config.command_globs import CommandGlobs

__all__ = ["Progress", "Run"]


class Progress(Protocol):
    """A listener to a run: it hears the number of files, None if that is not known, and of each file that is done."""

    def begin(self, files: int | None) -> None: ...

    def advance(self) -> None: ...


class Run:
    """A run over many cards; `fetch` downloads cards from the Hub, without it `hub:` paths cannot be read.

    A `judge` with the same options and rules may be given that limits what is read.
    """

    def __init__(
        self,
        options: RunOptions,
        rules: dict[str, Rule] | None = None,
        fetch: Fetch | None = None,
        judge: Judge | None = None,
    ) -> None:
        self.options = options
        self.judge = Judge(options, rules) if judge is None else judge
        self.rules = self.judge.rules
        self._fetch = fetch
        self._exclude: CommandGlobs | None = None
        if options.exclude:
            from cardlint.config.command_globs import CommandGlobs

            self._exclude = CommandGlobs(options.exclude)
        self._broken: dict[str, Trouble] = {}

    def check(
        self, paths: Sequence[str], *, only: Collection[str] | None = None, progress: Progress | None = None
    ) -> RunResult:
        """Lint every card in the paths; `progress` hears of every file.

        If `only` is given, files whose real path is not in it are ignored.
        """
        result = RunResult(self.judge.infos)
        for item in self._judged(self._counted(paths, only, progress)):
            if progress is not None:
                progress.advance()
            match item:
                case JudgedCard():
                    result.add(item)
                case Skipped():
                    result.skipped.append(item)
                case Missing():
                    result.troubles.append(Trouble(item.shown, item.message))
        if self.judge.cache is not None:
            self.judge.cache.prune()
        return self._finish(result)

    def check_text(self, data: bytes, shown: str) -> RunResult:
        """Lint one text that is not a file, with the configuration for the path `shown`."""
        result = RunResult(self.judge.infos)
        path = Path(shown).absolute()
        reason = self.why_excluded(path, named=True)
        if reason is None:
            found = Found(path, shown, data)
            card, result.text = self.judge.judge_text(found)
            result.add(card)
        elif not self._broken:
            result.skipped.append(Skipped(shown, reason))
        return self._finish(result)

    def discover(self, paths: Sequence[str], only: Collection[str] | None = None) -> Iterator[Discovered]:
        """Yield the cards, skipped files and missing paths in `paths`."""
        for item in self._walk(paths, only):
            if not isinstance(item, Cardless):
                yield self.judge.classify(item) if isinstance(item, Candidate) else item

    def _walk(self, paths: Sequence[str], only: Collection[str] | None) -> Iterator[Searched]:
        return walk(paths, exclude=self.why_excluded, only=only, fetch=self._fetch)

    def _counted(
        self, paths: Sequence[str], only: Collection[str] | None, progress: Progress | None
    ) -> Iterator[Searched]:
        """Return the files in the paths; all are found before the first is read if their number is to be shown."""
        items = self._walk(paths, only)
        if progress is None:
            return items
        if self._fetch is not None:  # cards on the Hub are downloaded one after the other
            progress.begin(None)
            return items
        found = list(items)
        progress.begin(len(found))
        return iter(found)

    def why_excluded(self, path: Path, named: bool) -> str | None:
        """Return why a card is excluded, or None; an error in a configuration or its baseline is reported once."""
        if self._exclude is not None and (glob := self._exclude.match(path)):
            return f"`--exclude` has `{glob}`"
        try:
            selection = self.judge.configurations.for_card(path)
            self.judge.baseline(selection)
            return selection.why_excluded(path, named=named)
        except ConfigError as error:
            shown = shown_path(error.path) if error.path else ""
            self._broken.setdefault(shown, Trouble(shown, str(error)))
            return "its configuration cannot be used"
        except BaselineError as error:
            self._broken.setdefault(str(error), Trouble(error.file, str(error)))
            return "its baseline cannot be used"

    def _judged(self, items: Iterator[Searched]) -> Iterator[Judged]:
        """Judge every item, in their order; in several processes if enough new cards are left."""
        for item in items:
            yield self.judge.judge(item)
            if self.options.jobs > 1 and self.judge.linted >= WARM_UP:
                yield from self._judged_by_several(items)
        # a run over known cards, or few, is finished before a second process has started

    def _judged_by_several(self, items: Iterator[Searched]) -> Iterator[Judged]:
        needed = ENOUGH[start_method()] - WARM_UP
        first = list(islice(items, needed))
        if len(first) < needed:
            yield from map(self.judge.judge, first)
            return
        from cardlint.run.workers import share_out

        yield from share_out(chain(first, items), self.judge)

    def _finish(self, result: RunResult) -> RunResult:
        """Add the errors and notes of the configurations, each note once."""
        result.troubles += self._broken.values()
        selections = self.judge.configurations.loaded()
        result.notes += dict.fromkeys(note for selection in selections for note in selection.config.notes)
        result.idle = bool(selections) and not any(selection.active() for selection in selections)
        if self.options.cache:
            result.notes += _cache_notes()
        if self.options.looks_ahead:
            profiles = {selection.config.profile for selection in selections}
            result.profile = profiles.pop() if len(profiles) == 1 else None
        return result.finish()


def _cache_notes() -> list[str]:
    """Return a note if the cache folder is not used."""
    folder = cache_folder()
    reason = why_refused(folder) if folder is not None else ""
    return [f"the cache folder {visible(folder or '')} is not used: {reason}"] if reason else []
