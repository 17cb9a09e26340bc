"""The gate of the inventory: only models that generate text, images, video or audio, and that are not derived."""

from __future__ import annotations

from cardlint.card.card import Card
from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.provenance.lineage import conversion_marks, is_adapter
from cardlint.card.yaml.nodes import Node, Scalar
from cardlint.disclosure.evidence import Evidence
from cardlint.disclosure.passages import Subject, find_passages
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.disclosure.phrases import DERIVED, TASK_MODALITIES
from cardlint.vocabulary.keys.table import telling
from cardlint.vocabulary.tasks import RENAMED

__all__ = ["modalities_of", "reason_outside", "task_of"]

_DERIVED = {
    "adapter": "an adapter of another model",
    "merge": "a merge of other models",
    "quantized": "a quantized copy of another model",
    "converted": "a converted copy of another model",
}
_EXAMPLES = "that generates freely, such as `text-generation` or `text-to-image`"


def reason_outside(card: Card) -> str | None:
    """Return why no inventory of a card is taken, or None if one is."""
    if card.is_oversized:
        return "the card is larger than the Hub accepts"
    if card.has_foreign_metadata:
        return "the metadata has template tags or conflict markers"
    return _of_other_card(card) or _of_derived(card) or _of_task(card) or _of_marks(card) or _of_generator(card)


def task_of(card: Card) -> Evidence | None:
    """Return the generative task of a card, or None.

    It is `pipeline_tag`; without one, the first tag that is such a task, or that of the class in `config.json`.
    """
    stated = card.metadata.get("pipeline_tag")
    scalars = [stated] if _is_text(stated) else tag_scalars(card.metadata)
    for scalar in scalars:
        if isinstance(scalar, Scalar) and _task_named(scalar.text) in TASK_MODALITIES:
            return Evidence(words=scalar.text, span=scalar.span, form="metadata")
    architecture = card.repository.architecture
    if _is_text(stated) or architecture is None or architecture.task not in TASK_MODALITIES:
        return None
    return Evidence(words=architecture.task, span=architecture.span, form="file", file=architecture.file.source)


def modalities_of(task: str) -> tuple[str, str] | None:
    """Return the input and the output of a task; None if the task leaves them open."""
    return TASK_MODALITIES.get(_task_named(task))


def _task_named(text: str) -> str:
    """Return the task of the Hub that a text names: itself, or the one that a retired name means."""
    return RENAMED.get(text, text)


def _is_text(node: Node | None) -> bool:
    return isinstance(node, Scalar) and not node.is_null


def _of_other_card(card: Card) -> str | None:
    keys = card.metadata.keys
    for key in telling("Space", "certain"):
        if key in keys:
            return f"the card is that of a Space (`{key}`)"
    if any(key in keys for key in telling("model card", "certain")):
        return None
    for key in telling("dataset card", "likely"):
        if key in keys:
            return f"the card is that of a dataset (`{key}`)"
    return None


def _of_derived(card: Card) -> str | None:
    relation = card.metadata.get("base_model_relation")
    if isinstance(relation, Scalar) and relation.text in _DERIVED:
        return f"`base_model_relation` says that the model is {_DERIVED[relation.text]}"
    if card.repository.adapter is not None:
        return "beside the card is the configuration of an adapter"
    if is_adapter(card.metadata):
        return "the metadata marks the model as an adapter"
    relations = [statement.relation for statement in card.lineage.origin]
    stated = next((each for each in relations if each in _DERIVED), None) or _stated_relation(card)
    return None if stated is None else f"the card says that the model is {_DERIVED[stated]}"


def _stated_relation(card: Card) -> str | None:
    """Return the relation to another model that a sentence about the model begins with: "is a merge of"."""
    for passage in find_passages(card.body, card.sections, card.own_names):
        if passage.subject is Subject.MODEL:
            match = _RELATION.match(passage.text)
            if match is not None and match.lastgroup is not None:
                return match.lastgroup
    return None


_RELATION = LazyPattern(DERIVED)


def _of_marks(card: Card) -> str | None:
    # a mixture of experts is an architecture as often as a merge
    marks = (mark for mark in conversion_marks(card.metadata, card.title) if mark.lower() != "moe")
    mark = next(marks, None)
    return None if mark is None else f"the mark `{mark}` may be that of a converted copy or a merge"


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
        return f"the task is `{stated.text}`, not one {_EXAMPLES}"
    return f"the metadata names no task {_EXAMPLES}"
