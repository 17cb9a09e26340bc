"""Facts that other views of the card establish: license, base models, training data, results, emissions and task."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cardlint.card.card import Card
from cardlint.card.numbers.number import parse_number
from cardlint.card.repository.weights import count_parameters
from cardlint.card.yaml.nodes import Scalar, Sequence, value_under
from cardlint.disclosure.evidence import Evidence
from cardlint.disclosure.gate import modalities_of, task_of
from cardlint.disclosure.substance import is_name
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["STATEMENTS"]


def _license(card: Card) -> Iterator[Evidence]:
    for stated in _texts_of(card, "license"):
        if stated.text.lower() == "other":
            for name in (*_texts_of(card, "license_name"), *_texts_of(card, "license_link")):
                if is_name(name.text):
                    yield Evidence(words=name.text, span=name.span, form="metadata")
        elif is_name(stated.text):
            yield Evidence(words=stated.text, span=stated.span, form="metadata")
    for statement in card.licenses:
        if statement.is_of_model and statement.id is not None and not _is_promise(card, statement.span):
            yield Evidence(words=statement.name, span=statement.span, form=statement.form)


def _is_promise(card: Card, span: Span) -> bool:
    """Return True if the words before a license promise it: "will be released under"."""
    before = card.source.text[max(span.start - _BEFORE, 0) : span.start]
    return _PROMISE.search(_SENTENCE_END.split(before)[-1]) is not None


_BEFORE = 120
_SENTENCE_END = LazyPattern(r"[.!?]\s|\n\s*\n")
_PROMISE = LazyPattern(r"\b(?:will|shall|going to|plan(?:ned)? to|intend to)\b|\bto be \w+ed\b|\bsoon\b", re.IGNORECASE)


def _base_model(card: Card) -> Iterator[Evidence]:
    lineage = card.lineage
    for name in lineage.base_models:
        if is_name(name.text) and name.text != card.repo_id:
            yield Evidence(words=name.text, span=name.span, form="metadata")
    for statement in lineage.origin:
        if statement.base is not None:
            yield Evidence(words=statement.base.text, span=statement.base.span, form=statement.form)


def _training_data(card: Card) -> Iterator[Evidence]:
    for name in card.lineage.datasets:
        if is_name(name.text):
            yield Evidence(words=name.text, span=name.span, form="metadata")
    for statement in card.lineage.statements:
        for name in statement.datasets:
            yield Evidence(words=name.text, span=name.span, form=statement.form)


def _evaluation(card: Card) -> Iterator[Evidence]:
    for claim in card.claims:
        yield Evidence(words=f"{claim.label} {claim.text}", span=claim.span, form="results", file=claim.file)


def _modalities(card: Card) -> Iterator[Evidence]:
    task = task_of(card)
    modalities = modalities_of(task.words) if task is not None else None
    if task is not None and modalities is not None:
        words = f"{task.words} ({modalities[0]} in, {modalities[1]} out)"
        yield Evidence(words=words, span=task.span, form=task.form, file=task.file)


def _energy(card: Card) -> Iterator[Evidence]:
    value = card.metadata.get("co2_eq_emissions")
    scalar = value if isinstance(value, Scalar) else value_under(value, "emissions")
    number = parse_number(scalar.text) if isinstance(scalar, Scalar) and _NUMBER.fullmatch(scalar.text) else None
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


_NUMBER = LazyPattern(r"[\d.,]+(?:[eE][-+]?\d+)?")


def _texts_of(card: Card, key: str) -> Iterator[Scalar]:
    """Yield the values of a key, one or a list, that are texts and not empty."""
    value = card.metadata.get(key)
    for node in value.items if isinstance(value, Sequence) else (value,):
        if isinstance(node, Scalar) and isinstance(node.hub, str) and node.text.strip():
            yield node


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
