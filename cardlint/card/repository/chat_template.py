"""The chat template of a tokenizer, in one of the places where transformers looks for it."""

from __future__ import annotations

from cardlint.card.repository.files import LONG, Files, JsonFile
from cardlint.lazy_regex import LazyPattern

__all__ = ["tokenizer_without_template"]

_OWN_FILES = ("chat_template.json", "additional_chat_templates")
_TEMPLATE = LazyPattern(r"chat_template.*\.jinja")


def tokenizer_without_template(files: Files) -> JsonFile | None:
    """Return `tokenizer_config.json` if no file has a template; None beside an adapter: its base has the tokenizer."""
    file = files.json("tokenizer_config.json", LONG)
    if file is None or not file.mapping or "chat_template" in file.mapping or files.has("adapter_config.json"):
        return None
    names = files.names
    has_own = any(
        name in _OWN_FILES or (name.startswith("chat_template") and name.endswith(".jinja")) for name in names
    )
    processor = files.json("processor_config.json")
    return None if has_own or (processor is not None and "chat_template" in processor.mapping) else file
