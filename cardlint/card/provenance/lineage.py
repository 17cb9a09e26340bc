"""The origin of a model: base models and datasets, as the metadata and the body state them."""

from __future__ import annotations

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.provenance.lineage_sentences import Name, Statement, find_statements, identifier, is_path
from cardlint.card.text.title import Title
from cardlint.card.yaml.nodes import Metadata, Scalar, Sequence, resolve
from cardlint.lazy_regex import LazyPattern

__all__ = ["Lineage", "Name", "Statement", "is_conversion", "is_path", "read_lineage"]


class Lineage(Struct, frozen=True):
    """Base models and datasets: `base_models` and `datasets` from the metadata, `statements` from the body."""

    base_models: tuple[Name, ...]
    datasets: tuple[Name, ...]
    statements: tuple[Statement, ...]

    @property
    def stated_base_models(self) -> tuple[Name, ...]:
        """The base models that the body names, in the order of the card."""
        return tuple(statement.base for statement in self.statements if statement.base is not None)

    @property
    def stated_datasets(self) -> tuple[Name, ...]:
        """The datasets that the body's sentences name, in the order of the card."""
        return tuple(name for statement in self.statements for name in statement.datasets)


def read_lineage(metadata: Metadata, body: Document) -> Lineage:
    """Read the base models and datasets that the metadata and the body name."""
    statements = tuple(find_statements(body))
    return Lineage(_listed(metadata, "base_model"), _listed(metadata, "datasets"), statements)


def _listed(metadata: Metadata, key: str) -> tuple[Name, ...]:
    """Return the texts of a key that takes one or several."""
    value = metadata.get(key)
    items = value.items if isinstance(value, Sequence) else (value,) if value is not None else ()
    names = []
    for item in items:
        scalar = resolve(item)
        if isinstance(scalar, Scalar) and isinstance(scalar.hub, str) and scalar.text.strip():
            names.append(Name(scalar.text, item.span, identifier(scalar.text, dataset=key == "datasets")))
    return tuple(names)


_FORMATS = LazyPattern(
    r"(?i)\b(?:gguf|ggml|awq|gptq|exl2|exl3|mlx|onnx|openvino|[2-8](?:\.\d+)?-?bits?|bpw|merge|mergekit|moe)\b|\bquant"
)


def is_conversion(metadata: Metadata, title: Title | None) -> bool:
    """Return True if the weights are those of another model in another format, or merged: the text may be theirs."""
    relation = metadata.get("base_model_relation")
    if isinstance(relation, Scalar) and relation.text == "quantized":
        return True
    if not metadata.keys.isdisjoint(("quantized_by", "model_creator", "model_link", "inference_link")):
        return True
    library = metadata.get("library_name")
    marks = [library] if isinstance(library, Scalar) else []
    if any(_FORMATS.search(mark.text) for mark in (*marks, *tag_scalars(metadata))):
        return True
    return title is not None and _FORMATS.search(title.text) is not None
