"""Writing comments into a card that suppress its findings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from cardlint.card.card import Card, parse
from cardlint.card.frontmatter import HUB_BLOCK
from cardlint.card.markdown.tree import Block, CodeBlock, Heading, Html, Math, Paragraph, Row
from cardlint.card.yaml.nodes import same
from cardlint.config.rule_names import UNUSED_SUPPRESSION
from cardlint.config.selection import ActiveRule
from cardlint.finding import Edit, Finding
from cardlint.fixing.edited import Edited
from cardlint.fixing.edits import apply, with_line_ends
from cardlint.fixing.proof import read_back
from cardlint.fixing.rounds import FixedCard
from cardlint.lazy_regex import LazyPattern
from cardlint.linting.linter import lint
from cardlint.linting.results import CardResult
from cardlint.linting.suppression.intervals import any_in
from cardlint.linting.suppression.planning import FOR_CARD, IN_YAML, Form, Place, Planner
from cardlint.rule_definition import Rule
from cardlint.source import BYTE_ORDER_MARK, Folder, Source, Span

__all__ = ["suppress_findings"]

Choose = Callable[[Sequence[Finding]], Sequence[Finding]]
"""A function that returns those of a card's findings that are to be suppressed."""

Shape = tuple[str, int, str, tuple[object, ...]]

_Key = tuple[str, int]  # the rule and the start of a finding
_NEW = -1  # the start of a finding that is not in the card as it was
_BY_RISK = (Form.BEHIND, Form.FILE_AT_END, Form.AROUND, Form.ABOVE, Form.FILE_AT_BODY)
_CLOSE_ROUNDS = 8  # in which comments may move to places for less than the whole card
_COMMENT = LazyPattern(r"\s*<!-- cardlint-(?:(?!-->).)*-->\s*")
_CLOSING = LazyPattern(r"<!-- cardlint-enable (?:(?!-->|<!--).)*-->\s*\Z")
_BLANKS = re.compile(r"\s+")


def suppress_findings(  # noqa: PLR0913 - the parameters of `lint` and `parse`
    source: Source,
    folder: Folder | None,
    active: Sequence[ActiveRule],
    *,
    choose: Choose,
    known: Mapping[str, Rule] | None = None,
    repo_id: str | None = None,
) -> FixedCard:
    """Return a card with comments that suppress its chosen findings; `fixed` counts those by rule.

    A comment that is not read in its place, or would change the card, gets the next place. What no comment can suppress
    is left: findings of a flattened card, of a pointer of Git LFS, and of `unused-suppression`.
    """

    def look(text: Source) -> tuple[Card, CardResult]:
        card = parse(text, folder, repo_id)
        return card, lint(card, active, known=known)

    before, result = look(source)
    chosen = [finding for finding in choose(result.findings) if finding.rule.name != UNUSED_SUPPRESSION]
    if not chosen or before.recovery is not None or before.is_lfs_pointer or before.is_oversized:
        return FixedCard(source, result)
    plan = _Plan(before, result.findings, chosen)
    while plan.comments:
        edits = with_line_ends(source.text, plan.edits())
        written = read_back(source, apply(source.text, edits))
        if written is None:
            break
        after, left = look(written)
        failed = plan.failed(after, left.findings, Edited(source.text, edits))
        if not failed:
            return FixedCard(written, left, plan.suppressed, 1)
        if not plan.move(failed):
            break
    return FixedCard(source, result)


class _Plan:
    """The comments for the findings of a card, each in the first of its places that did not fail."""

    def __init__(self, card: Card, findings: Iterable[Finding], chosen: Sequence[Finding]) -> None:
        self._card = card
        self._planner = Planner(card)
        self._found = set(map(_key, findings))
        self._numbers = Counter(map(_key, chosen))
        self._places = {_key(finding): list(self._planner.places(finding)) for finding in chosen}
        self._shapes = list(_shapes(card))
        self._rounds = 0

    @property
    def comments(self) -> dict[Place, set[str]]:
        """The names of the rules for each place; a rule that is suppressed in the whole card is in no other."""
        current = [(rule, places[0]) for (rule, _), places in self._places.items() if places]
        for_card = {rule for rule, place in current if place.form in FOR_CARD}
        comments: dict[Place, set[str]] = defaultdict(set)
        for rule, place in current:
            if place.form in FOR_CARD or rule not in for_card:
                comments[place].add(rule)
        return comments

    @property
    def suppressed(self) -> Counter[str]:
        """The number of findings with a comment, by rule."""
        counts: Counter[str] = Counter()
        for key, places in self._places.items():
            counts[key[0]] += self._numbers[key] if places else 0
        return +counts

    def edits(self) -> list[Edit]:
        """Return the edits that write the comments."""
        return self._planner.edits(self.comments)

    def failed(self, after: Card, left: Iterable[Finding], edited: Edited) -> set[_Key]:
        """Return the findings whose comments must move: they would change the card, or are not read."""
        return self._harmful(after) or self._unread(left, edited)

    def move(self, failed: Collection[_Key]) -> bool:
        """Move comments to their next places; after many rounds, to those for the whole card. False ends it."""
        self._rounds += 1
        for key in failed:
            del self._places[key][0]
        if self._rounds >= _CLOSE_ROUNDS:
            for key, places in self._places.items():
                self._places[key] = [place for place in places if place.form in FOR_CARD]
        return self._rounds < 2 * _CLOSE_ROUNDS and any(self._places.values())

    def _unread(self, left: Iterable[Finding], edited: Edited) -> set[_Key]:
        """Return the findings that are still reported, those whose comments are unused, and those that are new.

        A finding that a comment caused is suppressed in the whole card. A comment is unused if it came between two
        parts of the card that a rule reads together.
        """
        moved = {(rule, edited.start(offset)): (rule, offset) for rule, offset in self._found}
        failed = set()
        unused = defaultdict(list)
        for finding in left:
            key = _key(finding)
            own = moved.get(key)
            if own is None and key[0] == UNUSED_SUPPRESSION:
                unused[finding.source.slice(finding.span)].append(finding.span.start)
            elif own is None:
                own = (key[0], _NEW)
                # the first place is the one that failed
                self._places.setdefault(own, [Place(Form.ABOVE), *self._planner.for_card()])
            if own is not None and self._places.get(own):
                failed.add(own)
        return failed | {key for key in self._places if self._is_written_at(key, unused.get(key[0], ()), edited)}

    def _is_written_at(self, key: _Key, offsets: Sequence[int], edited: Edited) -> bool:
        """Return True if a comment for a finding is at one of some offsets, sorted, of the text with all comments."""
        if not offsets or not self._places[key]:
            return False
        places = self._planner.offsets(self._places[key][0])
        return any(any_in(offsets, Span(edited.end(at), edited.start(at) + 1)) for at in places)

    def _harmful(self, after: Card) -> set[_Key]:
        """Return the findings whose comments changed the metadata, or are near a change of the body."""
        if not _has_same_metadata(self._card, after):
            return self._with(lambda place: place.form in IN_YAML) or self._riskiest(self._with(lambda _: True))
        changed = self._changed(after)
        if not changed:
            return set()

        def is_near(place: Place) -> bool:
            block = self._planner.block_of(place)
            return block is not None and changed.start - 1 <= block <= changed.stop

        in_body = self._with(is_near) or self._with(lambda place: place.form not in IN_YAML)
        return self._riskiest(in_body) or self._with(lambda _: True)

    def _riskiest(self, keys: Collection[_Key]) -> set[_Key]:
        """Return the findings whose comments have the form that changes a card most often."""
        form = next((form for form in _BY_RISK if any(self._places[key][0].form is form for key in keys)), None)
        return {key for key in keys if self._places[key][0].form is form}

    def _with(self, has: Callable[[Place], bool]) -> set[_Key]:
        return {key for key, places in self._places.items() if places and has(places[0])}

    def _changed(self, after: Card) -> range:
        """Return the indexes of the blocks from the first to the last one that is not as it was."""
        old = [shape for _, shape in self._shapes]
        new = [shape for _, shape in _shapes(after)]
        if old == new:
            return range(0)
        shorter = min(len(old), len(new))
        first = next((index for index in range(shorter) if old[index] != new[index]), shorter)
        behind = next(
            (index for index in range(shorter - first) if old[-1 - index] != new[-1 - index]), shorter - first
        )
        indexes = [index for index, _ in self._shapes] or [0]
        last = max(len(old) - behind - 1, first)
        return range(indexes[min(first, len(indexes) - 1)], indexes[min(last, len(indexes) - 1)] + 1)


def _key(finding: Finding) -> _Key:
    return finding.rule.name, finding.span.start


def _has_same_metadata(before: Card, after: Card) -> bool:
    """Return True if the Hub and the linter read the same metadata as before."""
    return (
        before.front_matter.state is after.front_matter.state
        and (before.metadata.error is None) == (after.metadata.error is None)
        and same(before.metadata.root, after.metadata.root)
        and _is_found(before) == _is_found(after)
        and after.recovery is None
    )


def _is_found(card: Card) -> bool:
    return HUB_BLOCK.match(card.source.text.removeprefix(BYTE_ORDER_MARK)) is not None


def _shapes(card: Card) -> Iterator[tuple[int, Shape]]:
    """Yield what a reader sees of each block of the body, with its index; comments for the linter are left out."""
    for index, block in enumerate(card.body.blocks):
        shape = _shape(block, card)
        if shape is not None:
            yield index, shape


def _shape(block: Block, card: Card) -> Shape | None:
    text = ""
    match block:
        case Html(content=content):
            if _COMMENT.fullmatch(content.text):
                return None
            text = _CLOSING.sub("", content.text)
        case Paragraph(content=content) | Heading(content=content):
            text = card.body.plain(content)
        case Row(cells=cells):
            text = "|".join(card.body.plain(cell.content) for cell in cells)
        case CodeBlock(content=content) | Math(content=content):
            text = content.text
    level = block.level if isinstance(block, Heading) else 0
    children = tuple(shape for child in block.children if (shape := _shape(child, card)) is not None)
    return type(block).__name__, level, _BLANKS.sub("", text), children
