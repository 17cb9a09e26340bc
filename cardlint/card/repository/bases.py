"""The models that an adapter was trained on, or that a model was merged from, as their programs wrote them down."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.repository.files import Files
from cardlint.card.yaml.nodes import Mapping, Metadata, Scalar, parse_metadata, resolve
from cardlint.source import Source, Span
from cardlint.vocabulary.recipes import MARKS, MODEL_KEYS

__all__ = ["Bases", "plain_model", "read_bases"]

_BASE_KEY = "base_model_name_or_path"
_MERGES = ("mergekit_config.yml", "mergekit_config.yaml")
_EXPERT_KEYS = (*MODEL_KEYS, "source_model")


class Bases(Struct, frozen=True):
    """The names of the models in a file, each once with its span; the `relation` is `adapter` or `merge`.

    A name may be a path on the machine of the training.
    """

    file: str
    source: Source
    relation: str
    names: tuple[tuple[str, Span], ...]


def read_bases(files: Files) -> Bases | None:
    """Return the base models in `adapter_config.json` or in the configuration of mergekit, or None."""
    if files.lacks("adapter_config.json"):
        return None
    return _of_adapter(files) or _of_merge(files)


def _of_adapter(files: Files) -> Bases | None:
    file = files.json("adapter_config.json")
    name = file.text(_BASE_KEY) if file is not None and file.text("peft_type") is not None else None
    if file is None or name is None:
        return None
    return Bases(file.name, file.source, "adapter", ((name.strip(), file.place(_BASE_KEY)),))


def _of_merge(files: Files) -> Bases | None:
    for name in _MERGES:
        source = files.text(name)
        if source is not None:
            metadata = parse_metadata(source, Span(0, len(source.text)))
            is_recipe = not metadata.error and all(metadata.mapping.entry(mark) for mark in MARKS["mergekit"])
            names: dict[str, Span] = {}
            for model, span in _merged(metadata) if is_recipe else ():
                names.setdefault(model, span)
            return Bases(name, source, "merge", tuple(names.items())) if len(names) > 1 else None
    return None


def _merged(metadata: Metadata) -> Iterator[tuple[str, Span]]:
    """Yield every model of a merge, without the revision and the adapter that mergekit adds to a name."""
    for node in metadata.walk():
        for entry in node.entries if isinstance(node, Mapping) else ():
            value = resolve(entry.value)
            if entry.name in _EXPERT_KEYS and isinstance(value, Scalar) and not value.is_null:
                yield value.text.partition("+")[0].partition("@")[0].strip(), value.span


_OF_COPIES = frozenset(("unsloth", "bnb", "4bit", "8bit", "gptq", "awq", "int4", "int8", "gguf", "hf"))


def plain_model(name: str) -> str:
    """Return the name of a model without owner, case, and the words for a copy of it: equal names mean one model."""
    words = name.lower().rpartition("/")[2].replace("_", "-").removeprefix("meta-").split("-")
    while len(words) > 1 and words[-1] in _OF_COPIES:
        words.pop()
    return "-".join(words)
