"""Statements of a card's paragraphs, lists and tables about the models and datasets that its model was made from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from cardlint.card.links.links import links_of
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import (
    Block,
    BlockQuote,
    Cell,
    Content,
    Heading,
    Html,
    List,
    ListItem,
    Paragraph,
    Table,
)
from cardlint.card.provenance.lineage_labels import is_family_label, label_relation
from cardlint.card.provenance.lineage_statement import LineageStatement
from cardlint.card.provenance.model_names import is_own
from cardlint.card.provenance.named_text import NamedText, may_name, read_named_text
from cardlint.card.provenance.snippets import Load
from cardlint.card.provenance.trainer_sentences import find_trainer_sentences
from cardlint.card.text.own_names import OwnNames
from cardlint.lazy_regex import LazyPattern

if TYPE_CHECKING:
    from cardlint.card.provenance.lineage_sentences import SentenceReader

__all__ = ["find_statements"]


_OTHERS_CARD = LazyPattern(
    r"(?i)\boriginal\b.{0,40}\b(?:card|readme|description)\b|\b(?:model )?card\b.{0,20}\bof the original\b"
    r"|原始模型卡|元のモデルカード"
)


def find_statements(document: Document, own: OwnNames, loads: tuple[Load, ...]) -> Iterator[LineageStatement]:
    """Yield the statements of a document, in the order of the card; `loads` are the models that its code loads.

    A quoted card of the original is left out: it is about the original's origin.
    """
    yield from _Reader(document, own, loads).read()


class _Reader:
    """A pass over the blocks of a document that remembers the heading above and the list around."""

    def __init__(self, document: Document, own: OwnNames, loads: tuple[Load, ...]) -> None:
        self.document = document
        self.own = own
        self.loads = loads

    def read(self) -> Iterator[LineageStatement]:
        relation: str | None = None
        before: Block | None = None
        for block in self.document.blocks:
            if isinstance(block, List) and isinstance(before, Paragraph) and self._announces_merge(before):
                yield from self._below_label(block, "merge")
            before = block
            if isinstance(block, Heading):
                title = self.document.plain(block.content)
                if _OTHERS_CARD.search(title):
                    return
                relation = label_relation(title)
                yield from self._in_content(block.content, is_item=True)
                continue
            found = list(self._in_block(block)) if self._is_worth_reading(block) else []
            if not found and relation:
                found = list(self._below_label(block, relation))
            yield from found

    def _is_worth_reading(self, block: Block) -> bool:
        """Return False for a list or a quotation without a name, whose many small contents need no look."""
        return not isinstance(block, List | BlockQuote) or self._may_name(self.document.source.slice(block.span))

    def _may_name(self, text: str) -> bool:
        return may_name(text, self.document) or "trained from scratch" in text

    def _announces_merge(self, paragraph: Paragraph) -> bool:
        """Return True for a paragraph such as "This model is a merge of the following models:"."""
        text = paragraph.content.text
        if not text.rstrip().endswith(":") or "merg" not in text.lower():
            return False
        return self._sentences.announce_merge(self._named(paragraph.content))

    @cached_property
    def _sentences(self) -> SentenceReader:
        from cardlint.card.provenance.lineage_sentences import SentenceReader  # here, since the grammar is large

        return SentenceReader(self.own, self.loads)

    def _in_block(self, block: Block, *, is_item: bool = False) -> Iterator[LineageStatement]:
        match block:
            case Paragraph():
                yield from self._in_content(block.content, is_item=is_item)
            case Html():
                yield from self._in_html(block.content)
            case Table():
                yield from self._in_table(block)
            case List():
                found = [each for item in block.items for each in self._in_block(item)]
                if found and not self._is_family(block):
                    yield from found
            case _:
                for child in block.children:
                    yield from self._in_block(child, is_item=is_item or isinstance(block, ListItem))

    def _is_family(self, block: List) -> bool:
        """Return True for a list of the members of a family, where "Base model" names one of them."""
        for item in block.items:
            if item.blocks and isinstance(item.blocks[0], Paragraph):
                label, colon, value = self.document.plain(item.blocks[0].content).partition(":")
                if colon and value.strip() and is_family_label(label):
                    return True
        return False

    def _in_content(self, content: Content, *, is_item: bool) -> Iterator[LineageStatement]:
        if not self._may_name(content.text):
            return
        fixed = list(find_trainer_sentences(content, self.document))
        yield from fixed
        if not fixed and _may_state_lineage(content.text.lower()):
            yield from self._in_sentences(content, is_item=is_item)

    def _in_html(self, content: Content) -> Iterator[LineageStatement]:
        text = content.text.lower()
        if "<a" in text and _may_state_lineage(text):
            yield from self._in_sentences(content, is_item=True)

    def _in_sentences(self, content: Content, *, is_item: bool) -> Iterator[LineageStatement]:
        named = self._named(content)
        if named.names:
            yield from self._sentences.read(named, is_item=is_item)

    def _named(self, content: Content) -> NamedText:
        return read_named_text(content, links_of(content, self.document))

    def _below_label(self, block: Block, relation: str) -> Iterator[LineageStatement]:
        """Yield the models of a paragraph or list below a heading `Base model` that holds nothing else."""
        contents = [block.content] if isinstance(block, Paragraph) else []
        if isinstance(block, List):
            first = [item.blocks[0] for item in block.items if item.blocks]
            contents = [each.content for each in first if isinstance(each, Paragraph)]
        for content in contents:
            named = self._named(content)
            if named.names and _ITEM.match(named.text) and not is_own(self.own, named.names[0]):
                yield LineageStatement(span=content.span(), form="label", base=named.names[0], relation=relation)

    def _in_table(self, table: Table) -> Iterator[LineageStatement]:
        """Yield the models of rows `Base model | x`, and of a column "Base model" with one row."""
        found = list(self._in_rows(table))
        labels = (self.document.plain(row.cells[0].content) for row in table.rows if row.cells)
        if found and not any(map(is_family_label, labels)):
            yield from found

    def _in_rows(self, table: Table) -> Iterator[LineageStatement]:
        for row in (table.header, *table.rows):
            cells = [cell for cell in row.cells if cell.content.text.strip()]
            if len(cells) == 2:
                yield from self._of_cell(self.document.plain(cells[0].content), cells[1])
        if len(table.rows) == 1 and len(table.header.cells) > 2:
            for title, cell in zip(table.header.cells, table.rows[0].cells, strict=False):
                yield from self._of_cell(self.document.plain(title.content), cell)

    def _of_cell(self, title: str, cell: Cell) -> Iterator[LineageStatement]:
        relation = label_relation(title)
        if relation is None:
            return
        named = self._named(cell.content)
        if len(named.names) == 1 and _NAMED_FIRST.match(named.text) and not is_own(self.own, named.names[0]):
            yield LineageStatement(span=cell.span, form="label", base=named.names[0], relation=relation)


def _may_state_lineage(text: str) -> bool:
    from cardlint.card.provenance.lineage_signs import may_state_lineage  # here, since its tables are large

    return may_state_lineage(text)


_ITEM = LazyPattern(r"\s*(?:[\w'.+-]{1,30} ){0,5}\(?[\ufffb\ufffc]\)?\s*(?:$|[.,;:(\u2013\u2014|@*x-])")
_NAMED_FIRST = LazyPattern(r"\s*(?:[\w'.+-]{1,30} ){0,5}\(?[\ufffb\ufffc]")
