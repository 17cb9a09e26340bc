"""The program that wrote a card, recognised by marks in its metadata and text."""

from __future__ import annotations

import re
from functools import cached_property

from msgspec.structs import replace

from cardlint.card.frontmatter import FrontMatter, FrontMatterState
from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.provenance.marks import Part, find_marks, marks_of, unwrapped
from cardlint.card.yaml.nodes import Metadata, Scalar
from cardlint.source import Source, Span
from cardlint.vocabulary.generators.generator import Generator
from cardlint.vocabulary.generators.table import GENERATORS

__all__ = ["Generator", "find_generator", "mark_span"]


def find_generator(source: Source, front_matter: FrontMatter, metadata: Metadata) -> Generator | None:
    """Return the most specific generator whose marks the card has, or None."""
    shown = _Shown(source, front_matter, metadata)
    mark = min(find_marks(shown.body, shown.statements), key=lambda mark: mark.order, default=None)
    if mark is None:
        return None
    found = mark.generator
    if found.family == "trainer" and "\n- PEFT " in source.text:
        return replace(found, library="peft")
    return found


def mark_span(source: Source, front_matter: FrontMatter, metadata: Metadata, generator: Generator) -> Span:
    """Return the span of the first mark of a generator."""
    shown = _Shown(source, front_matter, metadata)
    parts = (parts for each in GENERATORS if each.name == generator.name for parts in marks_of(each))
    return next((shown.place(mark[0]) for mark in parts if all(map(shown.has, mark))), Span(0, 0))


class _Shown:
    """The text and metadata of a card in which parts of marks are searched for."""

    def __init__(self, source: Source, front_matter: FrontMatter, metadata: Metadata) -> None:
        self.source = source
        self.metadata = metadata
        self.start = front_matter.span.end if front_matter.state is FrontMatterState.VALID else 0
        self.body = source.text[self.start :]

    def has(self, part: Part) -> bool:
        kind, value = part
        return value in (self.statements[kind] if kind else self.unwrapped)

    @cached_property
    def unwrapped(self) -> str:
        return unwrapped(self.body)

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
        parts = {part for each in GENERATORS for parts in marks_of(each) for part in parts}
        return {
            kind: frozenset(value for of, value in parts if of == kind and form.format(value) in text)
            for kind, form in forms.items()
        }

    def place(self, part: Part) -> Span:
        """Return the span of a part; an empty one if the card lacks it."""
        kind, value = part
        if not kind:
            words = r"\s+(?:>\s*)?".join(map(re.escape, value.split()))
            match = re.search(words, self.body)
            return Span(self.start + match.start(), self.start + match.end()) if match else Span(0, 0)
        if kind == "tag":
            return next((tag.span for tag in tag_scalars(self.metadata) if tag.text == value), Span(0, 0))
        node = self.metadata.get("library_name" if kind == "library" else value)
        return node.span if node else Span(0, 0)
