"""Placeholders: text in place of content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, BlockQuote, CodeBlock, Content, Html, List, ListItem, Paragraph, Table
from cardlint.card.text.leftovers import find_leftovers
from cardlint.card.text.placeholder_words import (
    core,
    is_code_gap,
    is_gap,
    is_line,
    is_note,
    is_placeholder,
    labelled,
    line_spans,
)
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Source, Span
from cardlint.vocabulary.boilerplate import (
    BEGINNINGS,
    EMISSIONS,
    EXAMPLES,
    FILLER,
    PLACEHOLDERS,
    SENTENCES,
    STUBS,
    TEMPLATE_MARKS,
)
from cardlint.vocabulary.template_comments import COMMENTS

__all__ = ["Placeholder", "find_placeholder", "find_placeholders", "says_nothing", "unfilled_template"]


class Placeholder(Struct, frozen=True):
    """A placeholder, with the label of a bullet such as `- **License:** [More Information Needed]`.

    `example` describes the value that should replace a placeholder in an example of use. If `needs_section` is true, it
    is a placeholder only as the whole content of a section. `printed` is true for a value as Python prints it, which a
    script wrote in place of the value's name.
    """

    span: Span
    label: str = ""
    example: str = ""
    needs_section: bool = False
    printed: bool = False


# With this many placeholders of the Hub's template, a card is an unfilled template, which is reported once.
_UNFILLED = 6
# Families of generators that use the template's placeholder in their own sections.
_BRACKETS_OF_THEIR_OWN = frozenset(("lerobot", "mixin", "skops"))
_LONGEST = 320  # the characters of a template's sentence
# every longer placeholder contains one of these
_SIGNS = (
    *("nformation", "NFORMATION", "Carbon emissions", "Describe ", "Provide examples", "Preprocessing, ", "TODO"),
    *("delete this content", "feel free to open", "update this template", "by the model author", "ToDo", "FIXME"),
    *("No evaluation results", "Discuss any practical", "Put a short model", "Try to provide", "orem ipsum"),
)
# a line of a paragraph that is a placeholder contains one of these
_LINE_SIGNS = ("nformation", "TBD", "TODO", "N/A", "XX")
_BEGINNING = max(map(len, BEGINNINGS)) + 4  # with emphasis
# every unchanged example contains one of these
_EXAMPLE_SIGNS = (
    *("_model_id", "MODEL_NAME", '"None"', "PATH_TO", "# TODO: add an example", "# You can include sample code"),
    "If you had a time machine",
)
_FILL_IN = LazyPattern(r"<!--+\s*(?:FILL[ _-]?(?:IN|ME|OUT|THIS)|TODO|TBD)\b(?s:.)*?-->", re.IGNORECASE)
_NO_LANGUAGES = frozenset(("", "markdown", "md", "plain", "plaintext", "text", "txt"))
# every empty sentence of a template contains one of these
_FILLER_SIGNS = ("to get started", "automatically generated", "BibTeX", "APA", "following ", "related to citation")


def find_placeholder(block: Block, document: Document) -> list[Placeholder] | None:
    """Return the placeholders that a block consists of; None if it has other text, or no text."""
    match block:
        case Paragraph():
            return _in_paragraph(block, document)
        case CodeBlock():
            return _in_code(block)
        case Table():
            return _in_whole_table(block)
        case Html():
            return _in_comment(block)
        case List():
            found: list[Placeholder] = []
            for item in block.items:
                only = item.blocks[0] if len(item.blocks) == 1 and item.checked is None else None
                inside = find_placeholder(only, document) if isinstance(only, Paragraph | List) else None
                if inside is None:
                    return None
                found += inside
            return found
    return None


def find_placeholders(document: Document) -> Iterator[Placeholder]:
    """Yield every placeholder of a document, in order.

    They are whole paragraphs, lines and cells, and unchanged parts of examples of use. Quoted text is left out, and so
    are tasks (`- [ ] TODO: large`), which are plans.
    """
    text = document.source.text
    examples = []
    if any(sign in text for sign in _EXAMPLE_SIGNS):
        examples = [(mark, wanted) for mark, wanted in EXAMPLES if mark in text]
    address_examples = [each for each in examples if each[0].startswith("model_name=")]
    stack = list(reversed(document.blocks))
    while stack:
        block = stack.pop()
        match block:
            case Paragraph():
                yield from _in_paragraph(block, document) or _within(block, document)
                if address_examples:  # these are addresses in the text too; a name in the text is only a mention
                    yield from _in_examples(block.content, address_examples)
            case CodeBlock():
                yield from _in_code(block) or (_in_examples(block.content, examples) if examples else ())
            case Table():
                yield from (_in_whole_table(block) or ())[:1] or _in_cells(block)
            case Html():
                yield from _in_comment(block) or ()
            case BlockQuote():
                pass
            case ListItem() if block.checked is not None:
                pass
            case _:
                stack.extend(reversed(block.children))


def says_nothing(block: Block, document: Document) -> bool:
    """Return True if a block is a comment, or a sentence that a generator writes below every such heading."""
    if isinstance(block, Html):
        return block.content.text.startswith("<!--") and block.content.text.rstrip().endswith("-->")
    if not isinstance(block, Paragraph):
        return False
    text = block.content.text
    return len(text) < _LONGEST and any(sign in text for sign in _FILLER_SIGNS) and _plain(block, document) in FILLER


def unfilled_template(placeholders: Sequence[Placeholder], family: str, source: Source) -> tuple[Placeholder, ...]:
    """Return the placeholders of the Hub's template if so many are left that it was hardly filled in, else none.

    Earlier templates wrote them without brackets, as the Trainer does in three of its own sections.
    """
    marks: tuple[str, ...] = TEMPLATE_MARKS
    if family in _BRACKETS_OF_THEIR_OWN:
        return ()
    if family == "template":
        marks += ("More information needed",)
    places = [place for place in placeholders if not place.example]
    found = tuple(place for place in places if any(mark in source.slice(place.span) for mark in marks))
    counted = [place for place in found if not place.needs_section]  # the sentence on emissions is true of any model
    return found if len(counted) >= _UNFILLED else ()


def _in_paragraph(block: Paragraph, document: Document) -> list[Placeholder] | None:
    """Return the placeholders that a paragraph consists of, or None."""
    content = block.content
    # the template explains one of its bullets in a comment after it
    text = content.text.split(" <!--", 1)[0] if " <!--" in content.text else content.text
    if text[:_BEGINNING].lstrip("*_ ").lower().startswith(BEGINNINGS):
        return [Placeholder(block.span)]
    if text.strip("*_ ") in COMMENTS:
        return [Placeholder(block.span, needs_section=True)]
    if len(text) > _LONGEST or not _may_be_one(text):
        return None
    if is_line(text):
        words = core(text)
        if is_placeholder(words):
            # "TODO:" may be the label of a list below
            return [Placeholder(block.span, needs_section=text.rstrip("*_ \t").endswith((":", "：")))]
        if is_gap(text, words):
            return [Placeholder(block.span, needs_section=True)]
        if found := _behind_label(content, 0, len(text)):
            return [found]
    plain = _plain(block, document).lower()
    if is_note(text) or plain in SENTENCES or plain == EMISSIONS:
        return [Placeholder(block.span, needs_section=plain == EMISSIONS)]
    lines = [(text[start:end], _in_line(content, start, end)) for start, end in line_spans(text)]
    if all(found or line in FILLER for line, found in lines):
        return [found for _, found in lines if found] or None
    return None


@lru_cache(1024)
def _may_be_one(text: str) -> bool:
    """Return True if a paragraph may be a placeholder. Cached: each is tested twice, and generators repeat text."""
    if any(sign in text for sign in _SIGNS):
        return True
    if not is_line(text):
        return False
    words = core(text)
    return is_placeholder(words) or is_gap(text, words) or labelled(text) is not None


def _within(block: Paragraph, document: Document) -> Iterator[Placeholder]:
    """Yield the lines that are placeholders, and the leftovers, of a paragraph with other text."""
    content = block.content
    places: list[Placeholder] = []
    if any(sign in content.text for sign in _LINE_SIGNS):
        places = [found for line in line_spans(content.text) if (found := _in_line(content, *line))]
    known = [place.span for place in places]
    places += [Placeholder(span, printed=printed) for span, printed in find_leftovers(block, document, known)]
    yield from sorted(places, key=lambda place: place.span)


def _in_line(content: Content, start: int, end: int) -> Placeholder | None:
    if core(content.text[start:end]) in PLACEHOLDERS:
        return Placeholder(content.span(start, end))
    return _behind_label(content, start, end)


def _behind_label(content: Content, start: int, end: int) -> Placeholder | None:
    if found := labelled(content.text, start, end):
        label, first, last = found
        return Placeholder(content.span(first, last), label)
    return None


def _in_whole_table(table: Table) -> list[Placeholder] | None:
    """Return the placeholders of a table if all its cells are empty or placeholders, the labels of rows aside."""
    found: list[Placeholder] = []
    for row in table.rows:
        for cell in row.cells[1:] or row.cells:
            text = cell.content.text
            words = core(text)
            if is_placeholder(words):
                found.append(Placeholder(cell.span, core(row.cells[0].content.text) if row.cells[1:] else ""))
            elif words and not is_gap(text, words):
                return None
    return found or None


def _in_comment(block: Html) -> list[Placeholder] | None:
    """Return the placeholder of a comment that asks the author to write the section."""
    if not block.content.text.startswith("<!--") or _FILL_IN.fullmatch(block.content.text) is None:
        return None
    return [Placeholder(block.span, needs_section=True)]


def _in_cells(table: Table) -> Iterator[Placeholder]:
    for row in (table.header, *table.rows):
        for cell in row.cells:
            if "nformation" in cell.content.text and core(cell.content.text) in PLACEHOLDERS:
                yield Placeholder(cell.span, core(row.cells[0].content.text) if cell is not row.cells[0] else "")


def _in_code(block: CodeBlock) -> list[Placeholder] | None:
    """Return the placeholder of a code block that consists of one, or None."""
    text = block.content.text.strip() if block.fenced else ""
    if not 0 < len(text) <= _LONGEST:
        return None
    if "".join(text.lower().split()) in STUBS or any(text == mark for mark, _ in EXAMPLES):
        return [Placeholder(block.content.span())]
    if is_code_gap(text):
        # without a language, a block among others may quote the words
        return [Placeholder(block.content.span(), needs_section=block.language.lower() in _NO_LANGUAGES)]
    return None


def _in_examples(content: Content, marks: list[tuple[str, str]]) -> Iterator[Placeholder]:
    found = []
    for mark, wanted in marks:
        start = content.text.find(mark)
        while start >= 0:
            # the names in an f-string are variables
            if mark[1] != "{" or content.text[start - 1 : start].lower() != "f":
                found.append(Placeholder(content.span(start, start + len(mark)), example=wanted))
            start = content.text.find(mark, start + len(mark))
    yield from sorted(found, key=lambda each: each.span)


def _plain(block: Paragraph, document: Document) -> str:
    return " ".join(document.plain(block.content).split())
