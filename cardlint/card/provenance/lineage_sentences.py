"""Sentences and bullets of a card about the models and datasets that its model was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from cardlint.card.links.addresses import is_repository_id
from cardlint.card.links.links import Reference, links_of
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Content, Paragraph
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["Name", "Statement", "find_statements", "identifier", "is_path"]


class Name(Struct, frozen=True):
    """A model or dataset as the card names it; `span` is that of the name.

    `id` is the repository that is meant: the target of the link, else the text if it has the form of an id. None for a
    title or a path.
    """

    text: str
    span: Span
    id: str | None = None
    link: Reference | None = None


class Statement(Struct, frozen=True):
    """A sentence or bullet of the body about the origin of the model; `span` is all of it.

    `form` is `sentence` for the sentences that the Trainer and TRL write (and people copy), and `bullet` for `Base
    model: x`. `base` is None for a model trained from scratch. `unknown` is the span of "an unknown dataset".
    """

    span: Span
    form: str
    base: Name | None
    datasets: tuple[Name, ...] = ()
    unknown: Span | None = None


_SIGNS = (
    *("ine-tuned version of", "inetuned version of", "trained from scratch", "ase model", "ase Model"),
    *("inetuned from", "ine-tuned from", "ine-tuned [", "inetuned [", "based on a pre-trained ["),
)
_SENTENCE = LazyPattern(
    r"(?:(?:^|(?<=[.:!]\s))(?:\*\*|__|\*|_)?(?:This(?: [\w-]+)?(?: [\w-]+)? (?:is|was) )?(?:[Aa]n? |[Tt]he )?)"
    r"[Ff]ine-?tuned version of (?:the )?(?:pre-?trained )?(?:model )?",
    re.MULTILINE,
)
# The cards of the XLSR sprint, and those of huggingtweets; without a link any word could follow.
_LINKED = LazyPattern(r"^(?:[Ff]ine-?tuned|(?:The|This) model is based on a pre-trained) (?=\[)", re.MULTILINE)
_SCRATCH = LazyPattern(r"^This model was trained from scratch(?=[ .])", re.MULTILINE)
_BULLET = LazyPattern(
    r"[*_]*(?:[Bb]ase [Mm]odel|[Ff]ine-?tuned from(?: model)?)(?: \[optional\])?[*_ ]*:[*_]*(?=\s)[ \t]*", re.ASCII
)
_SIGNS_OF_BULLET = ("ase model", "ase Model", "tuned from")
_CODE = LazyPattern(r"`(?P<text>[^`\n]+)`")
_WORD = LazyPattern(r"[\w./\\~:-]*[\w/\\]")
_ON_DATASETS = LazyPattern(
    r"(?:\smodel)?\s+on\s+(?:(?P<unknown>an unknown dataset)|[Tt]he\s+(?P<names>(?:(?!\.\s).){0,2000}?)\s+datasets?\b)",
    re.DOTALL,
)
_SEPARATOR = LazyPattern(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+)(?:the\s+)?")


def find_statements(document: Document) -> Iterator[Statement]:
    """Yield the statements in the paragraphs of a document, in the order of the card."""
    signs = [sign for sign in _SIGNS if sign in document.source.text]
    for block in document.walk() if signs else ():
        if isinstance(block, Paragraph) and any(sign in block.content.text for sign in signs):
            links = {link.span.start: link for link in links_of(block.content, document)}
            yield from _in_paragraph(block.content, links)


def _in_paragraph(content: Content, links: Mapping[int, Reference]) -> Iterator[Statement]:
    text = content.text
    bullet = _BULLET.match(text) if any(sign in text for sign in _SIGNS_OF_BULLET) else None
    if bullet:
        base, end = _name(content, bullet.end(), links)
        if base is not None:
            yield Statement(content.span(bullet.start(), end), "bullet", base)
        return
    linked = _LINKED.finditer(text) if "ned [" in text else ()
    for match in (*_SENTENCE.finditer(text), *linked):
        base, end = _name(content, match.end(), links)
        if base is not None:
            yield _with_datasets(content, match.start(), end, base, links)
    for match in _SCRATCH.finditer(text) if "trained from scratch" in text else ():
        yield _with_datasets(content, match.start(), match.end(), None, links)


def _name(content: Content, start: int, links: Mapping[int, Reference]) -> tuple[Name | None, int]:
    """Return the model named at `start` (a link, code, or a word that is an id or a path), and the end of the name."""
    text = content.text
    link = links.get(content.offset(start))
    if link is not None and start < len(text):
        return _linked(link), start + _length(content, start, link)
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


def _linked(link: Reference, *, dataset: bool = False) -> Name:
    repository = link.repository
    text = link.text.strip().strip("`")
    if repository is not None and not is_path(text):
        return Name(text, link.text_span, repository.id if _agree(text, repository.id) else None, link)
    return Name(text, link.text_span, identifier(text, dataset=dataset) if _leads_nowhere(link) else None, link)


def _agree(text: str, identifier: str) -> bool:
    """Return True unless a link's text is another id than its target: of two ids neither is certain."""
    from cardlint.vocabulary.renames import current_dataset, current_model

    same = {current_model(identifier), current_dataset(identifier)}
    return not is_repository_id(text) or not same.isdisjoint((current_model(text), current_dataset(text)))


def _leads_nowhere(link: Reference) -> bool:
    """Return True if the target does not contradict the text: an owner's page on the Hub, or no target."""
    return not link.target or "huggingface.co/" in link.target


# Paths from the root, the home folder or a drive, paths deeper than `owner/name`, and folders that training creates.
_FOLDERS = (
    *("output", "outputs", "result", "results", "model", "models", "checkpoint", "checkpoints", "ckpt", "ckpts"),
    *("runs", "logs", "tmp", "temp", "weights"),
)
_PATH = LazyPattern(
    r"[/~].*|\.{1,2}[/\\].*|[A-Za-z]:[\\/].*|.*\\.*|[^/]+/[^/]+/.+|[^/]+(?:/[^/]+)?/|checkpoint-\d+"
    rf"|(?:\w+[_-])?(?:{'|'.join(_FOLDERS)})/[^/]+",
    re.DOTALL,
)


def is_path(text: str) -> bool:
    """Return True if the text is the path of a local folder in place of a repository id."""
    if "://" in text:
        return False
    if "\\" not in text and not text.startswith(("/", "~", ".", "checkpoint-")):
        owner, slash, name = text.partition("/")
        is_id = name and "/" not in name and ":" not in owner and not owner.endswith(_FOLDERS)
        if is_id or not slash:
            return False
    return _PATH.fullmatch(text) is not None


def identifier(text: str, *, dataset: bool = False) -> str | None:
    """Return the text if it is the id of a repository: with an owner, or one of the old names without one."""
    text = text.strip()
    if is_repository_id(text):
        return None if is_path(text) else text
    from cardlint.vocabulary.renames import DATASETS, MODELS

    return text if text in (DATASETS if dataset else MODELS) else None


def _with_datasets(
    content: Content, start: int, end: int, base: Name | None, links: Mapping[int, Reference]
) -> Statement:
    match = _ON_DATASETS.match(content.text, end)
    if match is None:
        return Statement(content.span(start, end), "sentence", base)
    span = content.span(start, match.end())
    if match["unknown"]:
        return Statement(span, "sentence", base, (), content.span(*match.span("unknown")))
    return Statement(span, "sentence", base, tuple(_datasets(content, *match.span("names"), links)))


def _datasets(content: Content, start: int, end: int, links: Mapping[int, Reference]) -> Iterator[Name]:
    """Yield the names in "the a, the b and the c datasets"."""
    at = start
    while at < end:
        separator = _SEPARATOR.search(content.text, at, end)
        stop = separator.start() if separator else end
        link = links.get(content.offset(at))
        if link is not None:
            yield _linked(link, dataset=True)
            stop = max(stop, at + _length(content, at, link))
            separator = _SEPARATOR.match(content.text, stop, end)
        elif stop > at:
            text = content.text[at:stop].strip("`*_ \t\n")
            yield Name(text, content.span(at, stop), identifier(text, dataset=True))
        at = separator.end() if separator else max(stop, end)
