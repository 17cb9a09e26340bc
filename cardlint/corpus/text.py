"""Rows without secrets, and with texts that are valid UTF-8 for Arrow."""

from __future__ import annotations

from typing import Any

from cardlint.reporters.masking import Mask
from cardlint.source import without_surrogates

__all__ = ["cleaned"]


def cleaned(value: Any, mask: Mask) -> Any:
    """Return a row, list or text with secrets masked and lone surrogates (undecodable bytes) replaced by U+FFFD."""
    match value:
        case str():
            return without_surrogates(mask.text(value))
        case list():
            return [cleaned(each, mask) for each in value]
        case dict():
            return {name: cleaned(each, mask) for name, each in value.items()}
    return value
