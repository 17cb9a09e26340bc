"""The sentences of the Trainer and TRL about the origin of a model, which also name its datasets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cardlint.card.links.links import Reference, links_of
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Content
from cardlint.card.provenance.lineage_statement import LineageStatement
from cardlint.card.provenance.model_names import Name, identifier, linked_name
from cardlint.lazy_regex import LazyPattern

__all__ = ["find_trainer_sentences"]

_TEMPLATE = LazyPattern(
    r"(?:^|(?<=[.!]\s))(?:\*\*|__|\*|_)?(?:This(?: [\w-]+)?(?: [\w-]+)? (?:is|was) (?:(?:an?|the) )?[Ff]|An? [Ff]|F)"
    r"ine-?tuned version of (?:the )?(?:pre-?trained )?(?:model )?",
    re.MULTILINE,
)
_SCRATCH = LazyPattern(r"^This model was trained from scratch(?=[ .])", re.MULTILINE)
_CODE = LazyPattern(r"`(?P<text>[^`\n]+)`")
_WORD = LazyPattern(r"[\w./\\~:-]*[\w/\\]")
_ON_DATASETS = LazyPattern(
    r"(?:\smodel)?\s++on\s++(?:(?P<unknown>an unknown dataset)"
    r"|[Tt]he(?:\s++(?P<names>(?:(?!\.\s).){0,2000}?)(?<!\s)\s++|\s{2,}+)datasets?\b)",
    re.DOTALL,
)
_SEPARATOR = LazyPattern(r"(?:(?:(?<!\s)\s++)?,\s*+(?:and\s+)?|(?<!\s)\s++and\s+)(?:the\s+)?")


def find_trainer_sentences(content: Content, document: Document) -> Iterator[LineageStatement]:
    """Yield the sentences in a content of a document."""
    text = content.text
    tuned, from_scratch = "tuned version of" in text, "trained from scratch" in text
    if not tuned and not from_scratch:
        return
    by_place = {link.span.start: link for link in links_of(content, document)}
    for match in _TEMPLATE.finditer(text) if tuned else ():
        base, end = _name(content, match.end(), by_place)
        if base is not None:
            yield _with_datasets(content, match.start(), end, base, by_place)
    for match in _SCRATCH.finditer(text) if from_scratch else ():
        yield _with_datasets(content, match.start(), match.end(), None, by_place)


def _name(content: Content, start: int, links: Mapping[int, Reference]) -> tuple[Name | None, int]:
    """Return the model named at `start` (a link, code, or a word that is an id or a path), and the end of the name."""
    text = content.text
    link = links.get(content.offset(start))
    if link is not None and start < len(text):
        return linked_name(link), start + _length(content, start, link)
    code = _CODE.match(text, start)
    if code:
        return Name(code["text"], content.span(*code.span("text")), identifier(code["text"])), code.end()
    word = _WORD.match(text, start)
    if word and ("/" in word[0] or identifier(word[0])):  # else it may be any word
        return Name(word[0], content.span(*word.span()), identifier(word[0])), word.end()
    return None, start


def _length(content: Content, start: int, link: Reference) -> int:
    """Return the number of characters of the content that a link takes."""
    end = min(start + len(link.span), len(content.text))
    while end > start and content.offset(end - 1) >= link.span.end:
        end -= 1
    return end - start


def _with_datasets(
    content: Content, start: int, end: int, base: Name | None, links: Mapping[int, Reference]
) -> LineageStatement:
    match = _ON_DATASETS.match(content.text, end)
    if match is None:
        return LineageStatement(span=content.span(start, end), form="sentence", base=base)
    span = content.span(start, match.end())
    unknown = content.span(*match.span("unknown")) if match["unknown"] else None
    datasets = () if unknown else tuple(_datasets(content, *match.span("names"), links))
    return LineageStatement(span=span, form="sentence", base=base, datasets=datasets, unknown=unknown)


def _datasets(content: Content, start: int, end: int, links: Mapping[int, Reference]) -> Iterator[Name]:
    """Yield the names in "the a, the b and the c datasets"."""
    at = start
    while at < end:
        separator = _SEPARATOR.search(content.text, at, end)
        stop = separator.start() if separator else end
        link = links.get(content.offset(at))
        if link is not None:
            yield linked_name(link, dataset=True)
            stop = max(stop, at + _length(content, at, link))
            separator = _SEPARATOR.match(content.text, stop, end)
        elif stop > at:
            text = content.text[at:stop].strip("`*_ \t\n")
            yield Name(text, content.span(at, stop), identifier(text, dataset=True))
        at = separator.end() if separator else max(stop, end)
