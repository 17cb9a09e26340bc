"""The text of a paragraph as a reader sees it, with a mark in place of each model that it names."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardlint.card.links.links import Reference
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Content
from cardlint.card.provenance.model_names import Name, identifier, is_path, linked_name
from cardlint.lazy_regex import LazyPattern

__all__ = ["BARE", "MARK", "NamedText", "may_name", "read_named_text"]

MARK = "\ufffc"
"""Replaces a name that is a link or code."""
BARE = "\ufffb"
"""Replaces a name that is only its id: `and/or` has the form of one too."""

_ID = LazyPattern(r"(?<![\w./@:~-])[\w.-]{1,96}/[\w.-]{0,95}\w(?![\w/@])")
_OLD_NAME = LazyPattern(r"(?<![\w./@:~-])(?:[a-z][a-z0-9]+(?:-[a-z0-9]+){1,9}|(?:distil)?gpt2)(?![\w/@-])")
_PIECE = LazyPattern(
    r"(?P<code>`[^`\n]{1,200}`)|(?P<tag><[^<>\n]{1,400}>)|(?P<escape>\\[*_~\[\]])"
    rf"|(?P<id>{_ID.pattern})"
    rf"|(?P<old>{_OLD_NAME.pattern})"
    r"|(?P<marks>(?<![^\W_])[*_]{1,3}|[*_]{1,3}(?![^\W_]))|(?P<blanks>[ \t\xa0]{2,}|[\t\xa0])|(?P<mark>[\ufffb\ufffc])"
)
_BREAK = LazyPattern(r"(?i)</?(?:br|p|li|ul|ol|div|td|tr|h[1-6]|center|table)\b")


class NamedText(Struct, frozen=True):
    """`text` without markup, the `names` behind its marks in their order, and the place of each of its characters."""

    text: str
    names: tuple[Name, ...]
    content: Content
    places: tuple[int, ...]

    @property
    def lower(self) -> str:
        """The text in lower case with plain apostrophes, of the same length; unchanged if a letter would become two."""
        lower = self.text.lower()
        return (lower if len(lower) == len(self.text) else self.text).replace("\u2019", "'")

    def offset(self, index: int) -> int:
        """Return the offset in the source of the character `index` of `text`."""
        return self.content.offset(self.places[index])

    def names_in(self, start: int, end: int) -> tuple[Name, ...]:
        """Return the names of the marks in `text[start:end]`."""
        first = _marks(self.text[:start])
        return self.names[first : first + _marks(self.text[start:end])]


def _marks(text: str) -> int:
    return text.count(MARK) + text.count(BARE)


def may_name(text: str, document: Document) -> bool:
    """Return False for a text of the document that names no model."""
    if "huggingface.co" in text or "hf.co" in text or (document.has_definitions and "]" in text):
        return True
    if "/" in text and ("`" in text or _ID.search(text)):
        return True
    if "-" not in text and "gpt2" not in text:
        return False
    return any(identifier(match[0]) for match in _OLD_NAME.finditer(text))


def read_named_text(content: Content, links: tuple[Reference, ...]) -> NamedText:
    """Read a content with its links: markup is dropped, links to other things than models are their text.

    Images are nothing.
    """
    parts: list[str] = []
    places: list[int] = []
    names: list[Name] = []
    for text, start, step, name in _pieces(content, links):
        parts.append(text)
        places += [start + step * index for index in range(len(text))]
        names += [name] if name is not None else []
    places.append(len(content.text))
    return NamedText("".join(parts), tuple(names), content, tuple(places))


_Piece = tuple[str, int, int, "Name | None"]
"""A text, its place, the step from character to character (0 if all have one place), and the name that it replaces."""


def _pieces(content: Content, links: tuple[Reference, ...]) -> Iterator[_Piece]:
    at = 0
    for link in links:
        start, end = _index(content, link.span.start), _index(content, link.span.end - 1) + 1
        if start < at:
            continue
        yield from _plain(content, at, start)
        if not link.image and _names_model(link):
            yield MARK, start, 0, linked_name(link)
        elif not link.image:
            yield " ".join(link.text.split()), start, 0, None
        at = end
    yield from _plain(content, at, len(content.text))


def _index(content: Content, offset: int) -> int:
    """Return the place in a content of an offset in the source."""
    at, start = next((pair for pair in reversed(content.anchors) if pair[1] <= offset), content.anchors[0])
    return min(at + offset - start, len(content.text))


def _names_model(link: Reference) -> bool:
    """Return True for a link to a model, and for the links that the Trainer writes for a path or for nothing."""
    repository = link.repository
    if repository is not None:
        return repository.kind == "model" and (not repository.inside or repository.inside == "tree/main")
    text = link.text.strip().strip("`")
    if not _on_hub(link):
        return not link.target and identifier(text) is not None
    return not text or is_path(text) or identifier(text) is not None or link.target.endswith(f"/{text}")


def _on_hub(link: Reference) -> bool:
    return "huggingface.co/" in link.target and "huggingface.co/docs" not in link.target


def _plain(content: Content, start: int, end: int) -> Iterator[_Piece]:
    text = content.text
    at = start
    for match in _PIECE.finditer(text, start, end):
        yield text[at : match.start()], at, 1, None
        at = match.end()
        yield from _piece(content, match.lastgroup or "", match[0], match.start())
    yield text[at:end], at, 1, None


def _piece(content: Content, kind: str, written: str, place: int) -> Iterator[_Piece]:
    match kind:
        case "code":
            inner = written.strip("`")
            if identifier(inner) or is_path(inner):
                span = content.span(place + 1, place + len(written) - 1)
                yield MARK, place, 0, Name(inner, span, identifier(inner))
            else:
                yield inner, place + 1, 1, None
        case "id" | "old":
            named = is_path(written) or (identifier(written) and not _is_pair(written))
            span = content.span(place, place + len(written))
            yield (BARE, place, 0, Name(written, span, identifier(written))) if named else (written, place, 1, None)
        case "escape":
            yield written[1:], place + 1, 1, None
        case "blanks":
            yield " ", place, 1, None
        case "tag" if _BREAK.match(written):
            yield "\n", place, 1, None


_SIZE = LazyPattern(r"\d{1,4}(?:\.\d{1,3})?[bBmMkK]?")


def _is_pair(written: str) -> bool:
    """Return True for two words that are no id, such as `and/or`, `N/A`, `fr/pl` and `weighted/imatrix`."""
    owner, slash, name = written.partition("/")
    is_short = bool(slash) and (len(owner) < 3 or len(name) < 3) and name.isalpha()
    return is_short or _SIZE.fullmatch(owner) is not None or written.lower() == "weighted/imatrix"
