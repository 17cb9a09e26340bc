"""YAML as nodes with exact spans; they keep duplicate keys, nulls, raw scalars, comments and anchors.

Nodes are built from the parsers' events, so aliases are never expanded and no objects are constructed. The C parser
reads first because it is fast. Where it rejects a text, ruamel's pure parser reads it, since neither accepts all that
the Hub does; a text is invalid only if both reject it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from typing import Any

from msgspec import Struct
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from cardlint.card.yaml.parsers import MAX_DEPTH, Parser, RefusedError, first_parser, second_parser, words_of_compiled
from cardlint.card.yaml.scalars import Value, read_as_hub, read_as_python
from cardlint.lazy_regex import LazyPattern
from cardlint.source import SURROGATE, Source, Span, without_surrogates

__all__ = [
    "MAX_DEPTH",
    "Alias",
    "Entry",
    "Mapping",
    "Metadata",
    "Node",
    "Scalar",
    "Sequence",
    "YamlError",
    "listed_mappings",
    "parse_metadata",
    "resolve",
    "same",
    "value_under",
]

_CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in (
        "str", "int", "float", "bool", "null", "map", "seq", "set", "omap", "pairs", "binary", "timestamp", "merge"
    )
)  # fmt: skip
_TEXT_TAG = "tag:yaml.org,2002:str"
# a quoted scalar, after a character that a value follows
_SINGLE = LazyPattern(r"[:\-\[,][ \t]+'[^'\n]*'")
_DOUBLE = LazyPattern(r'[:\-\[,][ \t]+"[^"\n]*"')
_BLOCKS = frozenset("|>")
_LONG = 200  # code points of a plain scalar
_LINE_BREAK = LazyPattern(r"[\r\n]")
_WORD_OR_COMMENT = LazyPattern(r"(?<!\S)#[^\r\n]*|(?P<word>\S+)")
# Characters not allowed in YAML (1.2.2, 5.1), tab and line ends aside. Compiled only for an invalid text.
_NOT_PRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


# An alias can only refer to a node that is complete, so no node is part of a cycle: unknown to the garbage collector,
# they are smaller, and never searched.
class Node(Struct, frozen=True, gc=False):
    """A value of the metadata; `span` is its text in the file with quotes and without comments.

    A node's `tag` is the tag written before it, resolved; its `anchor` is the name by which aliases refer to it.
    """

    span: Span


class Scalar(Node, frozen=True):
    """`text` is the content without quotes and escapes; `style` is the quote, `|`, `>`, or empty for plain."""

    text: str
    style: str = ""
    tag: str | None = None
    anchor: str | None = None

    @property
    def hub(self) -> Value:
        """The value as the Hub reads it (YAML 1.2)."""
        return self._read(read_as_hub)

    @property
    def python(self) -> Value:
        """The value as huggingface_hub reads it (YAML 1.1)."""
        return self._read(read_as_python)

    @property
    def is_null(self) -> bool:
        """True if the value is missing or is a word for null."""
        return not self.style and self.tag is None and self.hub is None

    def _read(self, reader: Any) -> Value:
        if self.style or self.tag in {_TEXT_TAG, "!"}:
            return self.text
        # long texts hardly ever repeat, so they are not worth a place in the cache
        read = reader if len(self.text) < _LONG else reader.__wrapped__
        value: Value = read(self.text)
        return value


class Alias(Node, frozen=True):
    """An alias `*name`; `target` is the node with the anchor, shared and not copied."""

    name: str
    target: Node


class Sequence(Node, frozen=True):
    items: tuple[Node, ...]
    flow: bool = False
    tag: str | None = None
    anchor: str | None = None


class Entry(Struct, frozen=True, gc=False):
    """A key with its value; `span` runs from the key to the end of the value."""

    key: Node
    value: Node

    @property
    def span(self) -> Span:
        return Span(self.key.span.start, max(self.value.span.end, self.key.span.end))

    @property
    def name(self) -> str | None:
        """The key's text, or None if the key is not a scalar."""
        return self.key.text if isinstance(self.key, Scalar) else None


class Mapping(Node, frozen=True):
    """A mapping; its entries are in the order of the file and may repeat keys."""

    entries: tuple[Entry, ...]
    flow: bool = False
    tag: str | None = None
    anchor: str | None = None

    def entry(self, name: str) -> Entry | None:
        """Return the entry with this key; of several the last, which Python keeps."""
        for entry in reversed(self.entries):
            if isinstance(entry.key, Scalar) and entry.key.text == name:
                return entry
        return None

    def value(self, name: str) -> Node | None:
        """Return the value written at this key, None for an alias; a walk that skips aliases meets each node once."""
        entry = self.entry(name)
        return None if entry is None or isinstance(entry.value, Alias) else entry.value

    def get(self, name: str) -> Node | None:
        """Return the value of this key, with aliases resolved."""
        entry = self.entry(name)
        return resolve(entry.value) if entry else None


class YamlError(Struct, frozen=True):
    """An error in a YAML text; `context` is the place where the faulty part began.

    An error is `disputed` if some versions of the Hub's parser read the text; it is not known which one the Hub has.
    """

    span: Span
    reason: str
    context: Span | None = None
    context_reason: str = ""
    disputed: bool = False


class Metadata(Struct, frozen=True, dict=True):
    """The metadata of a card; its root is an empty mapping if it was not read.

    `span` is the YAML between the fences. `read` is true if there is a front matter that the Hub reads; `error` is the
    reason why its YAML is invalid.
    """

    source: Source
    span: Span
    root: Node
    read: bool = False
    error: YamlError | None = None

    @property
    def mapping(self) -> Mapping:
        """The root if it is a mapping, else an empty one."""
        return self.root if isinstance(self.root, Mapping) else Mapping(self.span, ())

    @property
    def is_mapping(self) -> bool:
        """True if the front matter was read and has `key: value` lines."""
        return self.read and self.error is None and isinstance(self.root, Mapping)

    @property
    def is_no_mapping(self) -> bool:
        """True if the front matter was read and has anything else than `key: value` lines."""
        return self.read and self.error is None and not isinstance(self.root, Mapping)

    @cached_property
    def has_single_quotes(self) -> bool:
        """True if more texts are in single quotes than in double ones."""
        yaml = self.source.slice(self.span)
        return "'" in yaml and len(_SINGLE.findall(yaml)) > len(_DOUBLE.findall(yaml))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The top-level keys."""
        return frozenset(self._by_key)

    def get(self, name: str) -> Node | None:
        """Return the value of a top-level key, of several the last, with aliases resolved."""
        entry = self._by_key.get(name)
        return None if entry is None else resolve(entry.value)

    @cached_property
    def _by_key(self) -> dict[str, Entry]:
        return {entry.key.text: entry for entry in self.mapping.entries if isinstance(entry.key, Scalar)}

    def walk(self) -> Iterator[Node]:
        """Yield every node, parents before children, keys before values; the targets of aliases are not entered."""
        stack = [self.root]
        while stack:
            node = stack.pop()
            yield node
            match node:
                case Mapping():
                    for entry in reversed(node.entries):
                        stack += (entry.value, entry.key)
                case Sequence():
                    stack += reversed(node.items)

    @cached_property
    def comments(self) -> tuple[Span, ...]:
        """Every comment from its `#` to the end of its line."""
        text = self.source.text
        scalars = [node for node in self.walk() if isinstance(node, Scalar) and len(node.span)]
        scalars.sort(key=lambda node: node.span)
        starts = [node.span.start for node in scalars]
        comments: list[Span] = []
        for match in re.finditer(r"(?:^|(?<=\s))#", text[self.span.start : self.span.end]):
            start = match.start() + self.span.start
            if comments and start < comments[-1].end:
                continue
            index = bisect_right(starts, start) - 1
            if index < 0 or not _holds(text, scalars[index], start):
                end = _LINE_BREAK.search(text, start, self.span.end)
                comments.append(Span(start, end.start() if end else self.span.end))
        return tuple(comments)


def _holds(text: str, scalar: Scalar, start: int) -> bool:
    """Return True if the `#` at `start` is part of the scalar; on the `|` line of a block it opens a comment."""
    if start >= scalar.span.end:
        return False
    return scalar.style not in _BLOCKS or _LINE_BREAK.search(text, scalar.span.start, start) is not None


def resolve(node: Node) -> Node:
    """Return the node itself, or the target of an alias."""
    while isinstance(node, Alias):
        node = node.target
    return node


def listed_mappings(node: Node | None, path: str = "") -> Iterator[tuple[str, Mapping]]:
    """Yield the mappings of a list, each with its path such as `model-index[0]`; aliases are not followed."""
    for index, item in enumerate(node.items if isinstance(node, Sequence) else ()):
        if isinstance(item, Mapping):
            yield f"{path}[{index}]", item


def value_under(node: Node | None, key: str) -> Node | None:
    """Return the value of a key with aliases resolved; None if `node` is not a mapping or lacks the key."""
    return node.get(key) if isinstance(node, Mapping) else None


def parse_metadata(source: Source, span: Span) -> Metadata:
    """Read the YAML at `span`. This never raises: an invalid text has an `error` and an empty mapping."""
    text = source.slice(span)
    try:
        root = _compose(text, span, first_parser(_encodable(text)))
    except (RefusedError, YAMLError) as refusal:
        second = _second_reading(text, span)
        if second is None:
            return Metadata(source, span, Mapping(span, ()), read=True, error=_error(refusal, text, span))
        root = second
    return Metadata(source, span, root, read=True)


def _second_reading(text: str, span: Span) -> Node | None:
    """Read a text as the Hub does after a parser rejected it; None if the Hub rejects it too."""
    parser = second_parser(_encodable(text))
    if parser is not None:
        with suppress(RefusedError, YAMLError):
            return _compose(text, span, parser)
    from cardlint.card.yaml.lenience import relaxed  # here, because hardly any card needs it

    for taken in dict.fromkeys((relaxed(text, indented=False), relaxed(text))):
        if taken != text:
            with suppress(RefusedError, YAMLError):
                return _compose(taken, span, first_parser(_encodable(taken)), written=text)
    return None


# js-yaml (and YAML 1.2) treats Unicode's own line ends as ordinary characters, both parsers as line ends. While they
# are parsed, noncharacters stand in for them; a text that contains such noncharacters already is left unchanged.
_STAND_INS = {"\x85": "\ufdd0", "\u2028": "\ufdd1", "\u2029": "\ufdd2"}
_TO_STAND_INS = str.maketrans(_STAND_INS)
_FROM_STAND_INS = str.maketrans({stand_in: character for character, stand_in in _STAND_INS.items()})


def _encodable(text: str) -> str:
    """Return the text for the parsers; like the Hub, add a line end if the last line has none.

    The C parser reads UTF-8, which cannot encode the surrogates that represent undecodable bytes.
    """
    if not text.endswith(("\n", "\r")):
        text += "\n"
    if text.isascii():
        return text
    text = without_surrogates(text)
    return text.translate(_TO_STAND_INS) if _exchanges(text) else text


def _exchanges(text: str) -> bool:
    """Return True if Unicode's own line ends in this text are replaced while it is parsed."""
    return any(character in text for character in _STAND_INS) and not any(
        stand_in in text for stand_in in _STAND_INS.values()
    )


def _paired(value: str) -> str:
    """Combine two escapes of a surrogate pair to one character, as JSON and js-yaml do."""
    if value.isascii() or not SURROGATE.search(value):
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Open:
    """A collection whose end was not read yet."""

    __slots__ = ("children", "end", "event", "start")

    def __init__(self, start: int, end: int, event: Any) -> None:
        self.start = start
        self.end = end
        self.event = event
        self.children: list[Node] = []


def _compose(text: str, span: Span, parser: Parser, *, written: str | None = None) -> Node:
    """Build the tree from a parser's events; if `text` is a relaxed one, `written` is the text in the card."""
    return _Composer(text, span, written).compose(parser)


class _Composer:
    def __init__(self, text: str, span: Span, written: str | None = None) -> None:
        self.text = text
        self.written = written
        self.base = span.start
        self.anchors: dict[str, Node] = {}
        self.open: list[_Open] = []
        self.exchanged = not text.isascii() and _exchanges(text)
        self.merges = "<<" in text
        self.root: Node | None = None
        self.documents = 0
        # the end of the text that was consumed
        self.seen = 0

    def compose(self, parser: Parser) -> Node:
        while (event := parser.get_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                self.add(self.scalar(event))
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.begin(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.add(self.end(event))
            elif kind is AliasEvent:
                self.add(self.alias(event))
            elif kind is DocumentStartEvent:
                self.documents += 1
                if self.documents > 1:
                    start = event.start_mark.index
                    raise RefusedError("a second document begins here, and the Hub reads one", start, start + 3)
        # an empty text has no document: null, as in js-yaml and PyYAML
        return self.root or Scalar(Span(self.base, self.base), "")

    def add(self, node: Scalar | Sequence | Mapping | Alias) -> None:
        self.seen = end = node.span.end - self.base
        if not isinstance(node, Alias) and node.anchor is not None:
            self.anchors[node.anchor] = node
        if self.open:
            parent = self.open[-1]
            parent.children.append(node)
            parent.end = max(parent.end, end)
        else:
            self.root = node

    def scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style or ""
        value = event.value
        if style:
            if style in _BLOCKS:  # the end mark is at the next content
                end = start + len(self.text[start:end].rstrip())
        elif start == end:
            start = end = self.nothing(end)
        elif self.text[end - 1].isspace():  # the pure parser's end mark of a plain scalar is there too
            end = start + len(self.text[start:end].rstrip())
        tag = self.tag(event)
        if self.exchanged:
            value = value.translate(_FROM_STAND_INS)
        if style == '"':
            value = _paired(value)
        if self.written is not None:
            value = self.restored(value, style, start, end)
        return Scalar(self.span(start, max(start, end)), value, style, tag, event.anchor)

    def restored(self, value: str, style: str, start: int, end: int) -> str:
        """Return the text of a scalar as it is written, with the replacements undone."""
        from cardlint.card.yaml.lenience import ends_early, restored

        value, wrong = restored(value, quoted=style in {'"', "'"})
        if wrong is not None or (style in _BLOCKS and ends_early((self.written or "")[start:end])):
            raise RefusedError("this scalar cannot contain the characters that were replaced", start, end)
        return value

    def nothing(self, limit: int) -> int:
        """Return the place of a missing value: after its indicator. The pure parser's mark is at the next token."""
        place = self.seen
        for match in _WORD_OR_COMMENT.finditer(self.text, self.seen, limit):
            if match["word"]:
                place = match.end()
        return place

    def begin(self, event: Any) -> None:
        start = event.start_mark.index
        if len(self.open) >= MAX_DEPTH:
            reason = f"nesting goes deeper than {MAX_DEPTH} levels, which only some YAML parsers accept"
            raise RefusedError(reason, start, start + 1, disputed=True)
        self.tag(event)
        self.seen = start
        self.open.append(_Open(start, event.end_mark.index, event))

    def end(self, event: Any) -> Sequence | Mapping:
        opened = self.open.pop()
        flow = bool(opened.event.flow_style)
        span = self.span(opened.start, event.end_mark.index if flow else opened.end)
        tag, anchor = self.tag(opened.event), opened.event.anchor
        if isinstance(event, SequenceEndEvent):
            return Sequence(span, tuple(opened.children), flow, tag=tag, anchor=anchor)
        entries = tuple(map(Entry, opened.children[::2], opened.children[1::2]))
        if self.merges:
            for entry in entries:
                self.judge(entry)
        return Mapping(span, entries, flow, tag=tag, anchor=anchor)

    def judge(self, entry: Entry) -> None:
        """Refuse a merge key for anything but mappings, as js-yaml does."""
        key, value = entry.key, resolve(entry.value)
        if not isinstance(key, Scalar) or key.text != "<<" or key.style or key.tag == _TEXT_TAG:
            return
        merged = value.items if isinstance(value, Sequence) else (value,)
        if not all(isinstance(resolve(item), Mapping) for item in merged):
            start = key.span.start - self.base
            raise RefusedError("`<<` merges mappings, and this value is not one", start, start + 2)

    def alias(self, event: Any) -> Alias:
        start, end = event.start_mark.index, event.end_mark.index
        if event.anchor not in self.anchors:
            raise RefusedError(f"`*{event.anchor}` refers to an anchor that does not exist", start, end)
        return Alias(self.span(start, end), event.anchor, self.anchors[event.anchor])

    def tag(self, event: Any) -> str | None:
        if event.ctag is None:  # as nearly always; `event.tag` is slower to read
            return None
        tag = str(event.tag)
        if tag != "!" and tag not in _CORE_TAGS:
            start = event.start_mark.index
            shown = self.text[start : start + 80].split()[0] if self.text[start : start + 80].strip() else tag
            raise RefusedError(f"the tag `{shown}` is unknown to the Hub", start, start + len(shown))
        return tag

    def span(self, start: int, end: int) -> Span:
        return Span(self.base + start, self.base + end)


def _error(refusal: Exception, text: str, span: Span) -> YamlError:
    """Convert a refusal to an error with both of its places."""
    if isinstance(refusal, RefusedError):
        return YamlError(_inside(span, refusal.start, refusal.end), refusal.reason, disputed=refusal.disputed)
    strange = re.search(_NOT_PRINTABLE, text)
    if isinstance(refusal, MarkedYAMLError) and refusal.problem_mark is not None:
        mark = refusal.problem_mark
        context = refusal.context_mark
        reason, before = words_of_compiled(str(refusal.problem), str(refusal.context or ""))
        return YamlError(
            _inside(span, mark.index - before, mark.index - before + 1),
            reason,
            _inside(span, context.index, context.index + 1) if context is not None else None,
            str(refusal.context or ""),
        )
    if strange:
        place = _inside(span, strange.start(), strange.end())
        return YamlError(place, f"the character U+{ord(strange[0]):04X} is not allowed in YAML")
    return YamlError(Span(span.start, span.start), str(refusal).splitlines()[0] if str(refusal) else "not YAML")


def _inside(span: Span, start: int, end: int) -> Span:
    """Return the span in the source for offsets of the text, limited to `span`."""
    begin = min(span.start + start, span.end)
    return Span(begin, min(max(span.start + end, begin), span.end))


def same(one: Node, other: Node) -> bool:
    """Return True if two nodes hold the same data, however it is written; a quoted number is not a number."""
    pairs = [(one, other)]
    compared: set[tuple[int, int]] = set()  # aliases can lead to one pair many times
    while pairs:
        one, other = map(resolve, pairs.pop())
        if one is other or (id(one), id(other)) in compared:
            continue
        compared.add((id(one), id(other)))
        match one, other:
            case Scalar(), Scalar():
                # with the same text and type the values are equal, even NaN, which does not equal itself
                if one.text != other.text or type(one.hub) is not type(other.hub):
                    return False
            case (Sequence(), Sequence()) | (Mapping(), Mapping()):
                inside, beside = _children(one), _children(other)
                if len(inside) != len(beside):
                    return False
                pairs += zip(inside, beside, strict=True)
            case _:
                return False
    return True


def _children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Sequence):
        return node.items
    assert isinstance(node, Mapping)
    return tuple(child for entry in node.entries for child in (entry.key, entry.value))
