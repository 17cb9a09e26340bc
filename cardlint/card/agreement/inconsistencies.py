"""Claims of the body about one evaluation that do not agree: a label twice in one table, or a sentence and a table.

Two claims are of one evaluation only if nothing sets them apart: metric, variant, dataset, configuration, split and
setting are equal, and so are the words of the headings and captions above them. If anything is left over, nothing is
reported.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from cardlint.card.claims.bullets import EVALUATION_SET
from cardlint.card.claims.claim import Claim
from cardlint.card.claims.grids import find_tables
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import List, Paragraph, Table
from cardlint.card.numbers.number import NUMERAL, agree, read_number
from cardlint.card.text.sections import Section
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import SCORE, normalise_label, read_label

__all__ = ["Inconsistency", "find_inconsistencies"]

_FORMS = ("prose", "summary", "fenced", "table")
_MOST_CLAIMS = 2_000  # pairs are compared, so more would take too long
_NUMBER = LazyPattern(rf"(?<![\w.,])(?P<number>{NUMERAL})(?![\w]|[.,]\d)")


class Inconsistency(Struct, frozen=True):
    """Two claims of one evaluation that disagree, in the order of the body."""

    earlier: Claim
    later: Claim

    @property
    def is_repeated_label(self) -> bool:
        """True for a label that one table or list has twice."""
        return self.earlier.source == self.later.source


def find_inconsistencies(
    claims: Sequence[Claim], body: Document, sections: Sequence[Section]
) -> Iterator[Inconsistency]:
    """Yield the pairs of claims of a body that cannot both be right."""
    groups: dict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.source in _FORMS and claim.reading.known and claim.metric not in {"loss", SCORE}:
            groups[_evaluation(claim)].append(claim)
    disputed = [group for group in groups.values() if any(not agree(group[0].number, each.number) for each in group)]
    if not disputed or len(claims) > _MOST_CLAIMS:
        return
    tables = tuple(find_tables(body))
    lists = tuple(block for block in body.walk() if isinstance(block, List))
    for group in disputed:
        yield from _repeated_labels(group, tables, lists)
        yield from _two_places(group, claims, body, sections)


def _evaluation(claim: Claim) -> tuple[object, ...]:
    """Return all that a claim says of what was measured."""
    is_trainers = EVALUATION_SET in claim.names
    return (claim.metric, claim.variant, frozenset(claim.reading.words), claim.measured_on, claim.setting, is_trainers)


def _pair(one: Claim, other: Claim) -> Inconsistency:
    return Inconsistency(*sorted((one, other), key=lambda claim: claim.span.start))


def _repeated_labels(group: Sequence[Claim], tables: Sequence[Table], lists: Sequence[List]) -> Iterator[Inconsistency]:
    for table in tables:
        pair = _inside(table.span, group)
        if pair and _are_repeated_rows(table, pair):
            yield pair
    for block in lists:
        pair = _inside(block.span, group)
        if pair and _are_repeated_items(block, pair.later):
            yield pair


def _inside(span: Span, group: Sequence[Claim]) -> Inconsistency | None:
    """Return the only two claims inside a span if they disagree."""
    inside = [claim for claim in group if span.covers(claim.span)]
    return _pair(*inside) if len(inside) == 2 and not agree(inside[0].number, inside[1].number) else None


def _are_repeated_rows(table: Table, pair: Inconsistency) -> bool:
    """Return whether two claims are in one column and in the only two rows whose labels are alike."""
    # here, since few cards have two values for one evaluation
    from cardlint.card.agreement.context import cell_of, labels_of
    from cardlint.card.claims.columns import says_nothing
    from cardlint.card.numbers.value import read_value

    place, other_place = cell_of(table, pair.earlier.span), cell_of(table, pair.later.span)
    if place is None or other_place is None or place[1] != other_place[1]:
        return False
    labels = [labels_of(row) for row in table.rows]
    label = labels[place[0]]
    repeated = [each for each, count in Counter(labels).items() if count > 1]
    texts = [text for text in label if text]
    between = table.rows[place[0] : other_place[0]]
    return (
        repeated == [label]
        and labels.count(label) == 2
        and label == labels[other_place[0]]
        and len(texts) == 1
        and read_label(texts[0]).known
        and not read_label(texts[0]).words
        # a row without values is the heading of the rows below it
        and all(any(read_value(cell.content.text) for cell in row.cells) for row in between)
        and not any(says_nothing(cell.content.text) for cell in table.header.cells)
    )


def _are_repeated_items(block: List, claim: Claim) -> bool:
    """Return whether the label of a claim is the only one that a list has twice."""
    texts = [item.blocks[0] for item in block.items if len(item.blocks) == 1]
    labels = [normalise_label(text.content.text.partition(":")[0]) for text in texts if isinstance(text, Paragraph)]
    repeated = [label for label, count in Counter(labels).items() if count > 1]
    return len(labels) == len(block.items) and repeated == [normalise_label(claim.label)]


def _two_places(
    group: Sequence[Claim], claims: Sequence[Claim], body: Document, sections: Sequence[Section]
) -> Iterator[Inconsistency]:
    """Yield two claims of different forms, if all other numbers of their metric agree with the more exact form."""
    if len(group) != 2 or group[0].source == group[1].source:
        return
    said, shown = sorted(group, key=lambda claim: _FORMS.index(claim.source))
    others = [claim for claim in claims if claim.metric == said.metric and claim is not said and claim is not shown]
    if _is_rounded(said, shown) or not all(agree(other.number, shown.number) for other in others):
        return
    from cardlint.card.agreement.context import Surroundings  # here, as above

    around = Surroundings(body, sections, claims)
    is_one_evaluation = around.is_plain(said) and around.is_plain(shown) and around.are_alike(said, shown)
    if is_one_evaluation and not _stands_elsewhere(said, body):
        yield _pair(said, shown)


def _is_rounded(said: Claim, shown: Claim) -> bool:
    """Return whether a sentence may give the value of a table as a round number: 90 % for 91.7 %."""
    round_number, exact = _in_percent(said), _in_percent(shown)
    if round_number % 5:
        return False
    return abs(round_number - exact) <= (5 if round_number % 10 == 0 else Decimal("2.5"))


def _in_percent(claim: Claim) -> Decimal:
    is_fraction = not claim.number.percent and abs(claim.value) <= 1
    return claim.value * 100 if is_fraction else claim.value


def _stands_elsewhere(said: Claim, body: Document) -> bool:
    """Return whether the body has the value once more, in whatever table or line: it may be the value of that."""
    start = body.blocks[0].span.start if body.blocks else 0
    for match in _NUMBER.finditer(body.source.text, start):
        number = read_number(match["number"])
        if number and not said.span.overlaps(Span(*match.span())) and agree(number, said.number):
            return True
    return False
