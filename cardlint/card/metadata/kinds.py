"""The kind of a value, as the Hub reads it, and the kinds that a key accepts."""

from __future__ import annotations

from cardlint.card.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence, resolve
from cardlint.card.yaml.scalars import Timestamp
from cardlint.vocabulary.keys.grammar import Kind, Shape

__all__ = ["describe_kind", "find_kind", "fits"]

_IN_WORDS: dict[Kind | None, str] = {
    None: "empty",
    "text": "text",
    "number": "a number",
    "boolean": "a boolean",
    "date": "a date",
    "list": "a list",
    "mapping": "a mapping (`key: value`)",
}


def find_kind(node: Node) -> Kind | None:
    """Return the kind of a value, or of an alias's target; None for null."""
    node = resolve(node)
    if isinstance(node, Mapping):
        return "mapping"
    if isinstance(node, Sequence):
        return "list"
    assert isinstance(node, Scalar)
    match node.hub:
        case None:
            return None
        case bool():
            return "boolean"
        case Timestamp():
            return "date"
        case str():
            return "text"
    return "number"


def describe_kind(node: Node) -> str:
    """Return the kind of a value as a message names it."""
    return _IN_WORDS[find_kind(node)]


def fits(node: Node, shape: Shape) -> bool:
    """Return True if the shape accepts the kind of a value; an alias fits, since its target is checked elsewhere."""
    return isinstance(node, Alias) or find_kind(node) in shape.kinds
