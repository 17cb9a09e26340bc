"""Items of a list whose dash lacks a blank, so that YAML reads them as text or as keys: `-lighthouse`, `-text: fog`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from cardlint.card.yaml.edits import with_edits
from cardlint.card.yaml.nodes import Entry, Metadata, Scalar, resolve
from cardlint.card.yaml.nodes import Sequence as List
from cardlint.finding import Edit
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Source, Span
from cardlint.vocabulary.keys.table import MODEL_KEYS

__all__ = ["blanks_behind", "find_joined_dashes", "joined_lists"]

_LISTS = frozenset(name for name, key in MODEL_KEYS.items() if "list" in key.shape.kinds)
_ANY = LazyPattern(r"^[ ]*-[A-Za-z\"']", re.MULTILINE)
_LINE = LazyPattern(
    r"""
    (?P<indent> [ ]*)
    (?P<dash> - (?: [ ]+ | (?=[A-Za-z"']) ) )?
    (?P<key> (?: [^\s\#-] [^\#\n]* )? : [ ]* (?:\#.*)? $ )?  # or the colon alone, below `? key`
    """,
    re.VERBOSE,
)


def find_joined_dashes(metadata: Metadata) -> tuple[Span, ...]:
    """Return the dashes without a blank where items are expected: below a key alone on its line, or in its list."""
    if not _ANY.search(metadata.source.text, metadata.span.start, metadata.span.end):
        return ()
    return tuple(_joined(metadata.source, metadata.span))


def blanks_behind(metadata: Metadata, dashes: Sequence[Span]) -> tuple[Edit, ...]:
    """Return the edits that write a blank behind each dash, and before lines aligned with the text behind it."""
    edits = []
    for dash in dashes:
        edits.append(Edit(Span(dash.end, dash.end), " "))
        lines = list(_lines_of_item(metadata, dash))
        column = dash.end - metadata.source.lines.starts[metadata.source.line_index(dash.start)]
        if min((indent for indent, _ in lines), default=None) == column:
            edits += [Edit(Span(start, start), " ") for _, start in lines]
    return tuple(edits)


def _lines_of_item(metadata: Metadata, dash: Span) -> Iterator[tuple[int, int]]:
    """Yield the indentation and the start of each line of an item below the one with its dash."""
    source = metadata.source
    line = source.line_index(dash.start)
    for number in range(line + 1, source.line_index(metadata.span.end) + 1):
        below = source.lines[number]
        text = source.slice(below)
        indent = len(text) - len(text.lstrip(" "))
        if text.strip() and indent <= dash.start - source.lines.starts[line]:
            return
        if text.strip():
            yield indent, below.start


def joined_lists(metadata: Metadata) -> dict[str, tuple[Edit, ...]]:
    """Return the edits that write the missing blanks, by the top-level key that has a list with them and only then.

    The YAML must be valid as it is: the items are then text, keys below, or keys beside the one that lacks its list.
    """
    dashes = find_joined_dashes(metadata) if metadata.is_mapping else ()
    by_key: dict[str, list[Span]] = {}
    owners = _Owners(metadata, dashes)
    for dash in dashes:
        owner = owners.owner(dash)
        if owner is not None and owner.name in _LISTS:
            by_key.setdefault(owner.name, []).append(dash)
    found = {name: blanks_behind(metadata, spans) for name, spans in by_key.items()}
    return found if found and _make_lists(metadata, found) else {}


def _joined(source: Source, yaml: Span) -> Iterator[Span]:
    lists: list[int] = []  # the columns of the dashes of open lists
    below: int | None = None  # the column of the key above, if it is alone on its line
    for span in source.lines[source.line_index(yaml.start) : source.line_index(yaml.end) + 1]:
        line = source.slice(span)
        match = _LINE.match(line)
        if match is None or not line.strip() or line.lstrip().startswith("#"):
            continue
        column = match.end("indent")
        while lists and (lists[-1] > column or (lists[-1] == column and not match["dash"])):
            lists.pop()
        if match["dash"]:
            if below is not None and below <= column and lists[-1:] != [column]:
                lists.append(column)
            if match["dash"] == "-" and lists[-1:] == [column]:
                yield Span(span.start + column, span.start + column + 1)
        below = match.start("key") if match["key"] else None


class _Owners:
    """The top-level keys that do not begin with a dash, one of which owns each dash without a blank."""

    def __init__(self, metadata: Metadata, dashes: Sequence[Span]) -> None:
        self._entries = [entry for entry in metadata.mapping.entries if not (entry.name or "").startswith("-")]
        self._starts = [entry.key.span.start for entry in self._entries]
        self._begins = {span.start for span in dashes}

    def owner(self, dash: Span) -> Entry | None:
        """Return the last of these keys before a dash; None if the dash is inside a text."""
        before = bisect_left(self._starts, dash.start)
        if not before:
            return None
        entry = self._entries[before - 1]
        value = resolve(entry.value)
        if isinstance(value, Scalar) and value.span.start < dash.start and len(value.span):
            return entry if value.span.start in self._begins else None
        return None if isinstance(value, List) else entry


def _make_lists(metadata: Metadata, found: dict[str, tuple[Edit, ...]]) -> bool:
    """Return True if each of the keys has a list with its edits, and all other keys remain."""
    fixed = with_edits(metadata, (edit for edits in found.values() for edit in edits))
    kept = {key for key in metadata.keys if not key.startswith("-")}
    return fixed.error is None and kept == fixed.keys and all(isinstance(fixed.get(name), List) for name in found)
