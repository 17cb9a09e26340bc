"""The tables of a card as grids of texts, each with the context above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.card.claims.html_tables import join_html_tables, read_html_tables
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Cell, Content, Heading, Html, List, Paragraph, Row, Table
from cardlint.card.training.training import Training
from cardlint.lazy_regex import LazyPattern

__all__ = ["Context", "Grid", "PlacedGrid", "find_grids", "find_tables", "headings_above"]

_MOST_COLUMNS = 100
_MARKUP = "*_` "
# A number with any markers, or text that may hide one: a link, an escape, an entity, HTML, a formula.
_MAY_BE_NUMBER = LazyPattern(r"[^\w|]{0,6}\.?[0-9]|.*[\[\\<&$]")
_RAISED = LazyPattern(r"(?i)<(su[pb])\b[^<>]*>.{0,40}?</\1\s*>")
_DIGIT = LazyPattern(r"[0-9]")
_SENTENCE_END = LazyPattern(r"(?<=[.!?])\s+")
_LINE_BREAK = LazyPattern(r"(?i)<br\s*/?>")
_DATASETS = LazyPattern(r"^\s*[*_]*Datasets?[*_]*:\s*(?P<names>.+)$")


class Context(Struct, frozen=True, kw_only=True):
    """The context above a table: the titles of its section and of those above, the last paragraph, a list's dataset."""

    titles: tuple[str, ...] = ()
    dataset: str | None = None
    text: str = ""

    @property
    def title(self) -> str:
        """The title of the section, empty if there is none."""
        return self.titles[-1] if self.titles else ""

    @property
    def sentence(self) -> str:
        """The last sentence of the paragraph above."""
        return _SENTENCE_END.split(self.text.rstrip())[-1]

    @property
    def caption(self) -> str:
        """The last line above if it leads to the table, else empty."""
        last = self.sentence.rsplit("\n", 1)[-1]
        return last if last.rstrip("*_ ").endswith(":") else ""


class Grid(Struct, frozen=True):
    """The titles of a table's columns with their cells, and its texts and cells by row and column."""

    titles: tuple[str, ...]
    header: tuple[Cell, ...]
    texts: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Cell, ...], ...]


PlacedGrid = tuple[Grid, Context]
"""A table as a grid, with the context above it."""


def find_tables(body: Document) -> Iterator[Table]:
    """Yield the tables of Markdown and of HTML."""
    return (table for table, _ in _tables(body, body.blocks, _Above()))


def headings_above(headings: Sequence[Heading], heading: Heading) -> tuple[Heading, ...]:
    """Return the headings above what follows a heading: those of higher levels, and the heading itself."""
    return (*(above for above in headings if above.level < heading.level), heading)


def find_grids(body: Document, training: Training) -> Iterator[PlacedGrid]:
    """Yield every table that may have a column of numbers, except the results tables of the training."""
    results = {id(results.table) for results in training.results}
    for table, above in _tables(body, body.blocks, _Above()):
        grid = None if id(table) in results else _grid(body, table)
        if grid is not None:
            yield (
                grid,
                Context(
                    titles=tuple(body.plain(heading.content) for heading in above.headings),
                    dataset=above.dataset,
                    text=above.paragraph.content.text if above.paragraph else "",
                ),
            )


class _Above(Struct, frozen=True):
    """The blocks above a table, from which its context is read only if the table needs it."""

    headings: tuple[Heading, ...] = ()
    dataset: str | None = None
    paragraph: Paragraph | None = None


def _tables(body: Document, blocks: Sequence[Block], above: _Above) -> Iterator[tuple[Table, _Above]]:
    for block in join_html_tables(blocks):
        if isinstance(block, Heading):
            above = _Above(headings_above(above.headings, block))
        elif isinstance(block, Paragraph):
            above = _Above(above.headings, above.dataset, block)
        elif isinstance(block, Table):
            if not block.is_data:
                yield block, above
        elif isinstance(block, Html):
            yield from ((table, above) for table in read_html_tables(block))
        elif isinstance(block, List) and block.start is None:
            above = _Above(above.headings, _dataset(body, block) or above.dataset)
            yield from _tables(body, block.items, above)
        elif block.children:
            yield from _tables(body, block.children, above)


def _dataset(body: Document, block: List) -> str | None:
    """Return the dataset that a list above a table names, as sentence-transformers writes it."""
    for item in block.items:
        if item.blocks and isinstance(item.blocks[0], Paragraph) and "Dataset" in item.blocks[0].content.text:
            match = _DATASETS.match(body.plain(item.blocks[0].content))
            if match and "," not in match["names"]:
                return match["names"].strip()
    return None


def _grid(body: Document, table: Table) -> Grid | None:
    """Return the texts of a table that may have numbers; if the header is empty, the first row replaces it."""
    if len(table.header.cells) > _MOST_COLUMNS or not _may_hold_numbers(table):
        return None
    plain = body.plain
    header = table.header.cells
    titles = tuple(plain(cell.content).strip() for cell in header)
    cells = [cells for row in table.rows for cells in _lines_of_row(row)]
    rows = [tuple(_text(body, cell).strip(_MARKUP) for cell in row) for row in cells]
    if not any(titles) and rows and not any(_DIGIT.search(text) for text in rows[0]):
        titles, header, rows, cells = rows[0], cells[0], rows[1:], cells[1:]
    return Grid(titles, header, tuple(rows), tuple(cells))


def _lines_of_row(row: Row) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows that a row holds in one: those of cells with equally many lines, next to cells of one line."""
    lines = [_lines(cell) for cell in row.cells]
    counts = {len(each) for each in lines} - {1}
    if len(counts) != 1:
        yield row.cells
        return
    for index in range(counts.pop()):
        yield tuple(each[index] if len(each) > 1 else each[0] for each in lines)


def _lines(cell: Cell) -> list[Cell]:
    """Return the lines of a cell that are parted by `<br>`, each as a cell."""
    if "<br" not in cell.content.text.lower():
        return [cell]
    starts = [0, *(match.end() for match in _LINE_BREAK.finditer(cell.content.text))]
    ends = [*(match.start() for match in _LINE_BREAK.finditer(cell.content.text)), len(cell.content.text)]
    return [Cell(cell.content.part(start, end)) for start, end in zip(starts, ends, strict=True)]


def _text(body: Document, cell: Cell) -> str:
    """Return what a reader sees of a cell without raised and lowered text, which marks footnotes and metrics."""
    if "<su" not in cell.content.text:
        return body.plain(cell.content)
    text = _RAISED.sub("", cell.content.text)
    return body.plain(Content(text, cell.span.start))


def _may_hold_numbers(table: Table) -> bool:
    """Return True if half of a column may be numbers, judged by the raw cells, which is much faster."""
    for index in range(len(table.header.cells)):
        texts = [row.cells[index].content.text for row in table.rows if index < len(row.cells)]
        numbers = sum(_MAY_BE_NUMBER.match(text) is not None for text in texts)
        words = sum(bool(text) for text in texts) - numbers
        # the first row may be the header
        if numbers and numbers >= words - 1:
            return True
    return False
