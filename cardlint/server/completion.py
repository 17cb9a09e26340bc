"""Completion in the front matter: keys that the Hub reads, and values from its vocabularies.

The text is read line by line, since the YAML of a text that is being typed is seldom valid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from lsprotocol import types
from msgspec import Struct

from cardlint.card.yaml.scalars import read_as_python
from cardlint.lazy_regex import LazyPattern
from cardlint.server.positions import Places
from cardlint.source import BYTE_ORDER_MARK, Span
from cardlint.vocabulary import languages
from cardlint.vocabulary.keys.grammar import Shape
from cardlint.vocabulary.keys.table import FRONT_MATTER
from cardlint.vocabulary.labels.metric_names import ALIASES
from cardlint.vocabulary.libraries import LIBRARIES
from cardlint.vocabulary.licenses.ids import LICENSES
from cardlint.vocabulary.tasks import TASKS

__all__ = ["TRIGGERS", "completions"]

TRIGGERS = (":", " ", "-")
"""The characters after which an editor asks for completions, besides letters."""

_FENCE = LazyPattern(r"---[ \t]*")
_LINE = LazyPattern(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?:(?P<key>[\w.-]+) *:(?=\s|$))?")
_TYPED_KEY = LazyPattern(r" *(?:- +)*(?P<word>[\w.-]*)")
_TYPED_VALUE = LazyPattern(r" *(?:- +)*(?P<key>[\w.-]+) *:[ \t]+(?:\[(?:[^\[\]{}#,]*,)*[ \t]*)?(?P<word>[\w.+-]*)")

_KeyPath = tuple[str, ...]


class _Value(Struct, frozen=True):
    """A value or key that can be written: its name, its meaning, and its YAML if that differs from the name."""

    name: str
    meaning: str = ""
    as_yaml: str = ""

    @property
    def yaml(self) -> str:
        return self.as_yaml or self.name


class _Level(Struct, frozen=True):
    """A key above the cursor, and the column in which it begins, from 0."""

    column: int
    key: str


def completions(places: Places, offset: int) -> list[types.CompletionItem]:
    """Return what can be written at an offset of a text, or nothing outside of its front matter."""
    before = places.text[:offset].removeprefix(BYTE_ORDER_MARK).split("\n")
    lines, typed = [line.rstrip("\r") for line in before[:-1]], before[-1]
    if not _is_in_front_matter(lines):
        return []
    above = _levels(lines[1:])
    value = _TYPED_VALUE.fullmatch(typed)
    if value is not None:
        path = (*_path(above, typed), value["key"])
        place = Span(value.start("word") + offset - len(typed), offset)
        return _items(places, place, _values(path), types.CompletionItemKind.Value)
    key = _TYPED_KEY.fullmatch(typed)
    if key is None:
        return []
    place = Span(key.start("word") + offset - len(typed), offset)
    path = _path(above, typed)
    shape = _shape(path)
    if shape is None or not shape.keys:
        return _items(places, place, _values(path) if "- " in typed else (), types.CompletionItemKind.Value)
    present = _siblings(places, offset, len(typed) - len(key["word"]))
    return _items(places, place, _keys(shape, present), types.CompletionItemKind.Property)


def _is_in_front_matter(lines: Sequence[str]) -> bool:
    """Return True if the next line is in the front matter: the first of `lines` opens it, and no other closes it."""
    return bool(lines) and bool(_FENCE.fullmatch(lines[0])) and not any(map(_FENCE.fullmatch, lines[1:]))


def _levels(lines: Sequence[str]) -> list[_Level]:
    """Return the keys that are open after some lines, the outermost first."""
    open_keys: list[_Level] = []
    for line in lines:
        match = _LINE.match(line)
        if match is None or not (match["key"] or match["dashes"]):
            continue
        _close(open_keys, line)
        if match["key"]:
            open_keys.append(_Level(match.start("key"), match["key"]))
    return open_keys


def _close(open_keys: list[_Level], line: str) -> None:
    """Remove the keys that end before a line: those that begin as far to the right as its first key or dash.

    A list may begin in the column of its key.
    """
    column = len(line) - len(line.lstrip(" "))
    is_item = line[column : column + 1] == "-"
    while open_keys and (open_keys[-1].column > column or (open_keys[-1].column == column and not is_item)):
        open_keys.pop()


def _path(above: Sequence[_Level], typed: str) -> _KeyPath:
    """Return the keys that contain the line of the cursor, the outermost first."""
    open_keys = list(above)
    _close(open_keys, typed)
    return tuple(level.key for level in open_keys)


def _shape(path: _KeyPath) -> Shape | None:
    """Return the shape of the value at a path, or None if the path has an unknown key."""
    shape = FRONT_MATTER
    for key in path:
        if key not in shape.keys:
            return None
        shape = shape.keys[key].shape
    return shape


def _siblings(places: Places, offset: int, column: int) -> frozenset[str]:
    """Return the keys of the mapping that contains the cursor, which begin in the same column."""
    lines = places.text.removeprefix(BYTE_ORDER_MARK).split("\n")
    here = places.text.count("\n", 0, offset)
    above = [] if _starts_item(lines[here], column) else _same_mapping(lines[here - 1 : 0 : -1], column, upward=True)
    return frozenset([*above, *_same_mapping(lines[here + 1 :], column, upward=False)])


def _same_mapping(lines: Sequence[str], column: int, *, upward: bool) -> Iterator[str]:
    for line in lines:
        match = _LINE.match(line)
        starts_item = _starts_item(line, column)
        if match is None or _FENCE.fullmatch(line.rstrip("\r")) or (starts_item and not upward):
            return
        if line.strip() and match.end("dashes") < column:
            return
        if match["key"] and match.start("key") == column:
            yield match["key"]
        if starts_item:
            return


def _starts_item(line: str, column: int) -> bool:
    match = _LINE.match(line)
    return match is not None and bool(match["dashes"]) and match.end("dashes") == column


def _keys(shape: Shape, present: frozenset[str]) -> Iterator[_Value]:
    """Yield each key that may be added to a mapping, with a description of its values."""
    for name, key in shape.keys.items():
        if name not in present and key.owner == "model card" and not key.meant:
            is_short = {"text", "number", "boolean", "date"} & set(key.shape.kinds)
            yield _Value(name, key.shape.description, f"{name}: " if is_short else f"{name}:")


def _values(path: _KeyPath) -> Sequence[_Value]:
    """Return the values for the key at a path that are in a vocabulary."""
    if path in _VOCABULARIES:
        return [_Value(name) for name in sorted(_VOCABULARIES[path])]
    if path == ("language",):
        return _languages()
    shape = _shape(path)
    if shape is None:
        return ()
    if shape.kinds == ("boolean",):
        return (_Value("true"), _Value("false"))
    return [_Value(name) for name in shape.values]


@cache
def _languages() -> tuple[_Value, ...]:
    """Return the language codes with names, then all others; a code that Python reads as a boolean gets quotes."""
    names: dict[str, list[str]] = {}
    for name, code in languages.NAMES.items():
        names.setdefault(code, []).append(name)
    codes = [*sorted(names), *sorted(languages.CODES.union(languages.SPECIAL).difference(names))]
    return tuple(
        _Value(code, ", ".join(names.get(code, ())), "" if isinstance(read_as_python(code), str) else f'"{code}"')
        for code in codes
    )


_METRICS = frozenset(name for name in ALIASES.values() if name.replace("_", "").isalnum())
_INDEX = ("model-index", "results")
_VOCABULARIES: dict[_KeyPath, frozenset[str]] = {
    ("library_name",): LIBRARIES,
    ("license",): LICENSES,
    ("metrics",): _METRICS,
    ("pipeline_tag",): TASKS,
    (*_INDEX, "metrics", "type"): _METRICS,
    (*_INDEX, "task", "type"): TASKS,
}


def _items(
    places: Places, place: Span, values: Iterable[_Value], kind: types.CompletionItemKind
) -> list[types.CompletionItem]:
    """Return an item for each value, which replaces the text at `place`."""
    start, end = (types.Position(*places.place(edge)) for edge in (place.start, place.end))
    return [
        types.CompletionItem(
            value.name,
            kind=kind,
            detail=value.meaning or None,
            filter_text=value.name,
            text_edit=types.TextEdit(types.Range(start, end), value.yaml),
        )
        for value in values
    ]
