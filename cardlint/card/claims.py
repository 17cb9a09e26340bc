"""The ledger: every number that the card reports for a metric, wherever it stands, exact as written."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cardlint.card.markdown import Document
from cardlint.card.metadata import Mapping, Metadata, Node, Scalar, Sequence, resolve
from cardlint.card.numbers import Number, parse_number
from cardlint.card.training import Training, read_bullets
from cardlint.card.tree import List, Paragraph
from cardlint.record import record
from cardlint.source import Span
from cardlint.vocabulary.metrics import identify_metric, is_noise

__all__ = ["Claim", "read_claims"]


@record
class Claim:
    """One number that somebody reported.

    `metric` is the canonical id, `variant` what sets it apart from the metric as such, `label` its name as written.
    `number` is the value, `span` where it stands. `source` is `model-index`, `summary` (the evaluation bullets) or
    `results-row`. What the card does not say is None. `verified` is what the Hub's own evaluator has measured.
    """

    metric: str
    label: str
    number: Number
    source: str
    span: Span
    variant: str | None = None
    task: str | None = None
    dataset: str | None = None
    config: str | None = None
    split: str | None = None
    verified: bool = False

    @property
    def value(self) -> Decimal:
        """The exact decimal as written, without a percent sign."""
        return self.number.value

    @property
    def text(self) -> str:
        return self.number.text

    @property
    def unit(self) -> str | None:
        """`percent`, or None where no unit is shown."""
        return "percent" if self.number.percent else None

    @property
    def measured_on(self) -> tuple[str | None, ...]:
        """What it was measured on, as far as that is stated: task, dataset, configuration and split."""
        return (self.task, self.dataset, self.config, self.split)

    def is_about(self, other: Claim) -> bool:
        """Whether both name the same metric in the same variant."""
        return (self.metric, self.variant) == (other.metric, other.variant)


def read_claims(metadata: Metadata, document: Document, training: Training) -> tuple[Claim, ...]:
    """Every claim of the card: the metadata's first, then the body's in its order."""
    return (*_model_index(metadata), *_summary(document), *_results_rows(training))


def _model_index(metadata: Metadata) -> Iterator[Claim]:
    # a metric that aliases repeat is one number at one place, however many results they make of it
    known: set[int] = set()
    for model in _mappings(metadata.get("model-index"), known):
        for result in _mappings(model.get("results"), known):
            task, dataset = result.get("task"), result.get("dataset")
            for metric in _mappings(result.get("metrics"), known):
                claim = _metric(metric, task, dataset)
                if claim:
                    yield claim


def _metric(metric: Mapping, task: Node | None, dataset: Node | None) -> Claim | None:
    value = metric.get("value")
    if not isinstance(value, Scalar):
        return None
    number = parse_number(value.text)
    name, kind = _text(metric, "name"), _text(metric, "type")
    label = name or kind
    if number is None or label is None:
        return None
    # `Rouge1` is of type `rouge`: the name tells more; `Test WER` is of type `wer`: there the type does
    identity = identify_metric(label)
    if kind and identity[0] == label.lower() and identity[0] != kind.lower():
        identity = (identify_metric(kind)[0], label.lower())
    return Claim(
        *identity[:1],
        label,
        number,
        "model-index",
        value.span,
        identity[1],
        _text(task, "type"),
        _text(dataset, "type") or _text(dataset, "name"),
        _text(dataset, "config"),
        _text(dataset, "split"),
        _text(metric, "verified") == "true",
    )


def _summary(document: Document) -> Iterator[Claim]:
    """The bullets below "It achieves the following results on the evaluation set:"."""
    before = None
    for block in document.blocks:
        if isinstance(block, List) and isinstance(before, Paragraph) and _announces_results(before):
            for bullet in read_bullets(block):
                number = parse_number(bullet.text)
                if number and not is_noise(bullet.label):
                    metric, variant = identify_metric(bullet.label)
                    yield Claim(metric, bullet.label, number, "summary", bullet.span, variant)
        before = block


def _announces_results(paragraph: Paragraph) -> bool:
    text = " ".join(paragraph.content.text.split())
    return text.endswith(":") and "following results on the evaluation set" in text


_NOT_METRICS = frozenset(("training loss", "train loss", "epoch", "epochs", "step", "steps", "iteration"))


def _results_rows(training: Training) -> Iterator[Claim]:
    for results in training.results:
        for row in results.table.rows:
            for label, cell in zip(results.columns, row.cells, strict=False):
                text = cell.content.text.strip("*_` ")  # the best value is often in bold
                number = parse_number(text)
                if number and label.lower() not in _NOT_METRICS and not is_noise(label):
                    metric, variant = identify_metric(label)
                    start = cell.content.text.index(text)
                    span = cell.content.span(start, start + len(text))
                    yield Claim(metric, label, number, "results-row", span, variant)


def _mappings(node: Node | None, known: set[int]) -> Iterator[Mapping]:
    """The mappings of a list that are not `known`, or the one mapping that stands where a list belongs."""
    if node is None or id(node) in known:
        return
    known.add(id(node))
    for item in map(resolve, node.items if isinstance(node, Sequence) else (node,)):
        if isinstance(item, Mapping) and (item is node or id(item) not in known):
            known.add(id(item))
            yield item


def _text(node: Node | None, key: str) -> str | None:
    value = node.get(key) if isinstance(node, Mapping) else None
    return value.text if isinstance(value, Scalar) and not value.is_null else None
