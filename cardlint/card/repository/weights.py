"""The weights of a model: the names of their files, and their size in an index or a pointer of Git LFS."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from math import prod

from msgspec import Struct

from cardlint.card.repository.files import LONG, Files, parse_json
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Source, Span, read

__all__ = ["GGUF", "Size", "count_parameters", "has_file", "has_weights"]

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
    """A number of parameters, and the place that shows it: the bytes in an index or a pointer, else the file."""

    parameters: int
    source: Source
    span: Span


_INDEX = "model.safetensors.index.json"
_WHOLE = "model.safetensors"
_TOTAL = LazyPattern(r'"total_size":\s{0,9}(?P<bytes>\d{1,15})\b')
_POINTER = LazyPattern(r"version https://git-lfs[^\n]{0,80}\noid [^\n]{0,200}\nsize (?P<bytes>\d{1,15})\s*")
_BYTES = {"float64": 8, "float32": 4, "float16": 2, "bfloat16": 2}
_PACKED = ("quantization_config", "quantization", "compression_config")
_ENDS = 4096  # bytes of an index in which the total is: keys are sorted, or it was added last
GGUF = "GGUF"
"""The type of parameters of a file in GGUF, which counts them whole."""

# The types of parameters that are not packed, and those of masks and positions.
_WHOLE_TYPES = frozenset(("F64", "F32", "F16", "BF16", GGUF))
_NO_PARAMETERS = frozenset(("I64", "BOOL"))


def count_parameters(files: Files) -> Size | None:
    """Return the number of parameters of a model whose weights are not packed; else None."""
    if files.has("adapter_config.json") or any("mmproj" in name for name in files.names):
        return None
    counts = files.stated_parameters
    if counts:
        name = (
            _WHOLE if GGUF not in counts else min((name for name in files.names if name.endswith(".gguf")), default="")
        )
        return _counted(counts, files.beside(name))
    config = files.json("config.json")
    if config is None or not set(_PACKED).isdisjoint(config.mapping):
        return None
    counts = _header(files)
    if counts:
        return _counted(counts, files.beside(_WHOLE))
    width = _BYTES.get(config.text("torch_dtype") or config.text("dtype") or "")
    size = _bytes(files)
    return None if size is None or width is None else Size(size.parameters // width, size.source, size.span)


def _counted(counts: Mapping[str, object], path: str) -> Size | None:
    """Return the sum of parameters by their type, or None if some are packed."""
    numbers = {kind: count for kind, count in counts.items() if kind not in _NO_PARAMETERS}
    total = sum(count for count in numbers.values() if isinstance(count, int) and count > 0)
    return Size(total, Source(path, ""), Span(0, 0)) if total and numbers.keys() <= _WHOLE_TYPES else None


def _bytes(files: Files) -> Size | None:
    """Return the number of bytes in the head or the tail of an index, or in a pointer of Git LFS."""
    if _INDEX not in files.names:
        pointer = read(files.part(_WHOLE, 0, _ENDS), files.beside(_WHOLE))
        return _size(_POINTER.fullmatch(pointer.text), pointer)
    head, tail = (read(files.part(_INDEX, start, _ENDS), files.beside(_INDEX)) for start in (0, -_ENDS))
    # the lines of the tail are not those of the file
    return _size(_TOTAL.search(head.text), head) or _size(_TOTAL.search(tail.text), Source(tail.path, ""))


def _size(match: re.Match[str] | None, source: Source) -> Size | None:
    if match is None:
        return None
    span = Span(*match.span("bytes")) if source.text else Span(0, 0)
    return Size(int(match["bytes"]), source, span)


def _header(files: Files) -> Mapping[str, int]:
    """Return the numbers of parameters in `model.safetensors` by their type, as its header lists them."""
    length = int.from_bytes(files.part(_WHOLE, 0, 8), "little")
    if not 0 < length <= LONG or _INDEX in files.names:
        return {}
    tensors = parse_json(read(files.part(_WHOLE, 8, length)))
    counts: dict[str, int] = defaultdict(int)
    for name, tensor in tensors.items() if isinstance(tensors, dict) else ():
        if name == "__metadata__":
            continue
        kind, shape = (tensor.get("dtype"), tensor.get("shape")) if isinstance(tensor, dict) else (None, None)
        if not isinstance(kind, str) or not isinstance(shape, list) or not all(isinstance(each, int) for each in shape):
            return {}
        counts[kind] += prod(shape)
    return counts
