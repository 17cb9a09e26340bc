"""The sections of a card: their headings, their kinds, and if they say anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, CodeBlock, Heading, Html, Paragraph
from cardlint.card.text.headings import Headline
from cardlint.card.text.placeholders import Placeholder, find_placeholder, says_nothing
from cardlint.card.text.visibility import shows_something
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.titles.section_kinds import kind_at_end, kind_by_code, kinds_of_title

__all__ = ["Section", "SectionState", "find_sections"]


_FINE_TUNING = LazyPattern(r"fine[- ]?tun(?:e|ing)\b|^train$", re.IGNORECASE)
_OPENING = 400  # characters of a section


class SectionState(Enum):
    """The content of a section, its subsections included."""

    FILLED = "filled"
    PLACEHOLDER = "placeholder"
    EMPTY = "empty"


class Section:
    """A heading and all blocks up to the next heading of its level or above.

    `heading` is a heading of Markdown or of HTML, or a bold line that is worded as one; the level of a bold line is one
    below that of the heading above. `blocks` are the section's own, `children` its subsections, `placeholders` those in
    its own blocks.
    """

    # without a dictionary and lists of its own, since a long card may have a hundred thousand
    __slots__ = (
        *("_kinds", "blocks", "children", "filled", "heading", "is_first", "is_last", "level", "parent"),
        *("placeholders", "title"),
    )

    def __init__(self, headline: Headline, level: int, parent: Section | None) -> None:
        self.heading: Heading | Html | Paragraph = headline.block
        self.title: str = headline.title
        self.level = level
        self.parent = parent
        self.blocks: tuple[Block, ...] = ()
        self.children: tuple[Section, ...] = ()
        self.placeholders: tuple[Placeholder, ...] = ()
        self.filled = False
        self.is_first = False
        self.is_last = False
        self._kinds: tuple[str, ...] | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of section that the title names, given the kinds of the section above."""
        if self._kinds is None:
            self._kinds = self._find_kinds()
        return self._kinds

    def _find_kinds(self) -> tuple[str, ...]:
        parents = self.parent.kinds if self.parent else ()
        has_code = any(isinstance(block, CodeBlock) for block in self.blocks)
        # the title of the card may contain "training" or "results" without naming a section
        is_name = self.is_first and self.level == 1
        kinds = _kinds(self.title, parents, has_code, self.is_last, is_name)
        return ("how-to-use",) if kinds == ("training-procedure",) and self._is_for_readers() else kinds

    def _is_for_readers(self) -> bool:
        """Return True if a section on fine-tuning begins with what readers can do."""
        first = self.blocks[0] if self.blocks else None
        if not isinstance(first, Paragraph) or _FINE_TUNING.search(self.title) is None:
            return False
        from cardlint.vocabulary.titles.expressions import BY_READERS

        return re.search(BY_READERS, first.content.text[:_OPENING].lower()) is not None

    @property
    def span(self) -> Span:
        """The span from the heading to the end of the last block below it."""
        last = self.children[-1].span.end if self.children else self.blocks[-1].span.end if self.blocks else 0
        return Span(self.heading.span.start, max(last, self.heading.span.end))

    @property
    def own_state(self) -> SectionState:
        """The state of the section's own blocks, without subsections."""
        if self.filled:
            return SectionState.FILLED
        return SectionState.PLACEHOLDER if self.placeholders else SectionState.EMPTY

    @property
    def state(self) -> SectionState:
        """The state with subsections: filled if any part is, else a placeholder if any part is."""
        states = {self.own_state, *(child.state for child in self.children)}
        for state in (SectionState.FILLED, SectionState.PLACEHOLDER):
            if state in states:
                return state
        return SectionState.EMPTY

    def walk(self) -> Iterator[Section]:
        """Yield the section and all its subsections, in the order of the card."""
        yield self
        for child in self.children:
            yield from child.walk()


@lru_cache(1024)
def _kinds(title: str, parents: tuple[str, ...], has_code: bool, is_last: bool, is_name: bool) -> tuple[str, ...]:
    kind = kind_by_code(title, has_code=has_code) or (is_last and kind_at_end(title))
    return (kind,) if kind else kinds_of_title(title, parents, whole=is_name)


def find_sections(parts: Iterable[Block | Headline], document: Document) -> tuple[Section, ...]:
    """Return all sections in the order of the card; text before the first heading belongs to none."""
    sections: list[Section] = []
    path: list[Section] = []
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, Headline):
            _close(sections, blocks)
            blocks = []
            section = _open(part, path)
            sections.append(section)
            path.append(section)
        else:
            blocks.append(part)
    _close(sections, blocks)
    if sections:
        sections[0].is_first = True
        sections[-1].is_last = len(sections) > 1
    _add_children(sections)
    for section in sections:
        _judge(section, document)
    return tuple(sections)


def _close(sections: Sequence[Section], blocks: Sequence[Block]) -> None:
    """Give the last section the blocks that follow its heading."""
    if sections:
        sections[-1].blocks = tuple(blocks)


def _add_children(sections: Sequence[Section]) -> None:
    children: dict[Section, list[Section]] = {}
    for section in sections:
        if section.parent is not None:
            children.setdefault(section.parent, []).append(section)
    for parent, found in children.items():
        parent.children = tuple(found)


def _open(headline: Headline, path: list[Section]) -> Section:
    """Open a section below the last section of `path` that can hold it; sections that end here leave `path`."""
    if not headline.level:
        while path and isinstance(path[-1].heading, Paragraph):
            path.pop()
    level = headline.level or (path[-1].level + 1 if path else 1)
    while path and (path[-1].level >= level or isinstance(path[-1].heading, Paragraph)):
        path.pop()
    return Section(headline, level, path[-1] if path else None)


def _judge(section: Section, document: Document) -> None:
    placeholders: list[Placeholder] = []
    for block in section.blocks:
        found = find_placeholder(block, document)
        if found is not None:
            placeholders += found
        elif not section.filled:
            section.filled = shows_something(block) and not says_nothing(block, document)
    section.placeholders = tuple(placeholders)
