"""The weights of a model: the names of their files, and their size in an index or a pointer of Git LFS."""

from __future__ import annotations

from msgspec import Struct

from cardlint.card.repository.files import LONG, Files
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Source, Span

__all__ = ["Size", "count_parameters", "has_file", "has_weights"]

_WEIGHTS = (".safetensors", ".bin", ".pt", ".pth", ".ckpt", ".gguf", ".h5", ".keras", ".onnx", ".msgpack", ".zip")
# What a training leaves beside the weights.
_STATES = ("training_args.bin", "optimizer.", "scheduler.", "rng_state", "scaler.", "trainer_state")
_PART = LazyPattern(r"-\d{5}-of-\d{5}$")


def has_weights(files: Files) -> bool:
    """Return True if there are weights beside the card, or the pointers to them."""
    return any(name.endswith(_WEIGHTS) and not name.startswith(_STATES) for name in files.names)


def has_file(files: Files, path: str) -> bool:
    """Return True if there is a file, whole or in parts: `x-00001-of-00003.gguf` is a part of `x.gguf`."""
    if files.has(path):
        return True
    stem, dot, end = path.rpartition(".")
    parts = (name.removesuffix(f".{end}") for name in files.names if name.endswith(f".{end}"))
    return bool(dot) and any(_PART.sub("", name) == stem for name in parts)


class Size(Struct, frozen=True):
    """A number of parameters, and the place of the bytes from which it follows."""

    parameters: int
    source: Source
    span: Span


_INDEX = "model.safetensors.index.json"
_WHOLE = "model.safetensors"
_TOTAL = LazyPattern(r'"total_size":\s{0,9}(?P<bytes>\d{1,15})\b')
_POINTER = LazyPattern(r"version https://git-lfs[^\n]{0,80}\noid [^\n]{0,200}\nsize (?P<bytes>\d{1,15})\s*")
_BYTES = {"float64": 8, "float32": 4, "float16": 2, "bfloat16": 2}


def count_parameters(files: Files) -> Size | None:
    """Return the number of parameters of a model whose weights all have one type that is not packed; else None."""
    config = files.json("config.json")
    if config is None or not {"quantization_config", "quantization", "compression_config"}.isdisjoint(config.mapping):
        return None
    width = _BYTES.get(config.text("torch_dtype") or config.text("dtype") or "")
    source = files.text(_INDEX, LONG)
    match = _TOTAL.search(source.text) if source is not None else None
    if source is None:
        source = files.text(_WHOLE)
        match = _POINTER.fullmatch(source.text) if source is not None else None
    if source is None or match is None or width is None or files.has("adapter_config.json"):
        return None
    return Size(int(match["bytes"]) // width, source, Span(*match.span("bytes")))
