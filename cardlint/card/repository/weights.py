"""The weights of a model, by the names of the files beside a card."""

from __future__ import annotations

from cardlint.card.repository.files import Files
from cardlint.lazy_regex import LazyPattern

__all__ = ["has_file", "has_weights"]

_WEIGHTS = (".safetensors", ".bin", ".pt", ".pth", ".ckpt", ".gguf", ".h5", ".keras", ".onnx", ".msgpack", ".zip")
# What a training leaves beside the weights.
_STATES = ("training_args.bin", "optimizer.", "scheduler.", "rng_state", "scaler.", "trainer_state")
_PART = LazyPattern(r"-\d{5}-of-\d{5}$")


def has_weights(files: Files) -> bool:
    """Return True if there are weights beside the card, or the pointers to them."""
    return any(name.endswith(_WEIGHTS) and not name.startswith(_STATES) for name in files.names())


def has_file(files: Files, path: str) -> bool:
    """Return True if there is a file, whole or in parts: `x-00001-of-00003.gguf` is a part of `x.gguf`."""
    if files.has(path):
        return True
    stem, dot, end = path.rpartition(".")
    parts = (name.removesuffix(f".{end}") for name in files.names() if name.endswith(f".{end}"))
    return bool(dot) and any(_PART.sub("", name) == stem for name in parts)
