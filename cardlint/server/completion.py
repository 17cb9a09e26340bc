"""Completion in the front matter: keys that the Hub reads, and values from its vocabularies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from lsprotocol import types
from msgspec import Struct

from cardlint.card.yaml.scalars import read_as_python
from cardlint.lazy_regex import LazyPattern
from cardlint.server.key_help import key_help
from cardlint.server.messages import Abilities
from cardlint.server.positions import Places
from cardlint.server.yaml_lines import KeyPath, line_at, path_of, shape_of, siblings
from cardlint.vocabulary import languages
from cardlint.vocabulary.keys.grammar import Shape
from cardlint.vocabulary.labels.metric_names import ALIASES
from cardlint.vocabulary.libraries import LIBRARIES
from cardlint.vocabulary.licenses.ids import LICENSES
from cardlint.vocabulary.tasks import TASKS

__all__ = ["TRIGGERS", "completions", "meaning_of"]

TRIGGERS = (":", " ", "-")
"""The characters after which an editor asks for completions, besides letters."""

_TYPED_KEY = LazyPattern(r" *(?:- +)*(?P<word>[\w.-]*)")
_TYPED_VALUE = LazyPattern(r" *(?:- +)*(?P<key>[\w.-]+) *:[ \t]+(?:\[(?:[^\[\]{}#,]*,)*[ \t]*)?(?P<word>[\w.+-]*)")
_WORD_OF_KEY = LazyPattern(r"[\w.-]*")
_WORD_OF_VALUE = LazyPattern(r"[\w.+-]*")
_COLON = LazyPattern(r" *:(?=\s|$)")


class _Choice(Struct, frozen=True):
    """A value or key that can be written: its name and meaning, its YAML if that differs, and help about it."""

    name: str
    meaning: str = ""
    as_yaml: str = ""
    help: str = ""
    kind: types.CompletionItemKind = types.CompletionItemKind.Value


class _Word(Struct, frozen=True):
    """The word at the cursor."""

    places: Places
    start: int
    cursor: int
    end: int

    def up_to(self, end: int) -> types.Range:
        """Return the range from the start of the word to an offset."""
        first, last = (types.Position(*self.places.place(edge)) for edge in (self.start, end))
        return types.Range(first, last)


def completions(places: Places, offset: int, abilities: Abilities) -> list[types.CompletionItem]:
    """Return what can be written at an offset of a text, or nothing outside of its front matter."""
    line = line_at(places, offset)
    if line is None:
        return []
    typed, rest = line.text[: offset - line.start], line.text[offset - line.start :]
    path = path_of(line, typed)
    value = _TYPED_VALUE.fullmatch(typed)
    if value is not None:
        word = _Word(places, line.start + value.start("word"), offset, offset + _length(_WORD_OF_VALUE, rest))
        return _items(word, _values((*path, value["key"])), abilities)
    key = _TYPED_KEY.fullmatch(typed)
    if key is None:
        return []
    start = line.start + key.start("word")
    shape = shape_of(path)
    if shape is None or not shape.keys:
        word = _Word(places, start, offset, offset + _length(_WORD_OF_VALUE, rest))
        return _items(word, _values(path) if "- " in typed else (), abilities)
    word = _Word(places, start, offset, offset + _length(_WORD_OF_KEY, rest))
    has_colon = _COLON.match(line.text, word.end - line.start) is not None
    present = siblings(places, offset, start - line.start)
    keys = _keys(path, shape, present, has_colon=has_colon, markdown=abilities.completion_markdown)
    return _items(word, keys, abilities)


def _length(word: LazyPattern[str], text: str) -> int:
    match = word.match(text)
    return match.end() if match else 0


def _keys(
    path: KeyPath, shape: Shape, present: frozenset[str], *, has_colon: bool, markdown: bool
) -> Iterator[_Choice]:
    """Yield each key that may be added to a mapping, with a description of its values."""
    for name, key in shape.keys.items():
        if name not in present and key.owner == "model card" and not key.meant:
            is_short = {"text", "number", "boolean", "date"} & set(key.shape.kinds)
            yield _Choice(
                name,
                key.shape.description,
                name if has_colon else f"{name}: " if is_short else f"{name}:",
                help=key_help((*path, name), key, markdown=markdown),
                kind=types.CompletionItemKind.Property,
            )


def _values(path: KeyPath) -> Sequence[_Choice]:
    """Return the values for the key at a path that are in a vocabulary."""
    if path in _VOCABULARIES:
        return [_Choice(name) for name in sorted(_VOCABULARIES[path])]
    if path == ("language",):
        return _languages()
    shape = shape_of(path)
    if shape is None:
        return ()
    if shape.kinds == ("boolean",):
        return (_Choice("true"), _Choice("false"))
    return [_Choice(name) for name in shape.values]


@cache
def _languages() -> tuple[_Choice, ...]:
    """Return the language codes with names, then all others; a code that Python reads as a boolean gets quotes."""
    names: dict[str, list[str]] = {}
    for name, code in languages.NAMES.items():
        names.setdefault(code, []).append(name)
    codes = [*sorted(names), *sorted(languages.all_codes().union(languages.SPECIAL).difference(names))]
    return tuple(
        _Choice(code, ", ".join(names.get(code, ())), "" if isinstance(read_as_python(code), str) else f'"{code}"')
        for code in codes
    )


_METRICS = frozenset(name for name in ALIASES.values() if name.replace("_", "").isalnum())
_INDEX = ("model-index", "results")
_VOCABULARIES: dict[KeyPath, frozenset[str]] = {
    ("library_name",): LIBRARIES,
    ("license",): LICENSES,
    ("metrics",): _METRICS,
    ("pipeline_tag",): TASKS,
    (*_INDEX, "metrics", "type"): _METRICS,
    (*_INDEX, "task", "type"): TASKS,
}


def _items(word: _Word, choices: Iterable[_Choice], abilities: Abilities) -> list[types.CompletionItem]:
    """Return an item for each choice, in their order, which replaces the word at the cursor."""
    typed, whole = word.up_to(word.cursor), word.up_to(word.end)
    form = types.MarkupKind.Markdown if abilities.completion_markdown else types.MarkupKind.PlainText
    return [
        types.CompletionItem(
            choice.name,
            kind=choice.kind,
            detail=choice.meaning or None,
            documentation=types.MarkupContent(form, choice.help) if choice.help else None,
            sort_text=f"{number:05}",
            filter_text=choice.name,
            text_edit=types.InsertReplaceEdit(choice.as_yaml or choice.name, insert=typed, replace=whole)
            if abilities.insert_replace
            else types.TextEdit(whole, choice.as_yaml or choice.name),
        )
        for number, choice in enumerate(choices)
    ]


def meaning_of(path: KeyPath, value: str) -> str:
    """Return the meaning of a value in a vocabulary, or an empty text."""
    return next((choice.meaning for choice in _values(path) if choice.name == value), "")
