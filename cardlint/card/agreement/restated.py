"""Places where the body has a value of the metadata for the same metric, attributed or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from cardlint.card.claims.claim import Claim
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Content, Heading, Paragraph, Table
from cardlint.card.numbers.number import NUMBER_IN_TEXT, agree, read_number
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import SCORE, read_label

__all__ = ["find_restated"]

_WORD = LazyPattern(r"[A-Za-z][\w@.-]*")
_LONGEST_NAME = 3  # words


def find_restated(stated: Claim, claims: Sequence[Claim], body: Document) -> Span | None:
    """Return where the body has the value of a claim of the metadata for the same metric, or None.

    Claims of any evaluation count, and so do numbers that are not claims: in a line that names the metric, or in a
    cell below or beside its name.
    """
    for claim in claims:
        if _is_same(claim.metric, stated.metric) and agree(claim.number, stated.number):
            return claim.span
    return next(_in_blocks(stated, body), None)


def _is_same(metric: str, other: str) -> bool:
    return metric == other or SCORE in {metric, other}


def _in_blocks(stated: Claim, body: Document) -> Iterator[Span]:
    for block in body.walk():
        match block:
            case Paragraph() | Heading():
                yield from _in_content(stated, block.content)
            case Table():
                yield from _in_table(stated, block)


def _in_content(stated: Claim, content: Content) -> Iterator[Span]:
    start = 0
    for line in content.text.split("\n"):
        found = list(_agreeing(stated, content, start, start + len(line)))
        if found and _names(line, stated.metric):
            yield from found
        start += len(line) + 1


def _in_table(stated: Claim, table: Table) -> Iterator[Span]:
    titles = [cell.content.text for cell in table.header.cells]
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            found = list(_agreeing(stated, cell.content, 0, len(cell.content.text)))
            beside = [*titles[index : index + 1], *(other.content.text for other in row.cells[:2])]
            if found and any(_names(text, stated.metric) for text in beside):
                yield from found


def _agreeing(stated: Claim, content: Content, start: int, end: int) -> Iterator[Span]:
    for match in NUMBER_IN_TEXT.finditer(content.text, start, end):
        number = read_number(match["number"])
        if number is not None and agree(number, stated.number):
            yield content.span(*match.span("number"))


def _names(text: str, metric: str) -> bool:
    """Return True if a text names a metric, alone or amid other words."""
    return metric in _metrics_in(text)


@lru_cache(1024)  # the title of a column is asked for each of its cells
def _metrics_in(text: str) -> frozenset[str]:
    words = _WORD.findall(text)
    return frozenset(
        read_label(" ".join(words[start : start + length])).metric
        for length in range(1, _LONGEST_NAME + 1)
        for start in range(len(words) - length + 1)
    )
