"""The passages of a body that say something of the card's own model: values of labels and rows, and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, BlockQuote, Cell, CodeBlock, Content, Html, ListItem, Paragraph, Table
from cardlint.card.provenance.license_sentences import visible_text
from cardlint.card.provenance.licenses import ABOUT_ANOTHER
from cardlint.card.text.own_names import OwnNames, plain_name
from cardlint.card.text.sections import Section
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.disclosure.phrases import COLUMN_HEADS, LABELS, LEADS, NOUNS

__all__ = ["Passage", "find_passages"]


class Passage(Struct, frozen=True, kw_only=True):
    """A text about the model: the value behind a `label`, or a sentence without its subject (then `label` is empty).

    Runs of white space are one blank in `text`; `places` has the offset in the content of each of its characters.
    `form` is `label`, `table` or `sentence`; `kinds` are those of the section. A sentence is `own` if its subject is
    the model.
    """

    label: str
    text: str
    content: Content
    places: Sequence[int]
    form: str
    kinds: tuple[str, ...]
    own: bool = True

    def span(self, start: int, end: int) -> Span:
        """Return the span in the source of `text[start:end]`."""
        return self.content.span(self.places[start], self.places[end - 1] + 1)


def find_passages(body: Document, sections: Sequence[Section], own: OwnNames) -> Iterator[Passage]:
    """Yield the passages of a body, in the order of the card.

    Quotes, code and sections about another model, on use or on citation have none.
    """
    yield from _Finder(body, sections, own).find(body.blocks, "", 0)


# Sections whose numbers are not about the model itself, with those below them.
_OTHER_KINDS = frozenset(("how-to-use", "citation", "license", "evaluation", "results", "framework-versions"))
_OTHER_TITLES = LazyPattern(
    r"\b(?:vs|versus|compar\w*|other|previous|earlier|older|related|planned|planning|plan|roadmap|future|upcoming"
    r"|changelog|famil(?:y|ies)|variants?|siblings?|alternatives?|inference|requirements|deployment|serving|dataset"
    r"|benchmarks?|ablations?|baselines?|draft|speculative|reward model|judge)\b",
    re.IGNORECASE,
)
_SIZE = LazyPattern(r"\b\d{1,4}(?:\.\d{1,2})?[BbMm]\b")
_MOST_DEPTH = 40


class _Visible(Struct, frozen=True, kw_only=True):
    """The visible text of a content, with the kinds of its section."""

    visible: str
    content: Content
    kinds: tuple[str, ...]


class _Finder:
    def __init__(self, body: Document, sections: Sequence[Section], own: OwnNames) -> None:
        self.body = body
        self.sections = sections
        self.own = own
        self.about_model: dict[int, bool] = {}
        self.own_sizes = {size.lower() for name in (*own.titles, own.repo_id or "") for size in _SIZE.findall(name)}

    def find(self, blocks: Sequence[Block], intro: str, depth: int) -> Iterator[Passage]:
        """Yield the passages of blocks; `intro` is the paragraph or item that ends with a colon above them."""
        for block in blocks:
            if depth < _MOST_DEPTH and not isinstance(block, BlockQuote | CodeBlock | Html):
                yield from self.in_block(block, intro, depth)
            intro = _introduction(block)

    def in_block(self, block: Block, intro: str, depth: int) -> Iterator[Passage]:
        if isinstance(block, Paragraph):
            if not self.is_about_another(intro):
                kinds = self.kinds_at(block.span.start)
                if kinds is not None:
                    yield from self.in_paragraph(block, kinds)
        elif isinstance(block, Table):
            kinds = self.kinds_at(block.span.start)
            if kinds is not None and not self.is_about_another(intro):
                yield from self.in_table(block, kinds)
        elif isinstance(block, ListItem):
            yield from self.find(block.blocks, intro, depth + 1)
        else:
            for child in block.children:
                yield from self.find((child,), intro, depth + 1) if isinstance(child, ListItem) else ()

    def is_about_another(self, text: str) -> bool:
        """Return True if a title or an introduction is of another model."""
        if ABOUT_ANOTHER.search(text):
            return True
        sizes = {size.lower() for size in _SIZE.findall(text)}
        return bool(sizes) and not sizes <= self.own_sizes

    def kinds_at(self, offset: int) -> tuple[str, ...] | None:
        """Return the kinds of the section at an offset, or None if it is not about the model itself."""
        index = bisect_left(self.sections, offset, key=lambda section: section.heading.span.start)
        if not index:
            return ()
        section = self.sections[index - 1]
        return section.kinds if self.is_about_model(section) else None

    def is_about_model(self, section: Section) -> bool:
        """Return True if neither the title of a section nor one above is about something else."""
        known = self.about_model.get(section.heading.span.start)
        if known is None:
            is_title = section.parent is None and section.is_first
            known = (is_title or not self.is_about_other(section)) and (
                section.parent is None or self.is_about_model(section.parent)
            )
            self.about_model[section.heading.span.start] = known
        return known

    def is_about_other(self, section: Section) -> bool:
        return (
            not _OTHER_KINDS.isdisjoint(section.kinds)
            or _OTHER_TITLES.search(section.title) is not None
            or self.is_about_another(section.title)
        )

    def in_paragraph(self, block: Paragraph, kinds: tuple[str, ...]) -> Iterator[Passage]:
        visible = visible_text(block, block.content, self.body).text
        text = _Visible(visible=visible, content=block.content, kinds=kinds)
        labelled = list(_labels(block.content.text, visible))
        first = min((begin for _, begin, _, _ in labelled), default=len(visible))
        yield from self.sentences(text, 0, first)
        for label, _, start, end in labelled:
            yield _passage(text, start, end, "label", label)
            yield from self.sentences(text, start, end)

    def sentences(self, text: _Visible, start: int, end: int) -> Iterator[Passage]:
        """Yield the sentences of a text, each behind its subject if this is the model."""
        is_before = False  # "it" is the model if the sentence before was about the model
        for match in _SENTENCE.finditer(text.visible, start, end):
            whole = _passage(text, match.start(), match.end(), "sentence")
            behind = self.behind_subject(whole.text, may_be_it=is_before)
            is_before = behind > 0
            if behind:
                yield replace(whole, text=whole.text[behind:], places=whole.places[behind:])
            else:
                yield replace(whole, own=False)

    def behind_subject(self, sentence: str, *, may_be_it: bool) -> int:
        """Return the offset behind the subject of a sentence if it is the model, else 0."""
        lead = _lead(sentence)
        named = self.own.prefix(sentence[lead:])
        if named:
            return lead + named
        match = _THIS_MODEL.match(sentence, lead)
        if match is not None and all(word in NOUNS for word in match["nouns"].lower().replace("-", " ").split()):
            return match.end()
        return len("It") if may_be_it and sentence.startswith("It ") else 0

    def in_table(self, table: Table, kinds: tuple[str, ...]) -> Iterator[Passage]:
        heads = [self.cell_text(cell) for cell in table.header.cells]
        if len(heads) < 2:
            return
        column = self.own_column(heads)
        if column is not None:
            for row in (table.header, *table.rows):
                if len(row.cells) > column:
                    yield from self.of_cell(_plain_label(self.cell_text(row.cells[0])), row.cells[column], kinds)
        rows = [row for row in table.rows if row.cells and self.is_own(self.cell_text(row.cells[0]))]
        if len(heads) > 2 and len(rows) == 1:  # of several rows it is open which is the model's
            for head, cell in zip(heads[1:], rows[0].cells[1:], strict=False):
                yield from self.of_cell(_plain_label(head), cell, kinds)

    def own_column(self, heads: Sequence[str]) -> int | None:
        """Return the column with the values of the model in a table whose first column has labels."""
        if len(heads) == 2:
            head = " ".join(_WORD.findall(heads[1].lower()))
            first = _plain_label(heads[0])
            if head in COLUMN_HEADS or self.is_own(heads[1]) or _is_label(first):
                return 1
            return None
        own = [index for index, head in enumerate(heads) if index and self.is_own(head)]
        return own[0] if len(own) == 1 else None

    def is_own(self, text: str) -> bool:
        name = plain_name(text.strip())
        return bool(name) and name in self.own.names

    def of_cell(self, label: str, cell: Cell, kinds: tuple[str, ...]) -> Iterator[Passage]:
        visible = visible_text(cell, cell.content, self.body).text
        if label and visible.strip():
            text = _Visible(visible=visible, content=cell.content, kinds=kinds)
            yield _passage(text, 0, len(visible), "table", label)

    def cell_text(self, cell: Cell) -> str:
        return " ".join(visible_text(cell, cell.content, self.body).text.split())


def _introduction(block: Block) -> str:
    """Return the end of a paragraph that ends with a colon, as that above a list does."""
    text = block.content.text.rstrip("*_ ") if isinstance(block, Paragraph) else ""
    return text[-_MOST_INTRODUCTION:] if text.endswith(":") else ""


_MOST_INTRODUCTION = 300
_THIS_MODEL = LazyPattern(r"(?:this|the|our)(?P<nouns>(?: [\w-]{1,20}){0,3}) models?\b(?!'s)", re.IGNORECASE)
_SENTENCE = LazyPattern(r"[^\s.!?](?:[^.!?]|[.!?](?=[^\s.!?]))*[.!?]*")
_WORD = LazyPattern(r"\w+")


def _lead(sentence: str) -> int:
    """Return the length of an opening such as "We introduce" at the beginning of a sentence."""
    opening = sentence[:60].lower().replace(",", "").replace("\u2019", "'")
    for lead in LEADS:
        if opening.startswith(f"{lead} "):
            commas = sentence[: len(lead) + 2].count(",")
            return len(lead) + commas + 1
    return 0


# A label at the beginning of a line: before a colon, or in bold.
_BOLD_LABEL = LazyPattern(r"^[ \t]*(?P<mark>\*\*|__)(?P<label>[^*_\n:]{2,60}):?(?P=mark):?", re.MULTILINE)
_COLON_LABEL = LazyPattern(r"^[^\S\n]{0,40}(?P<label>[^\n:.|]{2,60}):(?!//)", re.MULTILINE)


def _labels(raw: str, visible: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield the labels that begin lines, each with its own start and with the start and the end of its value."""
    found = {match.start(): match for match in _COLON_LABEL.finditer(visible)}
    found |= {match.start(): match for match in _BOLD_LABEL.finditer(raw)}
    matches = [match for _, match in sorted(found.items())]
    ends = [*(match.start() for match in matches[1:]), len(visible)]
    for match, end in zip(matches, ends[: len(matches)], strict=True):
        label = _plain_label(match["label"])
        if label and match.end() < end:
            yield label, match.start(), match.end(), end


_REMARK = LazyPattern(r"\([^()]*\)")
_LABEL_WORD = LazyPattern(r"[^\W_]+")


def _plain_label(text: str) -> str:
    """Return a label in lower case, without signs and remarks in brackets."""
    words = _LABEL_WORD.findall(_REMARK.sub(" ", text[:120].lower().replace("\u2019", "'").replace("'", "")))
    return " ".join(words)


def _is_label(label: str) -> bool:
    """Return True if a plain label is of an item."""
    return any(label in labels for labels in LABELS.values())


def _passage(text: _Visible, start: int, end: int, form: str, label: str = "") -> Passage:
    """Return the passage between two places of a text, in which runs of white space are one blank."""
    characters: list[str] = []
    places: list[int] = []
    for match in _RUN.finditer(text.visible, start, end):
        if characters:
            characters.append(" ")
            places.append(match.start() - 1)
        characters.extend(match[0])
        places.extend(range(match.start(), match.end()))
    return Passage(
        label=label, text="".join(characters), content=text.content, places=places, form=form, kinds=text.kinds
    )


_RUN = LazyPattern(r"\S+")
