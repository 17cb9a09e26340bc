"""The texts that are open in an editor, kept up to date by its partial changes."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types
from msgspec import Struct
from pygls.uris import to_fs_path

from cardlint.server.positions import Places
from cardlint.source import without_surrogates

__all__ = ["OpenText", "changed"]


class OpenText(Struct, frozen=True):
    """A version of an open text; `language` is the editor's name of its language."""

    uri: str
    language: str
    version: int
    text: str

    @property
    def path(self) -> str | None:
        """The path of the text's file, or None if it was never saved."""
        return to_fs_path(self.uri)


def changed(text: str, changes: Iterable[types.TextDocumentContentChangeEvent], encoding: str) -> str:
    """Return the text after all changes, one after the other; a change without a range replaces the whole text.

    pygls would apply them by Python's line ends, of which the protocol knows only three.
    """
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            text = without_surrogates(text)
            places = Places(text, encoding)
            first, last = change.range.start, change.range.end
            start = places.offset(first.line, first.character)
            end = max(places.offset(last.line, last.character), start)
            text = text[:start] + change.text + text[end:]
        else:
            text = change.text
    return text
