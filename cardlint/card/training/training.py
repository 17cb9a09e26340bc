"""The training that a card describes: hyperparameters, results tables, framework versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Heading, List, ListItem, Paragraph, Table
from cardlint.card.numbers.number import parse_number
from cardlint.card.training.results_table import ResultsTable, read_results_table
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.titles.section_kinds import kinds_of_title

__all__ = ["Bullet", "ResultsTable", "Training", "read_bullet", "read_bullets", "read_training"]


class Bullet(Struct, frozen=True):
    """A bullet `- label: value`; `text` is the value as written, `span` its span, `whole` that of the bullet."""

    label: str
    text: str
    span: Span
    whole: Span


class Training(Struct, frozen=True):
    """The training that a card describes; `hyperparameters` has the last of several bullets with the same name."""

    hyperparameters: Mapping[str, Bullet]
    results: tuple[ResultsTable, ...]
    versions: Mapping[str, str]

    def number(self, name: str) -> Decimal | None:
        """Return a hyperparameter that is a plain number, exact as written, or None."""
        bullet = self.hyperparameters.get(name)
        number = parse_number(bullet.text) if bullet else None
        return number.value if number and not number.percent else None


_BULLET = LazyPattern(r"[*_`]*(?P<label>[^:=\n]{1,80}?)[*_`]*\s*[:=]\s*[*_`]*\s*(?P<value>.*)", re.DOTALL)
_VERSION = LazyPattern(r"(?P<name>[A-Za-z][\w .-]*?):?\s+v?(?P<version>\d\S*)")


def read_bullets(block: List) -> Iterator[Bullet]:
    """Yield the bullets of a list that have the form `label: value`."""
    return filter(None, map(read_bullet, block.items))


def read_bullet(item: ListItem) -> Bullet | None:
    """Return the item of a list as a bullet, or None if it is not `label: value`."""
    if not item.blocks or not isinstance(item.blocks[0], Paragraph):
        return None
    content = item.blocks[0].content
    match = _BULLET.fullmatch(content.text)
    if match is None:
        return None
    start = match.start("value")
    end = start + len(match["value"].rstrip())
    for marker in ("**", "__", "`", "*", "_"):
        if content.text.endswith(marker, start, end) and content.text.endswith(marker, 0, start):
            end -= len(marker)
            break
    return Bullet(match["label"].strip(), content.text[start:end], content.span(start, end), item.span)


def read_training(document: Document) -> Training:
    """Read hyperparameters, results tables and framework versions."""
    hyperparameters: dict[str, Bullet] = {}
    versions: dict[str, str] = {}
    results: list[ResultsTable] = []
    before: Block | None = None
    heading: Heading | None = None
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block
        elif isinstance(block, Table):
            table = read_results_table(block, document)
            if table:
                results.append(table)
        elif isinstance(block, List) and isinstance(before, Paragraph) and _lists_hyperparameters(before):
            hyperparameters.update((bullet.label, bullet) for bullet in read_bullets(block))
        elif isinstance(block, List) and heading is not None and _is_of_versions(heading, document):
            versions.update(_versions(block))
        before = block
    return Training(hyperparameters, tuple(results), versions)


def _is_of_versions(heading: Heading, document: Document) -> bool:
    # only called if a list follows; the card's title must be a known section title as a whole
    return "framework-versions" in kinds_of_title(document.plain(heading.content), whole=heading.level == 1)


def _lists_hyperparameters(paragraph: Paragraph) -> bool:
    text = paragraph.content.text.lower()
    return "hyperparameters" in text and text.rstrip().endswith(":")


def _versions(block: List) -> Iterator[tuple[str, str]]:
    for item in block.items:
        if len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph):
            match = _VERSION.fullmatch(item.blocks[0].content.text.strip())
            if match:
                yield match["name"], match["version"]
