"""Comments that silence findings, and which of them silenced nothing.

A finding stands where its first character stands. In Markdown

- `<!-- cardlint-disable rule, group -- reason -->` holds from the line that it stands on to a `cardlint-enable` of the
  same names, or of none, or to the end of the card;
- `cardlint-disable-line` holds for its own line, as in a cell of a table's row;
- `cardlint-disable-next-line` holds for the next line that is neither blank nor such a comment, and for that line
  only, though a paragraph or a table may begin there;
- `cardlint-disable-file` holds for the whole card, front matter included, wherever it stands.

In the front matter `# cardlint: disable=rule -- reason` behind a value holds for its line and the entry on it; alone on
a line, for the next line and all that is nested below the entry or item there. `disable-line`, `disable-next-line` and
`disable-file` mean what they mean in Markdown. A comment without a name speaks of every rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from cardlint.card.card import Card
from cardlint.config.rule_names import REMOVED, RENAMED, closest
from cardlint.finding import Edit, Fix, Problem, RuleInfo, Safety, Severity
from cardlint.linting.suppression.comments import removal
from cardlint.linting.suppression.directives import Directive, Name, find_directives
from cardlint.linting.suppression.scope import Reaches
from cardlint.source import Source, Span

__all__ = ["Suppressions", "find_suppressions"]

_EVERY = ""
_UNUSED = RuleInfo("unused-suppression", "source", Severity.WARNING, "")


@dataclass(slots=True, eq=False)
class _Part:
    """One name of a directive; `name` is what the rule is called today, empty where every rule is meant."""

    directive: Directive
    written: Name | None
    name: str
    reach: Span
    used: bool = False

    @property
    def span(self) -> Span:
        return self.written.span if self.written else self.directive.head


def find_suppressions(card: Card) -> Suppressions:
    """The suppressions of a card; nothing is parsed for one that holds no such comment."""
    directives = find_directives(card)
    if not directives:
        return Suppressions(card.source)
    reaches = Reaches(card, directives)
    return Suppressions(card.source, [part for each in directives for part in _parts(each, reaches.of(each))])


def _parts(directive: Directive, reach: Span) -> Iterator[_Part]:
    for name in directive.names or (None,):
        today = RENAMED.get(name.text, name.text) if name else _EVERY
        yield _Part(directive, name, today, reach)


class Suppressions:
    """What a card's comments silence. It remembers which of them were of use."""

    def __init__(self, source: Source, parts: Sequence[_Part] = ()) -> None:
        self._source = source
        self._parts = parts
        self._disabling: dict[str, list[_Part]] = defaultdict(list)
        self._enabled: dict[str, list[int]] = defaultdict(list)
        for part in parts:
            if part.directive.verb == "enable":
                self._enabled[part.name].append(part.span.start)
            else:
                self._disabling[part.name].append(part)
        _mark_enabling(parts)

    def silences(self, rule: RuleInfo, span: Span) -> bool:
        """Whether a finding of `rule` at `span` (of the card's tree) is silenced; every comment that does is of use."""
        silenced = False
        for name in (rule.name, rule.group, _EVERY) if self._parts else ():
            for part in self._disabling.get(name, ()):
                if self._covers(part, rule, span.start):
                    part.used = silenced = True
        return silenced

    def unused(self, ran: Collection[str], known: Collection[str]) -> Iterator[Problem]:
        """What silenced nothing, once all findings were matched, unless a comment silences just that.

        `ran` are the names of the rules and groups that ran: of others nothing can be said. `known` are all there are;
        without them names are not judged.
        """
        judge = _Judge(frozenset(ran), frozenset(known))
        guilty = self._guilty(judge)
        void = Counter(part.directive.head for part, verdict in guilty.items() if verdict is not _Verdict.UNKNOWN)
        for part, verdict in guilty.items():
            whole = void[part.directive.head] >= len(part.directive.names)
            yield _problem(part, verdict, judge, _fix(self._source, part, judge, whole=whole))

    def _guilty(self, judge: _Judge) -> dict[_Part, _Verdict]:
        found = {}
        hushing = [part for part in self._parts if _may_hush(part)]
        # last what may silence a finding of this very rule: only the others tell whether it was of use
        for part in sorted(self._parts, key=_may_hush):
            verdict = judge(part)
            if verdict is not None and not self._hush(part, hushing):
                found[part] = verdict
        return found

    def _hush(self, judged: _Part, hushing: Sequence[_Part]) -> bool:
        """Whether another part silences what would be said of this one, which makes that one of use."""
        for part in hushing:
            if part is not judged and self._covers(part, _UNUSED, judged.span.start):
                part.used = True
                return True
        return False

    def _covers(self, part: _Part, rule: RuleInfo, offset: int) -> bool:
        if not part.reach.start <= offset < part.reach.end:
            return False
        return not part.directive.is_region or offset < self._end(part, rule)

    def _end(self, part: _Part, rule: RuleInfo) -> int:
        """Where the rule is first enabled again behind a `disable`."""
        end = part.reach.end
        for name in (rule.name, rule.group, _EVERY):
            places = self._enabled.get(name, ())
            index = bisect_right(places, part.span.start)
            if index < len(places):
                end = min(end, places[index])
        return end


def _may_hush(part: _Part) -> bool:
    """Whether a part may silence this rule's own findings: by the rule's name, or in the whole file by any."""
    if part.directive.verb == "disable-file":
        return part.name in {_UNUSED.name, _UNUSED.group, _EVERY}
    return part.name == _UNUSED.name and part.directive.verb != "enable"


def _mark_enabling(parts: Sequence[_Part]) -> None:
    """Mark each enabling of use that may have something to end: a rule's may end its group's, and the other way."""
    opened: set[str] = set()
    for part in parts:
        if part.directive.is_region:
            opened.add(part.name)
        elif part.directive.verb == "enable":
            part.used = bool(opened)
            opened = opened - {part.name} if part.name else set()


class _Verdict(Enum):
    """What is wrong with a part."""

    UNUSED = "it silenced nothing"
    IDLE = "it enables what was not disabled"
    REMOVED = "there is no such rule any more"
    UNKNOWN = "there never was such a rule"


class _Judge:
    """Says what is wrong with a part that was of no use, None where nothing can be said."""

    def __init__(self, ran: frozenset[str], known: frozenset[str]) -> None:
        self.ran = ran
        self.known = known
        self.others_ran = not ran <= {_UNUSED.name, _UNUSED.group}
        self.all_ran = bool(known) and known <= ran

    def __call__(self, part: _Part) -> _Verdict | None:
        name = part.name
        if part.used:
            return None
        if name in REMOVED:
            return _Verdict.REMOVED
        if name and self.known and name not in self.known and name not in self.ran:
            return _Verdict.UNKNOWN
        if part.directive.verb == "enable":
            return _Verdict.IDLE
        return _Verdict.UNUSED if name in self.ran or (not name and self.others_ran) else None


def _problem(part: _Part, verdict: _Verdict, judge: _Judge, fix: Fix) -> Problem:
    name = _quoted(part.written.text) if part.written else ""
    whom = f" of {name}" if name else ""
    match verdict:
        case _Verdict.UNKNOWN:
            return _unknown(part, name, judge.known)
        case _Verdict.REMOVED:
            message = f"the rule {name} is gone: {REMOVED[part.name]}"
        case _Verdict.IDLE:
            message = f"this comment ends no suppression{whom}"
        case _Verdict.UNUSED:
            message = f"this suppression{whom} silences nothing"
    return Problem(part.span, message, "Remove it.", fix=fix, severity=Severity.NOTE)


def _unknown(part: _Part, name: str, known: Collection[str]) -> Problem:
    message = f"there is no rule or group {name}"
    meant = closest(part.name, known)
    if meant is None:
        return Problem(part.span, message, "Use a name that `cardlint rules` lists; a reason goes after `--`.")
    fix = Fix(f"Write `{meant}`", (Edit(part.span, meant),), Safety.UNSAFE)
    return Problem(part.span, message, f"Did you mean `{meant}`?", fix=fix)


def _fix(source: Source, part: _Part, judge: _Judge, *, whole: bool) -> Fix:
    """Takes out the name, or the whole comment."""
    directive = part.directive
    if part.written is not None and not whole:
        return Fix(f"Remove {_quoted(part.written.text)} from the comment", (directive.without(part.written),))
    edit, safety = removal(source, directive.comment)
    # one that speaks of every rule may be of use to a rule that did not run
    if not part.name and directive.verb != "enable" and not judge.all_ran:
        safety = Safety.UNSAFE
    return Fix("Remove the comment", (edit,), safety)


def _quoted(name: str) -> str:
    from cardlint.config.errors import quoted  # here, since it is needed only where something is wrong

    return quoted(name)
