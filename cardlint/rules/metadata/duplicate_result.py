"""Rule `duplicate-result`."""

from collections.abc import Hashable, Iterator

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Mapping, Node, Scalar, Sequence, resolve, same
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Source, Span


@rule(severity=Severity.WARNING, fix=Safety.UNSAFE, reads_metadata=True)
def duplicate_result(card: Card) -> Iterator[Problem]:
    r"""The model-index reports the same result twice.

    Task, dataset (with configuration, split and revision) and metric (with name and arguments) are the same, so the two
    values cannot be distinguished: the Hub shows both, and readers do not know which is right. Results that differ in
    anything but upper and lower case, such as the revision or the source, are not reported.

    Bad:
        ---
        model-index:
        - name: lighthouse
          results:
          - task:
              type: image-classification
            dataset:
              type: owner/coast
              name: Coast
            metrics:
            - type: accuracy
              value: 0.87
            - type: f1
              value: 0.86
            - type: accuracy
              value: 0.87
        ---

    Good:
        ---
        model-index:
        - name: lighthouse
          results:
          - task:
              type: image-classification
            dataset:
              type: owner/coast
              name: Coast
            metrics:
            - type: accuracy
              value: 0.87
            - type: f1
              value: 0.86
        ---
    """
    # aliases are not followed: they repeat a value on purpose
    models = card.metadata.mapping.value("model-index")
    if models is None:
        return
    for _, model in _mappings(models):
        first: dict[Hashable, _Value] = {}
        for found in _values(card.source, model):
            original = first.setdefault(found.identity, found)
            if original is not found and original.node is not found.node:
                yield _repeated(card.source, original, found)


def _mappings(node: Node | None) -> Iterator[tuple[int, Mapping]]:
    if isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            if isinstance(item, Mapping):
                yield index, item


class _Value(Struct, frozen=True):
    """A metric's value, with everything that distinguishes the result in `identity`."""

    identity: Hashable
    label: str
    node: Node
    metrics: Sequence
    place: int
    results: Sequence
    results_place: int


def _values(source: Source, model: Mapping) -> Iterator[_Value]:
    results = model.value("results")
    if not isinstance(results, Sequence):
        return
    for results_place, result in _mappings(results):
        metrics = result.value("metrics")
        about = tuple(_frozen(source, result.get(key)) for key in ("task", "dataset", "source"))
        for place, metric in _mappings(metrics):
            value, kind = metric.get("value"), metric.get("type")
            if value is not None and isinstance(kind, Scalar) and isinstance(metrics, Sequence):
                identity = (about, _frozen(source, metric, without=frozenset(("value", "verifyToken"))))
                yield _Value(identity, _show(kind), value, metrics, place, results, results_place)


def _frozen(source: Source, node: Node | None, *, without: frozenset[str] = frozenset()) -> Hashable:
    """Return a value for comparison; neither the order of keys nor case matters: `Wer` and `WER` name one metric."""
    match node:
        case Scalar():
            return _text(source, node)
        case Mapping():
            entries = ((entry.name, resolve(entry.value)) for entry in node.entries if entry.name not in without)
            return frozenset((name, _text(source, value)) for name, value in entries)
    return None if node is None else _text(source, node)


def _text(source: Source, node: Node) -> str | None:
    if isinstance(node, Scalar):
        return None if node.is_null else node.text.casefold()
    return source.slice(node.span)


def _show(node: Node) -> str:
    return f"`{' '.join(node.text.split())[:60]}`" if isinstance(node, Scalar) else "something else"


def _repeated(source: Source, original: _Value, found: _Value) -> Problem:
    equal = same(original.node, found.node)
    if equal:
        message = f"{found.label} is reported twice for the same task and dataset"
        advice = "Delete one of the two."
    else:
        shown = f"{_show(original.node)} and {_show(found.node)}"
        message = f"{found.label} has two values for the same task and dataset: {shown}"
        advice = "Delete the wrong one, or add the difference: a split, a configuration, a name of the metric."
    return Problem(
        found.node.span,
        message,
        help=advice,
        related=(Related(original.node.span, "the first one"),),
        fix=_delete(source, original, found) if equal else None,
    )


def _delete(source: Source, original: _Value, found: _Value) -> Fix | None:
    """Return the fix that deletes the duplicate metric, or the result if it has no other metric."""
    if original.metrics is found.metrics:
        edit = _remove_item(source, found.metrics, found.place)
    elif len(found.metrics.items) == 1:
        edit = _remove_item(source, found.results, found.results_place)
    else:
        return None
    return Fix("Delete the duplicate", (edit,), Safety.UNSAFE) if edit else None


def _remove_item(source: Source, sequence: Sequence, index: int) -> Edit | None:
    item = sequence.items[index]
    if sequence.flow or not isinstance(item, Mapping):
        return None
    lines = source.lines
    first, last = source.line_index(item.span.start), source.line_index(item.span.end)
    before = source.text[lines[first].start : item.span.start]
    behind = source.text[item.span.end : lines[last].end]
    if before.strip() != "-" or behind.strip() or last + 1 >= len(lines):
        return None
    return Edit(Span(lines[first].start, lines[last + 1].start), "")
