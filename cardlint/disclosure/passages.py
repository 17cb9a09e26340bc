"""The passages of a body that say something of the card's own model: values of labels and rows, and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import (
    Block,
    BlockQuote,
    Cell,
    CodeBlock,
    Content,
    Heading,
    Html,
    List,
    ListItem,
    Paragraph,
    Row,
    Strong,
    Table,
    ThematicBreak,
)
from cardlint.card.provenance.license_sentences import visible_text
from cardlint.card.text.own_names import OwnNames, plain_name
from cardlint.card.text.sections import Section
from cardlint.disclosure.ownership import Ownership, plain_label
from cardlint.disclosure.substance import sentences_of
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.disclosure.phrases import COLUMN_HEADS, LABELS, LEADS, MODALITY_NOUNS, NOUNS, RUN_LABELS
from cardlint.vocabulary.trainer import HYPERPARAMETER_NAMES

__all__ = ["Passage", "Subject", "find_passages", "own_cells"]


class Subject(Enum):
    """The subject of a passage.

    `MODEL` is the model, and the passage is the sentence behind it; an `APPOSITION` describes the model without naming
    it: "A language model with 7 billion parameters". A sentence of `OTHER` subject is whole.
    """

    MODEL = "model"
    APPOSITION = "apposition"
    OTHER = "other"


class Passage(Struct, frozen=True, kw_only=True):
    """A text about the model: the value behind a `label`, or a sentence (then `label` is empty).

    Runs of white space are one blank in `text`; `places` has the offset in the content of each of its characters.
    `form` is `label`, `table` or `sentence`. `of_run` is true of a value among settings of a training run.
    """

    label: str
    text: str
    content: Content
    places: Sequence[int]
    form: str
    subject: Subject = Subject.OTHER
    of_run: bool = False

    def span(self, start: int, end: int) -> Span:
        """Return the span in the source of `text[start:end]`."""
        return self.content.span(self.places[start], self.places[end - 1] + 1)


def find_passages(body: Document, sections: Sequence[Section], own: OwnNames) -> Iterator[Passage]:
    """Yield the passages of a body, in the order of the card.

    Quotes, code, struck text and sections about another model, on use or on citation have none.
    """
    yield from _Finder(body, sections, own).find(body.blocks, _Around(), 0)


_MOST_DEPTH = 40


class _Around(Struct, frozen=True, kw_only=True):
    """The surroundings of a block: if they are of the model, and if they have settings of a training run."""

    of_model: bool = True
    of_run: bool = False


class _Visible(Struct, frozen=True, kw_only=True):
    """The visible text of a content."""

    visible: str
    content: Content


class _Finder:
    def __init__(self, body: Document, sections: Sequence[Section], own: OwnNames) -> None:
        self.body = body
        self.sections = sections
        self.own = own
        self.ownership = Ownership(own, sections)

    def find(self, blocks: Sequence[Block], around: _Around, depth: int) -> Iterator[Passage]:
        """Yield the passages of blocks; the paragraph above a list introduces it, a bold line all up to the next."""
        introduction = title = ""
        for block in blocks:
            if depth < _MOST_DEPTH and not isinstance(block, BlockQuote | CodeBlock | Html):
                of_model = all(map(self.ownership.is_of_model, (introduction, title)))
                yield from self.in_block(block, replace(around, of_model=around.of_model and of_model), depth)
            introduction = _introduction(block)
            title = self.title_of(block, title)

    def title_of(self, block: Block, before: str) -> str:
        """Return the title that a block is, or else the title before it that still holds."""
        if isinstance(block, Paragraph):
            text = block.content.text
            inlines = self.body.inlines(block.content) if text.startswith(("**", "__")) else ()
            return text.strip("*_ ") if len(inlines) == 1 and isinstance(inlines[0], Strong) else before
        if isinstance(block, Html):
            summary = _SUMMARY.search(block.content.text)
            return summary["title"] if summary is not None else before
        # a heading opens a section, which has a title of its own
        return "" if isinstance(block, Heading | ThematicBreak) else before

    def in_block(self, block: Block, around: _Around, depth: int) -> Iterator[Passage]:
        match block:
            case Paragraph():
                yield from self.in_paragraph(block, around)
            case Table():
                yield from self.in_table(block, around)
            case List():
                of_run = around.of_run or any(map(_is_of_run, map(_first_label, block.items)))
                for item in block.items:
                    yield from self.in_item(item, replace(around, of_run=of_run), depth)
            case _:
                for child in block.children:
                    yield from self.in_item(child, around, depth) if isinstance(child, ListItem) else ()

    def in_item(self, item: ListItem, around: _Around, depth: int) -> Iterator[Passage]:
        """Yield the passages of an item; its first paragraph introduces all lists below it."""
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Paragraph) and len(item.blocks) > 1:
            yield from self.in_paragraph(first, around)
            of_model = self.ownership.is_of_model(visible_text(first, first.content, self.body).text)
            inside = replace(around, of_model=around.of_model and of_model)
            yield from self.find(item.blocks[1:], inside, depth + 1)
        else:
            yield from self.find(item.blocks, around, depth + 1)

    def around(self, offset: int, around: _Around) -> _Around | None:
        """Return the surroundings with the section at an offset, or None if it is not about the model itself."""
        index = bisect_left(self.sections, offset, key=lambda section: section.heading.span.start)
        if not index:
            return around
        section = self.sections[index - 1]
        if not self.ownership.admits_model(section):
            return None
        of_model = around.of_model and self.ownership.is_section_of_model(section)
        of_run = around.of_run or not _RUN_KINDS.isdisjoint(section.kinds)
        return replace(around, of_model=of_model, of_run=of_run)

    def in_paragraph(self, block: Paragraph, before: _Around) -> Iterator[Passage]:
        around = self.around(block.span.start, before)
        raw = block.content.text
        if around is None or "~~" in raw:
            return
        text = _Visible(visible=visible_text(block, block.content, self.body).text, content=block.content)
        labelled = list(_labels(raw, text.visible))
        first = min((begin for _, begin, _, _ in labelled), default=len(text.visible))
        yield from self.sentences(text, 0, first, around, is_opening=True)
        of_run = around.of_run or any(_is_of_run(label) for label, *_ in labelled)
        of_model = around.of_model
        for label, _, start, end in labelled:
            if not text.visible[start:end].strip():  # a line of its own, such as the name of a model
                of_model = around.of_model and self.ownership.is_of_model(label)
            elif of_model:
                yield replace(_passage(text, start, end, "label", label), of_run=of_run)
            inside = replace(around, of_model=of_model and self.ownership.is_of_model(label))
            yield from self.sentences(text, start, end, inside)

    def sentences(
        self, text: _Visible, start: int, end: int, around: _Around, *, is_opening: bool = False
    ) -> Iterator[Passage]:
        """Yield the sentences of a text, each behind its subject if this is the model.

        The first sentence of a paragraph, `is_opening`, may be an apposition to the title.
        """
        may_be_it = False
        for match in sentences_of(text.visible, start, end):
            whole = _passage(text, match.start(), match.end())
            behind = self.behind_subject(whole.text, around, may_be_it=may_be_it)
            # "it" is the model if the sentence before is about the model and names nothing else
            may_be_it = behind > 0 and _OTHER_NAME.search(whole.text, behind) is None
            if behind:
                text_behind, places = whole.text[behind:], whole.places[behind:]
                yield replace(whole, text=text_behind, places=places, subject=Subject.MODEL)
            elif around.of_model:
                is_apposition = is_opening and whole.text.startswith(("A ", "An "))
                yield replace(whole, subject=Subject.APPOSITION) if is_apposition else whole
            is_opening = False

    def behind_subject(self, sentence: str, around: _Around, *, may_be_it: bool) -> int:
        """Return the offset behind the subject of a sentence if it is the model, else 0."""
        lead = _lead(sentence)
        named = self.own.prefix(sentence[lead:])
        if named:
            return lead + named
        if not around.of_model:
            return 0
        match = _THIS_MODEL.match(sentence, lead)
        if match is not None:
            nouns = match["nouns"].lower().split()
            known = NOUNS | MODALITY_NOUNS if match["which"].lower() == "this" else NOUNS
            if all(part in known for noun in nouns for part in (noun, *noun.split("-")) if noun not in known):
                return match.end()
        this = _THIS_IS.match(sentence)
        if this is not None:
            return len("This")
        return len("It") if may_be_it and sentence.startswith("It ") else 0

    def in_table(self, table: Table, before: _Around) -> Iterator[Passage]:
        around = self.around(table.span.start, before)
        is_comparison = around is None  # its rows and columns of the model are of the model in any section
        around = around or _Around(of_model=False)
        of_run = around.of_run or any(_is_of_run(self.plain(row.cells[:1])) for row in table.rows)
        for label, cell, named in own_cells(table, self.own, self.body):
            visible = visible_text(cell, cell.content, self.body).text
            is_of_model = named or around.of_model
            if not visible.strip() or not label or not is_of_model or "~~" in cell.content.text:
                continue
            if is_comparison and label not in LABELS["parameters"] | LABELS["architecture"]:
                continue
            text = _Visible(visible=visible, content=cell.content)
            yield replace(_passage(text, 0, len(visible), "table", label), of_run=of_run)

    def plain(self, cells: Sequence[Cell]) -> str:
        return plain_label(_cell_text(cells[0], self.body)) if cells else ""


def own_cells(table: Table, own: OwnNames, body: Document) -> Iterator[tuple[str, Cell, bool]]:
    """Yield the cells of a table that are about the model: the label of each, the cell, and if the model is named."""
    heads = [_cell_text(cell, body) for cell in table.header.cells]
    if len(heads) < 2:
        return
    column, named = _own_column(heads, own)
    if column is not None:
        for row in (table.header, *table.rows):
            if len(row.cells) > column:
                yield plain_label(_cell_text(row.cells[0], body)), row.cells[column], named
    rows = [row for row in table.rows if _is_own_row(row, own, body)]
    of_models = len(heads) > 2 or plain_label(heads[0]) in _OF_MODELS
    if of_models and len(rows) == 1:  # of several rows it is open which is the model's
        for head, cell in zip(heads[1:], rows[0].cells[1:], strict=False):
            yield plain_label(head), cell, True


def _own_column(heads: Sequence[str], own: OwnNames) -> tuple[int | None, bool]:
    """Return the column with the values of the model, if the first has labels; and True if its head is the model."""
    if len(heads) == 2:
        head = " ".join(_WORD.findall(heads[1].lower()))
        if _is_own(heads[1], own):
            return 1, True
        is_label = any(plain_label(heads[0]) in labels for labels in LABELS.values())
        return (1, False) if head in COLUMN_HEADS or is_label else (None, False)
    columns = [index for index, head in enumerate(heads) if index and _is_own(head, own)]
    return (columns[0], True) if len(columns) == 1 else (None, False)


def _is_own_row(row: Row, own: OwnNames, body: Document) -> bool:
    return bool(row.cells) and _is_own(_cell_text(row.cells[0], body), own)


def _is_own(text: str, own: OwnNames) -> bool:
    if _OWN_MARK.search(text):
        return True
    name = plain_name(text.strip(" *_"))
    return bool(name) and name in own.names


def _cell_text(cell: Cell, body: Document) -> str:
    return " ".join(visible_text(cell, cell.content, body).text.split())


def _introduction(block: Block) -> str:
    """Return the end of a paragraph that ends with a colon, as that above a list does."""
    text = block.content.text.rstrip("*_ ") if isinstance(block, Paragraph) else ""
    return text[-_MOST_INTRODUCTION:] if text.endswith((":", "：")) else ""


def _first_label(item: ListItem) -> str:
    first = item.blocks[0] if item.blocks else None
    text = first.content.text[:_MOST_INTRODUCTION] if isinstance(first, Paragraph) else ""
    return plain_label(re.split("[:：=]", text, maxsplit=1)[0])


def _is_of_run(label: str) -> bool:
    return label in RUN_LABELS or label.replace(" ", "_") in HYPERPARAMETER_NAMES


_RUN_KINDS = frozenset(("hyperparameters", "training-procedure", "training-data"))
_MOST_INTRODUCTION = 300
_SUMMARY = LazyPattern(
    r"<(?:summary|b|strong)\b[^<>]{0,200}>(?:\s|<[^<>]{0,100}>){0,9}(?P<title>[^<>]{1,200})", re.IGNORECASE
)
_THIS_MODEL = LazyPattern(r"(?P<which>this|the|our)(?P<nouns>(?: [\w-]{1,20}){0,3}) models?\b(?!['’]s)", re.IGNORECASE)
_THIS_IS = LazyPattern(r"This(?= is (?:an?|the|our) )")
_OTHER_NAME = LazyPattern(r"[A-Z\d]|\b(?:from|than|like)\b")
_OF_MODELS = frozenset(("model", "models", "model name", "name"))
_OWN_MARK = LazyPattern(r"\((?:this model|ours?)\)|^(?:this model|ours)$", re.IGNORECASE)
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
_BOLD_LABEL = LazyPattern(r"^[ \t]*(?P<mark>\*\*|__)(?P<label>[^*_\n:：]{2,110})[:：]?(?P=mark)[:：]?", re.MULTILINE)
_COLON_LABEL = LazyPattern(r"^[^\S\n]{0,40}(?P<label>[^\n:：.|]{2,60})[:：](?!//)", re.MULTILINE)


_DATED = LazyPattern(
    r"[\W_]*(?:\d{1,4}[-./]\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d)", re.IGNORECASE
)


def _labels(raw: str, visible: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield the labels that begin lines, each with its own start and with the start and the end of its value."""
    found = {match.start(): match for match in _COLON_LABEL.finditer(visible) if not _DATED.match(match["label"])}
    found |= {match.start(): match for match in _BOLD_LABEL.finditer(raw)}
    matches = [match for _, match in sorted(found.items())]
    ends = [*(match.start() for match in matches[1:]), len(visible)]
    for match, end in zip(matches, ends[: len(matches)], strict=True):
        label = plain_label(match["label"])
        if label and match.end() < end:
            yield label, match.start(), match.end(), end


def _passage(text: _Visible, start: int, end: int, form: str = "sentence", label: str = "") -> Passage:
    """Return the passage between two places of a text, in which runs of white space are one blank."""
    characters: list[str] = []
    places: list[int] = []
    for match in _RUN.finditer(text.visible, start, end):
        if characters:
            characters.append(" ")
            places.append(match.start() - 1)
        characters.extend(match[0])
        places.extend(range(match.start(), match.end()))
    return Passage(label=label, text="".join(characters), content=text.content, places=places, form=form)


_RUN = LazyPattern(r"\S+")
