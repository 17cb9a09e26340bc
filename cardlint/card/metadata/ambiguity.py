"""Where the metadata wants text and YAML may read something else: the values in question, and both readings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cardlint.card.yaml.nodes import Entry, Metadata, Node, Scalar, Sequence
from cardlint.card.yaml.scalars import Timestamp, Value
from cardlint.lazy_regex import pattern
from cardlint.vocabulary.keys.table import MODEL_KEYS

__all__ = ["describe", "is_ambiguous", "quote", "top_level_texts"]

_TEXT_KEYS = frozenset(name for name, key in MODEL_KEYS.items() if key.shape.wants_text)

# what a quoted scalar of the card's own looks like, in front of which something stands that a value follows
_SINGLE = pattern(r"[:\-\[,][ \t]+'[^'\n]*'")
_DOUBLE = pattern(r'[:\-\[,][ \t]+"[^"\n]*"')


def top_level_texts(metadata: Metadata) -> Iterator[tuple[Entry, Scalar]]:
    """Every plain scalar that is the value, or an item of the value, of a top-level key that takes text."""
    for entry in metadata.mapping.entries:
        if entry.name in _TEXT_KEYS:
            for node in _values(entry.value):
                if isinstance(node, Scalar) and not node.style and node.tag is None:
                    yield entry, node


def _values(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else (node,)


def is_ambiguous(scalar: Scalar) -> bool:
    """Whether the Hub and Python read the scalar differently, or both something else than what is written."""
    hub, python = scalar.hub, scalar.python
    if hub is None:
        return False
    if type(hub) is not type(python) or hub != python:
        return True
    return isinstance(hub, Timestamp | bool) or (isinstance(hub, int | Decimal) and _shown(hub) != scalar.text)


def describe(value: Value) -> str:
    """A reading in words: `the number 3.1`, `false`, `text`."""
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
    """A number as it is written back: without the zeros that a number does not keep."""
    if isinstance(value, int):
        return str(value)
    if not value.is_finite() or abs(value.adjusted()) > 999:  # no arithmetic with what no arithmetic holds
        return str(value)
    if value == value.to_integral_value() and abs(value.adjusted()) < 16:
        return str(int(value))
    return str(value.normalize())


def quote(metadata: Metadata, text: str) -> str:
    """A text in quotes, in those that the card uses elsewhere."""
    yaml = metadata.source.slice(metadata.span)
    single = "'" in yaml and len(_SINGLE.findall(yaml)) > len(_DOUBLE.findall(yaml))
    if single:
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
