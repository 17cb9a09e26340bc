"""Facts that other views of the card establish: license, base models, training data, results, emissions and task."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cardlint.card.card import Card
from cardlint.card.numbers.number import parse_number
from cardlint.card.repository.weights import count_parameters
from cardlint.card.yaml.nodes import Node, Scalar, value_under
from cardlint.disclosure.evidence import Evidence
from cardlint.disclosure.gate import task_of
from cardlint.vocabulary.disclosure.phrases import TASK_MODALITIES

__all__ = ["STATEMENTS"]


def _license(card: Card) -> Iterator[Evidence]:
    stated = _text_of(card, "license")
    if stated is not None and stated.text.lower() not in _NO_LICENSE:
        yield Evidence(words=stated.text, span=stated.span, form="metadata")
    elif stated is not None and stated.text.lower() == "other":
        name = _text_of(card, "license_name") or _text_of(card, "license_link")
        if name is not None:
            yield Evidence(words=name.text, span=name.span, form="metadata")
    for statement in card.licenses:
        if statement.is_of_model and statement.id is not None:
            yield Evidence(words=statement.name, span=statement.span, form=statement.form)


_NO_LICENSE = frozenset(("other", "unknown", ""))


def _base_model(card: Card) -> Iterator[Evidence]:
    lineage = card.lineage
    for name in lineage.base_models:
        yield Evidence(words=name.text, span=name.span, form="metadata")
    for statement in lineage.origin:
        if statement.base is not None:
            yield Evidence(words=statement.base.text, span=statement.base.span, form=statement.form)


def _training_data(card: Card) -> Iterator[Evidence]:
    for name in card.lineage.datasets:
        yield Evidence(words=name.text, span=name.span, form="metadata")
    for statement in card.lineage.statements:
        for name in statement.datasets:
            yield Evidence(words=name.text, span=name.span, form=statement.form)


def _evaluation(card: Card) -> Iterator[Evidence]:
    for claim in card.claims:
        yield Evidence(words=f"{claim.label} {claim.text}", span=claim.span, form="results", file=claim.file)


def _modalities(card: Card) -> Iterator[Evidence]:
    task = task_of(card)
    modalities = TASK_MODALITIES[task.words] if task is not None else None
    if task is not None and modalities is not None:
        words = f"{task.words} ({modalities[0]} in, {modalities[1]} out)"
        yield Evidence(words=words, span=task.span, form=task.form, file=task.file)


def _energy(card: Card) -> Iterator[Evidence]:
    value = card.metadata.get("co2_eq_emissions")
    scalar = value if isinstance(value, Scalar) else value_under(value, "emissions")
    number = parse_number(scalar.text) if isinstance(scalar, Scalar) else None
    if isinstance(scalar, Scalar) and number is not None and number.value > 0:
        yield Evidence(words=f"{scalar.text} g of CO2", span=scalar.span, form="metadata")


def _parameters(card: Card) -> Iterator[Evidence]:
    size = count_parameters(card.repository.files)
    if size is not None:
        yield Evidence(words=f"{size.parameters:,} in the weights", span=size.span, form="file", file=size.source)


def _architecture(card: Card) -> Iterator[Evidence]:
    architecture, pipeline = card.repository.architecture, card.repository.pipeline_class
    if architecture is not None:
        source = architecture.file.source
        yield Evidence(words=architecture.name, span=architecture.span, form="file", file=source)
    if pipeline is not None:
        file, name = pipeline
        yield Evidence(words=name, span=file.place("_class_name"), form="file", file=file.source)


def _text_of(card: Card, key: str) -> Scalar | None:
    """Return the value of a key if it is a text that is not empty."""
    node: Node | None = card.metadata.get(key)
    return node if isinstance(node, Scalar) and isinstance(node.hub, str) and node.text.strip() else None


STATEMENTS: dict[str, Callable[[Card], Iterator[Evidence]]] = {
    "license": _license,
    "base-model": _base_model,
    "training-data": _training_data,
    "evaluation": _evaluation,
    "modalities": _modalities,
    "energy": _energy,
    "parameters": _parameters,
    "architecture": _architecture,
}
"""The readers of statements, by item."""
