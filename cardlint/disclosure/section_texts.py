"""The filled sections of a card by kind, and what they say: their texts, sentences and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Block, CodeBlock, Content, Heading, Html, Paragraph, Row
from cardlint.card.provenance.license_sentences import visible_text
from cardlint.card.provenance.licenses import ABOUT_ANOTHER
from cardlint.card.text.sections import Section, SectionState
from cardlint.disclosure.evidence import Evidence
from cardlint.disclosure.ownership import Ownership
from cardlint.disclosure.substance import sentences_of
from cardlint.vocabulary.boilerplate import TEMPLATE_MARKS

__all__ = ["SectionTexts", "Sentence", "evidence_of_section"]


class Sentence:
    """A sentence of a section: its visible text, and its evidence."""

    def __init__(self, content: Content, visible: str, start: int, end: int) -> None:
        self.text = " ".join(visible[start:end].split())
        self._content = content
        self._start = start
        self._end = end

    def evidence(self) -> Evidence:
        return Evidence(words=self.text, span=self._content.span(self._start, self._end), form="sentence")


class SectionTexts:
    """The sections of a card that are filled and not about another model."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self._ownership = Ownership(card.own_names, card.sections)

    def of_kind(self, kind: str) -> Iterator[Section]:
        """Yield the sections of a kind that are filled with something about it."""
        for section in self.card.sections:
            if kind in section.kinds and self.is_filled(section) and next(self.parts(section, kind), None) is not None:
                yield section

    def is_filled(self, section: Section) -> bool:
        """Return True if a section has content, and neither its title nor one above is of another model."""
        above: Section | None = section
        while above is not None:
            if ABOUT_ANOTHER.search(above.title):
                return False
            above = above.parent
        return section.state is SectionState.FILLED and self._ownership.is_below_model(section)

    def parts(self, section: Section, kind: str) -> Iterator[Section]:
        """Yield the filled parts of a section about a kind: itself, and those below it of the kind or of none."""
        if section.own_state is SectionState.FILLED:
            yield section
        for child in section.children:
            if kind in child.kinds or not child.kinds:
                yield from self.parts(child, kind)

    def sentences(self, section: Section, kind: str) -> Iterator[Sentence]:
        """Yield the sentences of a section about a kind, without headings, code and placeholders."""
        for content, text in self.contents(section, kind):
            for match in sentences_of(text):
                yield Sentence(content, text, match.start(), match.end())

    def contents(self, section: Section, kind: str) -> Iterator[tuple[Content, str]]:
        """Yield the contents of a section about a kind, each with its visible text."""
        for part in self.parts(section, kind):
            yield from self._in_blocks(part.blocks)

    def _in_blocks(self, blocks: Sequence[Block]) -> Iterator[tuple[Content, str]]:
        for block in blocks:
            match block:
                case Paragraph() | Html():
                    if not any(mark in block.content.text for mark in TEMPLATE_MARKS):
                        yield block.content, visible_text(block, block.content, self.card.body).text
                case Row():
                    for cell in block.cells:
                        yield cell.content, visible_text(cell, cell.content, self.card.body).text
                case CodeBlock() | Heading():
                    pass
                case _:
                    yield from self._in_blocks(block.children)

    def paragraphs(self) -> Iterator[tuple[Paragraph, Section | None]]:
        """Yield the paragraphs of the sections, in lists too, each with its section; then those above all headings."""
        inside: set[int] = set()
        for section in self.card.sections:
            for block in section.blocks:
                for paragraph in _within(block):
                    inside.add(paragraph.span.start)
                    yield paragraph, section
        for block in self.card.body.blocks:
            yield from ((paragraph, None) for paragraph in _within(block) if paragraph.span.start not in inside)


def _within(block: Block) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        yield block
    for child in block.children:
        yield from _within(child)


def evidence_of_section(section: Section) -> Evidence:
    """Return the evidence that a section is, at its heading."""
    return Evidence(words=f'section "{" ".join(section.title.split())}"', span=section.heading.span, form="section")
