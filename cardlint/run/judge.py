"""The work on one file of a run: classify it, lint it, fix it, and pack its result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from cardlint.config.model import Config, Overrides
from cardlint.config.rule_names import MISSING_CARD
from cardlint.config.selection import ActiveRule, Configurations, Selection
from cardlint.files.discovery import classify
from cardlint.files.found import Candidate, Cardless, Discovered, Found, Missing, Searched, Skipped
from cardlint.finding import Finding, RuleInfo, Severity
from cardlint.linting.linter import lint
from cardlint.linting.results import Bug, CardResult, Counts, Secret, Trouble, bugs_in_words, count
from cardlint.registry import load_rules
from cardlint.rule_definition import Rule
from cardlint.run.cache import Cache, open_cache
from cardlint.run.serialization import StoredResult, pack, pack_with_text, unpack
from cardlint.source import Folder, Source, Span, read
from cardlint.wording import error_in_words, visible

if TYPE_CHECKING:
    from cardlint.card.card import Card
    from cardlint.fixing.rounds import FixedCard
    from cardlint.linting.baseline.baseline import Baseline, BaselineSplit, Messages

__all__ = ["FixMode", "Judge", "Judged", "JudgedCard", "LintedCard", "RunOptions", "patch_of"]


class FixMode(Enum):
    """The ways in which fixes are applied."""

    OFF = "off"
    WRITE = "write"
    """Fixed cards are written."""
    DIFF = "diff"
    """Fixes are applied in memory only, to show what they would change."""


class RunOptions(Struct, frozen=True, kw_only=True):
    """The options of a run except for its paths, the same for every card and every worker.

    A run that `looks_ahead` counts what the next profile would add; one that fixes cards does not.
    """

    overrides: Overrides = Overrides()
    config: Path | None = None
    isolated: bool = False
    suppressions: bool = True
    all_markdown: bool = False
    cards_only: bool = False
    exclude: tuple[str, ...] = ()
    jobs: int = 1
    fix: FixMode = FixMode.OFF
    unsafe_fixes: bool = False
    add_suppressions: bool = False
    baseline: Baseline | None = None
    cache: bool = False
    looks_ahead: bool = False


class LintedCard(Struct, frozen=True, kw_only=True):
    """The result of one card, with the secrets of the texts that its findings refer to.

    `fixed` is the text with fixes, if they changed the text `before`; `fixes` counts those applied, and `remarks` name
    those refused. If there is a baseline, `result` holds new findings only and `split` the rest. The card itself is not
    kept: a large one takes as much memory as its packed findings.
    """

    result: CardResult
    secrets: tuple[Secret, ...] = ()
    before: Source | None = None
    fixed: Source | None = None
    fixes: int = 0
    remarks: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    split: BaselineSplit | None = None


class JudgedCard(Struct, frozen=True, kw_only=True):
    """The result of one card, small enough to be sent between processes; `shown` is the card's path.

    `packed` holds the `reported` findings with the card's text, and `fails` is true if one, reported or not, reaches
    the `fail-on` of the card's configuration. `fixed` counts the fixes applied, `changed` is true if they changed the
    text, and `patch` is a diff of that under `FixMode.DIFF`.
    """

    shown: str
    stored: StoredResult = StoredResult()
    packed: bytes = b""
    reported: int = 0
    fails: bool = False
    troubles: tuple[Trouble, ...] = ()
    remarks: tuple[str, ...] = ()
    changed: bool = False
    fixed: int = 0
    patch: bytes = b""
    split: BaselineSplit | None = None


Judged = JudgedCard | Skipped | Missing


class Judge:
    """The rules and the configurations of a run, applied to one file at a time."""

    def __init__(self, options: RunOptions, rules: dict[str, Rule] | None = None) -> None:
        self.options = options
        self.rules = load_rules() if rules is None else rules
        self.infos: dict[str, RuleInfo] = {name: rule.info for name, rule in self.rules.items()}
        self.configurations = Configurations(
            self.rules, options.overrides, file=options.config, isolated=options.isolated
        )
        self.baselines: dict[Path | None, Baseline | None] = {}
        self.linted = 0
        """The number of cards that were linted, not taken from the cache."""
        # fixes are not cached: they are proved anew before a card is written
        self.cache = open_cache(self.rules) if options.cache and options.fix is FixMode.OFF else None

    def judge(self, item: Searched) -> Judged:
        """Classify a file and lint it if it is a card."""
        try:
            if isinstance(item, Cardless):
                return self.judge_cardless(item)
            found = self.classify(item) if isinstance(item, Candidate) else item
            return self.judge_card(found) if isinstance(found, Found) else found
        except Exception as error:  # noqa: BLE001 - one card must not end the run, whatever cardlint raises for it
            return _failed(item.shown, error)

    def active(self, selection: Selection, path: Path) -> Sequence[ActiveRule]:
        """Return the rules that run on a card."""
        return selection.active(path)

    def baseline(self, selection: Selection) -> Baseline | None:
        """Return the baseline of the command line, else that of the configuration, or None.

        Raises:
            BaselineError: the baseline of the configuration cannot be used.
        """
        config = selection.config
        if self.options.baseline is not None or config.baseline is None:
            return self.options.baseline
        if config.file not in self.baselines:
            from cardlint.linting.baseline.configured import configured_baseline  # here, since few runs have one

            is_named = self.configurations.file is not None
            self.baselines[config.file] = configured_baseline(config, trusted=is_named)
        return self.baselines[config.file]

    def classify(self, candidate: Candidate) -> Discovered:
        """Read a file, and skip it if it is not a card."""
        options = self.options
        has_id = self.configurations.for_card(candidate.path).config.repo_id is not None
        return classify(candidate, all_markdown=options.all_markdown, cards_only=options.cards_only, has_id=has_id)

    def judge_cardless(self, item: Cardless) -> JudgedCard:
        """Run the rule about a missing card on a folder without one, which does not count as a card."""
        found = Found(item.path, item.shown, b"", root=item.root)
        selection = self.configurations.for_card(item.path)
        active = [chosen for chosen in selection.active(item.path) if chosen.rule.name == MISSING_CARD]
        card = self._lint(found, read(b"", item.shown), found.beside, selection, active)
        judged = self.pack(found, self._split(card, item.path, selection))
        counts = replace(judged.stored.counts, cards=0)
        return replace(judged, stored=replace(judged.stored, counts=counts, short_of_next=None))

    def judge_card(self, found: Found) -> JudgedCard:
        """Lint a card, or take its result from the cache."""
        if self.cache is None:
            return self.pack(found, self.lint(found, found.beside))
        selection = self.configurations.for_card(found.path)
        source = read(found.data, found.shown)
        stored, bugs = self._cached(self.cache, found, source, selection)
        if self.baseline(selection) is None and selection.config.least_reported is Severity.NOTE:
            return JudgedCard(
                shown=found.shown,
                stored=stored,
                packed=pack_with_text(source, stored.findings) if stored.counts.findings else b"",
                reported=stored.counts.findings,
                fails=stored.counts.reaches(selection.config.fail_severity),
                troubles=_troubles(found.shown, bugs),
            )
        findings = tuple(unpack(stored.findings, source, self.infos)) if stored.counts.findings else ()
        result = CardResult(findings, stored.counts.suppressed, bugs, stored.short_of_next)
        card = LintedCard(result=result, secrets=stored.secrets)
        return self.pack(found, self._split(card, found.path, selection))

    def judge_text(self, found: Found) -> tuple[JudgedCard, Source | None]:
        """Lint a text that is not a file, and return its fixed text too, if fixes changed it."""
        try:
            card = self.lint(found, None)
            return self.pack(found, card), card.fixed
        except Exception as error:  # noqa: BLE001 - as in `judge`
            return _failed(found.shown, error), None

    def lint(self, found: Found, folder: Folder | None) -> LintedCard:
        """Lint one card, and apply its fixes if the options say so."""
        selection = self.configurations.for_card(found.path)
        source = read(found.data, found.shown)
        work = self._lint if self.options.fix is FixMode.OFF else self._fix
        return self._split(work(found, source, folder, selection), found.path, selection)

    def pack(self, found: Found, card: LintedCard) -> JudgedCard:
        """Pack the result of a card."""
        config = self.configurations.for_card(found.path).config
        stored = _stored(card)
        findings = card.result.findings
        reported = _reported(findings, config)
        packed = stored.findings if len(reported) == len(findings) else pack(reported)
        return JudgedCard(
            shown=found.shown,
            stored=stored,
            packed=pack_with_text(findings[0].source, packed) if reported else b"",
            reported=len(reported),
            fails=stored.counts.reaches(config.fail_severity),
            troubles=(*card.troubles, *_troubles(found.shown, card.result.bugs)),
            remarks=card.remarks,
            changed=card.fixed is not None,
            fixed=card.fixes,
            patch=patch_of(card).encode("utf-8", "surrogateescape") if self.options.fix is FixMode.DIFF else b"",
            split=card.split,
        )

    def _cached(
        self, cache: Cache, found: Found, source: Source, selection: Selection
    ) -> tuple[StoredResult, tuple[Bug, ...]]:
        """Return the result of one card without its baseline; a result with a bug is not stored."""
        active = selection.active(found.path)
        folder = found.beside
        suppressions = self.options.suppressions
        key = cache.key(
            found.data,
            found.shown,
            folder,
            active,
            selection.config.repo_id,
            suppressions=suppressions,
            ahead=selection.ahead(found.path),
        )
        known = cache.get(key, folder, source)
        if known is not None and (known.short_of_next is not None or not self.options.looks_ahead):
            return known, ()
        card = self._lint(found, source, folder, selection)
        stored = _stored(card)
        if not card.result.bugs and not stored.secrets:  # nothing of a secret is written to disk
            cache.put(key, folder, source, stored)
        return stored, card.result.bugs

    def _lint(
        self,
        found: Found,
        source: Source,
        folder: Folder | None,
        selection: Selection,
        active: Sequence[ActiveRule] | None = None,
    ) -> LintedCard:
        from cardlint.card.card import parse  # here, since a run over cached cards needs no parser

        self.linted += 1
        active = self.active(selection, found.path) if active is None else active
        card = parse(source, folder, selection.config.repo_id)
        ahead = selection.ahead(found.path) if self.options.looks_ahead else None
        result = lint(card, active, known=self.rules, suppressions=self.options.suppressions, ahead=ahead)
        return LintedCard(result=result, secrets=_secrets(result, card))

    def _split(self, card: LintedCard, path: Path, selection: Selection) -> LintedCard:
        """Leave findings in the baseline out of the result."""
        baseline = self.baseline(selection)
        if baseline is None:
            return card
        ran = [chosen.rule.name for chosen in selection.active(path)]
        new, split = baseline.split(path, card.result.findings, ran)
        if baseline.accepts_all:
            split = replace(split, messages=_messages(card))
        result = replace(card.result, findings=new)
        return replace(card, result=result, split=split)

    def _fix(self, found: Found, source: Source, folder: Folder | None, selection: Selection) -> LintedCard:
        """Lint one card and apply its fixes, and write it if it is a file and the options say so."""
        from cardlint.fixing.writing import NotWrittenError, write

        self.linted += 1
        options = self.options
        fixed = self._fixed(found, source, folder, selection)
        remarks = (fixed.refused,) if fixed.refused else ()
        if fixed.source.text == source.text:
            return LintedCard(result=fixed.result, secrets=_secrets(fixed.result), remarks=remarks)
        if options.fix is FixMode.WRITE and folder is not None:
            try:
                write(found.path, fixed.source, found.data)
            except (NotWrittenError, OSError) as error:
                trouble = Trouble(found.shown, f"not written: {getattr(error, 'strerror', None) or error}")
                return replace(self._lint(found, source, folder, selection), remarks=remarks, troubles=(trouble,))
        return LintedCard(
            result=fixed.result,
            secrets=_secrets(fixed.result),
            before=source,
            fixed=fixed.source,
            fixes=fixed.fixed.total(),
            remarks=remarks,
        )

    def _fixed(self, found: Found, source: Source, folder: Folder | None, selection: Selection) -> FixedCard:
        """Return the card with its fixes, or with comments that suppress its findings if the options say so."""
        options = self.options
        active = self.active(selection, found.path)
        repo_id = selection.config.repo_id
        if options.add_suppressions:
            from cardlint.fixing.suppressing import suppress_findings

            def new(findings: Sequence[Finding]) -> Sequence[Finding]:
                result = CardResult(tuple(_reported(findings, selection.config)))
                return self._split(LintedCard(result=result), found.path, selection).result.findings

            return suppress_findings(source, folder, active, choose=new, known=self.rules, repo_id=repo_id)
        from cardlint.fixing.rounds import fix_card

        return fix_card(
            source,
            folder,
            active,
            unsafe=options.unsafe_fixes,
            known=self.rules,
            suppressions=options.suppressions,
            repo_id=repo_id,
        )


def _reported(findings: Iterable[Finding], config: Config) -> list[Finding]:
    """Return the findings that are not below `min-severity`."""
    return [finding for finding in findings if finding.severity >= config.least_reported]


def patch_of(card: LintedCard) -> str:
    """Return the changes of a card's fixes as a patch, empty if there are none; secrets are masked."""
    if card.before is None or card.fixed is None:
        return ""
    from cardlint.card.text.secrets import find_secrets
    from cardlint.fixing.patch import unified_diff
    from cardlint.reporters.escaping import visible_lines
    from cardlint.reporters.masking import Mask

    texts = (card.before.text, card.fixed.text)
    # without a path, since the places in both texts differ
    mask = Mask(Secret("", Span(0, 0), found.text) for text in texts for found in find_secrets(text))
    return unified_diff(card.before, card.fixed, lambda text: visible_lines(mask.text(text)), mask.text)


def _stored(card: LintedCard) -> StoredResult:
    result = card.result
    counts = Counts(cards=1, suppressed=result.suppressed)
    if not result.findings:
        return StoredResult(counts, short_of_next=result.short_of_next)
    return StoredResult(counts + count(result.findings), card.secrets, pack(result.findings), result.short_of_next)


def _secrets(result: CardResult, card: Card | None = None) -> tuple[Secret, ...]:
    """Return the secrets of all texts that findings refer to; a card that is given is not parsed again."""
    if not result.findings:
        return ()
    from cardlint.linting.secrets import secrets_in

    return tuple(secrets_in(result.findings, card))


def _messages(card: LintedCard) -> Messages:
    """Return the messages of a card's findings for a baseline, without secrets and on one line each."""
    from cardlint.linting.baseline.baseline import subject
    from cardlint.reporters.masking import Mask

    mask = Mask(card.secrets)
    return {(each.rule.name, subject(each)): visible(mask.text(each.message)) for each in card.result.findings}


def _failed(shown: str, error: Exception) -> JudgedCard:
    return JudgedCard(shown=shown, troubles=(Trouble(shown, f"a bug in cardlint: {error_in_words(error)}"),))


def _troubles(shown: str, bugs: Iterable[Bug]) -> tuple[Trouble, ...]:
    words = bugs_in_words(bugs)
    return () if words is None else (Trouble(shown, words),)
