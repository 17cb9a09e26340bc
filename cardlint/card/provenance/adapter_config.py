"""The base model that `adapter_config.json` beside a card names: PEFT loads the adapter on it."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from cardlint.card.provenance.model_names import Name, identifier
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Folder, Source, Span, read

__all__ = ["ADAPTER_CONFIG", "AdapterConfig", "read_adapter_config"]

ADAPTER_CONFIG = "adapter_config.json"
_BASE = LazyPattern(r'"base_model_name_or_path"\s*:\s*"(?P<text>[^"\\]*)"')


class AdapterConfig(Struct, frozen=True):
    """The configuration of an adapter; the span of `base` is in `source`, which is not the card."""

    source: Source
    base: Name


def read_adapter_config(card: Source, folder: Folder) -> AdapterConfig | None:
    """Return the configuration beside a card, or None if it is missing, not JSON, or names a path or no model."""
    data = folder.read(ADAPTER_CONFIG)
    if data is None:
        return None
    source = read(data, card.path[: card.path.rfind("/") + 1] + ADAPTER_CONFIG)
    try:
        values = msgspec.json.decode(source.text.encode())
    except msgspec.DecodeError:
        return None
    text = values.get("base_model_name_or_path") if isinstance(values, dict) else None
    place = _BASE.search(source.text)
    if not isinstance(text, str) or place is None or place["text"] != text or identifier(text) is None:
        return None
    return AdapterConfig(source, Name(text, Span(*place.span("text")), identifier(text)))
