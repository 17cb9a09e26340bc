"""Write values as TOML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["toml_key", "toml_value"]


def toml_key(key: str) -> str:
    """Return a key as TOML has it, quoted only if it must be."""
    return key if key.isascii() and key.replace("-", "").replace("_", "").isalnum() else toml_value(key)


def toml_value(value: Any) -> str:
    """Return a value as TOML has it, on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # A string of JSON is one of TOML, which alone asks for an escape in place of a DEL.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case tuple() | list():
            return f"[{', '.join(map(toml_value, value))}]"
        case Mapping():
            return f"{{ {', '.join(f'{toml_key(key)} = {toml_value(item)}' for key, item in value.items())} }}"
    return str(value)
