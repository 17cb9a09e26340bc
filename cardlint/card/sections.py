"""The sections of a card: what each heading stands over, of which kinds it is, and whether it says anything."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from cardlint.card.markdown import Document
from cardlint.card.placeholders import Placeholder, find_placeholder, says_nothing
from cardlint.card.tree import Block, Heading
from cardlint.source import Span
from cardlint.vocabulary.sections import kinds_of_title

__all__ = ["Section", "State", "find_sections"]


class State(Enum):
    """What a section holds, its subsections included."""

    FILLED = "filled"
    PLACEHOLDER = "placeholder"
    EMPTY = "empty"


class Section:
    """A heading with all up to the next one of its level or above.

    `blocks` are its own, `children` the sections below it. `placeholders` are those among its own blocks.
    """

    def __init__(self, heading: Heading, title: str, parent: Section | None) -> None:
        self.heading = heading
        self.title = title
        self.parent = parent
        self.blocks: list[Block] = []
        self.children: list[Section] = []
        self.placeholders: list[Placeholder] = []
        self.filled = False

    @property
    def level(self) -> int:
        return self.heading.level

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of section that the title names, by CONTRACT's words."""
        return kinds_of_title(self.title)

    @property
    def span(self) -> Span:
        """From the heading to the end of the last block below it."""
        last = self.children[-1].span.end if self.children else self.blocks[-1].span.end if self.blocks else 0
        return Span(self.heading.span.start, max(last, self.heading.span.end))

    @property
    def own_state(self) -> State:
        """What its own blocks hold, subsections apart."""
        if self.filled:
            return State.FILLED
        return State.PLACEHOLDER if self.placeholders else State.EMPTY

    @property
    def state(self) -> State:
        """What it holds with its subsections: filled if any of them is, else a placeholder if any of them is."""
        states = {self.own_state, *(child.state for child in self.children)}
        for state in (State.FILLED, State.PLACEHOLDER):
            if state in states:
                return state
        return State.EMPTY

    def walk(self) -> Iterator[Section]:
        """The section and all below it, in the order of the card."""
        yield self
        for child in self.children:
            yield from child.walk()


def find_sections(document: Document) -> tuple[Section, ...]:
    """All sections of a document in the order of the card; what stands before the first heading is in none."""
    sections: list[Section] = []
    open_sections: list[Section] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            while open_sections and open_sections[-1].level >= block.level:
                open_sections.pop()
            parent = open_sections[-1] if open_sections else None
            section = Section(block, document.plain(block.content).strip(), parent)
            if parent is not None:
                parent.children.append(section)
            sections.append(section)
            open_sections.append(section)
        elif open_sections:
            open_sections[-1].blocks.append(block)
    for section in sections:
        _judge(section, document)
    return tuple(sections)


def _judge(section: Section, document: Document) -> None:
    for block in section.blocks:
        found = find_placeholder(block, document)
        if found is None:
            section.filled = section.filled or not says_nothing(block, document)
        else:
            section.placeholders += found
