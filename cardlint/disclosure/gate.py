"""The gate of the inventory: only models that generate text, images, video or audio, and that are not derived."""

from __future__ import annotations

from cardlint.card.card import Card
from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.provenance.lineage import conversion_marks, is_adapter
from cardlint.card.yaml.nodes import Node, Scalar
from cardlint.disclosure.evidence import Evidence
from cardlint.vocabulary.disclosure.phrases import TASK_MODALITIES

__all__ = ["reason_outside", "task_of"]

_DERIVED = {
    "adapter": "is an adapter of another model",
    "merge": "is a merge of other models",
    "quantized": "is a quantized copy of another model",
    "converted": "is a converted copy of another model",
}


def reason_outside(card: Card) -> str | None:
    """Return why no inventory of a card is taken, or None if one is."""
    if card.is_oversized:
        return "the card is larger than the Hub accepts"
    if card.has_foreign_metadata:
        return "the metadata has template tags or conflict markers"
    return _of_derived(card) or _of_generator(card) or _of_task(card)


def task_of(card: Card) -> Evidence | None:
    """Return the generative task of a card, or None.

    It is `pipeline_tag`; without one, the first tag that is such a task, or that of the class in `config.json`.
    """
    stated = card.metadata.get("pipeline_tag")
    scalars = [stated] if _is_text(stated) else tag_scalars(card.metadata)
    for scalar in scalars:
        if isinstance(scalar, Scalar) and scalar.text in TASK_MODALITIES:
            return Evidence(words=scalar.text, span=scalar.span, form="metadata")
    architecture = card.repository.architecture
    if _is_text(stated) or architecture is None or architecture.task not in TASK_MODALITIES:
        return None
    return Evidence(words=architecture.task, span=architecture.span, form="file", file=architecture.file.source)


def _is_text(node: Node | None) -> bool:
    return isinstance(node, Scalar) and not node.is_null


def _of_derived(card: Card) -> str | None:
    relation = card.metadata.get("base_model_relation")
    named = [relation.text] if isinstance(relation, Scalar) else []
    if is_adapter(card.metadata) or card.repository.adapter is not None:
        named.append("adapter")
    named += [statement.relation for statement in card.lineage.origin]
    for name in named:
        if name in _DERIVED:
            return f"the model {_DERIVED[name]}"
    # a mixture of experts is an architecture as often as a merge
    marks = (mark for mark in conversion_marks(card.metadata, card.title) if mark.lower() != "moe")
    mark = next(marks, None)
    return None if mark is None else f"the model may be a converted copy or a merge: the card has the mark `{mark}`"


def _of_generator(card: Card) -> str | None:
    generator = card.generator
    if generator is None or not generator.family.endswith("trainer"):
        return None
    return f"the card was written by {generator.title}"


def _of_task(card: Card) -> str | None:
    if task_of(card) is not None:
        return None
    stated = card.metadata.get("pipeline_tag")
    if isinstance(stated, Scalar) and not stated.is_null:
        return f"the task `{stated.text}` does not generate text, images, video or audio"
    return "the metadata names no task that generates text, images, video or audio"
