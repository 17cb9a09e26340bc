"""Claims from the model-index, in the current format of the Hub and in earlier ones."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.claims.claim import Claim, Grounds, How
from cardlint.card.numbers.number import read_number
from cardlint.card.yaml.nodes import Mapping, Metadata, Node, Scalar, Sequence, resolve, value_under
from cardlint.vocabulary.labels.metrics import Label, read_label

__all__ = ["read_model_index"]


class _Result(Struct, frozen=True):
    """The data that the numbers of one result were measured on."""

    task: str | None
    dataset: str | None
    config: str | None
    split: str | None
    names: tuple[str, ...]
    elsewhere: bool


def read_model_index(metadata: Metadata) -> Iterator[Claim]:
    """Yield every number of the model-index, in its order."""
    # a metric that aliases repeat is one number at one place, even if it belongs to several results
    known: set[int] = set()
    for model in _mappings(metadata.get("model-index"), known):
        for entry in _mappings(model.get("results"), known):
            result = _result(entry)
            for key in ("metrics", "metric"):
                for metric in _mappings(entry.get(key), known):
                    yield from _metric(metric, result)


def _result(entry: Mapping) -> _Result:
    task, dataset = entry.get("task"), entry.get("dataset")
    names = [*_texts(dataset, "type", "name", "config"), *_scalars(value_under(dataset, "args")), *_texts(task, "name")]
    return _Result(
        _text(task, "type"),
        _text(dataset, "type") or _text(dataset, "name"),
        _text(dataset, "config") or _text(dataset, "args"),  # `args` is the older name of the configuration
        _text(dataset, "split"),
        tuple(dict.fromkeys(names)),
        _text(entry.get("source"), "url") is not None,
    )


def _metric(metric: Mapping, result: _Result) -> Iterator[Claim]:
    value = metric.get("value")
    if value is None and metric.entry("value") is None:  # `accuracy: 0.9` in place of `type` and `value`
        for entry in metric.entries:
            if entry.name and read_label(entry.name).known:
                yield from _values(resolve(entry.value), entry.name, read_label(entry.name), metric, result)
        return
    name, kind = _text(metric, "name"), _text(metric, "type")
    label = name or kind
    if value is not None and label is not None:
        yield from _values(value, label, _identity(name, kind), metric, result)


def _identity(name: str | None, kind: str | None) -> Label:
    """Combine name and type: `Rouge1` of type `rouge` is more specific, `Test Result` of type `wer` less."""
    label = read_label(name or kind or "")
    if name and kind and not label.known:
        of_type = read_label(kind)
        if of_type.known:
            marks = tuple(sorted({*of_type.marks, *label.marks}))
            words = tuple(dict.fromkeys((*of_type.words, *label.words)))
            variant = " ".join((*marks, *words)) or None
            return Label(of_type.metric, variant, label.split or of_type.split, True, marks, words)
    return label


def _values(value: Node, label: str, read: Label, metric: Mapping, result: _Result) -> Iterator[Claim]:
    """Yield a claim for a number, or for each number of a list or mapping (one level)."""
    items = (
        [(label, read, item) for item in value.items]
        if isinstance(value, Sequence)
        else [
            (entry.name, read_label(entry.name), entry.value)
            for entry in value.entries
            if entry.name and read_label(entry.name).known
        ]
        if isinstance(value, Mapping)
        else [(label, read, value)]
    )
    for item_label, item_read, node in items:
        scalar = resolve(node)
        number = read_number(scalar.text) if isinstance(scalar, Scalar) else None
        if number is not None:
            yield Claim(
                metric=item_read.metric,
                label=item_label,
                number=number,
                source="model-index",
                span=scalar.span,
                variant=item_read.variant,
                task=result.task,
                dataset=result.dataset,
                config=result.config,
                split=result.split or item_read.split,
                verified=_text(metric, "verified") == "true",
                names=(*result.names, *_texts(metric, "config"), *_scalars(metric.get("args"))),
                elsewhere=result.elsewhere,
                grounds=Grounds(How.METADATA, metric.span),
            )


def _mappings(node: Node | None, known: set[int]) -> Iterator[Mapping]:
    """Yield the mappings of a list that are not `known`, or the one mapping given in place of a list."""
    if node is None or id(node) in known:
        return
    known.add(id(node))
    for item in map(resolve, node.items if isinstance(node, Sequence) else (node,)):
        if isinstance(item, Mapping) and (item is node or id(item) not in known):
            known.add(id(item))
            yield item


def _text(node: Node | None, key: str) -> str | None:
    value = value_under(node, key)
    return value.text if isinstance(value, Scalar) and not value.is_null else None


def _texts(node: Node | None, *keys: str) -> Iterator[str]:
    return (text for key in keys if (text := _text(node, key)) is not None)


def _scalars(node: Node | None) -> Iterator[str]:
    """Yield the text of a scalar, or the keys and values of a mapping of scalars."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            value = resolve(entry.value)
            if entry.name and isinstance(value, Scalar):
                yield f"{entry.name} {value.text}"
    elif isinstance(node, Scalar) and not node.is_null:
        yield node.text
