"""The chat template of a tokenizer, in one of the places where transformers looks for it."""

from __future__ import annotations

from cardlint.card.repository.files import LONG, Files, JsonFile
from cardlint.lazy_regex import LazyPattern

__all__ = ["tokenizer_without_template"]

# Files with a template, and the vocabulary of Mistral's own tokenizer, which needs none.
_TEMPLATES = LazyPattern(r"chat_template.*\.jinja|chat_template\.json|additional_chat_templates|tekken\.json")


def tokenizer_without_template(files: Files) -> JsonFile | None:
    """Return `tokenizer_config.json` if neither it nor another file has a template.

    None beside an adapter, whose base has the tokenizer, and for a tokenizer with code of its own.
    """
    file = files.json("tokenizer_config.json", LONG)
    if file is None or not file.mapping or files.has("adapter_config.json"):
        return None
    processor = files.json("processor_config.json")
    keys = file.mapping.keys() | (processor.mapping.keys() if processor is not None else set())
    has_template = any(_TEMPLATES.fullmatch(name) for name in files.names)
    return None if has_template or not {"chat_template", "auto_map"}.isdisjoint(keys) else file
