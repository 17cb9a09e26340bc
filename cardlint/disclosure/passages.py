"""The passages of a body that say something of the card's own model: values of labels and rows, and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, BlockQuote, Cell, CodeBlock, Content, Html, ListItem, Paragraph, Table
from cardlint.card.provenance.license_sentences import visible_text
from cardlint.card.provenance.licenses import ABOUT_ANOTHER
from cardlint.card.text.own_names import OwnNames, plain_name
from cardlint.card.text.sections import Section
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.disclosure.phrases import COLUMN_HEADS, LEADS, NOUNS

__all__ = ["Passage", "find_passages", "plain_label"]


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


class _Finder:
    def __init__(self, body: Document, sections: Sequence[Section], own: OwnNames) -> None:
        self.body = body
        self.sections = sections
        self.own = own
        self.own_sizes = {size.lower() for title in own.written() for size in _SIZE.findall(title)}

    def find(self, blocks: Sequence[Block], intro: str, depth: int) -> Iterator[Passage]:
        """Yield the passages of blocks; `intro` is the paragraph or item that ends with a colon above them."""
        for block in blocks:
            if depth < _MOST_DEPTH and not isinstance(block, BlockQuote | CodeBlock | Html):
                yield from self.in_block(block, intro, depth)
            intro = block.content.text if isinstance(block, Paragraph) and depth < _MOST_DEPTH else ""

    def in_block(self, block: Block, intro: str, depth: int) -> Iterator[Passage]:
        if isinstance(block, Paragraph):
            if not self.is_about_another(intro):
                kinds = self.kinds_at(block.span.start)
                if kinds is not None:
                    yield from self.in_paragraph(block, kinds, depth)
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
        section = self.sections[index - 1] if index else None
        kinds = section.kinds if section is not None else ()
        while section is not None:
            is_title = section.parent is None and section.is_first
            if not is_title and (
                not _OTHER_KINDS.isdisjoint(section.kinds)
                or _OTHER_TITLES.search(section.title)
                or self.is_about_another(section.title)
            ):
                return None
            section = section.parent
        return kinds

    def in_paragraph(self, block: Paragraph, kinds: tuple[str, ...], depth: int) -> Iterator[Passage]:
        visible = visible_text(block, block.content, self.body)
        labelled = list(_labels(block.content.text, visible.text))
        for label, start, end in labelled:
            yield _passage(label, visible.text, start, end, block.content, form="label", kinds=kinds)
            value = visible.text[start:end]
            at = start + len(value) - len(value.lstrip())
            yield from self.sentences(visible.text, at, end, block.content, kinds)
        first = min((start for _, start, _ in labelled), default=len(visible.text))
        yield from self.sentences(visible.text, 0, first, block.content, kinds)

    def sentences(
        self, text: str, start: int, end: int, content: Content, kinds: tuple[str, ...]
    ) -> Iterator[Passage]:
        """Yield the sentences of a text, each behind its subject if this is the model."""
        is_before = False  # "it" is the model if the sentence before was about the model
        for match in _SENTENCE.finditer(text, start, end):
            whole = _passage("", text, match.start(), match.end(), content, form="sentence", kinds=kinds)
            behind = self.behind_subject(whole.text, may_be_it=is_before)
            is_before = behind > 0
            if behind:
                yield _cut(whole, behind)
            else:
                yield _not_own(whole)

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
                    yield from self.of_cell(plain_label(self.cell_text(row.cells[0])), row.cells[column], kinds)
        for row in table.rows:
            if len(heads) > 2 and row.cells and self.is_own(self.cell_text(row.cells[0])):
                for head, cell in zip(heads[1:], row.cells[1:], strict=False):
                    yield from self.of_cell(plain_label(head), cell, kinds)

    def own_column(self, heads: Sequence[str]) -> int | None:
        """Return the column with the values of the model in a table whose first column has labels."""
        if len(heads) == 2:
            head = " ".join(_WORD.findall(heads[1].lower()))
            first = plain_label(heads[0])
            if head in COLUMN_HEADS or self.is_own(heads[1]) or is_label(first):
                return 1
            return None
        own = [index for index, head in enumerate(heads) if index and self.is_own(head)]
        return own[0] if len(own) == 1 else None

    def is_own(self, text: str) -> bool:
        name = plain_name(text.strip())
        return bool(name) and name in self.own.names

    def of_cell(self, label: str, cell: Cell, kinds: tuple[str, ...]) -> Iterator[Passage]:
        text = visible_text(cell, cell.content, self.body).text
        if label and text.strip():
            yield _passage(label, text, 0, len(text), cell.content, form="table", kinds=kinds)

    def cell_text(self, cell: Cell) -> str:
        return " ".join(visible_text(cell, cell.content, self.body).text.split())


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
_COLON_LABEL = LazyPattern(r"^[^\S\n]*(?P<label>[^\n:.|]{2,60}):(?!//)", re.MULTILINE)


def _labels(raw: str, visible: str) -> Iterator[tuple[str, int, int]]:
    """Yield the labels that begin lines, each with the start and the end of its value."""
    found = {match.start(): match for match in _COLON_LABEL.finditer(visible)}
    found |= {match.start(): match for match in _BOLD_LABEL.finditer(raw)}
    matches = [match for _, match in sorted(found.items())]
    ends = [*(match.start() for match in matches[1:]), len(visible)]
    for match, end in zip(matches, ends[: len(matches)], strict=True):
        label = plain_label(match["label"])
        if label and match.end() < end:
            yield label, match.end(), end


_REMARK = LazyPattern(r"\([^()]*\)")
_LABEL_WORD = LazyPattern(r"[^\W_]+")


def plain_label(text: str) -> str:
    """Return a label in lower case, without signs and remarks in brackets."""
    words = _LABEL_WORD.findall(_REMARK.sub(" ", text[:120].lower().replace("\u2019", "'").replace("'", "")))
    return " ".join(words)


def is_label(label: str) -> bool:
    from cardlint.vocabulary.disclosure.phrases import LABELS

    return any(label in labels for labels in LABELS.values())


def _passage(
    label: str, text: str, start: int, end: int, content: Content, *, form: str, kinds: tuple[str, ...]
) -> Passage:
    """Return the passage of `text[start:end]`, in which runs of white space are one blank."""
    characters: list[str] = []
    places: list[int] = []
    for match in _RUN.finditer(text, start, end):
        if characters:
            characters.append(" ")
            places.append(match.start() - 1)
        characters.extend(match[0])
        places.extend(range(match.start(), match.end()))
    return Passage(label=label, text="".join(characters), content=content, places=places, form=form, kinds=kinds)


_RUN = LazyPattern(r"\S+")


def _cut(passage: Passage, start: int) -> Passage:
    return Passage(
        label="",
        text=passage.text[start:],
        content=passage.content,
        places=passage.places[start:],
        form=passage.form,
        kinds=passage.kinds,
    )


def _not_own(passage: Passage) -> Passage:
    return Passage(
        label="",
        text=passage.text,
        content=passage.content,
        places=passage.places,
        form=passage.form,
        kinds=passage.kinds,
        own=False,
    )
