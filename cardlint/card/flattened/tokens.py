"""The tokens of a front matter that is on one line."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from itertools import pairwise

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.source import LINE_END
from cardlint.vocabulary.keys.spelling import unescape
from cardlint.vocabulary.keys.table import FRONT_MATTER

__all__ = ["Token", "TokenKind", "are_joined", "is_plain", "tokenize"]


class TokenKind(Enum):
    KEY = auto()  # a word with a colon after it: YAML allows this nowhere else outside quotes and comments
    DASH = auto()
    VALUE = auto()  # a word of a plain scalar, or a whole quoted scalar or flow collection
    BLOCK = auto()  # `|`, `>-` and the like
    COMMENT = auto()  # the word that begins a comment
    FENCE = auto()  # the closing fence


class Token(Struct, frozen=True):
    kind: TokenKind
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """A key's name without colon, quotes and escapes."""
        name = self.text[:-1].strip("\"' \t")
        return unescape(name) if self.text[0] == '"' else name


_WORD = LazyPattern(r"[^ \t\r\n]+")
_DOUBLE = LazyPattern(r'"(?:[^"\\]++|\\.)*+"')
_SINGLE = LazyPattern(r"'(?:[^']++|'')*+'(?!')")
_FLOW = LazyPattern(r'"(?:[^"\\]++|\\.)*+"|(?<![^ \t,\[{:])\'(?:[^\']++|\'\')*+\'|[\[\]{}]')
_BLOCK = LazyPattern(r"[|>][+-]?[1-9]?[+-]?")
_NO_PLAIN = frozenset("-?:,[]{}#&*!|>'\"%@`")


def tokenize(text: str, start: int, stop: int) -> list[Token]:
    """Return the tokens of `text[start:stop]` up to the closing fence, which is the last token if there is one."""
    return _Tokenizer(text, stop).run(start)


def are_joined(tokens: list[Token], text: str) -> bool:
    """Return True if lines hold two places at which another line must begin (see `_joints`).

    One place may be a sentence with a colon. Always False if there are comments or block scalars, which may contain
    such lines.
    """
    if not is_plain(tokens) or tokens[0].kind is not TokenKind.KEY:
        return False
    return sum(_joints(line) for line in _lines(tokens, text) if _begins_entry(line[0], text)) > 1


def _lines(tokens: list[Token], text: str) -> Iterator[list[Token]]:
    """Yield the tokens of each line."""
    line = [tokens[0]]
    for before, token in pairwise(tokens):
        if LINE_END.search(text, before.end, token.start):
            yield line
            line = []
        line.append(token)
    yield line


def _begins_entry(first: Token, text: str) -> bool:
    """Return True if the first word of a line is a dash or a key, at the top level a known one."""
    if first.kind is not TokenKind.KEY or text[first.start - 1] in " \t":
        return first.kind in {TokenKind.KEY, TokenKind.DASH}
    return first.key in FRONT_MATTER.keys


def _joints(line: list[Token]) -> int:
    """Count the known keys behind one word, and the items behind a key: neither is valid YAML on one line.

    Items count only together with keys.
    """
    keys = items = words = 0
    for before, token in pairwise(line):
        if token.kind is TokenKind.KEY:
            keys += token.key in FRONT_MATTER.keys and words <= 1 and before.kind is not TokenKind.DASH
            words = 0
        elif token.kind is TokenKind.DASH:
            items += before.kind is TokenKind.KEY
            words = 0
        else:
            words += 1
    return keys + items if keys else 0


def is_plain(tokens: list[Token]) -> bool:
    """Return True if there are tokens, and none of a kind in which line breaks are part of the text."""
    return bool(tokens) and not any(
        token.kind in {TokenKind.COMMENT, TokenKind.BLOCK, TokenKind.FENCE} for token in tokens
    )


class _Tokenizer:
    def __init__(self, text: str, stop: int) -> None:
        self.text = text
        self.stop = stop
        # an unclosed quote or bracket is searched for once, not again at each later one
        self.unclosed: set[str] = set()

    def run(self, position: int) -> list[Token]:
        tokens: list[Token] = []
        while (word := _WORD.search(self.text, position, self.stop)) is not None:
            fresh = not tokens or tokens[-1].kind in {TokenKind.KEY, TokenKind.DASH}
            tokens.append(self._token(word.start(), word.end(), word[0], fresh))
            position = tokens[-1].end
            if word[0] == ":" and len(tokens) > 1:
                tokens[-2:] = self._key(*tokens[-2:])
            if tokens[-1].kind is TokenKind.FENCE:
                break
        return tokens

    def _token(self, start: int, end: int, word: str, fresh: bool) -> Token:
        if fresh and word[0] in "\"'[{":
            closed = self._closed(start, word[0])
            if closed is not None:
                end = closed
        text = self.text[start:end]
        return Token(_kind(text, fresh), start, end, text)

    def _key(self, word: Token, colon: Token) -> list[Token]:
        """Join a word and a separate colon to a key."""
        text = self.text[word.start : colon.end]
        if word.kind is TokenKind.VALUE and _may_be_key(word.text):
            return [Token(TokenKind.KEY, word.start, colon.end, text)]
        return [word, colon]

    def _closed(self, start: int, opening: str) -> int | None:
        """Return the end of the quoted scalar or flow collection at `start`, with the colon if it is a key."""
        if opening in self.unclosed:
            return None
        end = self._quoted_end(start, opening) if opening in "\"'" else self._flow_end(start)
        if end is None:
            self.unclosed.add(opening)
            return None
        if end < self.stop and self.text[end] == ":":
            end += 1
        return end if end == self.stop or self.text[end] in " \t\r\n" else None

    def _quoted_end(self, start: int, opening: str) -> int | None:
        match = (_DOUBLE if opening == '"' else _SINGLE).match(self.text, start, self.stop)
        return match.end() if match else None

    def _flow_end(self, start: int) -> int | None:
        depth = 0
        for match in _FLOW.finditer(self.text, start, self.stop):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
            if depth == 0:
                return match.end()
        return None


def _kind(text: str, fresh: bool) -> TokenKind:
    if text == "---":
        return TokenKind.FENCE
    if text == "-":
        return TokenKind.DASH
    if text[0] == "#":
        return TokenKind.COMMENT
    if len(text) > 1 and text[-1] == ":" and _may_be_key(text[:-1]):
        return TokenKind.KEY
    return TokenKind.BLOCK if fresh and _BLOCK.fullmatch(text) else TokenKind.VALUE


def _may_be_key(text: str) -> bool:
    return text[0] not in _NO_PLAIN or (len(text) > 1 and text[0] == text[-1] in "\"'")
