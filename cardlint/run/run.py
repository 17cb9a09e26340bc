"""Many cards: from paths to results, in one process or several, and what went wrong on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from cardlint.config.errors import shown_path
from cardlint.config.model import ConfigError, Overrides
from cardlint.config.selection import Configurations, Selection
from cardlint.files.discovery import Candidate, Discovered, Found, Missing, Searched, Skipped, discover, look, search
from cardlint.linting.linter import Bug, Result, lint
from cardlint.linting.results import Checked, Outcome, put_together
from cardlint.registry import load_rules
from cardlint.reporters.masking import secrets_in
from cardlint.reporters.report import Trouble
from cardlint.rule_definition import Rule
from cardlint.run.serialization import PackedResult, pack, tally, unpack
from cardlint.source import Folder, Source, read

if TYPE_CHECKING:
    from cardlint.card.card import Card
    from cardlint.linting.baseline.baseline import Baseline, Sifted
    from cardlint.run.cache import Cache

__all__ = ["ENOUGH", "CardResult", "Checked", "Judged", "Mend", "Run", "Settings"]

ENOUGH = 64
"""So many files are worth a second process."""

Judged = Outcome | Skipped | Missing


class Mend(Enum):
    """What becomes of the fixes that findings offer."""

    NOTHING = "nothing"
    WRITE = "write"
    SHOW = "show"
    """They are applied in memory only, to show what they would change."""


class Settings(Struct, frozen=True):
    """What a run is told, the paths apart: the same for every card and every worker."""

    overrides: Overrides = Overrides()
    config: Path | None = None
    isolated: bool = False
    suppressions: bool = True
    all_markdown: bool = False
    cards_only: bool = False
    jobs: int = 1
    mend: Mend = Mend.NOTHING
    unsafe_fixes: bool = False
    baseline: Baseline | None = None
    cache: bool = False


class CardResult(Struct, frozen=True):
    """What became of one card; `fails` says whether a finding reaches the `fail-on` of the card's configuration.

    Where fixes were asked for, `mended` is the card's text with them if they changed it, `before` the text without,
    `fixed` how many were applied, and `remarks` what is to be said of those that were not. Where there is a baseline,
    the result holds only what is new, and `sifted` the rest. `card` is what was linted, where it is still at hand.
    """

    result: Result
    fails: bool
    mended: Source | None = None
    before: Source | None = None
    fixed: int = 0
    remarks: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    sifted: Sifted | None = None
    card: Card | None = None


class Run:
    """One run: the rules there are, the configuration of every card, and the work itself."""

    def __init__(self, settings: Settings, rules: dict[str, Rule] | None = None) -> None:
        self.settings = settings
        self.rules = load_rules() if rules is None else rules
        self._infos = {name: rule.info for name, rule in self.rules.items()}
        self.configurations = Configurations(
            self.rules, settings.overrides, file=settings.config, isolated=settings.isolated
        )
        # what is mended is never taken from a cache, since it is written on the strength of its proofs
        self._cache = self._open_cache() if settings.cache and settings.mend is Mend.NOTHING else None
        self._broken: dict[str, Trouble] = {}

    def _open_cache(self) -> Cache | None:
        from cardlint.run.cache import open_cache

        return open_cache(self.rules)

    def check(self, paths: Sequence[str], *, only: Collection[str] | None = None, progress: Any = None) -> Checked:
        """Lint every card that the paths lead to; `progress`, if given, is called after each with its name.

        `only`, if given, are the real paths of the files that are meant; see `discover`.
        """
        checked = self._nothing_yet()
        for item in self._judged(self._search(paths, only)):
            match item:
                case Outcome():
                    checked.add(item)
                    if progress is not None:
                        progress(item.shown)
                case Skipped():
                    checked.skipped.append(item)
                case Missing():
                    checked.troubles.append(Trouble(item.shown, item.message))
        checked.troubles += self._broken.values()
        checked.notes += self._notes()
        if self._cache is not None:
            self._cache.prune()
        return checked.finish()

    def check_text(self, data: bytes, shown: str) -> Checked:
        """Lint one text that is no file, under the configuration of the folder that its name lies in."""
        checked = self._nothing_yet()
        path = Path(shown).absolute()
        found = Found(path, shown, data)
        reason = self.why_excluded(path, named=True)
        if reason is None:
            card = self.lint(found, None)
            checked.add(self._sum_up(shown, card))
            checked.text = card.mended
        elif not self._broken:
            checked.skipped.append(Skipped(shown, reason))
        checked.troubles += self._broken.values()
        checked.notes += self._notes()
        return checked.finish()

    def _nothing_yet(self) -> Checked:
        return Checked(self._infos)

    def judge(self, item: Searched) -> Judged:
        """What becomes of what a search has come upon."""
        if isinstance(item, Candidate):
            settings = self.settings
            item = look(item, all_markdown=settings.all_markdown, cards_only=settings.cards_only)
        return self.outcome(item) if isinstance(item, Found) else item

    def outcome(self, found: Found) -> Outcome:
        """What a sum needs of one card, found out now or in an earlier run."""
        if self._cache is None:
            return self._sum_up(found.shown, self.lint(found, found.beside))
        selection = self.configurations.for_card(found.path)
        source = read(found.data, found.shown)
        result, bugs = self._remembered(self._cache, found, source, selection)
        if self.settings.baseline is None:
            fails = result.tally.reaches(selection.config.fail_on)
            return Outcome(found.shown, result, put_together(source, result), fails, _troubles(bugs))
        findings = tuple(unpack(result.findings, source, self._infos)) if result.tally else ()
        card = CardResult(Result(findings, result.suppressed, bugs), fails=False)
        return self._sum_up(found.shown, self._sift(card, found.path, selection))

    def _remembered(
        self, cache: Cache, found: Found, source: Source, selection: Selection
    ) -> tuple[PackedResult, tuple[Bug, ...]]:
        """The result of one card without its baseline; what a bug has spoilt is not kept."""
        active = selection.active(found.path)
        folder = found.beside
        suppressions = self.settings.suppressions
        key = cache.key(found.data, found.shown, folder, active, selection.config.repo_id, suppressions=suppressions)
        known = cache.get(key, folder, source)
        if known is not None:
            return known, ()
        card = self._lint(found, source, folder, selection)
        packed = _packed(card)
        if not card.result.bugs:
            cache.put(key, folder, source, packed)
        return packed, card.result.bugs

    def _sum_up(self, shown: str, card: CardResult) -> Outcome:
        """What a sum needs of what became of a card."""
        result = _packed(card)
        findings = card.result.findings
        return Outcome(
            shown,
            result,
            put_together(findings[0].source, result) if findings else b"",
            card.fails,
            (*card.troubles, *_troubles(card.result.bugs)),
            card.remarks,
            card.mended is not None,
            card.fixed,
            self._patch(card),
            card.sifted,
        )

    def _patch(self, card: CardResult) -> bytes:
        if self.settings.mend is not Mend.SHOW or card.before is None or card.mended is None:
            return b""
        from cardlint.fixing.patch import unified_diff

        return unified_diff(card.before, card.mended).encode("utf-8", "surrogateescape")

    def lint(self, found: Found, folder: Folder | None) -> CardResult:
        """Lint one card."""
        selection = self.configurations.for_card(found.path)
        source = read(found.data, found.shown)
        work = self._lint if self.settings.mend is Mend.NOTHING else self._mend
        return self._sift(work(found, source, folder, selection), found.path, selection)

    def _lint(self, found: Found, source: Source, folder: Folder | None, selection: Selection) -> CardResult:
        from cardlint.card.card import parse  # here, since a run whose cards are all known needs no parser

        active = selection.active(found.path)
        card = parse(source, folder, selection.config.repo_id)
        result = lint(card, active, known=self.rules, suppressions=self.settings.suppressions)
        return CardResult(result, _fails(result, selection), card=card)

    def _sift(self, card: CardResult, path: Path, selection: Selection) -> CardResult:
        """Leave what the baseline knows out of the result."""
        baseline = self.settings.baseline
        if baseline is None:
            return card
        ran = [chosen.rule.name for chosen in selection.active(path)]
        new, sifted = baseline.sift(path, card.result.findings, ran)
        result = replace(card.result, findings=new)
        return replace(card, result=result, fails=_fails(result, selection), sifted=sifted)

    def _mend(self, found: Found, source: Source, folder: Folder | None, selection: Selection) -> CardResult:
        """Lint one card with its fixes applied, and write it if it is a file and that was asked for."""
        from cardlint.fixing.rounds import mend
        from cardlint.fixing.writing import NotWrittenError, write

        settings = self.settings
        mended = mend(
            source,
            folder,
            selection.active(found.path),
            unsafe=settings.unsafe_fixes,
            known=self.rules,
            suppressions=settings.suppressions,
            repo_id=selection.config.repo_id,
        )
        remarks = (mended.refused,) if mended.refused else ()
        fails = _fails(mended.result, selection)
        if mended.source.text == source.text:
            return CardResult(mended.result, fails, remarks=remarks)
        if settings.mend is Mend.WRITE and folder is not None:
            try:
                write(found.path, mended.source, found.data)
            except (NotWrittenError, OSError) as error:
                trouble = Trouble(found.shown, f"not written: {getattr(error, 'strerror', None) or error}")
                return replace(self._lint(found, source, folder, selection), remarks=remarks, troubles=(trouble,))
        return CardResult(mended.result, fails, mended.source, source, mended.fixed.total(), remarks)

    def why_excluded(self, path: Path, named: bool) -> str | None:
        """Why a card is left out; that its configuration is broken is trouble, told once a file."""
        try:
            return self.configurations.why_excluded(path, named)
        except ConfigError as error:
            shown = shown_path(error.path) if error.path else ""
            self._broken.setdefault(shown, Trouble(shown, str(error)))
            return "its configuration cannot be used"

    def discover(self, paths: Sequence[str], only: Collection[str] | None = None) -> Iterator[Discovered]:
        """What the paths lead to under this run's settings."""
        settings = self.settings
        return discover(
            paths,
            narrow=self.why_excluded,
            all_markdown=settings.all_markdown,
            cards_only=settings.cards_only,
            only=only,
        )

    def _search(self, paths: Sequence[str], only: Collection[str] | None) -> Iterator[Searched]:
        return search(paths, narrow=self.why_excluded, only=only)

    def _judged(self, items: Iterator[Searched]) -> Iterator[Judged]:
        """What becomes of each item, in their order."""
        if self.settings.jobs > 1:
            # a run of few cards is over before a second process has started
            first = list(islice(items, ENOUGH))
            items = chain(first, items)
            if len(first) == ENOUGH:
                from cardlint.run.workers import share_out

                yield from share_out(items, self.settings)
                return
        yield from map(self.judge, items)

    def _notes(self) -> list[str]:
        """What the configurations have to say that is no error, each once."""
        notes = [note for selection in self.configurations.loaded() for note in selection.config.notes]
        return list(dict.fromkeys(notes))


def _packed(card: CardResult) -> PackedResult:
    result = card.result
    findings = result.findings
    if not findings:
        return PackedResult(suppressed=result.suppressed)
    return PackedResult(tally(findings), result.suppressed, tuple(secrets_in(findings, card.card)), pack(findings))


def _troubles(bugs: Iterable[Bug]) -> tuple[Trouble, ...]:
    return tuple([Trouble(bug.path, f"a bug in rule `{bug.rule}`: {bug.message}") for bug in bugs])


def _fails(result: Result, selection: Selection) -> bool:
    return tally(result.findings).reaches(selection.config.fail_on)
