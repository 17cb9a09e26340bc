"""The architecture of a model in the configurations of transformers and Diffusers."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.repository.files import Files, JsonFile
from cardlint.source import Span
from cardlint.vocabulary.heads import CERTAIN_CLASSES, CERTAIN_TASKS, HEAD_TASKS, head_of

__all__ = ["Architecture", "read_architecture", "read_pipeline_class"]


# Heads of language models: a model that hears or sees may have one, too.
_KIND_OF_HEAD = {"ForCausalLM": "decoder", "LMHeadModel": "decoder", "ForMaskedLM": "encoder"}


class Architecture(Struct, frozen=True):
    """The class and type of a model that transformers itself can load.

    `kind` is that of all its parts, if all have one; `tasks` are the tasks that its head can serve, or None if that is
    not certain.
    """

    file: JsonFile
    name: str
    model_type: str
    kind: str | None
    tasks: frozenset[str] | None

    @property
    def task(self) -> str | None:
        """The only task that the head is for; of language models only decoders and encoders are certain."""
        if self.name in CERTAIN_CLASSES:
            return CERTAIN_CLASSES[self.name]
        head = head_of(self.name) or ""
        return CERTAIN_TASKS.get(head) if self.kind == _KIND_OF_HEAD.get(head, self.kind) else None

    @property
    def span(self) -> Span:
        """The place of the class in the file."""
        return self.file.place("architectures")


def read_architecture(files: Files) -> Architecture | None:
    """Return the architecture in `config.json`; None for an adapter and a model with code of its own."""
    file = files.json("config.json")
    if file is None or "auto_map" in file.mapping or files.has("adapter_config.json"):
        return None
    from cardlint.vocabulary.model_types import KINDS, MODEL_TYPES  # here, since most cards have no such file

    names, model_type = file.mapping.get("architectures"), file.text("model_type")
    if model_type not in MODEL_TYPES or not isinstance(names, list) or len(names) != 1 or not isinstance(names[0], str):
        return None
    kinds = {KINDS.get(each) for each in _model_types(file.value, 0)}
    kind = kinds.pop() if len(kinds) == 1 else None
    return Architecture(file, names[0], model_type, kind, _tasks(names[0], kind))


_DEEPEST = 4


def _model_types(value: object, depth: int) -> Iterator[str]:
    """Yield the type of a configuration and of those within it."""
    if isinstance(value, dict) and depth < _DEEPEST:
        model_type = value.get("model_type")
        if isinstance(model_type, str) and model_type:
            yield model_type
        for each in value.values():
            yield from _model_types(each, depth + 1)


def _tasks(name: str, kind: str | None) -> frozenset[str] | None:
    head = head_of(name)
    if head is None and kind == "encoder" and name.endswith("Model"):  # without a head it generates as little
        head = "ForMaskedLM"
    is_certain = head is not None and kind == _KIND_OF_HEAD.get(head, kind)
    return HEAD_TASKS[head] if head is not None and is_certain else None


def read_pipeline_class(files: Files) -> tuple[JsonFile, str] | None:
    """Return `model_index.json` and the pipeline of Diffusers that it names."""
    file = files.json("model_index.json")
    named = None if file is None else file.mapping.get("_class_name")
    name = named[-1] if isinstance(named, list) and named else named
    return (file, name) if file is not None and isinstance(name, str) else None
