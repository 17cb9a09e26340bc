"""Text that stands where content should."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardlint.card.markdown import Document
from cardlint.card.tree import Block, Html, List, ListItem, Paragraph
from cardlint.pattern import pattern
from cardlint.record import record
from cardlint.source import Span
from cardlint.vocabulary.boilerplate import FILLER, PLACEHOLDERS, SENTENCES

__all__ = ["Placeholder", "find_placeholder", "find_placeholders", "says_nothing"]


@record
class Placeholder:
    """A placeholder and, of a bullet such as `- **License:** [More Information Needed]`, what it is for."""

    span: Span
    label: str = ""


_LABEL = pattern(r"(?P<label>[^:]{1,80}):\s*(?P<value>.*)", re.DOTALL)
# What every placeholder has; most paragraphs have not.
_SUSPICION = pattern(r"more information|Carbon emissions can be", re.IGNORECASE)
_AROUND = " \t\n.*_[]()"


def find_placeholder(block: Block, document: Document) -> list[Placeholder] | None:
    """The placeholders that a block consists of; None where it says something else, or nothing at all."""
    match block:
        case Paragraph():
            return _in_paragraph(block, document)
        case List():
            found: list[Placeholder] = []
            for item in block.items:
                inside = _in_item(item, document)
                if inside is None:
                    return None
                found += inside
            return found
    return None


def find_placeholders(document: Document) -> Iterator[Placeholder]:
    """Every placeholder that is a paragraph or a bullet of its own, wherever it stands."""
    for block in document.walk():
        if isinstance(block, Paragraph):
            yield from _in_paragraph(block, document, bullet=True) or ()


def says_nothing(block: Block, document: Document) -> bool:
    """Whether a block is a comment, or a sentence that a generator puts under every such heading."""
    if isinstance(block, Html):
        return block.content.text.startswith("<!--") and block.content.text.rstrip().endswith("-->")
    return isinstance(block, Paragraph) and _plain(block, document) in FILLER


def _in_item(item: ListItem, document: Document) -> list[Placeholder] | None:
    if len(item.blocks) != 1 or not isinstance(item.blocks[0], Paragraph):
        return None
    return _in_paragraph(item.blocks[0], document, bullet=True)


def _in_paragraph(block: Paragraph, document: Document, *, bullet: bool = False) -> list[Placeholder] | None:
    text = block.content.text
    # every placeholder is short; the longest is a sentence of the template
    if len(text) > 300 or not _SUSPICION.search(text):
        return None
    plain = _plain(block, document)
    if plain.strip(_AROUND).lower() in PLACEHOLDERS or plain in SENTENCES:
        return [Placeholder(block.span)]
    labelled = _LABEL.fullmatch(plain) if bullet else None
    if labelled and labelled["value"].strip(_AROUND).lower() in PLACEHOLDERS:
        start = text.lower().rindex("more information")
        start -= text[:start].endswith("[")
        end = len(text.rstrip())
        return [Placeholder(block.content.span(start, end), labelled["label"].strip())]
    return None


def _plain(block: Paragraph, document: Document) -> str:
    return " ".join(document.plain(block.content).split())
