"""The properties of a sentence transformer and the labels of a classifier, in the configurations beside a card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeGuard

from msgspec import Struct

from cardlint.card.repository.files import Files, JsonFile
from cardlint.lazy_regex import LazyPattern

__all__ = ["Property", "embedding_properties", "number_of_labels"]


class Property(Struct, frozen=True):
    """A property with its value in a file; `key` is the key that states it."""

    name: str
    value: int | str
    file: JsonFile
    key: str


_SETTINGS = "config_sentence_transformers.json"


def embedding_properties(files: Files) -> Iterator[Property]:
    """Yield the length, the dimension and the similarity of a sentence transformer, as far as they are certain."""
    modules = files.json("modules.json")
    if modules is None or not isinstance(modules.value, list) or files.lacks(_SETTINGS):
        return
    transformer = files.json("sentence_bert_config.json")
    length = transformer.mapping.get("max_seq_length") if transformer is not None else None
    if transformer is not None and _is_count(length):
        yield Property("length", length, transformer, "max_seq_length")
    settings = files.json(_SETTINGS)
    if settings is None or settings.mapping.get("truncate_dim") is None:
        yield from _dimension(files, modules.value)
    similarity = settings.text("similarity_fn_name") if settings is not None else None
    if settings is not None and similarity is not None:
        yield Property("similarity", similarity.lower(), settings, "similarity_fn_name")


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


_FOLDER = LazyPattern(r"\w+")
_WITHOUT_DIMENSION = ("Transformer", "Normalize", "Dropout")


def _dimension(files: Files, modules: list[Any]) -> Iterator[Property]:
    """Yield the dimension of the last module that has one; none if there are modules of other kinds."""
    found: Property | None = None
    for module in modules:
        kind, path = (module.get("type"), module.get("path")) if isinstance(module, dict) else (None, None)
        last = kind.rpartition(".")[2] if isinstance(kind, str) else ""
        if last in _WITHOUT_DIMENSION:
            continue
        file = files.json(f"{path}/config.json") if isinstance(path, str) and _FOLDER.fullmatch(path) else None
        found = _of_module(last, file) if file is not None else None
        if found is None:
            return
    if found is not None:
        yield found


def _of_module(kind: str, file: JsonFile) -> Property | None:
    values = file.mapping
    if kind == "Dense":
        size = values.get("out_features")
        return Property("dimension", size, file, "out_features") if _is_count(size) else None
    if kind != "Pooling":
        return None
    key = next((key for key in ("word_embedding_dimension", "embedding_dimension") if _is_count(values.get(key))), None)
    modes = [mode for mode, is_used in values.items() if mode.startswith("pooling_mode_") and is_used is True]
    is_single = len(modes) == 1 or isinstance(values.get("pooling_mode"), str)
    return Property("dimension", values[key], file, key) if key is not None and is_single else None


def number_of_labels(files: Files) -> Property | None:
    """Return the number of labels of SetFit, or of a model of transformers with a head for a classification.

    In the configuration of other models the labels are what another head has left.
    """
    if files.lacks("config_setfit.json"):
        return None
    setfit = files.json("config_setfit.json")
    if setfit is not None:
        labels = setfit.mapping.get("labels")
        return Property("labels", len(labels), setfit, "labels") if isinstance(labels, list) and labels else None
    config = files.json("config.json")
    heads = config.mapping.get("architectures") if config is not None else None
    labels = config.mapping.get("id2label") if config is not None else None
    is_classifier = isinstance(heads, list) and len(heads) == 1 and str(heads[0]).endswith("Classification")
    if config is None or not is_classifier or not isinstance(labels, dict) or not labels:
        return None
    return Property("labels", len(labels), config, "id2label")
