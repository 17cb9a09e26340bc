"""Names of the files that models consist of."""

from __future__ import annotations

import re

from cardlint.lazy_regex import LazyPattern

__all__ = ["CONFIG", "CONFIGS", "holds_model_config", "is_model_file", "is_weights"]

CONFIG = "config.json"
"""A file of a model only if its keys say so, since other programs have one too."""

CONFIGS = ("adapter_config.json", "model_index.json")
"""Configurations that only models have."""

# Formats that hold nothing but models.
_WEIGHTS = (
    *(".safetensors", ".safetensors.index.json", ".gguf", ".ggml", ".onnx", ".keras", ".tflite", ".mlmodel"),
    *(".mlpackage", ".nemo", ".pth", ".ckpt", ".pdparams", ".skops"),
)
# Formats that hold data as often as models.
_MIXED = (".pt", ".pkl", ".pickle", ".joblib", ".h5", ".hdf5")
_NAMED_WEIGHTS = LazyPattern(
    r"(?:pytorch_model|adapter_model|tf_model|flax_model|openvino_model)\b[\w.-]*\.(?:bin|h5|msgpack|xml|index\.json)"
    r"|pytorch_model[\w.-]*\.bin|saved_model\.pb",
)
_MODEL_WORD = LazyPattern(
    r"(?<![a-z])(?:model|weights?|checkpoint|ckpt|best|last|final|lora|classifier|regressor|pipeline|generator"
    r"|discriminator|encoder|decoder|yolo\w*)(?![a-z])",
    re.IGNORECASE,
)
# What a training leaves beside the weights.
_STATES = ("optimizer", "scheduler", "rng_state", "scaler", "training_args", "trainer_state")
_CONFIG_KEY = LazyPattern(rb'"(?:architectures|model_type)"\s{0,99}:')
_CONFIG_TYPE = LazyPattern(rb'"model_type"\s{0,99}:')


def is_model_file(name: str) -> bool:
    """Return True for a file that is beside a model's card and hardly elsewhere; its content does not matter."""
    name = name.lower()
    return (
        name.endswith((*_WEIGHTS, *_MIXED))
        or name in CONFIGS
        or name == "tokenizer.json"
        or bool(_NAMED_WEIGHTS.fullmatch(name))
    )


def is_weights(name: str) -> bool:
    """Return True for a file that holds weights: one in a format of data must say by its name that it is a model."""
    name = name.lower()
    if name.startswith(_STATES):
        return False
    if name.endswith(_WEIGHTS) or _NAMED_WEIGHTS.fullmatch(name):
        return True
    return name.endswith(_MIXED) and _MODEL_WORD.search(name.rpartition(".")[0]) is not None


def holds_model_config(data: bytes, *, typed: bool = False) -> bool:
    """Return True if a `config.json` is that of a model; with `typed` only if it names the type of the model.

    It is not parsed: a broken file is as good.
    """
    return (_CONFIG_TYPE if typed else _CONFIG_KEY).search(data) is not None
