"""Text that stands where content should."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, BlockQuote, CodeBlock, Content, Html, List, Paragraph, Table
from cardlint.card.text.placeholder_words import LINES, core, is_gap, is_line, is_note, is_placeholder, labelled
from cardlint.source import Source, Span
from cardlint.vocabulary.boilerplate import EMISSIONS, EXAMPLES, FILLER, PLACEHOLDERS, SENTENCES, STUBS, TEMPLATE_MARKS

__all__ = ["Placeholder", "find_placeholder", "find_placeholders", "says_nothing", "unfilled_template"]


class Placeholder(Struct, frozen=True):
    """A placeholder and, of a bullet such as `- **License:** [More Information Needed]`, what it is for.

    `example` says what belongs in its place, of what nobody replaced in an example of use. One that `needs_section`
    is a placeholder only where it is all that a section holds.
    """

    span: Span
    label: str = ""
    example: str = ""
    needs_section: bool = False


# From so many of the Hub's template's placeholders on, a card is an unfilled template, and that is one thing to say.
_UNFILLED = 6
# Generators' families that write the template's placeholder in sections of their own.
_BRACKETS_OF_THEIR_OWN = frozenset(("lerobot", "mixin", "skops"))
_LONGEST = 320  # characters of a template's sentence
# what every longer placeholder has
_SIGNS = (
    *("nformation", "NFORMATION", "Carbon emissions", "Describe ", "Provide examples", "Preprocessing, ", "TODO"),
    *("delete this content", "feel free to open", "update this template", "by the model author"),
)
# what every example has that nobody filled in
_EXAMPLE_SIGNS = (
    *("_model_id", "MODEL_NAME", '"None"', "PATH_TO", "# TODO: add an example", "# You can include sample code"),
    "If you had a time machine",
)
# what every sentence of a template has that says nothing
_FILLER_SIGNS = ("to get started", "automatically generated", "BibTeX", "APA", "following ", "related to citation")


def find_placeholder(block: Block, document: Document) -> list[Placeholder] | None:
    """The placeholders that a block consists of; None where it says something else, or nothing at all."""
    match block:
        case Paragraph():
            return _in_paragraph(block, document)
        case CodeBlock():
            return _in_code(block)
        case List():
            found: list[Placeholder] = []
            for item in block.items:
                only = item.blocks[0] if len(item.blocks) == 1 else None
                inside = find_placeholder(only, document) if isinstance(only, Paragraph | List) else None
                if inside is None:
                    return None
                found += inside
            return found
    return None


def find_placeholders(document: Document) -> Iterator[Placeholder]:
    """Every placeholder of a document, in its order.

    That is paragraphs, lines and cells of their own, and what nobody replaced in examples of use. What is quoted is
    somebody else's.
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
                yield from _in_paragraph(block, document) or _in_lines(block.content)
                if address_examples:  # which are addresses in the text, too; a name there is only mentioned
                    yield from _in_examples(block.content, address_examples)
            case CodeBlock():
                yield from _in_code(block) or (_in_examples(block.content, examples) if examples else ())
            case Table():
                yield from _in_cells(block)
            case BlockQuote():
                pass
            case _:
                stack.extend(reversed(block.children))


def says_nothing(block: Block, document: Document) -> bool:
    """Whether a block is a comment, or a sentence that a generator puts under every such heading."""
    if isinstance(block, Html):
        return block.content.text.startswith("<!--") and block.content.text.rstrip().endswith("-->")
    if not isinstance(block, Paragraph):
        return False
    text = block.content.text
    return len(text) < _LONGEST and any(sign in text for sign in _FILLER_SIGNS) and _plain(block, document) in FILLER


def unfilled_template(placeholders: Sequence[Placeholder], family: str, source: Source) -> tuple[Placeholder, ...]:
    """The placeholders of the Hub's template, where they are so many that it was hardly filled in; else none.

    Its forerunners wrote them without brackets, as the Trainer does for three sections of its own.
    """
    marks: tuple[str, ...] = TEMPLATE_MARKS
    if family in _BRACKETS_OF_THEIR_OWN:
        return ()
    if family == "template":
        marks += ("More information needed",)
    places = [place for place in placeholders if not place.example]
    found = tuple(place for place in places if any(mark in source.slice(place.span) for mark in marks))
    return found if len(found) >= _UNFILLED else ()


def _in_paragraph(block: Paragraph, document: Document) -> list[Placeholder] | None:
    """What a paragraph consists of."""
    content = block.content
    # the template explains one of its bullets in a comment behind it
    text = content.text.split(" <!--", 1)[0] if " <!--" in content.text else content.text
    if len(text) > _LONGEST or not _may_be_one(text):
        return None
    if is_line(text):
        words = core(text)
        if is_placeholder(words):
            return [Placeholder(block.span)]
        if is_gap(text, words):
            return [Placeholder(block.span, needs_section=True)]
        if found := _behind_label(content, 0, len(text)):
            return [found]
    plain = _plain(block, document).lower()
    if is_note(text) or plain in SENTENCES or plain == EMISSIONS:
        return [Placeholder(block.span, needs_section=plain == EMISSIONS)]
    lines = [(match["line"], _in_line(content, *match.span("line"))) for match in LINES.finditer(text)]
    if all(found or line in FILLER for line, found in lines):
        return [found for _, found in lines if found] or None
    return None


@lru_cache(1024)
def _may_be_one(text: str) -> bool:
    """Whether a paragraph of this text may be a placeholder: asked twice of each, and generators repeat themselves."""
    if any(sign in text for sign in _SIGNS):
        return True
    if not is_line(text):
        return False
    words = core(text)
    return is_placeholder(words) or is_gap(text, words) or labelled(text) is not None


def _in_lines(content: Content) -> Iterator[Placeholder]:
    """The lines that are placeholders in a paragraph that says something else as well."""
    if "nformation" in content.text or "TBD" in content.text or "TODO" in content.text:
        for match in LINES.finditer(content.text):
            if found := _in_line(content, *match.span("line")):
                yield found


def _in_line(content: Content, start: int, end: int) -> Placeholder | None:
    if core(content.text[start:end]) in PLACEHOLDERS:
        return Placeholder(content.span(start, end))
    return _behind_label(content, start, end)


def _behind_label(content: Content, start: int, end: int) -> Placeholder | None:
    if found := labelled(content.text, start, end):
        label, first, last = found
        return Placeholder(content.span(first, last), label)
    return None


def _in_cells(table: Table) -> Iterator[Placeholder]:
    for row in (table.header, *table.rows):
        for cell in row.cells:
            if "nformation" in cell.content.text and core(cell.content.text) in PLACEHOLDERS:
                yield Placeholder(cell.span, core(row.cells[0].content.text) if cell is not row.cells[0] else "")


def _in_code(block: CodeBlock) -> list[Placeholder] | None:
    """A block of code that holds a placeholder and nothing else."""
    text = block.content.text.strip() if block.fenced else ""
    if not 0 < len(text) <= _LONGEST:
        return None
    if "".join(text.lower().split()) in STUBS or any(text == mark for mark, _ in EXAMPLES):
        return [Placeholder(block.content.span())]
    return None


def _in_examples(content: Content, marks: list[tuple[str, str]]) -> Iterator[Placeholder]:
    found = []
    for mark, wanted in marks:
        start = content.text.find(mark)
        while start >= 0:
            # an f-string's names are variables
            if mark[1] != "{" or content.text[start - 1 : start].lower() != "f":
                found.append(Placeholder(content.span(start, start + len(mark)), example=wanted))
            start = content.text.find(mark, start + len(mark))
    yield from sorted(found, key=lambda each: each.span)


def _plain(block: Paragraph, document: Document) -> str:
    return " ".join(document.plain(block.content).split())
