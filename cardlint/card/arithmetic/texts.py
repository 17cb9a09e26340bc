"""The texts of a body that may hold numbers with what they follow from."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Content, Paragraph, Table

__all__ = ["find_texts"]


def find_texts(body: Document) -> Iterator[Content]:
    """Yield the contents of the paragraphs, and of the cells below the headers of tables."""
    for block in body.walk():
        if isinstance(block, Paragraph):
            yield block.content
        elif isinstance(block, Table):
            for row in block.rows:
                yield from (cell.content for cell in row.cells)
