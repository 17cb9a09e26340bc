"""Comments that are directives for the linter.

Markdown has `<!-- cardlint-disable rule, rule -- reason -->`, YAML `# cardlint: disable=rule -- reason`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Heading
from cardlint.config.rule_names import closest
from cardlint.finding import Edit
from cardlint.lazy_regex import LazyPattern
from cardlint.linting.suppression.comments import Comment, body_comments, front_matter_of, metadata_comments
from cardlint.source import Span

__all__ = ["VERBS", "Directive", "Name", "UnknownDirective", "find_directives", "read_comments"]

_WORD = "cardlint"
VERBS = ("disable", "enable", "disable-line", "disable-next-line", "disable-file")
"""The words of directives."""

# Words of other linters, and the words of this one that they mean.
_FOREIGN = ("ignore", "noqa", "nolint", "off", "silence", "skip", "suppress")
_MEANT = {
    "disable-next": "disable-next-line",
    "disable-section": "disable-next-line",
    "disable-this-line": "disable-line",
    "disable-all": "disable-file",
    "disable-card": "disable-file",
    "on": "enable",
}

_ANY = LazyPattern(r"(?:<!--|#)\s{0,99}cardlint[-:_ \t]")
_DIRECTIVE = LazyPattern(
    r"\s*(?P<head>cardlint(?:-|:[ \t]*)(?P<verb>disable-next-line|disable-line|disable-file|disable|enable))"
    r"(?!\w|-\w)(?P<rest>.*)",
    re.DOTALL,
)
_ATTEMPT = LazyPattern(
    r"\s*(?P<head>cardlint(?P<mark>[-_]|:[ \t]*|[ \t]+)(?P<word>[A-Za-z][\w-]{0,40}))(?P<value>[ \t]*=|\[)?"
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


class UnknownDirective(Struct, frozen=True):
    """A comment for the linter that is not a directive: its text as written, and the text that is perhaps meant.

    `head` is the span of the text: the keyword of a comment, or a whole heading in the form of a comment of YAML.
    """

    head: Span
    text: str
    meant: str | None
    is_heading: bool = False


def find_directives(card: Card) -> list[Directive]:
    """Return every directive of a card in its order; a card without any is only searched for a word."""
    found = [item for item in read_comments(card) if isinstance(item, Directive)]
    return sorted(found, key=lambda directive: directive.comment.span)


def read_comments(card: Card) -> Iterator[Directive | UnknownDirective]:
    """Yield every comment of a card that is for the linter, in any order."""
    text = card.source.text
    if _WORD in text and _ANY.search(text):
        for comment in _comments(card):
            item = _read(comment) or _read_unknown(comment)
            if item is not None:
                yield item
        yield from _headings(card)


def _comments(card: Card) -> Iterator[Comment]:
    if _WORD in card.source.slice(card.front_matter.yaml):
        yield from metadata_comments(card.source, front_matter_of(card))
    if _ANY.search(card.source.text, card.front_matter.closing.end) or card.front_matter.opening.start:
        yield from body_comments(card, _WORD)


def _read(comment: Comment) -> Directive | None:
    """Return the directive in a comment, or None if there is none."""
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


def _read_unknown(comment: Comment) -> UnknownDirective | None:
    """Return the unknown directive in a comment, or None if the comment is prose or not for the linter."""
    content = comment.content
    match = _ATTEMPT.match(content.text, comment.text.start, comment.text.stop)
    if match is None:
        return None
    word = match["word"].lower().replace("_", "-").strip("-")
    verb = _meant(word)
    is_named = match["value"] is not None or word in VERBS
    is_directive = match["mark"] in ("-", "_") or (":" in match["mark"] and verb is not None)
    if not is_directive and not is_named:
        return None
    meant = verb and (f"cardlint: {verb}" if comment.metadata is not None else f"cardlint-{verb}")
    return UnknownDirective(content.span(*match.span("head")), match["head"], meant)


def _headings(card: Card) -> Iterator[UnknownDirective]:
    """Yield the headings of the body that have the form of a comment of YAML."""
    for block in card.body.blocks if _ANY.search(card.source.text, card.front_matter.span.end) else ():
        if isinstance(block, Heading) and _WORD in block.content.text:
            match = _DIRECTIVE.fullmatch(block.content.text)
            if match is not None and "-->" not in match["rest"]:
                verb = "disable-next-line" if match["verb"] == "disable" else match["verb"]
                meant = " ".join(("<!--", f"cardlint-{verb}", *match["rest"].strip("= \t").split(), "-->"))
                yield UnknownDirective(block.span, card.source.slice(block.span), meant, is_heading=True)


def _meant(word: str) -> str | None:
    """Return the directive that a word perhaps means."""
    for foreign in _FOREIGN:
        if word == foreign or word.startswith(f"{foreign}-"):
            word = f"disable{word.removeprefix(foreign)}"
    return _MEANT.get(word) or closest(word, VERBS)
