"""BibTeX entries of a card whose braces do not balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, CodeBlock, Heading, Html, Paragraph
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["BrokenEntry", "find_broken_entries"]

_TYPES = (
    *("article", "book", "booklet", "conference", "dataset", "electronic", "inbook", "incollection", "inproceedings"),
    *("manual", "mastersthesis", "misc", "online", "phdthesis", "proceedings", "report", "software", "techreport"),
    *("thesis", "unpublished", "www"),
)
_ENTRY = LazyPattern(rf"(?im)^[ \t>]*(?P<head>@(?:{'|'.join(_TYPES)})[ \t]*\{{[ \t]*(?P<key>[^\s,{{}}]{{0,200}}))")
_FIELD = LazyPattern(r"(?m)^[ \t>]*(?P<name>[A-Za-z][\w-]*)[ \t]*=[ \t]*[{\"\w]")
_GOES_ON = LazyPattern(r"\s*(?:\}|,\s*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"\d])")
_LAST = LazyPattern(r"\n[ \t>]*\}[\s`~>]*\Z")  # a fence may follow
_ESCAPED = LazyPattern(r"\\[{}]")


class BrokenEntry(Struct, frozen=True):
    """An entry whose braces do not balance: `missing` if it is never closed, otherwise it is closed too early.

    `span` is its first line up to its key, and `field` the field whose brace is not closed, if one shows it.
    """

    span: Span
    key: str
    missing: bool
    field: str | None = None


def find_broken_entries(document: Document) -> Iterator[BrokenEntry]:
    """Yield the entries in code, paragraphs and HTML whose braces do not balance, in their order."""
    text = document.source.text
    blocks = [block for block in document.walk() if isinstance(block, CodeBlock | Heading | Html | Paragraph)]
    ends = _ends(blocks, len(text))
    for block, end in zip(blocks, ends, strict=True):
        if not isinstance(block, Heading) and "@" in block.content.text:
            yield from _broken(text, block.span, end)


def _ends(blocks: Sequence[Block], last: int) -> list[int]:
    """Return for each block the offset up to which its last entry may go on.

    Only fences and headings end an entry: in paragraphs and indented code, blank lines may be part of it.
    """
    ends: list[int] = []
    for block in reversed(blocks):
        fenced = isinstance(block, CodeBlock) and block.fenced
        ends.append(block.span.end if fenced else last)
        if fenced or isinstance(block, Heading):
            last = block.span.start
    return ends[::-1]


def _broken(text: str, block: Span, end: int) -> Iterator[BrokenEntry]:
    start = text.rfind("\n", 0, block.start) + 1
    for entry in _ENTRY.finditer(text, start, block.end):
        following = _ENTRY.search(text, entry.end(), end)
        written = text[entry.start("head") : following.start("head") if following else end]
        closed = [_closed(written), _closed(_ESCAPED.sub("  ", written))]
        span, key = Span(*entry.span("head")), entry["key"]
        if None not in closed and all(_GOES_ON.match(written, at or 0) for at in closed):
            yield BrokenEntry(span, key, missing=False)
        elif closed == [None, None]:
            yield BrokenEntry(span, key, missing=True, field=_open_field(written))


def _closed(entry: str) -> int | None:
    """Return the offset after the brace that closes an entry, or None if there is none."""
    depth = 0
    for at, letter in enumerate(entry):
        if letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
            if not depth:
                return at + 1
    return None


def _open_field(entry: str) -> str | None:
    """Return the name of the first field that is still open where the next one begins."""
    names = list(_FIELD.finditer(entry))
    last = _LAST.search(entry)
    ends = [*(match.start() for match in names), last.start() if last else len(entry)][1:]
    for match, end in zip(names, ends, strict=True):
        if entry.count("{", match.start(), end) > entry.count("}", match.start(), end):
            return match["name"]
    return None
