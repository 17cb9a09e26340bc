"""One version of a text in an editor, and all that is found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from cardlint.card.card import Card, parse
from cardlint.config.selection import Configurations, Selection
from cardlint.files.card_detection import reason_to_skip
from cardlint.files.discovery import MARKDOWN
from cardlint.finding import Edit, Finding, Safety
from cardlint.fixing.edited import Edited
from cardlint.fixing.edits import apply, fit
from cardlint.fixing.proof import State, find_harm
from cardlint.fixing.rounds import fix_card
from cardlint.linting.linter import lint
from cardlint.linting.results import CardResult
from cardlint.linting.secrets import secrets_in
from cardlint.linting.suppression.writing import comments_for_card, comments_for_line
from cardlint.reporters.masking import Mask
from cardlint.run.judge import RunOptions
from cardlint.server.positions import Places, without_surrogates
from cardlint.source import Folder, Source

__all__ = ["Document"]

UNUSED_SUPPRESSION = "unused-suppression"


class Document:
    """A text that may be a card. What is costly is worked out when first asked for, and kept: a version never changes.

    `path` is where it lies or will lie, None for one that was never saved; `shown` is what it is called, and
    `home` the folder whose configuration holds for it in that case.
    """

    def __init__(  # noqa: PLR0913 - what there is to know of it
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
        self._place = path or home / "README.md"  # what standard input is called, too
        self._is_markdown = is_markdown
        self._proved: dict[tuple[Edit, ...], bool] = {}

    @cached_property
    def why_skipped(self) -> str | None:
        """Why it is not linted, None where it is.

        Raises:
            ConfigError: its configuration cannot be used.
        """
        reason = self.selection.why_excluded(self._place)
        if reason is not None:
            return reason
        if not self._is_markdown and not self._place.name.lower().endswith(MARKDOWN):
            return "not a Markdown file"
        return None if self._options.all_markdown else reason_to_skip(self.source.text, self.path)

    @cached_property
    def selection(self) -> Selection:
        """The rules and options that hold for it; see `why_skipped`."""
        return self._configurations.for_card(self._place)

    @cached_property
    def state(self) -> State:
        """The card with what the rules find in it; see `why_skipped`."""
        if self.why_skipped is not None:
            return State(parse(self.source, self._folder), CardResult(()))
        return self._look(self.source)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules find, sorted."""
        return self.state.result.findings

    @property
    def card(self) -> Card:
        """The parsed card."""
        return self.state.card

    @cached_property
    def mask(self) -> Mask:
        """Hides the secrets of the card in what is said of it."""
        return Mask(secrets_in(self.findings))

    @cached_property
    def fixed(self) -> Source:
        """The text with all safe fixes, each of them proved."""
        if not any(finding.problem.fix and finding.problem.fix.safety is Safety.SAFE for finding in self.findings):
            return self.source
        return fix_card(
            self.source,
            self._folder,
            self.selection.active(self._place),
            known=self._configurations.known,
            suppressions=self._options.suppressions,
            repo_id=self.selection.config.repo_id,
        ).source

    def fix(self, finding: Finding) -> tuple[Edit, ...]:
        """The edits of a finding's fix; none where it has none, or where they would do harm."""
        fix = finding.problem.fix
        if fix is None:
            return ()
        edits = tuple(fit(self.source.text, fix.edits))
        if edits not in self._proved:
            after = self._after(edits)
            self._proved[edits] = not find_harm(self.state, after, Edited(self.source.text, edits), [finding])
        return edits if self._proved[edits] else ()

    def suppression(self, finding: Finding) -> tuple[Edit, ...]:
        """A comment that silences a finding and perhaps others of its rule on its line; none where none does."""
        return self._first_that_silences(finding, comments_for_line(self.card, finding.rule.name, finding.span.start))

    def suppression_in_card(self, finding: Finding) -> tuple[Edit, ...]:
        """A comment that silences a finding's rule in the whole card; none where none does."""
        return self._first_that_silences(finding, comments_for_card(self.card, finding.rule.name))

    def _first_that_silences(self, finding: Finding, candidates: Iterator[tuple[Edit, ...]]) -> tuple[Edit, ...]:
        if finding.rule.name == UNUSED_SUPPRESSION:
            return ()
        for candidate in candidates:
            edits = tuple(fit(self.source.text, candidate))
            if edits not in self._proved:
                self._proved[edits] = self._silences(finding, edits)
            if self._proved[edits]:
                return edits
        return ()

    def _silences(self, finding: Finding, edits: Sequence[Edit]) -> bool:
        """Whether edits take findings of this one's rule away and nothing else."""
        after = self._after(edits)
        gone = _counted(self.state.result)
        gone.subtract(_counted(after.result))
        if gone[finding.rule.name] < 1 or any(count for name, count in gone.items() if name != finding.rule.name):
            return False
        return not find_harm(self.state, after, Edited(self.source.text, edits), [finding])

    def _after(self, edits: Sequence[Edit]) -> State:
        return self._look(changed_text(self.source, apply(self.source.text, edits)))

    def _look(self, source: Source) -> State:
        card = parse(source, self._folder, self.selection.config.repo_id)
        active = self.selection.active(self._place)
        known, suppressions = self._configurations.known, self._options.suppressions
        return State(card, lint(card, active, known=known, suppressions=suppressions))

    @cached_property
    def _folder(self) -> Folder | None:
        return Folder(self.path.parent) if self.path is not None else None


def changed_text(source: Source, text: str) -> Source:
    """The source with another text."""
    return Source(source.path, text, source.encoding)


def _counted(result: CardResult) -> Counter[str]:
    return Counter(finding.rule.name for finding in result.findings)
