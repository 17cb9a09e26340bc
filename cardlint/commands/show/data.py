"""The metadata as JSON: the values that the Hub reads (YAML 1.2, merge keys as js-yaml applies them), none rounded."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import Decimal

from cardlint.card.yaml.nodes import Alias, Entry, Mapping, Metadata, Node, Scalar, Sequence, resolve

__all__ = ["MOST_COPIED", "data_json"]

MOST_COPIED = 1_000_000
"""How many characters aliases may add, roughly. From there on an alias stands as it is written, `*name`: copies of
copies of copies have no end."""

_DEEPEST_COPY = 20  # levels of nesting; what is copied may itself be a hundred levels deep
_DOUBLE_BITS = 1024  # an integer of more is beyond every double
_Values = dict[str, tuple[Node, int]]


def data_json(metadata: Metadata, string: Callable[[str], str]) -> str:
    """The JSON of all that the metadata says, where `string` writes one text as JSON."""
    return _Writer(metadata, string).node(metadata.root, 0)


class _Writer:
    """Writes JSON text directly, since none of Python's numbers prints the digits that stand in the card."""

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
        """Whether one more copy is within bounds, for which it is then counted."""
        size = self.size(target)
        if depth > _DEEPEST_COPY or self.copied + size > MOST_COPIED:
            return False
        self.copied += size
        return True

    def size(self, node: Node) -> int:
        """About how many characters a node becomes, the copies apart that aliases inside it make."""
        known = self.sizes.get(id(node))
        if known is None:
            own = len(node.text) if isinstance(node, Scalar) else 1
            known = self.sizes[id(node)] = 4 + own + sum(map(self.size, _children(node)))
        return known

    def merged(self, mapping: Mapping, depth: int) -> _Values:
        """The values by key: of equal keys the last, and what is merged in gives way to a key of the mapping's own."""
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
        """What a merge key brings; a copy too many brings only the alias's name."""
        target = resolve(source)
        assert isinstance(target, Mapping)
        if isinstance(source, Alias) and not self.may_copy(target, depth):
            return {"<<": (Scalar(source.span, f"*{source.name}", "'"), depth)}
        return self.merged(target, depth + 1)

    def key(self, key: Node, depth: int) -> str:
        """A key is text in JSON: a scalar's own, and what is no scalar as it is written."""
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
    """Whether a double comes near the number, as every reader of JSON takes it for one."""
    if isinstance(number, int):
        return number.bit_length() <= _DOUBLE_BITS
    return number.is_finite() and math.isfinite(near := float(number)) and (near != 0 or number == 0)


def _merges(entry: Entry) -> tuple[Node, ...] | None:
    """The mappings that a plain `<<` merges, one or a list of them; None where the key is one as any other."""
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
