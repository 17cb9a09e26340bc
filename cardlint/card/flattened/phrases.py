"""Keys of several words, as in the form of a gated repository: `I agree to the terms: checkbox`."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cardlint.card.flattened.tokens import Token, TokenKind
from cardlint.vocabulary.keys.grammar import Shape

__all__ = ["Phrase", "find_phrase", "holds_value"]


class Phrase(Struct, frozen=True):
    """The indices of a key's first and last token; it is certain if a whole value, or none, precedes it."""

    first: int
    last: int
    certain: bool


def find_phrase(tokens: Sequence[Token], index: int, shape: Shape | None) -> Phrase | None:
    """Find the key of several words that begins at `index`, in a mapping of this shape or after an item of a list."""
    form = shape.others if shape else None
    if shape is None or form is None or index == 0 or tokens[index].text[0] in "[{":
        return None
    last = next((at for at in range(index, len(tokens)) if tokens[at].kind is not TokenKind.VALUE), len(tokens))
    if last == len(tokens) or tokens[last].kind is not TokenKind.KEY or not holds_value(tokens, last, shape):
        return None
    if _is_key(tokens[index - 1]):
        # before it is the form's own key, or one whose value is one of a few words
        return None if tokens[index].text in form.values else Phrase(index, last, certain=True)
    if _is_key(tokens[index - 2]) and tokens[index - 1].text in form.values:
        return Phrase(index, last, certain=True)
    if tokens[index - 1].kind is TokenKind.VALUE and tokens[index].text[0].isupper():
        return Phrase(index, last, certain=False)  # after the last item of a list
    return None


def holds_value(tokens: Sequence[Token], key: int, shape: Shape) -> bool:
    """Return True if the key at this index is followed by the value of a form field."""
    following = tokens[key + 1] if key + 1 < len(tokens) else None
    if following is None or shape.others is None:
        return False
    return following.text in shape.others.values or (
        following.kind is TokenKind.KEY and following.key in shape.others.keys
    )


def _is_key(token: Token) -> bool:
    return token.kind is TokenKind.KEY
