"""The evidence for an item: the words with which a card, its metadata or a file beside it states the item."""

from __future__ import annotations

from msgspec import Struct

from cardlint.source import Source, Span

__all__ = ["Evidence"]


class Evidence(Struct, frozen=True, kw_only=True):
    """A statement: its `words`, their place, and its form.

    `span` is a place in the card's text, or in `file` if that is not None. `form` is one of `metadata`, `label`,
    `table`, `sentence`, `section`, `link`, `results`, `code` and `file`.
    """

    words: str
    span: Span
    form: str
    file: Source | None = None
