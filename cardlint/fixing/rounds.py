"""Mends a card: rounds of linting, choosing and applying, each proved before the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from cardlint.card.card import parse
from cardlint.config.selection import ActiveRule
from cardlint.finding import Edit, Finding, Fix, Safety
from cardlint.fixing.edited import Edited
from cardlint.fixing.edits import apply, fit, select
from cardlint.fixing.patch import unified_diff
from cardlint.fixing.proof import State, find_harm, read_back
from cardlint.fixing.writing import ChangedError, LossyError, NotWrittenError, write
from cardlint.linting.linter import lint
from cardlint.linting.results import CardResult
from cardlint.rule_definition import Rule
from cardlint.source import Folder, Source

__all__ = [
    "PATIENCE",
    "ROUNDS",
    "ChangedError",
    "FixedCard",
    "LossyError",
    "NotWrittenError",
    "Refusal",
    "fix_card",
    "unified_diff",
    "write",
]

ROUNDS = 10
"""So many rounds are made at most; fixes that go on beyond them are at odds with each other."""

PATIENCE = 10
"""After so many refused fixes of one rule in one card the rule's other fixes are not tried any more."""


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A fix that was left out, by its rule, and what it would have done."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class FixedCard:
    """A card after its fixes: `result` is what is left to say of `source`, which is the card's own if nothing changed.

    `fixed` counts the fixes that were applied, by rule; `refusals` are those that were not, though they were asked for.
    """

    source: Source
    result: CardResult
    fixed: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    refusals: tuple[Refusal, ...] = ()

    @property
    def refused(self) -> str | None:
        """What was refused, in words; None where nothing was."""
        words = [f"the fix of `{refusal.rule}` was left out: {refusal.reason}" for refusal in self.refusals]
        return "; ".join(words) or None


def fix_card(  # noqa: PLR0913 - those of `lint` and of the choice
    source: Source,
    folder: Folder | None,
    active: Sequence[ActiveRule],
    *,
    unsafe: bool = False,
    known: Mapping[str, Rule] | None = None,
    suppressions: bool = True,
    repo_id: str | None = None,
) -> FixedCard:
    """Apply the fixes of a card, round after round, until there are none left; nothing is written.

    Every round is proved (see `cardlint.fixing.proof`). Where it did harm, the fixes to blame are found and left out,
    and only they, up to `PATIENCE` of one rule. Fixes that do not settle within `ROUNDS` are left out as well, with all
    others of their rules. `known` and `suppressions` are those of `lint`, and `repo_id` is that of `parse`.
    """
    safeties = frozenset(Safety) if unsafe else frozenset({Safety.SAFE})

    def look(text: Source) -> State:
        card = parse(text, folder, repo_id)
        return State(card, lint(card, active, known=known, suppressions=suppressions))

    start = look(source)
    wanted = {chosen.rule.name for chosen in active}
    unsettled: set[str] = set()
    while True:
        fixing = _Fixing(start, look, wanted - unsettled, safeties)
        more = fixing.run()
        if not more:
            return fixing.fixed_card(unsettled)
        unsettled |= more


@dataclass
class _Fixing:
    """One card on its way; `blocked` are fixes that were refused, as they stand in the present text."""

    state: State
    look: Callable[[Source], State]
    wanted: set[str]
    safeties: Collection[Safety]
    fixed: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    blocked: set[tuple[str, Fix]] = field(default_factory=set)
    refusals: set[Refusal] = field(default_factory=set)
    harmful: Counter[str] = field(default_factory=Counter)
    tried_again: int = 0

    def run(self) -> set[str]:
        """Make all rounds; what comes back are the rules whose fixes did not settle."""
        recent: list[set[str]] = []
        while chosen := self.choose() or self.second_chance():
            recent.append({finding.rule.name for finding in chosen})
            if self.rounds == ROUNDS:
                return set().union(*recent[-3:])
            self.round(chosen)
        return set()

    def second_chance(self) -> list[Finding]:
        """What was refused before other fixes changed the text, once they are through: a second run would try it."""
        if not self.blocked or self.tried_again == self.rounds:
            return []
        self.tried_again = self.rounds
        self.blocked.clear()
        self.refusals.clear()
        return self.choose()

    def choose(self) -> list[Finding]:
        wanted = (finding for finding in self.state.result.findings if finding.rule.name in self.wanted)
        return select(
            (finding for finding in wanted if (finding.rule.name, finding.problem.fix) not in self.blocked),
            self.safeties,
        )

    def round(self, chosen: Sequence[Finding]) -> None:
        """Apply those of the chosen fixes that do no harm, and block the others."""
        state, taken = self.take(self.state, [], chosen)
        if taken:
            edited = Edited(self.state.card.original.text, self.edits(taken))
            self.blocked = {(rule, moved) for rule, fix in self.blocked if (moved := _moved(fix, edited)) is not None}
            self.state = state
            self.fixed.update(finding.rule.name for finding in taken)
            self.rounds += 1

    def take(self, state: State, taken: list[Finding], more: Sequence[Finding]) -> tuple[State, list[Finding]]:
        """Take more fixes together with those taken, and what comes out; halves are tried until the harm has a name."""
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
        if self.harmful[rule] == PATIENCE:
            self.wanted = self.wanted - {rule}
            self.refusals.add(Refusal(rule, f"{PATIENCE} of its fixes did harm, and the others were not tried"))

    def attempt(self, findings: Sequence[Finding]) -> tuple[State, str]:
        """The card after these fixes, and the harm that they did to it."""
        source = self.state.card.original
        edits = self.edits(findings)
        written = read_back(source, apply(source.text, edits))
        if written is None:
            return self.state, "what it writes cannot be read back"
        after = self.look(written)
        return after, find_harm(self.state, after, Edited(source.text, edits), findings)

    def edits(self, findings: Sequence[Finding]) -> list[Edit]:
        return fit(self.state.card.original.text, (edit for each in findings for edit in _fix(each).edits))

    def fixed_card(self, unsettled: Collection[str]) -> FixedCard:
        refusals = self.refusals | {Refusal(rule, _RESTLESS) for rule in unsettled}
        source = self.state.card.original
        return FixedCard(source, self.state.result, self.fixed, self.rounds, tuple(sorted(refusals)))


_RESTLESS = f"its fixes do not settle: after {ROUNDS} rounds there would be more"


def _fix(finding: Finding) -> Fix:
    fix = finding.problem.fix
    assert fix is not None
    return fix


def _key(finding: Finding) -> tuple[str, Fix]:
    return finding.rule.name, _fix(finding)


def _moved(fix: Fix, edited: Edited) -> Fix | None:
    """The fix in the text after edits; None where they touch what it is about, and it may do no harm any more."""
    if any(edited.touches(edit.span) for edit in fix.edits):
        return None
    return replace(fix, edits=tuple(replace(edit, span=edited.span(edit.span)) for edit in fix.edits))
