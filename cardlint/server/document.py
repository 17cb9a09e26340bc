"""One version of a text in an editor, with its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cached_property
from pathlib import Path
from threading import Event

from cardlint.card.card import Card, parse
from cardlint.card.markdown.tree import Heading
from cardlint.config.rule_names import UNUSED_SUPPRESSION
from cardlint.config.selection import ActiveRule, Configurations, Selection
from cardlint.files.card_detection import NO_SIGN, is_main_readme, is_readme, reason_to_skip
from cardlint.files.discovery import MARKDOWN
from cardlint.finding import Edit, Finding, Safety
from cardlint.fixing.edited import Edited
from cardlint.fixing.edits import apply, with_line_ends
from cardlint.fixing.proof import LintedCard, find_harm
from cardlint.fixing.rounds import fix_card
from cardlint.linting.baseline.baseline import Baseline
from cardlint.linting.baseline.configured import configured_baseline
from cardlint.linting.interruption import Interrupted, Interruptible
from cardlint.linting.linter import lint
from cardlint.linting.results import CardResult
from cardlint.linting.secrets import secrets_in
from cardlint.linting.suppression.writing import comments_for_card, comments_for_line
from cardlint.reporters.masking import Mask
from cardlint.run.judge import RunOptions
from cardlint.server.positions import Places
from cardlint.source import Folder, Source, without_surrogates

__all__ = ["Document", "Scope"]


class Scope(Enum):
    """The part of a card in which a comment suppresses a rule, in words."""

    HERE = "here"
    SECTION = "in this section"
    CARD = "in this card"


class Document:
    """A text that may be a card; findings and fixes are computed on first use and kept, since a version never changes.

    A slow computation may run in a thread; `stop` ends it before the next rule.

    `path` is the path of the file, None for a text that was never saved; `shown` is its name in findings, and `home`
    the folder whose configuration applies to a text without a path.
    """

    def __init__(  # noqa: PLR0913 - the properties of a text in an editor
        self,
        text: str,
        path: Path | None,
        shown: str,
        *,
        options: RunOptions,
        configurations: Configurations,
        home: Path,
        encoding: str = "utf-16",
        is_markdown: bool = False,
    ) -> None:
        text = without_surrogates(text)
        self.source = Source(shown, text)
        self.places = Places(text, encoding)
        self.path = path
        self.encoding = encoding
        self._options = options
        self._configurations = configurations
        self._place = path or home / "README.md"  # the default name of standard input
        self._is_markdown = is_markdown
        self._proved: dict[tuple[Edit, ...], bool] = {}
        self._stopped = Event()

    def stop(self) -> None:
        """End all computations, which raise `Interrupted`."""
        self._stopped.set()

    def go_on(self) -> None:
        """Do nothing, unless the document was stopped.

        Raises:
            Interrupted: it was.
        """
        if self._stopped.is_set():
            raise Interrupted

    @cached_property
    def why_skipped(self) -> str | None:
        """The reason why the text is not linted, or None if it is.

        Raises:
            ConfigError: the configuration cannot be used.
        """
        reason = self.selection.why_excluded(self._place)
        if reason is not None:
            return reason
        if not self._is_markdown and not self._place.name.lower().endswith(MARKDOWN):
            return "not a Markdown file"
        has_id = self.selection.config.repo_id is not None and is_main_readme(self._place)
        return None if self._options.all_markdown else reason_to_skip(self.source.text, self.path, has_id=has_id)

    @property
    def is_new_readme(self) -> bool:
        """True for a README that is not a card yet and not of another kind either."""
        return self.why_skipped == NO_SIGN and is_readme(self._place.name)

    @cached_property
    def selection(self) -> Selection:
        """The rules and options for the text; see `why_skipped`."""
        return self._configurations.for_card(self._place)

    @cached_property
    def baseline(self) -> Baseline | None:
        """The baseline that the configuration names.

        Raises:
            BaselineError: the baseline cannot be used.
        """
        return configured_baseline(self.selection.config, trusted=self._configurations.file is not None)

    @cached_property
    def state(self) -> LintedCard:
        """The card with its findings; see `why_skipped`."""
        if self.why_skipped is not None:
            return LintedCard(parse(self.source, self._folder), CardResult(()))
        return self._look(self.source)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that are reported: not in the baseline, and not below `min-severity`; sorted."""
        findings = self.state.result.findings
        if self.baseline is not None:
            findings, _ = self.baseline.split(self._place, findings, ())
        least = self.selection.config.least_reported
        return tuple(finding for finding in findings if finding.severity >= least)

    @property
    def card(self) -> Card:
        """The parsed card."""
        return self.state.card

    @cached_property
    def mask(self) -> Mask:
        """A mask for the secrets of the card in messages."""
        return Mask(secrets_in(self.state.result.findings))

    @property
    def has_safe_fixes(self) -> bool:
        """True if a finding has a safe fix."""
        fixes = [finding.problem.fix for finding in self.state.result.findings]
        return any(fix is not None and fix.safety is Safety.SAFE for fix in fixes)

    @cached_property
    def fixed(self) -> Source:
        """The text after all safe fixes, each of them proved."""
        if not self.has_safe_fixes:
            return self.source
        return fix_card(
            self.source,
            self._folder,
            self._active,
            known=self._configurations.known,
            suppressions=self._options.suppressions,
            repo_id=self.selection.config.repo_id,
        ).source

    def fix(self, finding: Finding) -> tuple[Edit, ...]:
        """Return the edits of a finding's fix, or none if it has no fix or the fix would do harm."""
        fix = finding.problem.fix
        if fix is None:
            return ()
        edits = tuple(with_line_ends(self.source.text, fix.edits))
        if edits not in self._proved:
            after = self._after(edits)
            self._proved[edits] = not find_harm(self.state, after, Edited(self.source.text, edits), [finding])
        return edits if self._proved[edits] else ()

    def comments(self, finding: Finding, scope: Scope) -> Iterator[tuple[Edit, ...]]:
        """Yield edits for comments that may suppress the rule of a finding, the most readable one first."""
        rule = finding.rule.name
        if rule == UNUSED_SUPPRESSION:
            return
        if scope is Scope.CARD:
            candidates = comments_for_card(self.card, rule)
        else:
            place = finding.span.start if scope is Scope.HERE else self._section_of(finding)
            candidates = iter(()) if place is None else comments_for_line(self.card, rule, place)
        for edits in candidates:
            yield tuple(with_line_ends(self.source.text, edits))

    def suppression(self, finding: Finding, scope: Scope) -> tuple[Edit, ...]:
        """Return edits for a comment that suppresses a finding, and others of its rule in the scope, or none."""
        for edits in self.comments(finding, scope):
            if edits not in self._proved:
                self._proved[edits] = self._suppresses(finding, edits)
            if self._proved[edits]:
                return edits
        return ()

    def _section_of(self, finding: Finding) -> int | None:
        """Return the start of the heading above a finding, or None if there is none or the finding is on it."""
        above = [
            block.span
            for block in self.card.body.blocks
            if isinstance(block, Heading) and block.span.start <= finding.span.start
        ]
        return above[-1].start if above and above[-1].end <= finding.span.start else None

    def _suppresses(self, finding: Finding, edits: Sequence[Edit]) -> bool:
        """Return True if edits remove only findings of this finding's rule, at least one."""
        after = self._after(edits)
        gone = _counted(self.state.result)
        gone.subtract(_counted(after.result))
        if gone[finding.rule.name] < 1 or any(count for name, count in gone.items() if name != finding.rule.name):
            return False
        return not find_harm(self.state, after, Edited(self.source.text, edits), [finding])

    def _after(self, edits: Sequence[Edit]) -> LintedCard:
        return self._look(changed_text(self.source, apply(self.source.text, edits)))

    def _look(self, source: Source) -> LintedCard:
        card = parse(source, self._folder, self.selection.config.repo_id)
        known, suppressions = self._configurations.known, self._options.suppressions
        return LintedCard(card, lint(card, self._active, known=known, suppressions=suppressions))

    @property
    def _active(self) -> Sequence[ActiveRule]:
        return Interruptible(self.selection.active(self._place), self.go_on)

    @cached_property
    def _folder(self) -> Folder | None:
        return Folder(self.path.parent) if self.path is not None else None


def changed_text(source: Source, text: str) -> Source:
    """Return the source with another text."""
    return Source(source.path, text, source.encoding)


def _counted(result: CardResult) -> Counter[str]:
    return Counter(finding.rule.name for finding in result.findings)
