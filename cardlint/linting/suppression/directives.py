"""Comments that are directives for the linter.

Markdown has `<!-- cardlint-disable rule, rule -- reason -->`, YAML `# cardlint: disable=rule -- reason`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.finding import Edit
from cardlint.lazy_regex import LazyPattern
from cardlint.linting.suppression.comments import Comment, body_comments, front_matter_of, metadata_comments
from cardlint.source import Span

__all__ = ["Directive", "Name", "find_directives"]

_WORD = "cardlint"
_ANY = LazyPattern(r"cardlint(?:-|:[ \t]*)(?:disable|enable)")
_DIRECTIVE = LazyPattern(
    r"\s*(?P<head>cardlint(?:-|:[ \t]*)(?P<verb>disable-next-line|disable-line|disable-file|disable|enable))"
    r"(?!\w|-\w)(?P<rest>.*)",
    re.DOTALL,
)
_REASON = LazyPattern(r"--|[\u2013\u2014]")
_NAME = LazyPattern(r"[^\s,;:=]+")


class Name(Struct, frozen=True):
    """The name of a rule or group in a directive."""

    text: str
    span: Span


class Directive(Struct, frozen=True):
    """A directive for the linter.

    `head` is the span of its keyword, `verb` is one of `disable`, `enable`, `disable-line`, `disable-next-line` and
    `disable-file`; without `names` it is for every rule.
    """

    comment: Comment
    head: Span
    verb: str
    names: tuple[Name, ...]

    @property
    def in_yaml(self) -> bool:
        return self.comment.metadata is not None

    @property
    def is_region(self) -> bool:
        """True if it holds until it is enabled again."""
        return self.verb == "disable" and not self.in_yaml

    def without(self, name: Name) -> Edit:
        """Remove one of several names, with its separator."""
        index = bisect_left(self.names, name.span, key=lambda other: other.span)
        if index + 1 < len(self.names):
            return Edit(Span(name.span.start, self.names[index + 1].span.start), "")
        return Edit(Span(self.names[index - 1].span.end, name.span.end), "")


def find_directives(card: Card) -> list[Directive]:
    """Return every directive of a card in its order; a card without any is only searched for a word."""
    text = card.source.text
    if _WORD not in text or not _ANY.search(text):
        return []
    found = [directive for comment in _comments(card) if (directive := _read(comment)) is not None]
    return sorted(found, key=lambda directive: directive.comment.span)


def _comments(card: Card) -> Iterator[Comment]:
    if _WORD in card.source.slice(card.front_matter.yaml):
        yield from metadata_comments(card.source, front_matter_of(card))
    if _ANY.search(card.source.text, card.front_matter.closing.end) or card.front_matter.opening.start:
        yield from body_comments(card, _WORD)


def _read(comment: Comment) -> Directive | None:
    """Return the directive in a comment, or None if the comment is not for the linter."""
    content = comment.content
    match = _DIRECTIVE.match(content.text, comment.text.start, comment.text.stop)
    if match is None:
        return None
    reason = _REASON.search(content.text, *match.span("rest"))
    end = reason.start() if reason else match.end("rest")
    names = tuple(
        Name(name[0], content.span(*name.span()))
        for name in _NAME.finditer(content.text, match.start("rest"), end)
        if any(map(str.isalnum, name[0]))
    )
    return Directive(comment, content.span(*match.span("head")), match["verb"], names)
