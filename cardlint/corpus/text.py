"""Texts of cards as valid UTF-8 for Arrow."""

from __future__ import annotations

from typing import overload

from cardlint.lazy_regex import LazyPattern
from cardlint.reporters.masking import Mask

__all__ = ["clean"]

_NO_TEXT = LazyPattern("[\ud800-\udfff]")


@overload
def clean(text: str, mask: Mask | None = None) -> str: ...
@overload
def clean(text: None, mask: Mask | None = None) -> None: ...
def clean(text: str | None, mask: Mask | None = None) -> str | None:
    """Return the text with secrets masked and lone surrogates (undecodable bytes) replaced by U+FFFD."""
    if text is None:
        return None
    return _NO_TEXT.sub("\ufffd", text if mask is None else mask.text(text))
