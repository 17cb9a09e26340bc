"""The library that the files of a repository are made for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from cardlint.card.repository.files import Files, JsonFile

__all__ = ["OWN_FILES", "LibraryFile", "find_library"]


class LibraryFile(Struct, frozen=True):
    """A file that only one library writes, and the key in it that shows this."""

    library: str
    file: JsonFile
    key: str


_Accept = Callable[[JsonFile], bool]


def _is_adapter(file: JsonFile) -> bool:
    return file.text("peft_type") is not None


def _is_set_of_modules(file: JsonFile) -> bool:
    modules = file.value if isinstance(file.value, list) else []
    types = [module.get("type") if isinstance(module, dict) else None for module in modules]
    return bool(types) and all(isinstance(each, str) and each.startswith("sentence_transformers.") for each in types)


def _is_pipeline(file: JsonFile) -> bool:
    return "_class_name" in file.mapping and "_diffusers_version" in file.mapping


def _is_of_transformers(file: JsonFile) -> bool:
    """Return True for a model that transformers loads without code of others, in its own format."""
    from cardlint.vocabulary.model_types import MODEL_TYPES

    config = file.mapping
    quantization = config.get("quantization_config")
    method = quantization.get("quant_method") if isinstance(quantization, dict) else None
    return (
        file.text("model_type") in MODEL_TYPES
        and isinstance(config.get("architectures"), list)
        and not {"auto_map", "quantization", "_class_name", "_diffusers_version"} & config.keys()
        and method not in _OTHER_METHODS
    )


def _is_policy_training(file: JsonFile) -> bool:
    return "dataset" in file.mapping and isinstance(file.mapping.get("policy"), dict)


_OTHER_METHODS = ("exl2", "exl3", "mlx")

# Files in the order of their proof: SetFit writes those of sentence-transformers too, which writes transformers'.
_FILES: tuple[tuple[str, str, str, _Accept], ...] = (
    ("peft", "adapter_config.json", "peft_type", _is_adapter),
    ("setfit", "config_setfit.json", "labels", lambda file: {"labels", "normalize_embeddings"} <= file.mapping.keys()),
    ("sentence-transformers", "modules.json", "type", _is_set_of_modules),
    ("diffusers", "model_index.json", "_class_name", _is_pipeline),
    ("transformers", "config.json", "model_type", _is_of_transformers),
)

OWN_FILES = {library: name for library, name, _, _ in _FILES}
"""The file without which a repository is not one of the library."""

# Files that prove a library, too, but that not every repository of it has.
_FURTHER_FILES: tuple[tuple[str, str, str, _Accept], ...] = (
    ("spacy", "meta.json", "spacy_version", lambda file: {"lang", "name", "pipeline"} <= file.mapping.keys()),
    ("stable-baselines3", "results.json", "is_deterministic", lambda file: "mean_reward" in file.mapping),
    ("lerobot", "train_config.json", "policy", _is_policy_training),
)

# Files of libraries that put something of their own beside the files of transformers.
_OF_OTHERS = frozenset(
    (
        *("adapter_config.json", "config_sentence_transformers.json", "gliner_config.json", "model_head.pkl"),
        *("model_index.json", "modules.json", "open_clip_config.json", "openvino_model.xml"),
    )
)
_OTHER_WEIGHTS = (".gguf", ".ggml", ".onnx", ".mlmodel", ".mlpackage", ".tflite", ".rknn", ".engine")
_WEIGHTS = (".safetensors", ".bin", ".pt", ".h5", ".msgpack", ".ckpt")


def find_library(files: Files) -> LibraryFile | None:
    """Return the file that proves a library, or None; files of several libraries leave a doubt."""
    found = next(_proofs(files), None)
    if found is None or (found.library == "sentence-transformers" and "model_head.pkl" in files.names):
        return None  # before 1.0 SetFit wrote no other file of its own than the head
    return None if found.library == "transformers" and _may_be_of_others(files) else found


def _may_be_of_others(files: Files) -> bool:
    names = files.names
    has_other_weights = "onnx" in names or any(name.endswith(_OTHER_WEIGHTS) for name in names)
    has_weights = any(name.endswith(_WEIGHTS) for name in names)
    return not names.isdisjoint(_OF_OTHERS) or (has_other_weights and not has_weights)


def _proofs(files: Files) -> Iterator[LibraryFile]:
    for library, name, key, accept in (*_FILES, *_FURTHER_FILES):
        if files.lacks(name):
            return
        file = files.json(name)
        if file is not None and key in _keys(file) and accept(file):
            yield LibraryFile(library, file, key)


def _keys(file: JsonFile) -> Collection[str]:
    """Return the keys of an object, or those of the first item of a list."""
    first = file.value[0] if isinstance(file.value, list) and file.value else file.value
    return first if isinstance(first, dict) else ()
