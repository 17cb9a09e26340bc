"""Configurations of axolotl and mergekit in the code blocks of a card: YAML, with spans like those of the metadata."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import CodeBlock
from cardlint.card.numbers.number import parse_number
from cardlint.card.yaml.nodes import Entry, Mapping, Metadata, Scalar, parse_metadata, resolve
from cardlint.source import Source
from cardlint.vocabulary.recipes import AXOLOTL, MARKS, MODEL_KEYS

__all__ = ["Recipe", "find_recipes"]


class Recipe(Struct, frozen=True):
    """A configuration of `program`, which is `axolotl` or `mergekit`."""

    program: str
    metadata: Metadata

    def hyperparameter(self, name: str) -> Scalar | None:
        """Return a hyperparameter by the Trainer's name for it; None if the configuration does not set it."""
        value = self.metadata.get(AXOLOTL[name]) if self.program == "axolotl" and name in AXOLOTL else None
        return value if isinstance(value, Scalar) and not value.is_null else None

    def number(self, name: str) -> Decimal | None:
        """Return a hyperparameter that is a plain number, exact as written, or None."""
        scalar = self.hyperparameter(name)
        number = parse_number(scalar.text) if scalar else None
        return number.value if number and not number.percent else None

    @property
    def models(self) -> tuple[Scalar, ...]:
        """Every model that the configuration starts from, in its order; repeated models are repeated here."""
        return tuple(_models(self.metadata))


def _models(metadata: Metadata) -> Iterator[Scalar]:
    for node in metadata.walk():
        for entry in node.entries if isinstance(node, Mapping) else ():
            scalar = _named(entry)
            if scalar is not None:
                yield scalar


def _named(entry: Entry) -> Scalar | None:
    """Return the model of an entry that names one."""
    value = resolve(entry.value)
    names = entry.name in MODEL_KEYS and isinstance(value, Scalar) and not value.is_null
    return value if names and isinstance(value, Scalar) else None


_LANGUAGES = frozenset(("", "yaml", "yml", "YAML"))


def find_recipes(source: Source, document: Document) -> tuple[Recipe, ...]:
    """Return every configuration in the code blocks of a card; blocks that are not valid YAML are left out."""
    if not any(mark[0] in source.text for mark in MARKS.values()):
        return ()
    blocks = (block for block in document.walk() if isinstance(block, CodeBlock) and block.language in _LANGUAGES)
    return tuple(recipe for block in blocks if (recipe := _recipe(source, block)) is not None)


def _recipe(source: Source, block: CodeBlock) -> Recipe | None:
    span = block.content.span()
    for program, marks in MARKS.items():
        if not all(f"{mark}:" in block.content.text for mark in marks):
            continue
        if source.slice(span) != block.content.text:  # inside a list or a quote its lines are not contiguous
            return None
        metadata = parse_metadata(source, span)
        if not metadata.error and all(metadata.mapping.entry(mark) for mark in marks):
            return Recipe(program, metadata)
    return None
