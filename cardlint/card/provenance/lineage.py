"""The origin of a model: base models and datasets, as the metadata and the body state them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from cardlint.card.markdown.document import Document
from cardlint.card.metadata.tasks import tag_scalars
from cardlint.card.provenance.lineage_statement import LineageStatement
from cardlint.card.provenance.model_names import CONVERSIONS, Name, identifier, is_own, is_path
from cardlint.card.provenance.named_text import may_name
from cardlint.card.text.own_names import OwnNames
from cardlint.card.text.title import Title
from cardlint.card.yaml.nodes import Metadata, Scalar, Sequence, resolve
from cardlint.lazy_regex import LazyPattern

if TYPE_CHECKING:
    from cardlint.card.provenance.snippets import Load

__all__ = [
    "Lineage",
    "LineageStatement",
    "Name",
    "conversion_marks",
    "is_adapter",
    "is_conversion",
    "is_path",
    "read_lineage",
]


class Lineage:
    """Base models and datasets: `base_models` and `datasets` from the metadata, `statements` from the body."""

    def __init__(
        self,
        metadata: Metadata,
        own: OwnNames,
        statements: tuple[LineageStatement, ...],
        *,
        is_conversion: bool,
        text: str,
    ) -> None:
        self.base_models: tuple[Name, ...] = _listed(metadata, "base_model")
        self.datasets: tuple[Name, ...] = _listed(metadata, "datasets")
        self.statements = statements
        self.is_conversion = is_conversion
        self._own = own
        self._text = text

    @property
    def stated_base_models(self) -> tuple[Name, ...]:
        """The base models that the body names, the established ones first."""
        return tuple(each.base for each in (*self.origin, *self.statements) if each.base is not None)

    @property
    def stated_datasets(self) -> tuple[Name, ...]:
        """The datasets that the body's sentences name, in the order of the card."""
        return tuple(name for statement in self.statements for name in statement.datasets)

    @cached_property
    def origin(self) -> tuple[LineageStatement, ...]:
        """The statements that establish the base models, one for each; empty if the body leaves a doubt.

        In a converted copy or a merge only the statements on that count, because the rest of the text is often the
        original's. Several models are the base of a merge; otherwise they leave a doubt which of them is.
        """
        named = [each for each in self.statements if each.base is not None and not self._names_own(each.base, each)]
        for relations in (CONVERSIONS, ("merge",)):
            of_kind = [each for each in named if each.relation in relations]
            if of_kind:
                return _merged(of_kind) if relations == ("merge",) else _only(of_kind)
        origin = () if self.is_conversion else _only(named)
        if any(each.relation == "derived" for each in origin) and _MERGED.search(self._text):
            return ()
        return origin

    def _names_own(self, base: Name, statement: LineageStatement) -> bool:
        return is_own(self._own, base, is_conversion=statement.relation in CONVERSIONS)


def _only(statements: list[LineageStatement]) -> tuple[LineageStatement, ...]:
    """Return the first statement if all that name an id name the same, the one that tells most of the relation."""
    stated = [each for each in statements if each.base is not None and each.base.id is not None]
    if any(each.form == "sentence" for each in stated):  # of what a generator wrote the prose may tell more
        stated = [each for each in stated if each.form != "prose"]
    if len({_current(each) for each in stated}) != 1:
        return ()
    return (next((each for each in stated if each.relation != "derived"), stated[0]),)


def _merged(statements: list[LineageStatement]) -> tuple[LineageStatement, ...]:
    """Return the first statement on each of the models if all have ids and there are several."""
    by_model = {_current(each): each for each in reversed(statements)}
    if len(by_model) < 2 or None in by_model:
        return ()
    return tuple(reversed(by_model.values()))


def _current(statement: LineageStatement) -> str | None:
    from cardlint.vocabulary.renames import current_model

    base = statement.base
    return current_model(base.id) if base is not None and base.id is not None else None


def read_lineage(
    metadata: Metadata, body: Document, *, own: OwnNames, title: Title | None, loads: tuple[Load, ...]
) -> Lineage:
    """Read the base models and datasets that the metadata and the body name; `loads` are those of the body's code."""
    text = body.source.text
    states = may_name(text, body) or "trained from scratch" in text
    return Lineage(
        metadata,
        own,
        tuple(_statements(metadata, body, own, loads)) if states else (),
        is_conversion=is_conversion(metadata, title),
        text=text,
    )


def _statements(
    metadata: Metadata, body: Document, own: OwnNames, loads: tuple[Load, ...]
) -> Iterator[LineageStatement]:
    # here, since many cards name no model
    from cardlint.card.provenance.lineage_blocks import find_statements
    from cardlint.card.provenance.lineage_code import find_loaded_bases, find_recipe_bases, may_load_adapter

    yield from find_statements(body, own, loads)
    yield from find_recipe_bases(body)
    if may_load_adapter(body.source.text):
        yield from find_loaded_bases(body, own, is_adapter=is_adapter(metadata))


# Of a merge, "I used x as a base" names one model of several.
_MERGED = LazyPattern(
    r"(?i)\bmergekit\b|\bslerp\b|\bdare[_-]ties\b|\b(?:i|we) (?:made a merge|merged)\b|\bmerge method\b"
)


def is_adapter(metadata: Metadata) -> bool:
    """Return True if the metadata says that the repository holds an adapter."""
    library = metadata.get("library_name")
    relation = metadata.get("base_model_relation")
    named = [node.text for node in (library, relation) if isinstance(node, Scalar)]
    return not _ADAPTERS.isdisjoint(each.lower() for each in (*named, *(tag.text for tag in tag_scalars(metadata))))


_ADAPTERS = frozenset(("adapter", "adapters", "peft", "lora", "qlora", "adapter-transformers"))


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
    r"(?i)\b(?:gguf|ggml|awq|gptq|exl2|exl3|mlx|onnx|openvino|[2-8](?:\.\d+)?-?bits?|bpw|merge|mergekit|moe)\b|\bquant(?!um|il|it)"
)


def is_conversion(metadata: Metadata, title: Title | None) -> bool:
    """Return True if the weights are those of another model in another format, or merged: the text may be theirs."""
    return next(conversion_marks(metadata, title), None) is not None


def conversion_marks(metadata: Metadata, title: Title | None) -> Iterator[str]:
    """Yield the keys and words by which the weights are another model's in another format, or merged."""
    relation = metadata.get("base_model_relation")
    if isinstance(relation, Scalar) and relation.text == "quantized":
        yield relation.text
    yield from (key for key in _KEYS_OF_COPIES if key in metadata.keys)
    library = metadata.get("library_name")
    texts = [library.text] if isinstance(library, Scalar) else []
    texts += [tag.text for tag in tag_scalars(metadata)]
    if title is not None:
        texts.append(title.text)
    for text in texts:
        yield from (match[0] for match in _FORMATS.finditer(text))


_KEYS_OF_COPIES = ("quantized_by", "model_creator", "model_link", "inference_link")
