"""Scalars of the metadata that are meant as text and that YAML may read as something else."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cardlint.card.yaml.nodes import Entry, Metadata, Node, Scalar, Sequence
from cardlint.card.yaml.scalars import Timestamp, Value
from cardlint.vocabulary.keys.grammar import Key
from cardlint.vocabulary.keys.table import MODEL_KEYS

__all__ = ["describe", "is_ambiguous", "may_be_quoted", "quote", "top_level_texts"]

_TEXT_KEYS = frozenset(name for name, key in MODEL_KEYS.items() if key.shape.wants_text)


def top_level_texts(metadata: Metadata) -> Iterator[tuple[Entry, Scalar]]:
    """Yield every plain scalar that is the value, or an item of the value, of a top-level key that takes text."""
    for entry in metadata.mapping.entries:
        if entry.name in _TEXT_KEYS:
            for node in _values(entry.value):
                if isinstance(node, Scalar) and not node.style and node.tag is None:
                    yield entry, node


def _values(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else (node,)


def is_ambiguous(scalar: Scalar) -> bool:
    """Return True if the Hub and Python read the scalar differently, or both read it differently than written."""
    hub, python = scalar.hub, scalar.python
    if hub is None:
        return False
    if type(hub) is not type(python) or hub != python:
        return True
    return isinstance(hub, Timestamp | bool) or (isinstance(hub, int | Decimal) and _shown(hub) != scalar.text)


def describe(value: Value) -> str:
    """Describe a value in words: `the number 3.1`, `false`, `text`."""
    match value:
        case None:
            return "nothing"
        case bool():
            return f"`{str(value).lower()}`"
        case Timestamp():
            return "a date"
        case str():
            return "text"
    return f"the number `{_shown(value)}`"


def _shown(value: int | Decimal) -> str:
    """Write a number as YAML writers do: without trailing zeros, which a number does not keep."""
    if isinstance(value, int):
        return str(value)
    if not value.is_finite() or abs(value.adjusted()) > 999:  # arithmetic fails for these
        return str(value)
    if value == value.to_integral_value() and abs(value.adjusted()) < 16:
        return str(int(value))
    return str(value.normalize())


def may_be_quoted(key: Key) -> bool:
    """Return True if a number or a boolean in quotes may be a right value of the key: `no` is a language.

    No other vocabulary of the Hub has such words: `false` in quotes is a task that the Hub does not know.
    """
    return key.shape.form != "word" or key.name == "language"


def quote(metadata: Metadata, text: str) -> str:
    """Quote a text with the kind of quotes that the card uses elsewhere."""
    if metadata.has_single_quotes:
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
