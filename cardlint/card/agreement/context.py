"""The text around a claim: does it say anything that sets the claim apart from another one?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from cardlint.card.claims.claim import Claim
from cardlint.card.claims.columns import aggregate, is_value_title, says_nothing, split_of
from cardlint.card.claims.grids import find_tables
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Paragraph, Row, Table
from cardlint.card.numbers.value import read_value
from cardlint.card.text.sections import Section
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import normalise_label, read_label

__all__ = ["Surroundings", "cell_of", "labels_of"]

_WORD = LazyPattern(r"[^\W_]+(?:-[^\W_]+)*")
_SENTENCE_END = LazyPattern(r"(?<=[.!?;])\s+")
_DIGITS = LazyPattern(r"\d[\d.,]*")
# Words of headings and captions that say nothing of what was measured.
_WORDS_WITHOUT_MEANING = frozenset((
    "a", "about", "above", "achieves", "achieved", "all", "an", "and", "are", "as", "at", "below", "benchmark", "card",
    "description", "details", "eval", "evaluation", "final", "following", "follows", "for", "has", "here", "highlights",
    "in", "introduction", "is", "it", "its", "key", "main", "metric", "metrics", "model", "obtained", "obtains", "of",
    "on", "our", "overall", "overview", "performance", "quality", "reached", "reaches", "reported", "result", "results",
    "score", "scores", "show", "shown", "shows", "statistics", "summarises", "summarizes", "summary", "table", "that",
    "the", "these", "this", "to", "value", "values", "was", "we", "were", "with",
))  # fmt: skip
# Words that may say of a sentence that its value is not the one of a table, and those that say so in one beside it.
_CIRCUMSTANCE = (
    r"baseline|beam|best|can\b|could|may\b|might|should|would|categor|checkpoint|class\b|class |classes|compar|early"
    r"|earlier|epoch|estimat|expect|first|fold|former|goal|human|initial|iteration|language|maxim|minim|nois|only|paper"
    r"|peak|previous|prompt|prun|quanti|round|sampl|shot|split|step|subset|target|threshold|variant"
)
_APART = LazyPattern(rf"(?i)\b(?:{_CIRCUMSTANCE})")
_APART_BESIDE = LazyPattern(rf"(?i)\b(?:{_CIRCUMSTANCE}|bench|(?:re)?evaluat|test|valid)")
# What follows a number and narrows it, unless its claim has it as dataset or split.
_NARROWED = LazyPattern(
    r"(?i)\b(?:across|after|at|by|during|for|from|if|in|on|over|under|using|via|when|with|without)\b|\("
)
_SPLIT = LazyPattern(r"(?i)\b(?:test|testing|val|valid|validation|dev|development|held-out|train|training)\b")
_VAGUE = LazyPattern(r"[~\u2248<>\u2264\u2265][*_ ]*$")
_THIS_MODEL = LazyPattern(r"(?i)\b(?:ours|this|our model)\b")


class _Place(Struct, frozen=True):
    """A block with the section that it is in and the block before it there."""

    block: Block
    before: Block | None
    section: Section | None


class Surroundings:
    """The sections and sentences of a body in which its claims stand."""

    def __init__(self, body: Document, sections: Sequence[Section], claims: Sequence[Claim]) -> None:
        self.body = body
        self.sections = sections
        self.claims = claims

    def is_plain(self, claim: Claim) -> bool:
        """Return whether the sentence or the row of a claim says nothing more than the claim does."""
        if _VAGUE.search(self.body.source.text, max(claim.span.start - 4, 0), claim.span.start):
            return False
        match claim.source:
            case "prose":
                return self._is_plain_sentence(claim)
            case "table":
                return self._is_plain_row(claim)
        return True

    def are_alike(self, one: Claim, other: Claim) -> bool:
        """Return whether the headings and captions of two claims have the same words, shared headings apart."""
        place, other_place = self._place(one), self._place(other)
        if place is None or other_place is None:
            return False
        path, other_path = _path(place.section), _path(other_place.section)
        words = _words([section.title for section in path if section not in other_path])
        other_words = _words([section.title for section in other_path if section not in path])
        return words | _words(_caption(place, other)) == other_words | _words(_caption(other_place, one))

    def _place(self, claim: Claim) -> _Place | None:
        section = self.section_of(claim)
        blocks = section.blocks if section else self.body.blocks
        for index, block in enumerate(blocks):
            if block.span.covers(claim.span):
                return _Place(block, blocks[index - 1] if index else None, section)
        return None

    def _is_plain_sentence(self, claim: Claim) -> bool:
        """Return whether nothing in a sentence or beside it may set its value apart, no other number either."""
        place = self._place(claim)
        if place is None:
            return False
        for span in self._sentences(place.block.span):
            text = self.body.source.slice(span)
            if not span.covers(claim.span):
                if _APART_BESIDE.search(text):
                    return False
            elif _APART.search(text) or not self._is_all_claims(span):
                return False
            elif claim.dataset is None and claim.split is None:
                behind = self.body.source.slice(Span(claim.span.end, span.end))
                if _SPLIT.search(text) or _NARROWED.search(behind):
                    return False
        return True

    def _sentences(self, paragraph: Span) -> Iterator[Span]:
        start = paragraph.start
        for match in _SENTENCE_END.finditer(self.body.source.text, paragraph.start, paragraph.end):
            yield Span(start, match.start())
            start = match.end()
        yield Span(start, paragraph.end)

    def _is_all_claims(self, sentence: Span) -> bool:
        """Return whether all numbers of a sentence belong to claims."""
        numbers = _DIGITS.finditer(self.body.source.text, sentence.start, sentence.end)
        return all(any(claim.span.overlaps(Span(*match.span())) for claim in self.claims) for match in numbers)

    def _is_plain_row(self, claim: Claim) -> bool:
        """Return whether the row of a claim has the metric, the dataset and the name of this model, and no more."""
        grid = self._grid_of(claim)
        place = grid.place_of(claim.span) if grid else None
        if grid is None or place is None or self.unexplained(claim):
            return False
        table = grid.table
        titles = [cell.content.text for cell in table.header.cells]
        cells = table.rows[place[0]].cells
        numbers = [title for title, cell in zip(titles, cells, strict=False) if read_value(cell.content.text)]
        are_results = all(_is_of_results(title) or self._is_own(title) for title in numbers)
        return are_results and not any(says_nothing(title) for title in titles)

    def unexplained(self, claim: Claim) -> list[str]:
        """Return the labels of a claim's row that are not its metric, its dataset or this model.

        A label that is left out is that of the row above.
        """
        grid = self._grid_of(claim)
        place = grid.place_of(claim.span) if grid else None
        if grid is None or place is None:
            return []
        labels = []
        for cell, label in zip(grid.table.rows[place[0]].cells, grid.labels[place[0]], strict=True):
            own = cell.content.text.strip()
            if label and not (own and _is_number(own)):
                labels.append(label)
        return [label for label in labels if not _is_explained(label, claim) and not self._is_own(label)]

    def _is_own(self, text: str) -> bool:
        """Return whether a text is the title of the card, or says "this model"."""
        title = self.sections[0].title if self.sections and self.sections[0].is_first else ""
        return normalise_label(text) == normalise_label(title) or _THIS_MODEL.search(text) is not None

    def table_of(self, claim: Claim) -> Table | None:
        """Return the table that a claim is in."""
        grid = self._grid_of(claim)
        return grid.table if grid else None

    def section_of(self, claim: Claim) -> Section | None:
        """Return the section that a claim is in."""
        above = bisect_right(self.sections, claim.span.start, key=lambda section: section.heading.span.end)
        return self.sections[above - 1] if above else None

    def _grid_of(self, claim: Claim) -> _Grid | None:
        index = bisect_right(self._grids, claim.span.start, key=lambda grid: grid.table.span.start) - 1
        return self._grids[index] if index >= 0 and self._grids[index].table.span.covers(claim.span) else None

    @cached_property
    def _grids(self) -> tuple[_Grid, ...]:
        return tuple(map(_Grid, find_tables(self.body)))


class _Grid:
    """A table with the places of its cells and the labels of its rows."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def place_of(self, span: Span) -> tuple[int, int] | None:
        """Return the row and the column that hold a span."""
        index = bisect_right(self._cells, span.start, key=lambda found: found[0].start) - 1
        if index < 0 or not self._cells[index][0].covers(span):
            return None
        return self._cells[index][1:]

    @cached_property
    def labels(self) -> list[list[str]]:
        """The labels of each row by column, empty if there is none; one that is left out is that of the row above."""
        above: dict[int, str] = {}
        labels = []
        for row in self.table.rows:
            own = labels_of(row)
            above.update((column, label) for column, label in enumerate(own) if label)
            labels.append([above.get(column, "") for column in range(len(own))])
        return labels

    @cached_property
    def _cells(self) -> list[tuple[Span, int, int]]:
        """The spans of the cells in order, each with its first row and column."""
        places: dict[Span, tuple[int, int]] = {}
        for index, row in enumerate(self.table.rows):
            for column, cell in enumerate(row.cells):
                places.setdefault(cell.span, (index, column))
        return [(span, *places[span]) for span in sorted(places)]


def _is_of_results(title: str) -> bool:
    """Return whether the numbers below a title are values of a metric, not shots or years."""
    return is_value_title(title) or read_label(title).known or split_of(title) is not None


def _is_explained(text: str, claim: Claim) -> bool:
    is_metric = text in normalise_label(claim.label) or aggregate(text) is not None
    is_dataset = claim.dataset is not None and text in normalise_label(claim.dataset)
    return is_metric or is_dataset


def _path(section: Section | None) -> list[Section]:
    """Return a section with those above it, but for the one under the title."""
    path: list[Section] = []
    while section is not None:
        if not (section.is_first and section.level == 1):
            path.append(section)
        section = section.parent
    return path


def _caption(place: _Place, other: Claim) -> list[str]:
    """Return the paragraph right above a table or list, but for one that has the other claim."""
    above = place.before
    if isinstance(place.block, Paragraph) or not isinstance(above, Paragraph) or above.span.covers(other.span):
        return []
    return [above.content.text]


def _words(texts: Sequence[str]) -> set[str]:
    words = {word for text in texts for word in _WORD.findall(text.lower())} - _WORDS_WITHOUT_MEANING
    return {word for word in words if not read_label(word).known}


def cell_of(table: Table, span: Span) -> tuple[int, int] | None:
    """Return the row and the column that hold a span."""
    return _Grid(table).place_of(span)


def labels_of(row: Row) -> tuple[str, ...]:
    """Return the texts of a row, each in its column; empty for a number."""
    texts = [cell.content.text for cell in row.cells]
    return tuple("" if _is_number(text) else normalise_label(text) for text in texts)


def _is_number(text: str) -> bool:
    return read_value(text) is not None or not any(map(str.isalpha, text))
