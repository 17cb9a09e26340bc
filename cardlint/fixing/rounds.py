"""Fixing a card in rounds: lint, choose fixes, apply them, and prove that they did no harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from cardlint.card.card import Card, parse
from cardlint.config.selection import ActiveRule
from cardlint.finding import Edit, Finding, Fix, Safety
from cardlint.fixing.edited import Edited
from cardlint.fixing.edits import apply, compatible_fixes, with_line_ends
from cardlint.fixing.proof import LintedCard, find_harm, read_back
from cardlint.linting.linter import lint
from cardlint.linting.results import CardResult
from cardlint.rule_definition import Rule
from cardlint.source import Folder, Source

__all__ = ["MOST_REFUSED", "ROUNDS", "FixedCard", "Refusal", "fix_card"]

ROUNDS = 10
"""The maximum number of rounds without progress; fixes that need more do not settle."""

MOST_REFUSED = 10
"""The number of refused fixes of a rule in a card after which the other fixes of this rule are not tried."""


class Refusal(Struct, frozen=True, order=True):
    """A fix that was not applied: its rule, and the harm that it would do."""

    rule: str
    reason: str


class FixedCard(Struct, frozen=True):
    """A card after its fixes: `source` is the new text, or the original if nothing changed, and `result` its findings.

    `fixed` counts the applied fixes by rule; `refusals` are the fixes that were requested but not applied. `applied`
    are the findings whose fixes were, round by round: the places of each are in its own `source`.
    """

    source: Source
    result: CardResult
    fixed: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    refusals: tuple[Refusal, ...] = ()
    applied: tuple[Finding, ...] = ()

    @property
    def refused(self) -> str | None:
        """The refused fixes in words, or None if there are none."""
        words = [f"the fix of `{refusal.rule}` was not applied: {refusal.reason}" for refusal in self.refusals]
        return "; ".join(words) or None


def fix_card(  # noqa: PLR0913 - the parameters of `lint` and of the choice of fixes
    source: Source,
    folder: Folder | None,
    active: Sequence[ActiveRule],
    *,
    unsafe: bool = False,
    known: Mapping[str, Rule] | None = None,
    suppressions: bool = True,
    repo_id: str | None = None,
) -> FixedCard:
    """Apply the fixes of a card in rounds until none is left; nothing is written to disk.

    Every round is proved (see `cardlint.fixing.proof`). If it did harm, the harmful fixes are found and left out, up to
    `MOST_REFUSED` of one rule. If fixes undo each other, or `ROUNDS` rounds make no progress, all fixes of their rules
    are left out. `known` and `suppressions` are parameters of `lint`, `repo_id` is one of `parse`.
    """
    safeties = frozenset(Safety) if unsafe else frozenset({Safety.SAFE})

    def look(text: Source) -> LintedCard:
        card = parse(text, folder, repo_id)
        return LintedCard(card, lint(card, active, known=known, suppressions=suppressions))

    start = look(source)
    wanted = {chosen.rule.name for chosen in active}
    unsettled: set[Refusal] = set()
    while True:
        fixing = _Fixing(start, look, wanted - {refusal.rule for refusal in unsettled}, safeties)
        more = fixing.run()
        if not more:
            return fixing.fixed_card(unsettled)
        unsettled |= more


class _Fixing(Struct):
    """The state of fixing one card; `blocked` are the refused fixes, with their positions in the current text."""

    state: LintedCard
    look: Callable[[Source], LintedCard]
    wanted: set[str]
    safeties: Collection[Safety]
    fixed: Counter[str] = field(default_factory=Counter)
    applied: list[Finding] = field(default_factory=list)
    rounds: int = 0
    blocked: set[tuple[str, Fix]] = set()
    refusals: set[Refusal] = set()
    harmful: Counter[str] = field(default_factory=Counter)
    tried_again: int = 0

    def run(self) -> set[Refusal]:
        """Run all rounds, and return the rules whose fixes do not settle."""
        recent: list[set[str]] = []
        known = {self.state.card.original.text: 0}
        idle = 0
        while chosen := self.choose() or self.second_chance():
            if idle == ROUNDS:
                return _refusals(recent[-3:], f"{ROUNDS} rounds of its fixes make no progress")
            before = self.state
            self.round(chosen)
            if self.state is before:
                continue
            recent.append({finding.rule.name for finding in chosen})
            text = self.state.card.original.text
            if text in known:
                return _refusals(recent[known[text] :], "its fixes are undone by others")
            known[text] = len(recent)
            idle += not _is_progress(before, self.state)
        return set()

    def second_chance(self) -> list[Finding]:
        """Return the refused fixes once more after all others, since a second run of cardlint would try them too."""
        if not self.blocked or self.tried_again == self.rounds:
            return []
        self.tried_again = self.rounds
        self.blocked.clear()
        self.refusals.clear()
        return self.choose()

    def choose(self) -> list[Finding]:
        wanted = (finding for finding in self.state.result.findings if finding.rule.name in self.wanted)
        return compatible_fixes(
            (finding for finding in wanted if (finding.rule.name, finding.problem.fix) not in self.blocked),
            self.safeties,
        )

    def round(self, chosen: Sequence[Finding]) -> None:
        """Apply the chosen fixes that do no harm, and block the others."""
        state, taken = self.take(self.state, [], chosen)
        if taken:
            edited = Edited(self.state.card.original.text, self.edits(taken))
            self.blocked = {(rule, moved) for rule, fix in self.blocked if (moved := _moved(fix, edited)) is not None}
            self.state = state
            self.fixed.update(finding.rule.name for finding in taken)
            self.applied += taken
            self.rounds += 1

    def take(
        self, state: LintedCard, taken: list[Finding], more: Sequence[Finding]
    ) -> tuple[LintedCard, list[Finding]]:
        """Apply `more` fixes together with those `taken`; if they do harm, try halves to find the harmful ones."""
        more = [finding for finding in more if finding.rule.name in self.wanted]
        if not more:
            return state, taken
        after, harm = self.attempt([*taken, *more])
        if not harm:
            return after, [*taken, *more]
        if len(more) == 1:
            self.refuse(more[0], harm)
            return state, taken
        half = len(more) // 2
        return self.take(*self.take(state, taken, more[:half]), more[half:])

    def refuse(self, finding: Finding, harm: str) -> None:
        rule = finding.rule.name
        self.blocked.add(_key(finding))
        self.refusals.add(Refusal(rule, harm))
        self.harmful[rule] += 1
        if self.harmful[rule] == MOST_REFUSED:
            self.wanted = self.wanted - {rule}
            self.refusals.add(Refusal(rule, f"{MOST_REFUSED} of its fixes did harm, so the others were not tried"))

    def attempt(self, findings: Sequence[Finding]) -> tuple[LintedCard, str]:
        """Return the card after these fixes, and the harm that they did, if any."""
        source = self.state.card.original
        edits = self.edits(findings)
        written = read_back(source, apply(source.text, edits))
        if written is None:
            return self.state, "the result cannot be written in the encoding of the file"
        after = self.look(written)
        return after, find_harm(self.state, after, Edited(source.text, edits), findings)

    def edits(self, findings: Sequence[Finding]) -> list[Edit]:
        return with_line_ends(self.state.card.original.text, (edit for each in findings for edit in _fix(each).edits))

    def fixed_card(self, unsettled: Collection[Refusal]) -> FixedCard:
        refusals = self.refusals | set(unsettled)
        source = self.state.card.original
        return FixedCard(
            source,
            self.state.result,
            fixed=self.fixed,
            rounds=self.rounds,
            refusals=tuple(sorted(refusals)),
            applied=tuple(self.applied),
        )


def _refusals(rounds: Sequence[set[str]], reason: str) -> set[Refusal]:
    return {Refusal(rule, reason) for rule in set().union(*rounds)}


def _is_progress(before: LintedCard, after: LintedCard) -> bool:
    """Return True if a round left fewer findings, or more of the YAML is valid."""
    if len(after.result.findings) < len(before.result.findings):
        return True
    return _after_error(after.card) < _after_error(before.card)


def _after_error(card: Card) -> int:
    """Return the number of characters after the error in the YAML; 0 if it is valid."""
    error = card.metadata.error
    return len(card.source.text) - error.span.start if error else 0


def _fix(finding: Finding) -> Fix:
    fix = finding.problem.fix
    assert fix is not None
    return fix


def _key(finding: Finding) -> tuple[str, Fix]:
    return finding.rule.name, _fix(finding)


def _moved(fix: Fix, edited: Edited) -> Fix | None:
    """Return the fix with its positions after edits, or None if they touch it, so that it may have become harmless."""
    if any(edited.touches(edit.span) for edit in fix.edits):
        return None
    return replace(fix, edits=tuple(replace(edit, span=edited.span(edit.span)) for edit in fix.edits))
