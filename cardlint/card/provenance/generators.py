"""The program that wrote a card, recognised by marks in its metadata and text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property

from msgspec.structs import replace

from cardlint.card.frontmatter import Fences, FrontMatter
from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.yaml.nodes import Metadata, Scalar
from cardlint.source import Source, Span
from cardlint.vocabulary.generators import GENERATORS, Generator

__all__ = ["Generator", "find_generator", "mark_span"]


_KINDS = ("tag", "library", "key")
# What several marks have in common and most texts have not: without it none of them need be looked for.
_SHARED = (
    *("sing ", "This is ", "was ", "uant", "Model ", "dapt", "nformation ", "<!--", "xolotl", ".sbert.net", "e in "),
    *("Hugging", "This model is a ", "oth](", "| **", " cont"),
)
_Part = tuple[str, str]
_Mark = tuple[int, Generator, tuple[_Part, ...]]


def find_generator(source: Source, front_matter: FrontMatter, metadata: Metadata) -> Generator | None:
    """Return the most specific generator whose marks the card has, or None."""
    shown = _Shown(source, front_matter, metadata)
    marks = [mark for mark in _candidates(shown) if all(map(shown.has, mark[2]))]
    if not marks:
        return None
    _, found, _ = min(marks)
    if found.family == "trainer" and "\n- PEFT " in source.text:
        return replace(found, library="peft")
    return found


def mark_span(source: Source, front_matter: FrontMatter, metadata: Metadata, generator: Generator) -> Span:
    """Return the span of the first mark of a generator."""
    shown = _Shown(source, front_matter, metadata)
    parts = (_parts(mark) for each in GENERATORS if each.name == generator.name for mark in each.marks)
    return next((shown.place(mark[0]) for mark in parts if all(map(shown.has, mark))), Span(0, 0))


def _candidates(shown: _Shown) -> Iterator[_Mark]:
    """Yield the marks whose first part the card has."""
    by_text, by_statement = _marks()
    body = shown.body
    for shared, marks in by_text:
        if shared in body:
            for text, mark in marks:
                if text in body:
                    yield mark
    for kind, of_kind in by_statement.items():
        for value in shown.statements[kind] & of_kind.keys():
            yield from of_kind[value]


@cache
def _marks() -> tuple[list[tuple[str, list[tuple[str, _Mark]]]], dict[str, dict[str, list[_Mark]]]]:
    """Return all marks, numbered: those of the body by their shared text, those of the metadata by their first part."""
    by_text: dict[str, list[tuple[str, _Mark]]] = {}
    by_statement: dict[str, dict[str, list[_Mark]]] = {}
    for order, (generator, mark) in enumerate((each, mark) for each in GENERATORS for mark in each.marks):
        (kind, value), *others = _parts(mark)
        numbered = (order, generator, tuple(others))
        if kind:
            by_statement.setdefault(kind, {}).setdefault(value, []).append(numbered)
        else:
            shared = next((shared for shared in _SHARED if shared in value), "")
            by_text.setdefault(shared, []).append((value, numbered))
    return list(by_text.items()), by_statement


def _parts(mark: str | tuple[str, ...]) -> tuple[_Part, ...]:
    """Return the kinds and values of a mark's parts; a part without a kind is text of the body."""
    split = (part.partition("=") for part in ((mark,) if isinstance(mark, str) else mark))
    return tuple(
        (kind, value) if equals and kind in _KINDS else ("", kind + equals + value) for kind, equals, value in split
    )


class _Shown:
    """The text and metadata of a card in which parts of marks are searched for."""

    def __init__(self, source: Source, front_matter: FrontMatter, metadata: Metadata) -> None:
        self.source = source
        self.metadata = metadata
        self.start = front_matter.span.end if front_matter.fences is Fences.READ else 0
        self.body = source.text[self.start :]

    def has(self, part: _Part) -> bool:
        kind, value = part
        return value in (self.statements[kind] if kind else self.body)

    @cached_property
    def statements(self) -> dict[str, frozenset[str]]:
        """The tags, the library and the keys of the metadata."""
        metadata = self.metadata
        if not metadata.read or metadata.error:  # invalid YAML is searched as text
            return self._seen()
        library = metadata.get("library_name")
        return {
            "tag": frozenset([tag.text for tag in tag_scalars(metadata)]),
            "library": frozenset((library.text,) if isinstance(library, Scalar) else ()),
            "key": metadata.keys,
        }

    def _seen(self) -> dict[str, frozenset[str]]:
        text = self.source.text
        forms = {"tag": "- {}\n", "library": "library_name: {}", "key": "\n{}:"}
        parts = {part for each in GENERATORS for mark in each.marks for part in _parts(mark)}
        return {
            kind: frozenset(value for of, value in parts if of == kind and form.format(value) in text)
            for kind, form in forms.items()
        }

    def place(self, part: _Part) -> Span:
        """Return the span of a part; an empty one if the card lacks it."""
        kind, value = part
        if not kind:
            start = self.start + max(self.body.find(value), 0)
            return Span(start, start + len(value))
        if kind == "tag":
            return next((tag.span for tag in tag_scalars(self.metadata) if tag.text == value), Span(0, 0))
        node = self.metadata.get("library_name" if kind == "library" else value)
        return node.span if node else Span(0, 0)
