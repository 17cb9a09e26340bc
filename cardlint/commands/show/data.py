"""The metadata as JSON: the values that the Hub reads (YAML 1.2, merge keys as js-yaml applies them), not rounded."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import Decimal

from cardlint.card.yaml.nodes import Alias, Entry, Mapping, Metadata, Node, Scalar, Sequence, resolve

__all__ = ["MOST_COPIED", "data_json"]

MOST_COPIED = 1_000_000
"""The approximate number of characters that aliases may add. Later aliases are written as `*name`, since copies of
copies grow without limit."""

_DEEPEST_COPY = 20  # levels of nesting; a copied node may itself be a hundred levels deep
_DOUBLE_BITS = 1024  # a longer integer is larger than every double
_Values = dict[str, tuple[Node, int]]


def data_json(metadata: Metadata, string: Callable[[str], str]) -> str:
    """Return the metadata as JSON; `string` writes one text as JSON."""
    return _Writer(metadata, string).node(metadata.root, 0)


class _Writer:
    """A writer of JSON text: Python's numbers would not keep the digits of the card."""

    def __init__(self, metadata: Metadata, string: Callable[[str], str]) -> None:
        self.source = metadata.source
        self.string = string
        self.copied = 0
        self.sizes: dict[int, int] = {}

    def node(self, node: Node, depth: int) -> str:
        match node:
            case Alias():
                return self.alias(node, depth)
            case Mapping():
                items = self.merged(node, depth).items()
                return f"{{{', '.join(f'{self.string(key)}: {self.node(*value)}' for key, value in items)}}}"
            case Sequence():
                return f"[{', '.join([self.node(item, depth + 1) for item in node.items])}]"
            case Scalar():
                return self.scalar(node)
        return "null"

    def alias(self, alias: Alias, depth: int) -> str:
        target = resolve(alias)
        return self.node(target, depth) if self.may_copy(target, depth) else self.string(f"*{alias.name}")

    def may_copy(self, target: Node, depth: int) -> bool:
        """Return True and count the copy if one more copy of `target` is allowed."""
        size = self.size(target)
        if depth > _DEEPEST_COPY or self.copied + size > MOST_COPIED:
            return False
        self.copied += size
        return True

    def size(self, node: Node) -> int:
        """Return the approximate number of characters of a node, without the copies for aliases inside it."""
        known = self.sizes.get(id(node))
        if known is None:
            own = len(node.text) if isinstance(node, Scalar) else 1
            known = self.sizes[id(node)] = 4 + own + sum(map(self.size, _children(node)))
        return known

    def merged(self, mapping: Mapping, depth: int) -> _Values:
        """Return the values by key: the last of duplicate keys; a merged value never replaces a key of the mapping."""
        values: _Values = {}
        for entry in mapping.entries:
            merges = _merges(entry)
            for source in merges or ():
                for key, value in self.merge(source, depth).items():
                    values.setdefault(key, value)
            if merges is None:
                values[self.key(entry.key, depth)] = (entry.value, depth + 1)
        return values

    def merge(self, source: Node, depth: int) -> _Values:
        """Return the values that a merge key adds, or only the name of the alias if no more copies are allowed."""
        target = resolve(source)
        assert isinstance(target, Mapping)
        if isinstance(source, Alias) and not self.may_copy(target, depth):
            return {"<<": (Scalar(source.span, f"*{source.name}", "'"), depth)}
        return self.merged(target, depth + 1)

    def key(self, key: Node, depth: int) -> str:
        """Return a key as text: the value of a scalar, other nodes as they are written."""
        target = resolve(key)
        if isinstance(key, Alias) and not (isinstance(target, Scalar) and self.may_copy(target, depth)):
            return f"*{key.name}"
        return target.text if isinstance(target, Scalar) else " ".join(self.source.slice(target.span).split())

    def scalar(self, scalar: Scalar) -> str:
        match scalar.hub:
            case None:
                return "null"
            case bool() as truth:
                return "true" if truth else "false"
            case int() | Decimal() as number:
                return str(number) if _fits(number) else self.string(scalar.text)
            case text:
                return self.string(text)


def _fits(number: int | Decimal) -> bool:
    """Return True if a double, which JSON readers use, can approximate the number."""
    if isinstance(number, int):
        return number.bit_length() <= _DOUBLE_BITS
    return number.is_finite() and math.isfinite(near := float(number)) and (near != 0 or number == 0)


def _merges(entry: Entry) -> tuple[Node, ...] | None:
    """Return the mappings that a plain `<<` merges, or None if the entry is not a merge key."""
    key, value = entry.key, resolve(entry.value)
    if not isinstance(key, Scalar) or key.text != "<<" or key.style or key.tag not in {None, "tag:yaml.org,2002:merge"}:
        return None
    if isinstance(value, Sequence):
        return value.items if all(isinstance(resolve(item), Mapping) for item in value.items) else None
    return (entry.value,) if isinstance(value, Mapping) else None


def _children(node: Node) -> Iterator[Node]:
    match node:
        case Mapping():
            for entry in node.entries:
                yield entry.key
                yield entry.value
        case Sequence():
            yield from node.items
