"""Tokens and keys of well-known providers in a text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from msgspec import Struct

from cardlint.source import Span
from cardlint.vocabulary.secret_shapes import DUMMY_WORDS, SHAPES, Shape

__all__ = ["FoundSecret", "find_secrets"]

_ESCAPE = re.compile(r"\\(?=[_.-])")
_BEFORE = 320  # characters before a secret that may show that it is public
_REPEATED = r"([^-\s])\1{4}"
_RUN = 6  # this many consecutive characters, as in `abcdef` and `123456`, never occur in a secret
_FEW = 8  # a secret has at least this many different characters
_BEGINNING = 200  # in a long key any word turns up by chance, so only its beginning is searched for dummy words


class FoundSecret(Struct, frozen=True):
    """A secret, its shape, and every place where it is written, in the order of the text."""

    text: str
    shape: Shape
    spans: tuple[Span, ...]


def find_secrets(text: str) -> list[FoundSecret]:
    """Return every secret of a text; strings that are plainly made up (`hf_xxxx...`, `sk-your-key`) are not secrets."""
    found: dict[str, tuple[Shape, list[Span]]] = {}
    plain = _Unescaped(text)
    for shape in SHAPES:
        if not any(mark in plain.text for mark in shape.marks):
            continue
        for match in shape.pattern.finditer(plain.text):
            if not _is_dummy(match["body"], shape) and not _is_public(match, shape):
                found.setdefault(match[0], (shape, []))[1].append(plain.span(*match.span()))
    return [FoundSecret(secret, shape, tuple(spans)) for secret, (shape, spans) in found.items()]


class _Unescaped:
    """A text without the backslashes that Markdown takes for escapes inside a secret: before `_`, `-` and `.`."""

    def __init__(self, text: str) -> None:
        self._removed = [match.start() for match in _ESCAPE.finditer(text)] if "\\" in text else []
        self.text = _ESCAPE.sub("", text) if self._removed else text
        # for each backslash, its place in the text without those before it
        self._places = [place - number for number, place in enumerate(self._removed)]

    def span(self, start: int, end: int) -> Span:
        """Return the span in the text with backslashes; those at its ends are outside."""
        return Span(start + bisect_right(self._places, start), end + bisect_left(self._places, end))


def _is_public(match: re.Match[str], shape: Shape) -> bool:
    start = match.start()
    return bool(shape.public) and re.search(shape.public, match.string[max(start - _BEFORE, 0) : start]) is not None


def _is_dummy(body: str, shape: Shape) -> bool:
    """Return True for a string that only shows the form of a secret."""
    if len(set(body)) < _FEW or re.search(_REPEATED, body) or re.search(DUMMY_WORDS, body[:_BEGINNING]):
        return True
    if shape.mixed and (body == body.lower() or body == body.upper()):
        return True
    # two runs may alternate, as in `1a2b3c4d5e6f`
    return any(_has_run(part) for part in (body, body[::2], body[1::2]))


def _has_run(text: str) -> bool:
    length = 1
    for one, other in pairwise(text):
        length = length + 1 if ord(other) - ord(one) == 1 else 1
        if length == _RUN:
            return True
    return False
