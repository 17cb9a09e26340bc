"""Tags and variables of a template that were never rendered, in the metadata and in the visible text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.literal import blocks_at, contents_of, literal_spans
from cardlint.card.yaml.nodes import Metadata, Scalar
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.template_variables import BRACED, BRACED_COMMON, JINJA, PHRASES

__all__ = ["TemplateTag", "find_template_tags"]

# The brace comes first and the lookbehinds after it: this order makes the search ten times faster.
_TAG = LazyPattern(
    r"\{(?:"
    r"(?<![\\$^{]\{)\{-?[ \t]*(?P<jinja>[A-Za-z_]\w{0,60})(?:[ \t]*\|[^\r\n]{0,400}?|[^{}|\r\n]{0,80}?)\}\}(?!\})"
    r"|%[-+]?[ \t]*(?P<statement>if|elif|else|endif|for|endfor|set|block|endblock)\b[^\r\n]{0,400}?%\}"
    # a brace after a letter, a backslash, `$`, `^`, `=` and the like belongs to LaTeX, BibTeX or the shell
    r"|(?<![\w\\$^={}%#@&]\{)(?P<braced>[A-Za-z]\w{0,60})\}(?![\w}])"
    # not a variable of the environment, in capitals, and not a symbol of a formula
    r"|(?<=(?<![\w\\$])\$\{)(?P<shell>(?=\w{0,60}[a-z])[A-Za-z_]\w{1,60})\}(?![$^_\\])"
    r")"
)
# The start of a metadata value: after dashes and a key, before any quote. A key after `?` is on another line.
_VALUE = LazyPattern(r"[ \t]*(?:-[ \t]++)*(?:(?:[\w-]+|\"[^\"]*+\"|'[^']*+')?[ \t]*:[ \t]+)?\Z")
_COMMENT = LazyPattern(r"(?:^|[ \t])#", re.MULTILINE)
_BIBTEX = LazyPattern(r"@[a-zA-Z]+\s*\{")
_URL = LazyPattern(r"(?:://|\]\()\S*\Z")
_ASSIGNMENT = LazyPattern(r"=[ \t]*+(?:[\"'{][ \t]*+)?\Z")
_ELEMENTS = (("<!--", "-->"), ("<pre", "</pre"), ("<code", "</code"), ("<script", "</script"), ("<style", "</style"))
_REACH = 300  # characters before a tag in which the start of its line or word is searched for


class TemplateTag(Struct, frozen=True):
    """A tag and its span; `in_metadata` is true for one in the front matter."""

    span: Span
    in_metadata: bool


def find_template_tags(
    text: str, yaml: Span, metadata: Callable[[], Metadata], body: Callable[[], Document]
) -> tuple[TemplateTag, ...]:
    """Return every tag of a card template outside of code, math, comments, URLs and BibTeX.

    A name that only templates use is a certain sign. A name that other texts use too, or a statement, counts only
    beside a certain sign of the same kind. In the metadata any variable at the start of a value is certain, and in the
    body any `${name}` that code does not use too. `metadata` and `body` are called only if there is a certain sign, so
    most cards with braces are not parsed for this.
    """
    if "{" not in text:
        return ()
    found = [match for match in _TAG.finditer(text) if _may_count(match)]
    # before anything is parsed, which this spares most cards with braces
    if not any(_is_certain(tag, yaml) for tag in found):
        return ()
    starts = [tag.start() for tag in found]
    excluded: set[int] = set()
    for span in chain(_literals(metadata()), _elements(text), _not_text(body(), starts)):
        excluded.update(starts[bisect_left(starts, span.start) : bisect_left(starts, span.end)])
    tags = [tag for tag in found if tag.start() not in excluded and not _stands_elsewhere(tag, yaml)]
    in_code = {name for tag in found if tag.start() in excluded and (name := tag["shell"])}
    tags = [tag for tag in tags if tag["shell"] is None or tag["shell"] not in in_code]
    kinds = {_kind(tag) for tag in tags if _is_certain(tag, yaml)}
    return tuple(TemplateTag(_span(tag), _in(tag, yaml)) for tag in tags if _kind(tag) in kinds)


def _kind(tag: re.Match[str]) -> str:
    """Return the syntax of a tag: statements and expressions are both Jinja's."""
    return "braced" if tag["braced"] else "shell" if tag["shell"] else "jinja"


def _span(tag: re.Match[str]) -> Span:
    return Span(tag.start() - 1 if tag["shell"] else tag.start(), tag.end())


def _in(tag: re.Match[str], span: Span) -> bool:
    return span.start <= tag.start() < span.end


def _may_count(tag: re.Match[str]) -> bool:
    return not tag["braced"] or tag["braced"] in BRACED or tag["braced"] in BRACED_COMMON


def _is_certain(tag: re.Match[str], yaml: Span) -> bool:
    if tag["statement"]:
        return False
    if tag["jinja"] in JINJA or tag["braced"] in BRACED:
        return True
    text, start = tag.string, _span(tag).start
    if tag["shell"] and not _in(tag, yaml):
        return True
    if _in(tag, yaml):
        return bool(_VALUE.match(text, _line_start(text, start), start))
    return any(tag[0] in phrase and phrase in text[max(0, start - 80) : tag.end() + 80] for phrase in PHRASES)


def _stands_elsewhere(tag: re.Match[str], yaml: Span) -> bool:
    """Return True if the tag is in a comment of the metadata, in a URL or in a bibliography."""
    text, start = tag.string, tag.start()
    line_start = _line_start(text, start)
    if _in(tag, yaml) and _COMMENT.search(text, line_start, start):
        return True
    before = text[line_start:start]
    return bool(_URL.search(before) or _ASSIGNMENT.search(before))


def _line_start(text: str, offset: int) -> int:
    reach = max(0, offset - _REACH)
    return max(text.rfind("\n", reach, offset) + 1, text.rfind("\r", reach, offset) + 1, reach)


def _elements(text: str) -> Iterator[Span]:
    """Yield the spans of HTML elements in which braces are not part of the visible text."""
    for opening, closing in _ELEMENTS:
        start = text.find(opening)
        while start >= 0 and (end := text.find(closing, start)) >= 0:
            yield Span(start, end)
            start = text.find(opening, end)


def _literals(metadata: Metadata) -> Iterator[Span]:
    """Yield the spans of block scalars: they hold a text of the author, for instance a prompt."""
    for node in metadata.walk():
        if isinstance(node, Scalar) and node.style in {"|", ">"}:
            yield node.span


def _not_text(body: Document, offsets: Sequence[int]) -> Iterator[Span]:
    """Yield the spans of code, math and bibliographies around some of `offsets`, which ascend."""
    yield from literal_spans(body, offsets)
    for block in blocks_at(body, offsets):
        if any(_BIBTEX.search(content.text) for content in contents_of(block)):
            yield block.span
