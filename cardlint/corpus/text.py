"""Texts of cards as valid UTF-8 for Arrow."""

from __future__ import annotations

from typing import overload

from cardlint.reporters.masking import Mask
from cardlint.source import without_surrogates

__all__ = ["clean"]


@overload
def clean(text: str, mask: Mask | None = None) -> str: ...
@overload
def clean(text: None, mask: Mask | None = None) -> None: ...
def clean(text: str | None, mask: Mask | None = None) -> str | None:
    """Return the text with secrets masked and lone surrogates (undecodable bytes) replaced by U+FFFD."""
    if text is None:
        return None
    return without_surrogates(text if mask is None else mask.text(text))
