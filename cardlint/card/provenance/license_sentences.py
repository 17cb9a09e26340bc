"""Licenses that a text states, each with what it is the license of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.card.links.html_links import links_in_block
from cardlint.card.links.links import Reference, links_of
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Cell, Content, Html
from cardlint.card.provenance.license_statement import Subject
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.licenses.names import LicenseName, addresses_in, names_in, same_license
from cardlint.vocabulary.licenses.sentences import (
    EXCEPTING,
    IN_OF_MODEL,
    IN_OF_OTHER,
    NAME,
    NEUTRAL,
    OF_MODEL,
    OF_OTHER,
    OWN_NAME,
    REFERRING,
)

__all__ = ["StatedLicense", "VisibleText", "read_statements", "visible_text"]


class StatedLicense(Struct, frozen=True):
    """A license between `start` and `end` of a text, and its subject; `id` is None if the Hub has no id for it."""

    id: str | None
    subject: Subject
    start: int
    end: int


class VisibleText(Struct, frozen=True):
    """The text of a content without markup, which is blank, so that places are those of the content.

    A line feed is the end of a line or of a block of HTML, a tab the end of a cell. `linked` are the licenses whose
    address a link leads to.
    """

    content: Content
    text: str
    linked: tuple[LicenseName, ...]


_COMMENT = LazyPattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = LazyPattern(r"</?(?P<name>[a-zA-Z][a-zA-Z0-9]{0,15})\b[^<>]{0,500}>")
_BLOCKS = frozenset(("blockquote", "br", "dd", "div", "dl", "dt", "li", "ol", "p", "table", "tr", "ul"))
_MARKERS = LazyPattern(r"[\u00a7\u00b6*`\[\]\"\u201c\u201d\\!]|(?<!\w)_|_(?!\w)|&nbsp;")
_ADDRESS = LazyPattern(r"https?://[^\s<>|]+")


def visible_text(block: Block | Cell, content: Content, document: Document) -> VisibleText:
    """Return the visible text of a block's or cell's content."""
    text = content.text
    linked: list[LicenseName] = []
    if "[" in text or "<" in text or "://" in text:
        links = links_in_block(content) if isinstance(block, Html) else links_of(content, document)
        text, linked = _without_targets(content, {link.span.start: link for link in links})
    text = _COMMENT.sub(_blank, text)
    text = _TAG.sub(_without_tag, text)
    linked += addresses_in(text)
    text = _ADDRESS.sub(_blank, text)
    return VisibleText(content, _MARKERS.sub(_blank, text), tuple(linked))


_LINK_START = LazyPattern(r"[!\[<]")


def _without_targets(content: Content, links: dict[int, Reference]) -> tuple[str, list[LicenseName]]:
    """Return a content's text with blanks in place of links' targets, and the licenses that the targets are of."""
    characters = list(content.text)
    linked = []
    for match in _LINK_START.finditer(content.text):
        link = links.get(content.offset(match.start()))
        if link is None or link.form == "autolink":
            continue
        start = _index(content, link.text_span.start, match.start())
        end = _index(content, link.text_span.end, start)
        stop = _index(content, link.span.end, end)
        for place in (*range(match.start(), start), *range(end, stop)):
            characters[place] = " " if characters[place] != "\n" else "\n"
        if not link.image:
            linked += [LicenseName(name.id, start, max(end, start + 1)) for name in addresses_in(link.target)[:1]]
    return "".join(characters), linked


def _index(content: Content, offset: int, start: int) -> int:
    """Return the first index from `start` on whose place in the source is `offset` or behind it."""
    while start < len(content.text) and content.offset(start) < offset:
        start += 1
    return start


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _without_tag(match: re.Match[str]) -> str:
    name = match["name"].lower()
    first = "\n" if name in _BLOCKS or name.startswith("h") else "\t" if name in {"td", "th"} else " "
    return first + " " * (len(match[0]) - 1)


def read_statements(visible: VisibleText, start: int, end: int, own_names: Sequence[str]) -> Iterator[StatedLicense]:
    """Yield the licenses that a part of a text states; `own_names` are the names of the model.

    Words about a license without a known name are a statement without an id and of unclear subject.
    """
    names = _names(visible, start, end)
    counted = iter(names)
    for sentence_start, sentence in _sentences(visible.text, names, start, end):
        subjects, rest = _subjects(_plain(sentence, own_names))
        for subject in subjects:
            name = next(counted)
            yield StatedLicense(name.id, subject if name.id != _CONFLICT else Subject.UNCLEAR, name.start, name.end)
        if _is_about_unknown(rest):
            yield StatedLicense(None, Subject.UNCLEAR, sentence_start, sentence_start + len(sentence))


_CONFLICT = ""  # the id of a link whose text and target are different licenses


def _names(visible: VisibleText, start: int, end: int) -> list[LicenseName]:
    """Return the names in a part of a text, those that are said twice (`Apache License (Apache-2.0)`) once."""
    words, places = _single_blanks(visible.text, start, end)
    shown = [LicenseName(name.id, places[name.start], places[name.end - 1] + 1) for name in names_in(words)]
    linked = [name for name in visible.linked if start <= name.start < end]
    merged: list[LicenseName] = []
    for name in sorted((*shown, *linked), key=lambda name: (name.start, name.end)):
        before = merged[-1] if merged else None
        if before is not None and name.start < before.end:
            merged[-1] = _united(before, name) or LicenseName(_CONFLICT, before.start, max(before.end, name.end))
        elif before is not None and not visible.text[before.end : name.start].strip(" \n(:\u2013\u2014-"):
            one = _united(before, name)
            merged[-1:] = [one] if one is not None else [before, name]
        else:
            merged.append(name)
    return merged


def _single_blanks(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Return a part of a text with single blanks in place of markup and line ends, and the place of each character."""
    places = [at for at in range(start, end) if not text[at].isspace() or (at > start and not text[at - 1].isspace())]
    return "".join("\t" if text[at] == "\t" else " " if text[at].isspace() else text[at] for at in places), places


def _united(one: LicenseName, other: LicenseName) -> LicenseName | None:
    """Return two names of one license as one, or None if they are two licenses."""
    if one.id is None or other.id is None or not same_license(one.id, other.id):
        return None
    return LicenseName(max(one.id, other.id, key=len), one.start, max(one.end, other.end))


_SENTENCE_END = LazyPattern(r"(?<=[.!?;])\s+|(?<=[\u3002\uff1b\uff01\uff1f])|\t|\n(?=\s*[\w ()-]{2,30}:)|\n\s*\n")


def _sentences(text: str, names: Sequence[LicenseName], start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a text, with a mark in place of every name, and where they begin in it."""
    parts = []
    at = start
    for name in names:
        parts += [text[at : name.start], NAME]
        at = max(name.end, at)
    marked = "".join((*parts, text[at:end]))
    begin = 0
    for match in _SENTENCE_END.finditer(marked):
        yield start + begin, marked[begin : match.start()]
        begin = match.end()
    yield start + begin, marked[begin:]


def _plain(sentence: str, own_names: Sequence[str]) -> str:
    """Return a sentence in lower case and with single blanks, with a mark in place of the model's names."""
    plain = " ".join(sentence.lower().split())
    for name in own_names if NAME in plain else ():
        own = name.lower()
        if len(own) > 1 and own in plain:
            plain = re.sub(rf"(?<!\w){re.escape(own)}(?!\w)", OWN_NAME, plain)
    return plain


_CLAUSE_START = r"(?:^|(?<=[,;:(] )|(?<=and )|(?<=while )|(?<=but )|(?<=whereas )|(?<=\()|(?<=that ))"
_OF_MODEL = LazyPattern(_CLAUSE_START + OF_MODEL, needles=IN_OF_MODEL)
_OF_OTHER = LazyPattern(_CLAUSE_START + OF_OTHER, needles=IN_OF_OTHER)
_WORD = LazyPattern(r"[^\W_][\w'+-]*:?")
_EXCEPTING = LazyPattern(EXCEPTING)
_REFERRING = LazyPattern(REFERRING)


def _subjects(sentence: str) -> tuple[list[Subject], str]:
    """Return the subject of each license of a sentence, and the words that state none."""
    subjects = [Subject.UNCLEAR] * sentence.count(NAME)
    rest = sentence
    for expression, subject in ((_OF_OTHER, Subject.OTHER), (_OF_MODEL, Subject.MODEL)):
        for match in expression.finditer(sentence) if subjects else ():
            index = sentence.count(NAME, 0, match.end()) - 1 + (0 if NAME in match[0] else 1)
            subjects[index] = subject
            rest = rest.replace(match[0], " ", 1)
    if subjects and set(subjects) == {Subject.UNCLEAR} and _is_bare(sentence):
        return [Subject.NONE] * len(subjects), ""
    if NAME in rest:
        return [each if each is Subject.OTHER else Subject.UNCLEAR for each in subjects], ""
    if subjects and _EXCEPTING.search(_REFERRING.split(rest)[0]):
        return [each if each is Subject.OTHER else Subject.UNCLEAR for each in subjects], ""
    return subjects, "" if subjects else rest


_AFTER_NAME = LazyPattern(rf"(?<={NAME})[ .,\u2013\u2014-]*(?:{REFERRING}|is an? )")


def _is_bare(sentence: str) -> bool:
    """Return True if a sentence says no more than a license's name."""
    kept = _AFTER_NAME.split(sentence)[0]
    return all(word in NEUTRAL for word in _WORD.findall(kept))


_ABOUT = LazyPattern(
    r"licen[cs]|\bterms\b|proprietary|non-?commercial|research only|\u8bb8\u53ef|\u534f\u8bae|\u6388\u6b0a"
)


def _is_about_unknown(words: str) -> bool:
    """Return True if words without a known name may state a license."""
    if not _ABOUT.search(words):
        return False
    return not all(word in NEUTRAL for word in _WORD.findall(words))
