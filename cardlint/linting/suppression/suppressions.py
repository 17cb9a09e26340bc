"""Comments that suppress findings, and those that suppress none.

The place of a finding is its first character. In Markdown

- `<!-- cardlint-disable rule, group -- reason -->` holds from its line to a `cardlint-enable` with the same names, or
  with none, or to the end of the card;
- `cardlint-disable-line` holds for its own line, for instance in a cell of a table row;
- `cardlint-disable-next-line` holds for the next line that is neither blank nor such a comment, and only for that line,
  even if a paragraph or a table begins there; if that line is a heading, for its section with all subsections. So does
  every directive on the line of the heading itself;
- `cardlint-disable-file` holds for the whole card, front matter included; it may be anywhere.

In the front matter, `# cardlint: disable=rule -- reason` after a value holds for its line and the entry on it; on a
line of its own, it holds for the next line and for all that is nested below the entry or item there. `disable-line`,
`disable-next-line` and `disable-file` mean the same as in Markdown. Wherever it is in the front matter, a comment that
names a rule about missing metadata suppresses it in the whole card. A comment without a name is for every rule.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.config.rule_names import REMOVED, RENAMED, UNUSED_SUPPRESSION, closest
from cardlint.finding import Edit, Fix, Problem, RuleInfo, Safety, Severity
from cardlint.linting.suppression.comments import Lines, removal
from cardlint.linting.suppression.directives import VERBS, Directive, Name, UnknownDirective, read_comments
from cardlint.linting.suppression.intervals import Intervals, any_in
from cardlint.linting.suppression.scope import Reaches
from cardlint.source import LINE_END, Source, Span
from cardlint.wording import listed

__all__ = ["Suppressions", "find_suppressions"]

_EVERY = ""
_MOST_SEARCHED = 100
_DIRECTIVES = [f"`cardlint-{verb}`" for verb in VERBS]
_UNUSED = RuleInfo(UNUSED_SUPPRESSION, "source", Severity.WARNING, "")


class _Part(Struct, eq=False):
    """One name of a directive; `name` is the rule's current name, empty for every rule."""

    directive: Directive
    written: Name | None
    name: str
    reach: Span
    used: bool = False

    @property
    def span(self) -> Span:
        return self.written.span if self.written else self.directive.head


def find_suppressions(card: Card) -> Suppressions:
    """Return the suppressions of a card; a card without such comments is not parsed."""
    comments = list(read_comments(card))
    if not comments:
        return Suppressions(card.source)
    directives = [item for item in comments if isinstance(item, Directive)]
    directives.sort(key=lambda directive: directive.comment.span)
    reaches = Reaches(card, directives)
    parts = [part for each in directives for part in _parts(each, reaches.of(each))]
    return Suppressions(card.source, parts, [item for item in comments if isinstance(item, UnknownDirective)])


def _parts(directive: Directive, reach: Span) -> Iterator[_Part]:
    for name in directive.names or (None,):
        today = RENAMED.get(name.text, name.text) if name else _EVERY
        yield _Part(directive, name, today, reach)


class Suppressions:
    """The suppressions of a card, each with a record if it was used; `unknown` are comments that are no directives.

    `plain` is the text of the card with blanks in place of the comments in its body. Rules read that, so that a comment
    between a sentence and its list, or behind a number, changes nothing.
    """

    def __init__(self, source: Source, parts: Sequence[_Part] = (), unknown: Sequence[UnknownDirective] = ()) -> None:
        self._source = source
        self._parts = parts
        self._unknown = unknown
        self._disabling: dict[str, list[_Part]] = defaultdict(list)
        self._enabled: dict[str, list[int]] = defaultdict(list)
        for part in parts:
            if part.directive.verb == "enable":
                self._enabled[part.name].append(part.span.start)
            else:
                self._disabling[part.name].append(part)
        self._comments = sorted(
            {each.directive.comment.span for each in parts if _can_be_left_out(source, each.directive)}
        )
        self.plain = _blanked(source.text, self._comments)
        self._covered: dict[str, Intervals] = {}
        self._silenced: dict[RuleInfo, list[int]] = defaultdict(list)
        _mark_enabling(parts)

    def silences(self, rule: RuleInfo, span: Span) -> bool:
        """Return True if a finding of `rule` at `span` of the tree is suppressed; all comments that match are used."""
        if not self._parts:
            return False
        if rule.name not in self._covered:
            self._covered[rule.name] = Intervals(self._reach(part, rule) for part in self._for(rule))
        if not self._covered[rule.name].count(span.start):
            return False
        self._silenced[rule].append(span.start)
        return True

    def overlaps(self, span: Span) -> bool:
        """Return True if a span has a part of a comment that is left out of `plain`."""
        index = bisect_left(self._comments, Span(span.end, span.end)) - 1
        return index >= 0 and self._comments[index].overlaps(span)

    def unused(self, ran: Collection[str], known: Collection[str]) -> Iterator[Problem]:
        """Yield a problem for each unused name, after all findings were matched, unless a comment suppresses it.

        `ran` are the names of the rules and groups that ran; others are not judged. `known` are all names; without them
        no name is reported as unknown. Unknown directives are reported too.
        """
        self._mark_used()
        judge = _Judge(frozenset(ran), frozenset(known))
        guilty, unknown = self._guilty(judge)
        void = Counter(part.directive.head for part, verdict in guilty.items() if verdict is not _Verdict.UNKNOWN)
        for part, verdict in guilty.items():
            whole = void[part.directive.head] >= len(part.directive.names)
            yield _problem(self._source, part, verdict, judge, _fix(self._source, part, judge, whole=whole))
        yield from map(_unknown_directive, unknown)

    def _for(self, rule: RuleInfo) -> Iterator[_Part]:
        """Yield the parts that disable a rule by its name, its group or with all rules."""
        for name in (rule.name, rule.group, _EVERY):
            yield from self._disabling.get(name, ())

    def _mark_used(self) -> None:
        for rule, offsets in self._silenced.items():
            offsets.sort()
            for part in self._for(rule):
                part.used = part.used or any_in(offsets, self._reach(part, rule))

    def _guilty(self, judge: _Judge) -> tuple[dict[_Part, _Verdict], list[UnknownDirective]]:
        """Return the parts and comments to report; those about which another part suppresses a finding are left out."""
        found = {}
        hushing = {part: self._reach(part, _UNUSED) for part in self._parts if _may_hush(part)}
        covered = Intervals(hushing.values())
        hushed = sorted(item.head.start for item in self._unknown if covered.count(item.head.start))
        # parts that can suppress findings of this rule come last: the others decide if they were used
        for part in sorted(self._parts, key=_may_hush):
            reach = hushing.get(part)
            part.used = part.used or (reach is not None and any_in(hushed, reach))
            verdict = judge(part)
            if verdict is None:
                continue
            offset = part.span.start
            by_itself = reach is not None and reach.start <= offset < reach.end
            if covered.count(offset) > by_itself:
                insort(hushed, offset)
            else:
                found[part] = verdict
        return found, [item for item in self._unknown if not covered.count(item.head.start)]

    def _reach(self, part: _Part, rule: RuleInfo) -> Span:
        """Return the offsets at which a part suppresses findings of a rule."""
        if part.directive.in_yaml and part.name == rule.name and _is_about_absence(rule):
            return Span(0, len(self._source.text) + 1)
        return Span(part.reach.start, self._end(part, rule)) if part.directive.is_region else part.reach

    def _end(self, part: _Part, rule: RuleInfo) -> int:
        """Return the offset after a `disable` at which the rule is enabled again."""
        end = part.reach.end
        for name in (rule.name, rule.group, _EVERY):
            places = self._enabled.get(name, ())
            index = bisect_right(places, part.span.start)
            if index < len(places):
                end = min(end, places[index])
        return end


def _can_be_left_out(source: Source, directive: Directive) -> bool:
    """Return True for a comment of the body that blanks can replace.

    Not for one of several lines, which may have marks of a list or quote in them, and not for one that is followed by
    the text of its line: blanks before that would make it code.
    """
    span = directive.comment.span
    if directive.in_yaml or LINE_END.search(source.text, span.start, span.end):
        return False
    lines = Lines(source, span)
    return not lines.is_followed or lines.follows_letters or lines.follows_bar


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """Return a text of the same length with blanks in the spans, which are sorted."""
    parts: list[str] = []
    end = 0
    for span in spans:
        parts += (text[end : span.start], " " * len(span))
        end = span.end
    return "".join((*parts, text[end:]))


def _is_about_absence(rule: RuleInfo) -> bool:
    """Return True for a rule about missing metadata, whose findings have no line of their own in the front matter."""
    return rule.name.startswith("missing-") and rule.group in {"metadata", "provenance"}


def _may_hush(part: _Part) -> bool:
    """Return True if a part may suppress `unused-suppression`: by name or, in the whole file, by group or for all."""
    if part.directive.verb == "disable-file":
        return part.name in {_UNUSED.name, _UNUSED.group, _EVERY}
    return part.name == _UNUSED.name and part.directive.verb != "enable"


def _mark_enabling(parts: Sequence[_Part]) -> None:
    """Mark each `enable` that may end a suppression as used; a rule's may end that of its group, and vice versa."""
    opened: set[str] = set()
    for part in parts:
        if part.directive.is_region:
            opened.add(part.name)
        elif part.directive.verb == "enable":
            part.used = bool(opened)
            opened = opened - {part.name} if part.name else set()


class _Verdict(Enum):
    """The problem of an unused part."""

    UNUSED = "it suppressed nothing"
    IDLE = "it enables a rule that is not disabled"
    REMOVED = "the rule was removed"
    UNKNOWN = "the rule does not exist"


class _Judge:
    """Finds the problem of an unused part; None if that is impossible to know."""

    def __init__(self, ran: frozenset[str], known: frozenset[str]) -> None:
        self.ran = ran
        self.known = known
        self._meant: dict[str, str | None] = {}
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

    def meant(self, name: str) -> str | None:
        """Return the rule or group that an unknown name perhaps means; only so many are searched in one card."""
        if name not in self._meant:
            self._meant[name] = closest(name, self.known) if len(self._meant) < _MOST_SEARCHED else None
        return self._meant[name]


def _problem(source: Source, part: _Part, verdict: _Verdict, judge: _Judge, fix: Fix) -> Problem:
    name = _quoted(part.written.text) if part.written else ""
    whom = f" of {name}" if name else ""
    match verdict:
        case _Verdict.UNKNOWN:
            return _unknown(part, name, judge.meant(part.name))
        case _Verdict.REMOVED:
            message = f"the rule {name} was removed: {REMOVED[part.name]}"
        case _Verdict.IDLE:
            message = f"this comment ends no suppression{whom}"
        case _Verdict.UNUSED:
            message = f"this suppression{whom} is unused"
    is_above = verdict is _Verdict.UNUSED and _is_above_an_entry(source, part.directive)
    advice = (
        "It is for the value below it: write it behind a value or above it, or remove it." if is_above else "Remove it."
    )
    return Problem(part.span, message, advice, fix=fix, severity=Severity.NOTE)


def _is_above_an_entry(source: Source, directive: Directive) -> bool:
    """Return True for a comment of YAML on a line of its own, which some people write below the value."""
    return directive.in_yaml and directive.verb == "disable" and Lines(source, directive.comment.span).alone


def _unknown(part: _Part, name: str, meant: str | None) -> Problem:
    message = f"unknown rule or group {name}"
    if meant is None:
        return Problem(part.span, message, "Use a name that `cardlint rules` lists; a reason goes after `--`.")
    fix = Fix(f"Write `{meant}`", (Edit(part.span, meant),), Safety.UNSAFE)
    return Problem(part.span, message, f"Did you mean `{meant}`?", fix=fix)


def _unknown_directive(item: UnknownDirective) -> Problem:
    if item.is_heading:
        message = f"{_quoted(item.text)} is a heading here, because a comment in the body begins with `<!--`"
    else:
        message = f"{_quoted(item.text)} is not a directive of cardlint, so the comment has no effect"
    if item.meant is None:
        return Problem(item.head, message, f"The directives are {listed(_DIRECTIVES)}.")
    fix = Fix(f"Write `{item.meant}`", (Edit(item.head, item.meant),), Safety.UNSAFE)
    return Problem(item.head, message, f"Did you mean `{item.meant}`?", fix=fix)


def _fix(source: Source, part: _Part, judge: _Judge, *, whole: bool) -> Fix:
    """Remove the name, or the whole comment."""
    directive = part.directive
    if part.written is not None and not whole:
        return Fix(f"Remove {_quoted(part.written.text)} from the comment", (directive.without(part.written),))
    edit, safety = removal(source, directive.comment)
    # a comment for every rule may be used by a rule that did not run
    if not part.name and directive.verb != "enable" and not judge.all_ran:
        safety = Safety.UNSAFE
    return Fix("Remove the comment", (edit,), safety)


def _quoted(name: str) -> str:
    from cardlint.config.errors import quoted  # here, because it is rarely needed

    return quoted(name)
