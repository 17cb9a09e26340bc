"""The training that a card describes: hyperparameters, results tables, framework versions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Heading, List, Paragraph, Table
from cardlint.card.training.hyperparameters import (
    Bullet,
    HyperparameterList,
    announces_hyperparameters,
    read_bullet,
    read_bullets,
)
from cardlint.card.training.results_table import ResultsTable, read_results_table
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.titles.section_kinds import kinds_of_title

__all__ = ["Bullet", "ResultsTable", "Training", "read_bullet", "read_bullets", "read_training"]


class Training(Struct, frozen=True, dict=True):
    """The training that a card describes: lists of hyperparameters, results tables, versions of frameworks."""

    lists: tuple[HyperparameterList, ...]
    results: tuple[ResultsTable, ...]
    versions: Mapping[str, str]
    lists_of_results: tuple[HyperparameterList, ...]

    @cached_property
    def hyperparameters(self) -> Mapping[str, Bullet]:
        """The hyperparameters of all lists by their labels; of several with one label the last."""
        return {bullet.label: bullet for each in self.lists for bullet in each.bullets}

    def number(self, name: str) -> Decimal | None:
        """Return a hyperparameter that is a plain number, exact as written, or None."""
        bullet = self.hyperparameters.get(name)
        return bullet.number if bullet else None

    def hyperparameters_of(self, results: ResultsTable) -> HyperparameterList:
        """Return the list of the training that a results table is from; an empty one if that is not known."""
        return self._by_table.get(id(results), HyperparameterList())

    @cached_property
    def _by_table(self) -> Mapping[int, HyperparameterList]:
        return {id(table): each for table, each in zip(self.results, self.lists_of_results, strict=True)}


class _Placed(Struct, frozen=True):
    """The number of a block in the card, and the headings that it is under, from the outermost."""

    number: int
    headings: tuple[Heading, ...]


_VERSION = LazyPattern(r"(?P<name>[A-Za-z](?:[\w .-]*?[\w.-])?):?\s++v?(?P<version>\d\S*)")


def read_training(document: Document) -> Training:
    """Read hyperparameters, results tables and framework versions."""
    lists: list[tuple[_Placed, HyperparameterList]] = []
    results: list[tuple[_Placed, ResultsTable]] = []
    versions: dict[str, str] = {}
    headings: tuple[Heading, ...] = ()
    before: Block | None = None
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            headings = (*(each for each in headings if each.level < block.level), block)
        elif isinstance(block, Table):
            table = None if block.is_data else read_results_table(block, document)
            if table:
                results.append((_Placed(number, headings), table))
        elif isinstance(block, List) and announces_hyperparameters(before, document):
            lists.append((_Placed(number, headings), HyperparameterList(tuple(read_bullets(block)))))
        elif isinstance(block, List) and headings and _is_of_versions(headings[-1], document):
            versions.update(_versions(block))
        before = block
    return Training(
        lists=tuple(each for _, each in lists),
        results=tuple(table for _, table in results),
        versions=versions,
        lists_of_results=tuple(_pair(lists, [place for place, _ in results])),
    )


def _pair(
    lists: Sequence[tuple[_Placed, HyperparameterList]], tables: Sequence[_Placed]
) -> Iterator[HyperparameterList]:
    """Yield for each table the nearest list above it, or below it, under the same or a parent heading.

    Lists with no table between them, as for two stages of a training, count as one, which states two values of much. A
    list under a heading that has a table of its own is not the list of a table under another heading.
    """
    numbers = [table.number for table in tables]
    above_tables = {id(heading) for table in tables for heading in table.headings}
    # by the innermost heading that a list shares with a table: the places of lists, and the lists by the tables before
    places: dict[int | None, list[int]] = {}
    together: dict[tuple[int | None, int], list[Bullet]] = {}
    for place, each in lists:
        shared = next((id(heading) for heading in reversed(place.headings) if id(heading) in above_tables), None)
        places.setdefault(shared, []).append(place.number)
        together.setdefault((shared, bisect_left(numbers, place.number)), []).extend(each.bullets)
    joined = {key: HyperparameterList(tuple(bullets)) for key, bullets in together.items()}
    for table in tables:
        shared = next((id(heading) for heading in reversed(table.headings) if id(heading) in places), None)
        of_lists = places.get(shared, ())
        if not of_lists:
            yield HyperparameterList()
            continue
        above = bisect_left(of_lists, table.number)
        nearest = of_lists[max(above - 1, 0)]
        yield joined[shared, bisect_left(numbers, nearest)]


def _is_of_versions(heading: Heading, document: Document) -> bool:
    # only called if a list follows; the card's title must be a known section title as a whole
    return "framework-versions" in kinds_of_title(document.plain(heading.content), whole=heading.level == 1)


def _versions(block: List) -> Iterator[tuple[str, str]]:
    for item in block.items:
        if len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph):
            match = _VERSION.fullmatch(item.blocks[0].content.text.strip())
            if match:
                yield match["name"], match["version"]
