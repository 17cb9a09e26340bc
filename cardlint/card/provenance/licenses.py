"""The licenses that the body names for the model, in a license section or in a labelled line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Content, Paragraph
from cardlint.card.text.sections import Section
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["NamedLicense", "find_licenses"]


class NamedLicense(Struct, frozen=True):
    """A license that the body names, and its place.

    `id` is the Hub's identifier, or the beginning of several if the text is not specific: `apache`, `cc-by`. It is None
    if the license may be one that has no identifier on the Hub.
    """

    id: str | None
    span: Span

    def may_be(self, identifier: str) -> bool:
        """Return True if this may be the license `identifier`, which may also name a whole family: `cc`, `gpl`."""
        if self.id is None or self.id == identifier:
            return True
        if identifier == "openrail":
            return "rail" in self.id
        return identifier.startswith(f"{self.id}-") or self.id.startswith(f"{identifier}-")


_TITLE = LazyPattern(
    r"[\W\d_]*(?:model )?(?:licen[cs]e|licen[cs]ing|licenese)"
    r"(?:[ -]*(?:information|info|details|terms|(?:and|&) usage|and use))?[\W_]*",
    re.IGNORECASE,
)
_LABELLED = LazyPattern(
    r"^[*_`]*(?:model )?licen[cs]e(?:\(s\)|s)?(?: \[optional\])?[*_`]*[ ]?:[*_` ]*(?P<value>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
# Other things that a license may be for.
_OTHER_THINGS = LazyPattern(
    r"\b(?:code|codebase|repository|repo|data|datasets?|corpus|software|library|toolkit|framework|scripts?|base|original"
    r"|parent|source|derived|based|derivatives?|llama|tokenizer|contribut\w+|documentation|paper|except)\b",
    re.IGNORECASE,
)
_ADDRESS = LazyPattern(r"https?://\S+")


def find_licenses(body: Document, body_text: str, sections: Sequence[Section]) -> tuple[NamedLicense, ...]:
    """Return the licenses that the body names for the model, without those that may be for something else."""
    if "icen" not in body_text and "ICEN" not in body_text:
        return ()
    return (*_in_sections(sections), *_in_lines(body))


def _in_sections(sections: Sequence[Section]) -> Iterator[NamedLicense]:
    for section in sections:
        if _TITLE.fullmatch(section.title):
            for content in _contents(section):
                yield from _in_text(content, 0, len(content.text))


def _contents(section: Section) -> Iterator[Content]:
    for part in section.walk():
        for block in part.blocks:
            for inner in (block, *block.children):
                if isinstance(inner, Paragraph):
                    yield inner.content


def _in_lines(body: Document) -> Iterator[NamedLicense]:
    for block in body.walk():
        if isinstance(block, Paragraph) and "icen" in block.content.text.lower():
            for match in _LABELLED.finditer(block.content.text):
                yield from _in_text(block.content, *match.span("value"))


def _in_text(content: Content, start: int, end: int) -> Iterator[NamedLicense]:
    from cardlint.vocabulary.licenses.names import names_in

    text = content.text[start:end]
    names, names_others = names_in(text)
    if names_others or _OTHER_THINGS.search(_ADDRESS.sub("", text)):
        yield NamedLicense(None, content.span(start, end))
    for identifier, begin, stop in names:
        yield NamedLicense(identifier, content.span(start + begin, start + stop))
