"""The linter of one card: it runs the rules, applies suppressions, and sorts the findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cardlint.config.rule_names import UNUSED_SUPPRESSION, group_names
from cardlint.config.selection import ActiveRule
from cardlint.finding import Finding, Fix, Problem, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.linting.results import Bug, CardResult
from cardlint.registry import load_rules
from cardlint.rule_definition import Rule
from cardlint.source import Source, Span
from cardlint.wording import error_in_words, shortened

if TYPE_CHECKING:
    from cardlint.card.card import Card
    from cardlint.linting.suppression.suppressions import Suppressions

__all__ = ["lint"]

FLATTENED_CARD = "flattened-card"
OVERSIZED_CARD = "oversized-card"
_UNREADABLE = "\ufffd"
_LONG = 1_000  # characters of a message, which quotes names and values of the card
_LONG_QUOTE = LazyPattern(r"`(?P<start>[^`]{60})[^`]+`")


def lint(
    card: Card,
    active: Sequence[ActiveRule] | None = None,
    *,
    known: Mapping[str, Rule] | None = None,
    suppressions: bool = True,
    ahead: Sequence[ActiveRule] | None = None,
) -> CardResult:
    """Run the active rules over a card; by default all rules that are on without a configuration, with their defaults.

    `known` are all existing rules: they distinguish a suppression of a rule that did not run from one of a rule that
    does not exist. Without `suppressions` every finding is kept. If `ahead` are rules as the next profile has them,
    the errors and warnings that they would add are counted.
    """
    if active is None:
        known = load_rules() if known is None else known
        active = [ActiveRule(rule, {}, None) for rule in known.values() if rule.default]
    bugs: list[Bug] = []
    findings: list[Finding] = []
    reported: dict[str, tuple[ActiveRule, list[Problem]]] = {}
    suppressed = 0
    found = None if card.is_oversized else _suppressions(card, bugs)
    plain = card if found is None or card.recovery is not None else _plain(card, found)
    silencing = found if suppressions else None
    for chosen in active:
        name = chosen.rule.name
        if name == UNUSED_SUPPRESSION or (card.is_oversized and name != OVERSIZED_CARD):
            continue
        problems = _run(chosen, plain, bugs)
        if problems:  # most rules have none
            kept = _unsuppressed(problems, chosen, silencing)
            suppressed += len(problems) - len(kept)
            findings += [_finding(card, chosen, _with_comments(problem, found)) for problem in kept]
            problems = kept
        if ahead is not None:
            reported[name] = (chosen, problems)
    if silencing is not None:
        findings += _unused(card, active, known or {}, silencing)
    findings.sort(key=lambda finding: finding.sort_key)
    short_of_next = None
    if ahead is not None:
        short_of_next = sum(_added(plain, later, reported.get(later.rule.name), silencing) for later in ahead)
    return CardResult(tuple(findings), suppressed, tuple(bugs), short_of_next)


def _unsuppressed(problems: Iterable[Problem], chosen: ActiveRule, found: Suppressions | None) -> list[Problem]:
    return [each for each in problems if found is None or not found.silences(chosen.rule.info, each.span)]


def _added(
    card: Card, later: ActiveRule, now: tuple[ActiveRule, list[Problem]] | None, found: Suppressions | None
) -> int:
    """Return the number of errors and warnings that a rule adds in the next profile; `now` is what it has reported.

    It runs again only if it has not run, or not with the options of that profile.
    """
    if later.rule.name == UNUSED_SUPPRESSION or (card.is_oversized and later.rule.name != OVERSIZED_CARD):
        return 0
    if now is None:
        before, problems = 0, None
    else:
        before = sum(_is_serious(now[0], problem) for problem in now[1])
        problems = now[1] if now[0].options == later.options else None
    if problems is None:
        problems = _unsuppressed(_run(later, card, []), later, found)
    return max(0, sum(_is_serious(later, problem) for problem in problems) - before)


def _is_serious(chosen: ActiveRule, problem: Problem) -> bool:
    return chosen.severity_of(problem.severity or chosen.rule.info.severity) >= Severity.WARNING


def _suppressions(card: Card, bugs: list[Bug]) -> Suppressions | None:
    """Return the card's suppressions, or None if the text lacks the word that all of them contain."""
    if "cardlint" not in card.source.text:
        return None
    from cardlint.linting.suppression.suppressions import find_suppressions

    try:
        return find_suppressions(card)
    except Exception as error:  # noqa: BLE001 - the same guard as that around a rule
        bugs.append(Bug(UNUSED_SUPPRESSION, card.source.path, error_in_words(error)))
        return None


def _plain(card: Card, suppressions: Suppressions) -> Card:
    """Return the card without the comments that suppress findings, with blanks in their places."""
    if suppressions.plain == card.source.text:
        return card
    plain = card.with_text(suppressions.plain)
    return plain if plain.recovery is None else card


def _with_comments(problem: Problem, suppressions: Suppressions | None) -> Problem:
    """Return the problem without a fix that would delete such a comment."""
    if suppressions is None or problem.fix is None:
        return problem
    return (
        replace(problem, fix=None) if any(suppressions.overlaps(edit.span) for edit in problem.fix.edits) else problem
    )


def _run(chosen: ActiveRule, card: Card, bugs: list[Bug]) -> list[Problem]:
    """Run one rule; if it raises, its problems are dropped and a bug with the names of rule and card is recorded."""
    try:
        rule = chosen.rule
        if rule.reads_metadata and card.has_foreign_metadata:
            return []
        return [_sound(problem, rule, card) for problem in rule.check(card, **chosen.options)]
    # a bug in one rule must not lose the findings of others, nor may a rule that exits end the run
    except (Exception, SystemExit) as error:  # noqa: BLE001
        bugs.append(Bug(chosen.rule.name, card.source.path, error_in_words(error)))
        return []


def _sound(problem: object, rule: Rule, card: Card) -> Problem:
    """Return the problem that a rule yielded, if its severity is declared and all its places lie inside the card.

    Raises:
        TypeError: the rule yielded something else, or one of its texts is not a string.
        ValueError: its severity is not one that the rule declares, or one of its places lies outside the card.
    """
    if not isinstance(problem, Problem):
        raise TypeError(f"a rule yields problems, not {problem!r}")
    if problem.severity is not None and problem.severity not in rule.info.severities:
        raise ValueError(f"the rule does not declare the severity `{problem.severity.label}`")
    edits = problem.fix.edits if problem.fix else ()
    words = [problem.message, problem.help, problem.several, *(place.message for place in problem.related)]
    words += [problem.fix.title, *(edit.text for edit in edits)] if problem.fix else []
    for word in words:
        if not isinstance(word, str):
            raise TypeError(f"the texts of a problem are strings, not {word!r}")
    _check_spans([problem.span, *(place.span for place in problem.related if place.source is None)], card.source)
    # the edits of `flattened-card` are those of the file on disk
    _check_spans([edit.span for edit in edits], card.original if rule.name == FLATTENED_CARD else card.source)
    return problem


def _check_spans(spans: Iterable[Span], source: Source) -> None:
    length = len(source.text)
    for span in spans:
        if not 0 <= span.start <= span.end <= length:
            raise ValueError(f"{span!r} lies outside the card, which has {length} characters")


def _finding(card: Card, chosen: ActiveRule, problem: Problem) -> Finding:
    severity = chosen.severity_of(problem.severity or chosen.rule.info.severity)
    if len(problem.message) > _LONG:
        problem = replace(problem, message=_short(problem.message))
    if problem.fix is not None and (not chosen.fixable or _is_lossy(problem.fix, card)):
        problem = replace(problem, fix=None)
    return Finding(card.original, chosen.rule.info, severity, _on_disk(card, chosen.rule, problem))


def _short(message: str) -> str:
    """Return a long message with the beginnings of what it quotes from the card."""
    return shortened(_LONG_QUOTE.sub(r"`\g<start>…`", message), _LONG)


def _is_lossy(fix: Fix, card: Card) -> bool:
    """Return True if a fix would write U+FFFD in place of bytes that could not be read."""
    return bool(card.original.undecodable) and any(_UNREADABLE in edit.text for edit in fix.edits)


def _on_disk(card: Card, rule: Rule, problem: Problem) -> Problem:
    """Move all places of a problem to the file on disk; on a flattened card only `flattened-card` keeps its fix."""
    if card.recovery is None:
        return problem
    related = tuple(
        place if place.source is not None else replace(place, span=card.locate(place.span)) for place in problem.related
    )
    fix = problem.fix if rule.name == FLATTENED_CARD else None
    return replace(problem, span=card.locate(problem.span), related=related, fix=fix)


def _unused(
    card: Card, active: Sequence[ActiveRule], known: Mapping[str, Rule], suppressions: Suppressions
) -> Iterator[Finding]:
    """Yield unused suppressions, if `unused-suppression` is active; they can be suppressed too."""
    ran = {chosen.rule.name for chosen in active}
    for chosen in active:
        if chosen.rule.name == UNUSED_SUPPRESSION:
            for problem in suppressions.unused(ran | _whole_groups(ran, known), {*known, *group_names(known)}):
                yield _finding(card, chosen, problem)


def _whole_groups(ran: Collection[str], known: Mapping[str, Rule]) -> set[str]:
    """Return the groups whose rules all ran; a suppression of another group may be for a rule that did not run."""
    left_out = {rule.info.group for rule in known.values() if rule.default and rule.name not in ran}
    return set(group_names(known)) - left_out
