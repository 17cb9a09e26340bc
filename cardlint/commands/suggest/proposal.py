"""The metadata that a card lacks: the fixes of the rules that add metadata, applied in memory and proved as ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from cardlint.card.card import Card, parse
from cardlint.card.frontmatter import FrontMatterState
from cardlint.card.yaml.nodes import Entry
from cardlint.config.selection import ActiveRule
from cardlint.finding import Edit, Finding
from cardlint.fixing.edited import Edited
from cardlint.fixing.edits import apply, with_line_ends
from cardlint.fixing.proof import LintedCard, find_harm, read_back
from cardlint.fixing.rounds import FixedCard, fix_card
from cardlint.linting.linter import lint
from cardlint.registry import load_rules
from cardlint.source import BYTE_ORDER_MARK, Folder, Source, Span

__all__ = ["KEYS", "NotReadyError", "Place", "Proposal", "Suggestion", "propose"]

KEYS: Mapping[str, tuple[str, ...]] = {
    "missing-base-model": ("base_model", "base_model_relation"),
    "missing-library": ("library_name",),
    "missing-pipeline-tag": ("pipeline_tag",),
    "missing-language": ("language",),
    "missing-license": ("license",),
    "missing-datasets": ("datasets",),
    "unindexed-results": ("model-index",),
}
"""The rules whose fixes add metadata, in the order of the suggestions, with the keys that each adds."""

EMPTY = "---\n{}\n---\n\n"


class NotReadyError(Exception):
    """The metadata of a card must be fixed before anything can be added to it; the message says what to do."""


class Place(Struct, frozen=True):
    """A place that shows a fact: a line of a file, or a key of the metadata."""

    file: str = ""
    line: int = 0
    key: str = ""


class Suggestion(Struct, frozen=True):
    """An entry of the metadata: its key, its YAML as lines, and the places that show it.

    It `is_new` unless the card has the key with another value.
    """

    key: str
    lines: tuple[str, ...]
    places: tuple[Place, ...]
    is_new: bool = True


class Proposal(Struct, frozen=True, kw_only=True):
    """The suggestions for a card.

    `proved` are those of safe fixes, and `source` is the card with them. `doubtful` are those of unsafe fixes, for the
    author to review, and `whole` is the card with these too. `open` are the keys that are missing without a suggestion,
    and `template` is YAML to fill in.
    """

    source: Source
    whole: Source
    proved: tuple[Suggestion, ...] = ()
    doubtful: tuple[Suggestion, ...] = ()
    open: tuple[str, ...] = ()
    template: tuple[str, ...] = ()


def propose(source: Source, folder: Folder | None, repo_id: str | None = None) -> Proposal:
    """Return what the card lacks and its repository shows. Nothing is written.

    The configuration plays no part, since this was asked for; suppression comments do.

    Raises:
        NotReadyError: the Hub cannot read the metadata of the card.
    """
    card = parse(source, folder, repo_id)
    start = _with_metadata(card, folder, repo_id)
    rules = load_rules()
    active = [ActiveRule(rule, {}, None, rule.name in KEYS) for rule in rules.values() if rule.default]

    def fix(text: Source, *, unsafe: bool) -> FixedCard:
        return fix_card(text, folder, active, unsafe=unsafe, known=rules, repo_id=repo_id)

    safe = fix(start, unsafe=False)
    whole = fix(safe.source, unsafe=True)
    rest = [finding for finding in whole.result.findings if finding.rule.name in KEYS]
    return Proposal(
        source=safe.source if safe.applied else source,
        whole=whole.source if safe.applied or whole.applied else source,
        proved=tuple(_suggestions(start, safe, source)),
        doubtful=tuple(_suggestions(safe.source, whole, source)),
        open=tuple(key for rule, (key, *_) in KEYS.items() if any(each.rule.name == rule for each in rest)),
        template=next((_template(each) for each in rest if each.rule.name == "unindexed-results"), ()),
    )


def _template(finding: Finding) -> tuple[str, ...]:
    """Return the YAML in the help of a finding: the lines after the first."""
    return tuple(finding.problem.help.split("\n")[1:])


def _with_metadata(card: Card, folder: Folder | None, repo_id: str | None) -> Source:
    """Return the text of the card, with an empty front matter if it has none.

    Raises:
        NotReadyError: see `propose`.
    """
    if card.metadata.is_mapping and card.recovery is None:
        return card.original
    if card.front_matter.state is not FrontMatterState.NONE or card.recovery is not None or card.is_lfs_pointer:
        raise NotReadyError("the Hub cannot read its metadata; see `cardlint check`, then try again")
    text = card.original.text
    start = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    (edit,) = with_line_ends(text, [Edit(Span(start, start), EMPTY)])
    after = read_back(card.original, apply(text, [edit]))
    harm = "it cannot be written" if after is None else _harm(card, after, folder, repo_id, edit)
    if after is None or harm:
        raise NotReadyError(f"metadata cannot be added: {harm}")
    return after


def _harm(card: Card, after: Source, folder: Folder | None, repo_id: str | None, edit: Edit) -> str:
    before, behind = (LintedCard(each, lint(each, ())) for each in (card, parse(after, folder, repo_id)))
    return find_harm(before, behind, Edited(card.original.text, [edit]), ())


def _suggestions(before: Source, fixed: FixedCard, original: Source) -> Iterator[Suggestion]:
    """Yield the entries that the fixes added or changed, in the order of `KEYS`."""
    known = {entry.name: before.slice(entry.span) for entry in _entries(before)}
    changed = {
        entry.name: entry for entry in _entries(fixed.source) if known.get(entry.name) != fixed.source.slice(entry.span)
    }
    for rule, keys in KEYS.items():
        findings = [finding for finding in fixed.applied if finding.rule.name == rule]
        places = dict.fromkeys(place for finding in findings for place in _places(finding, original))
        for key in keys:
            if key in changed:
                yield Suggestion(key, _lines(fixed.source, changed[key]), tuple(places), key not in known)


def _entries(source: Source) -> Sequence[Entry]:
    return parse(source).metadata.mapping.entries


def _lines(source: Source, entry: Entry) -> tuple[str, ...]:
    """Return the YAML of a top-level entry, without the indentation that all entries share."""
    first = source.line_index(entry.key.span.start)
    last = source.line_index(max(entry.span.end - 1, entry.span.start))
    indent = entry.key.span.start - source.lines[first].start
    return tuple(source.slice(line)[indent:].rstrip() for line in source.lines[first : last + 1])


def _places(finding: Finding, original: Source) -> Iterator[Place]:
    """Yield the places that show a fact: in other files, else in the body, else in the metadata."""
    problem = finding.problem
    in_files = [(place.source, place.span) for place in problem.related if place.source is not None]
    for source, span in in_files:
        yield Place(_name(source), source.position(span.start).line)
    if in_files:
        return
    card = parse(finding.source)
    spans = [problem.span, *(place.span for place in problem.related)]
    in_body = next((span for span in spans if span.start >= card.front_matter.span.end), None)
    if in_body is not None:
        # the lines of the body only moved
        moved = len(original.lines) - len(finding.source.lines)
        yield Place(_name(original), finding.source.position(in_body.start).line + moved)
        return
    for entry in card.metadata.mapping.entries:
        if any(entry.span.covers(span) for span in spans):
            yield Place(key=entry.name or "")


def _name(source: Source) -> str:
    return source.path.rpartition("/")[2]
