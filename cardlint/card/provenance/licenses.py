"""The licenses that the body states: in license sections, after labels, in rows of tables and in sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, BlockQuote, Cell, Content, Heading, Html, List, Paragraph, Row
from cardlint.card.provenance.license_sentences import StatedLicense, VisibleText, read_statements, visible_text
from cardlint.card.provenance.license_statement import LicenseStatement, Subject, may_state_license
from cardlint.card.text.placeholder_words import core, is_gap, is_placeholder
from cardlint.card.text.sections import Section, SectionState
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.licenses.sentences import TITLE
from cardlint.vocabulary.titles.section_kinds import kinds_of_title

__all__ = ["ABOUT_ANOTHER", "find_licenses"]

_WORD = LazyPattern(r"[^\W\d_]+")


def find_licenses(
    body: Document, sections: Sequence[Section], own_names: Sequence[str]
) -> tuple[LicenseStatement, ...]:
    """Return the licenses that the body states; `own_names` are names of the model.

    Those of sections are first, then those of labels, then those of sentences.
    """
    in_sections = [_judged(each, sections) for each in _in_sections(body, sections, own_names)]
    read = {statement.span.start for statement in in_sections}
    others = [
        _judged(each, sections) for each in _in_blocks(body.blocks, body, own_names) if each.span.start not in read
    ]
    labels = [statement for statement in others if statement.form == "label"]
    return (*in_sections, *labels, *(statement for statement in others if statement.form == "sentence"))


def _in_sections(body: Document, sections: Sequence[Section], own_names: Sequence[str]) -> Iterator[LicenseStatement]:
    for section in sections:
        if "license" not in section.kinds or (section.parent and "license" in section.parent.kinds):
            continue
        found = [statement for part in section.walk() for statement in _in_part(part, section, body, own_names)]
        if not found and section.state is SectionState.FILLED and may_state_license(section.title):
            found = [_unclear(section.heading.span)]
        yield from found


def _in_part(part: Section, whole: Section, body: Document, own_names: Sequence[str]) -> Iterator[LicenseStatement]:
    """Yield the licenses in a part of a license section; below a heading of its own a bare name may be of anything."""
    is_own = "license" in part.kinds
    for block, content in _contents(part.blocks):
        visible = visible_text(block, content, body)
        for start, end in _outside_labels(visible):
            for stated in read_statements(visible, start, end, own_names):
                statement = _statement(stated, visible, whole.heading.span, "section")
                is_unclear = not is_own and stated.subject is Subject.NONE
                yield replace(statement, subject=Subject.UNCLEAR) if is_unclear else statement


def _unclear(place: Span) -> LicenseStatement:
    return LicenseStatement(id=None, name="", subject=Subject.UNCLEAR, span=place, place=place, form="section")


def _contents(blocks: Sequence[Block]) -> Iterator[tuple[Block | Cell, Content]]:
    """Yield the texts in blocks, with the block or cell that each belongs to."""
    for block in blocks:
        match block:
            case Paragraph() | Html() | Heading():
                yield block, block.content
            case Row():
                yield from ((cell, cell.content) for cell in block.cells)
            case _:
                yield from _contents(block.children)


def _judged(statement: LicenseStatement, sections: Sequence[Section]) -> LicenseStatement:
    """Return a statement as one of unclear subject if its section, or one above that, is about something else."""
    index = bisect_left(sections, statement.span.start, key=lambda section: section.heading.span.start)
    section = sections[index - 1] if index else None
    while section is not None:
        is_heading = section.heading.span.overlaps(statement.span)
        if not is_heading and _is_about_another(section, statement.subject):
            return replace(statement, subject=Subject.UNCLEAR)
        section = section.parent
    return statement


def _is_about_another(section: Section, subject: Subject) -> bool:
    """Return True if a section is about data or another model, as a bare name is below "Dataset license"."""
    if ABOUT_ANOTHER.search(section.title):
        return True
    if "license" not in section.kinds:
        return not _DATA.isdisjoint(section.kinds)
    words = _WORD.findall(section.title.lower())
    is_plain = all(word in TITLE or may_state_license(word) or not word.isascii() for word in words)
    return subject is Subject.NONE and not is_plain


_DATA = frozenset(("training-data", "evaluation"))
ABOUT_ANOTHER = LazyPattern(
    r"\b(?:original|base model|source model|parent model|teacher|about the base)\b", re.IGNORECASE
)
"""Titles of sections about another model."""


def _in_blocks(
    blocks: Sequence[Block], body: Document, own_names: Sequence[str], depth: int = 0
) -> Iterator[LicenseStatement]:
    """Yield what labels state, in lines and rows, and what sentences anywhere state of the model.

    A label in a list within a list may be about what the outer list names, and a quote may be of another model.
    """
    for block in blocks:
        match block:
            case Row():
                yield from _in_row(block, body, own_names)
            case Paragraph() | Html() | Heading() if may_state_license(block.content.text):
                for statement in _in_text(block, body, own_names):
                    yield replace(statement, subject=Subject.UNCLEAR) if depth > 1 else statement
            case BlockQuote():
                yield from _in_blocks(block.blocks, body, own_names, depth + 2)
            case List() if _is_about_source(block):
                yield from _in_blocks(block.children, body, own_names, depth + 2)
            case _:
                yield from _in_blocks(block.children, body, own_names, depth + isinstance(block, List))


_CREDIT = LazyPattern(r"[*_` ]*(?:credits?|attribution)[*_` ]*:", re.IGNORECASE)


def _is_about_source(block: List) -> bool:
    """Return True if a list gives the credit for what is used: the model has no credit of its own."""
    first = [item.blocks[0] for item in block.items if item.blocks]
    return any(isinstance(each, Paragraph) and _CREDIT.match(each.content.text) for each in first)


def _in_row(row: Row, body: Document, own_names: Sequence[str]) -> Iterator[LicenseStatement]:
    cells = [cell for cell in row.cells if cell.content.text.strip()]
    if len(cells) != 2 or not may_state_license(cells[0].content.text):
        return
    label = visible_text(cells[0], cells[0].content, body).text
    if _is_label(label):
        visible = visible_text(cells[1], cells[1].content, body)
        value = (0, len(visible.text))
        yield from _in_value(visible, value, row.span, own_names)


_LABELLED = LazyPattern(
    r"^[ \t>\u2022\u00b7\u2013\u2014-]*(?P<label>[^\n:\uff1a\t]{2,40}?)[ ]*(?:[:\uff1a]|\t|(?<=   ))[ \t]*"
    r"(?P<value>[^\n\t]*(?:\n(?![^\n:\uff1a\t]{2,40}[:\uff1a\t])[^\n\t]+)*)",
    re.MULTILINE,
)


def _in_text(block: Paragraph | Html | Heading, body: Document, own_names: Sequence[str]) -> Iterator[LicenseStatement]:
    content = block.content
    visible = visible_text(block, content, body)
    labelled = [match for match in _LABELLED.finditer(visible.text) if _is_label(match["label"])]
    for match in labelled:
        start = match.start("label") if isinstance(block, Html) else match.start()
        place = content.span(start, max(match.end("value"), match.end("label")))
        yield from _in_value(visible, match.span("value"), place, own_names)
    if not labelled and not isinstance(block, Heading):
        for stated in read_statements(visible, 0, len(visible.text), own_names):
            if stated.subject is Subject.MODEL:
                yield _statement(stated, visible, None, "sentence")


def _outside_labels(visible: VisibleText) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text that `_in_text` does not read as the values of labels."""
    at = 0
    for match in _LABELLED.finditer(visible.text):
        if _is_label(match["label"]):
            yield at, match.start()
            at = match.end()
    yield at, len(visible.text)


_ENGLISH_LABEL = LazyPattern(
    r"(?:model |weights? )?(?:licen[cs]es?|licensing|licenese)(?: ?\(s\))?"
    r"(?: \(?(?:optional|type|information|info)\)?)?"
)


def _is_label(text: str) -> bool:
    """Return True if a text is a label of the model's license."""
    key = " ".join(text.lower().replace("\n", " ").split()).strip("-|. ")
    if _ENGLISH_LABEL.fullmatch(key):
        return True
    return " " not in key and may_state_license(key) and kinds_of_title(key) == ("license",)


def _in_value(
    visible: VisibleText, value: tuple[int, int], place: Span, own_names: Sequence[str]
) -> Iterator[LicenseStatement]:
    """Yield the licenses in the value of a label; a value without a known one is a statement of unclear subject."""
    if _is_empty(visible.text[slice(*value)]):
        return
    found = list(read_statements(visible, *value, own_names))
    if not found:
        found = [StatedLicense(None, Subject.UNCLEAR, *value)]
    for stated in found:
        yield _statement(stated, visible, place, "label")


def _is_empty(value: str) -> bool:
    """Return True if the value of a label names no license: a placeholder, a template's tag, or a word for none."""
    words = core(value)
    return not words or "{{" in value or is_placeholder(words) or is_gap(value, words) or words in _NO_LICENSE


_NO_LICENSE = frozenset(("license", "licence", "none", "other", "unknown", "n a", "n/a", "na"))


def _statement(stated: StatedLicense, visible: VisibleText, place: Span | None, form: str) -> LicenseStatement:
    span = visible.content.span(stated.start, stated.end)
    name = " ".join(visible.text[stated.start : stated.end].split())
    return LicenseStatement(id=stated.id, name=name, subject=stated.subject, span=span, place=place or span, form=form)
