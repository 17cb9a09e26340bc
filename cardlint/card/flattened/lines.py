"""Lines of a body that lost only some line breaks: those with more text than one line can have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardlint.card.flattened.body import break_body
from cardlint.card.flattened.gaps import Gaps
from cardlint.card.flattened.tables import find_tables
from cardlint.card.flattened.title_ends import likely_end
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary import trainer

__all__ = ["KNOWN_HEADING", "break_lines", "is_joined"]

KNOWN_HEADING = LazyPattern(r"[ \t]#{2,6}[ \t]+(?:" + "|".join(map(re.escape, trainer.TITLES)) + r")(?=[ \t]|\Z)")
"""One of the Trainer's headings inside a line."""

_LINE = LazyPattern(r"[^\r\n]+")
_FENCE = LazyPattern(r"[ \t]*(?:```+|~~~+)")
_INDENTED = LazyPattern(r"[ ]{4}|\t")
_HEADING = LazyPattern(r"[^\s#|>][ \t]+#{1,6}[ \t]+(?:\*\*)?[A-Z0-9]")
_SECTION = LazyPattern(r"[^\s#|>][ \t]+#{2,6}[ \t]+(?:\*\*)?[^\W_]")
_CODE_SPAN = LazyPattern(r"`+[^`]*`+")
_ITEMS = LazyPattern(r"[-*+][ \t](?:\S+[ \t]+){1,3}[-*+][ \t]")
_MARKER = LazyPattern(r"\S[ \t]+(?:[-*+>|]|#{1,6}|1[.)])[ \t]")
_ANNOUNCED = tuple(f"{sentence} - " for sentence in (trainer.EVALUATION_SENTENCE, trainer.HYPERPARAMETERS_SENTENCE))
_NEIGHBOURS = LazyPattern(r"[^\s][ \t]*\r?\n[ \t]*[^\s]")
_CODE = LazyPattern(r"```|~~~|<pre|\n    ")
_LONG = 6  # a title with more words may have text after it
_HEADINGS = 2  # a line is never written with this many headings inside


def is_joined(text: str, start: int) -> bool:
    """Return True if a line of the body, outside of code, has two of the Trainer's headings; a single line, any two."""
    if any(len(KNOWN_HEADING.findall(text, line.start, line.end)) >= _HEADINGS for line in _lines(text, start)):
        return True
    line = _LINE.match(text, start)
    if line is None or text[line.end() :].strip() or not line[0].startswith(("#", "This model ")):
        return False
    if "`" in line[0]:  # a single sign may begin a comment of the code
        return len(_SECTION.findall(_CODE_SPAN.sub(" ` ", line[0]))) >= _HEADINGS
    return len(_HEADING.findall(line[0])) >= _HEADINGS


def break_lines(text: str, start: int, gaps: Gaps, name: str) -> None:
    """Break the joined lines of the body at `start`; `name` is that of the model."""
    everywhere = _NEIGHBOURS.search(text, start) is None  # every line has a blank line below it
    alone = not text[_end(text, start) :].strip()
    if everywhere and _CODE.search(text, start):
        gaps.doubt(len(text))  # the code had lines once
    for line in _lines(text, start):
        if _is_joined(text, line, everywhere=everywhere):
            break_body(text, line.start, line.end, gaps, name, whole=alone)
        elif everywhere and _may_be_joined(text, line):
            gaps.doubt(line.end)


def _end(text: str, start: int) -> int:
    match = _LINE.match(text, start)
    return match.end() if match else start


def _lines(text: str, start: int) -> Iterator[Span]:
    """Yield the lines outside of code."""
    fence = ""
    for match in _LINE.finditer(text, start):
        line = match[0].strip()
        opening = _FENCE.match(match[0])
        if fence:
            if line.endswith(fence):
                fence = ""
            continue
        if opening:
            mark = opening[0].strip()
            if not line.endswith(mark) or line == mark:
                fence = mark
                continue
        if not _INDENTED.match(match[0]):
            yield Span(match.start(), match.end())


def _is_joined(text: str, line: Span, *, everywhere: bool) -> bool:
    """Return True if a line must be joined: it has the Trainer's words, a table or, if `everywhere`, a heading."""
    words = text[line.start : line.end]
    if any(announced in words for announced in _ANNOUNCED) or KNOWN_HEADING.search(words):
        return True
    if next(find_tables(text, line.start, line.end), None) is not None:
        return True
    return everywhere and bool(_HEADING.search(words) or _ITEMS.match(words) or words.lstrip().startswith("```"))


def _may_be_joined(text: str, line: Span) -> bool:
    """Return True if a line may be a title with text after it, or text with a list after it."""
    words = text[line.start : line.end].split()
    if len(words) > 1 and not words[0].strip("#"):
        return len(words) > _LONG or likely_end(words, 1, len(words), len(words[0])) < len(words)
    return _MARKER.search(text, line.start, line.end) is not None
