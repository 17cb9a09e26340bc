"""The front matter of a card: its fences as the Hub and huggingface_hub read them, and common mistakes in them.

The Hub reads a card with one regular expression, anchored at the start of the text; huggingface_hub 2.x uses the same
(its `REGEX_YAML_BLOCK`). Metadata that the expression does not match is silently ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cached_property

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.source import BYTE_ORDER_MARK, Source, Span
from cardlint.vocabulary.keys.spelling import key_at
from cardlint.vocabulary.keys.table import KEYS

__all__ = ["HUB_BLOCK", "FrontMatter", "FrontMatterState", "find_front_matter", "looks_like_metadata"]

HUB_BLOCK = LazyPattern(r"^(\s*---(?:\r\n|\r|\n))([\S\s]*?)((?:\r\n|\r|\n)---[ \t]*(\r\n|\n|$))")
"""The expression with which the Hub finds the front matter; group 2 is the YAML."""

# A line that was meant to close the metadata but does not: indented, dots, or text after the dashes.
_RAGGED_CLOSER = LazyPattern(r"[ \t]+---+[ \t]*$|----+[ \t]*$|\.\.\.[ \t]*$|---(?![-\s|:])\S.*$|\u2014+[ \t]*$")
_RAGGED_OPENER = LazyPattern(r"[ \t]*(?:---[ \t]+|----+[ \t]*|\u2014+[ \t]*)$")

_CODE_FENCE = LazyPattern(r" {0,3}(`{3,}|~{3,})[ \t]*(.*)")

# Keys that distinguish a card's metadata from other text between two thematic breaks.
_KNOWN_KEYS = frozenset(name for name, key in KEYS.items() if key.owner != "other tool" and key.tells != "nothing")
_NOWHERE = Span(0, 0)
# The number of lines in which a misplaced front matter is searched for.
_REACH = 200


class FrontMatterState(Enum):
    """The state of the front matter's fences."""

    NONE = "none"
    """The card has neither front matter nor text that was meant to be one."""
    VALID = "valid"
    """The Hub reads the front matter."""
    UNCLOSED = "unclosed"
    """The front matter is opened and never closed."""
    MISPLACED = "misplaced"
    """The opening fence is not at the start of the text, is malformed, or is missing."""


class FrontMatter(Struct, frozen=True, dict=True):
    """The front matter of a card, or text that was meant to be one.

    `opening` and `closing` are the lines of the fences (`opening` is empty if it is missing), `yaml` is the text
    between them, `body_line` the index of the first line of the body. `suspect` is the line that was meant to close an
    unclosed front matter. Without front matter all spans are empty.
    """

    state: FrontMatterState
    opening: Span = _NOWHERE
    yaml: Span = _NOWHERE
    closing: Span = _NOWHERE
    body_line: int = 0
    suspect: Span | None = None

    @cached_property
    def span(self) -> Span:
        """The span from the opening fence to the end of the closing one."""
        return Span(self.opening.start, max(self.closing.end, self.opening.end))

    @property
    def is_badly_closed(self) -> bool:
        """True if the front matter is never closed, or by a line with text after the dashes."""
        return self.state is FrontMatterState.UNCLOSED or len(self.closing) > len("---")

    @property
    def is_absent(self) -> bool:
        """True if the card has neither front matter nor text that was meant to be one."""
        return self.state is FrontMatterState.NONE


def find_front_matter(source: Source) -> FrontMatter:
    """Find the front matter; any line end and a leading byte order mark are allowed."""
    lines = source.lines
    first = _first_line(source)
    if first is None:
        return FrontMatter(FrontMatterState.NONE)
    opener = source.slice(lines[first]).lstrip(BYTE_ORDER_MARK)
    if opener.lstrip() == "---":
        return _from_opener(source, first)
    if _RAGGED_OPENER.match(opener) and looks_like_metadata(source, first + 1):
        return _misplaced(source, first)
    if looks_like_metadata(source, first, known=True):
        return _never_opened(source, first)
    for index in _lines_outside_code(source, first + 1):
        if source.slice(lines[index]) == "---" and looks_like_metadata(source, index + 1, known=True):
            return _misplaced(source, index)
    return FrontMatter(FrontMatterState.NONE)


def _lines_outside_code(source: Source, first: int) -> Iterator[int]:
    """Yield the indices of lines that can open a misplaced front matter; lines in code blocks are examples."""
    fence = ""
    for index in range(first, min(len(source.lines), first + _REACH)):
        match = _CODE_FENCE.match(source.slice(source.lines[index]))
        if match and not fence:
            fence = match[1]
        elif match and match[1].startswith(fence) and not match[2]:
            fence = ""
        elif not fence:
            yield index


def looks_like_metadata(source: Source, index: int, *, known: bool = False) -> bool:
    """Return True if a mapping begins at the line `index`, after blank lines and comments, and a fence closes it.

    With `known`, one of its keys must be one that cards use: `Note: ...` between two thematic breaks is not metadata.
    """
    keys: list[str] = []
    for span in source.lines[index : index + _REACH]:
        line = source.slice(span)
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("---"):
            return bool(keys) and (not known or not _KNOWN_KEYS.isdisjoint(keys))
        key = key_at(line)
        if key is not None:
            keys.append(key)
        elif not keys or not line.startswith((" ", "\t", "-", "]", "}", ":")):
            return False
    return False


def _first_line(source: Source) -> int | None:
    """Return the index of the first line that is not blank."""
    for index, span in enumerate(source.lines):
        if source.slice(span).replace(BYTE_ORDER_MARK, "").strip():
            return index
    return None


def _from_opener(source: Source, first: int) -> FrontMatter:
    lines = source.lines
    opening = _fence(source, first)
    # the line after the opening fence cannot be the closing one: each fence has a line end of its own
    for index in range(first + 2, len(lines)):
        start, end = lines.starts[index], lines.ends[index]
        if source.text.startswith("---", start, end) and not source.text[start + 3 : end].strip(" \t"):
            yaml = Span(lines.starts[first + 1], lines.ends[index - 1])
            return FrontMatter(FrontMatterState.VALID, opening, yaml, Span(start, end), index + 1)
    return _unclosed(source, first, opening)


def _unclosed(source: Source, first: int, opening: Span) -> FrontMatter:
    lines = source.lines
    keys = 0
    for index in range(first + 1, min(len(lines), first + 1 + _REACH)):
        line = source.slice(lines[index])
        if key_at(line) is not None:
            keys += 1
        elif keys and _RAGGED_CLOSER.match(line):
            yaml = Span(lines[first + 1].start, lines[index - 1].end)
            return FrontMatter(FrontMatterState.UNCLOSED, opening, yaml, body_line=index + 1, suspect=lines[index])
        elif not keys and line.strip() and not line.startswith("#"):
            break
    if not keys:  # a thematic break at the top of the text
        return FrontMatter(FrontMatterState.NONE)
    return FrontMatter(FrontMatterState.UNCLOSED, opening, Span(opening.end, opening.end), body_line=first)


def _misplaced(source: Source, index: int) -> FrontMatter:
    lines = source.lines
    for end in range(index + 1, len(lines)):
        if source.text.startswith("---", lines[end].start):
            yaml = Span(lines[index + 1].start, lines[end - 1].end)
            return FrontMatter(FrontMatterState.MISPLACED, _fence(source, index), yaml, lines[end])
    return FrontMatter(FrontMatterState.NONE)


def _never_opened(source: Source, first: int) -> FrontMatter:
    """Return a front matter that has a closing fence but no opening one."""
    found = _misplaced(source, first - 1)
    start = source.lines[first].start + source.text.startswith(BYTE_ORDER_MARK, source.lines[first].start)
    opening = Span(start, start)
    return FrontMatter(FrontMatterState.MISPLACED, opening, Span(start, found.yaml.end), found.closing)


def _fence(source: Source, index: int) -> Span:
    """Return the line of an opening fence without leading white space and byte order mark."""
    line = source.lines[index]
    text = source.slice(line)
    return Span(line.start + len(text) - len(text.lstrip(BYTE_ORDER_MARK).lstrip()), line.end)
