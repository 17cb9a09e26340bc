"""Explanations of YAML errors in plain words, with the places of cause and effect, and a fix if one is certain.

The parsers report where they gave up, in their own terms; the mistake is mostly simpler and further up.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.yaml.dashes import blanks_behind, find_joined_dashes
from cardlint.card.yaml.edits import with_edits
from cardlint.card.yaml.nodes import Metadata, YamlError
from cardlint.finding import Edit
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Source, Span
from cardlint.vocabulary.keys.spelling import key_at
from cardlint.vocabulary.keys.table import MODEL_KEYS

__all__ = ["Explanation", "explain"]


class Explanation(Struct, frozen=True):
    """A problem at `span` and its remedy; `other` is the other place involved, `edits` are a fix that was tried.

    The fix is `safe` if what the author meant is certain.
    """

    span: Span
    message: str
    help: str
    other: Span | None = None
    other_message: str = ""
    edits: tuple[Edit, ...] = ()
    safe: bool = True


_VALUE = LazyPattern(
    r"[ \t]*(?:-[ \t]++(?=[^\s:#]))*+[\"']?(?P<key>[^\s:#\"'][^:#\n]*?)(?:[\"'][ \t]*+|(?<![ \t])[ \t]*+):[ \t]+"
    r"(?P<value>\S[^\r\n]*)"
)
# A word, or one in quotes, with a key behind it on the same line.
_WORD_AND_KEY = LazyPattern(
    r"(?:[\w./-]+(?P<blank>[ \t]+)|\"[^\"]*\"(?P<none>)|'[^']*'(?P<nil>))(?P<key>[A-Za-z_][\w-]*):(?=\s|$)"
)
_DASHED_ITEMS = LazyPattern(r"-[ \t]+[\w./-]+(?:[ \t]+-[ \t]+[\w./-]+)*$")
_ITEM = LazyPattern(r"[ \t]*-[ \t]")
_COLON_REASON = "mapping values are not allowed"
_MOST_COLONS = 200  # values that one fix puts in quotes
_MOST_PARSED = 2_000_000  # characters that are parsed to find them
_TRAILING_COMMENT = LazyPattern(r"[ \t]#")


def explain(metadata: Metadata) -> Explanation:
    """Explain the error of `metadata`, which must have one."""
    error = metadata.error
    assert error is not None
    explanation = _joined_dash(metadata)
    if explanation is not None:
        return explanation
    for matches, words in _EXPLANATIONS:
        if matches in error.reason or matches in error.context_reason:
            explanation = words(metadata, error)
            if explanation is not None:
                return explanation
    return Explanation(
        error.span,
        error.reason,
        "Fix the YAML here.",
        error.context if error.context != error.span else None,
        error.context_reason,
    )


def _joined_dash(metadata: Metadata) -> Explanation | None:
    dashes = find_joined_dashes(metadata)
    edits = _tried(metadata, *blanks_behind(metadata, dashes)) if dashes else ()
    if not edits:
        return None
    line = _line(metadata.source, dashes[0])
    return Explanation(
        Span(dashes[0].start, _without_comment(metadata.source, line).end),
        "a blank is missing after the dash of a list item",
        "Write a blank after the dash.",
        edits=edits,
    )


def _colons(metadata: Metadata, error: YamlError) -> Explanation | None:
    """Explain the first value with a colon; its fix puts all such values further down in quotes as well."""
    explanation = _colon(metadata, error)
    if explanation is None or not explanation.edits or not explanation.safe:
        return explanation
    edits = list(explanation.edits)
    most = min(_MOST_COLONS, _MOST_PARSED // (len(metadata.span) + 1))
    while len(edits) < most:
        fixed = with_edits(metadata, edits)
        if fixed.error is None or _COLON_REASON not in fixed.error.reason:
            break
        more = _colon(fixed, fixed.error)
        if more is None or not more.edits or not more.safe:
            break
        edits += (Edit(_in_card(metadata, fixed, edit.span), edit.text) for edit in more.edits)
    return replace(explanation, edits=tuple(edits))


def _in_card(metadata: Metadata, fixed: Metadata, span: Span) -> Span:
    """Return the place in the card of a span on a line that no edit has changed; edits add no lines."""
    line = fixed.source.line_index(span.start)
    first = metadata.source.line_index(metadata.span.start)
    shift = metadata.source.lines.starts[first + line] - fixed.source.lines.starts[line]
    return Span(span.start + shift, span.end + shift)


def _colon(metadata: Metadata, error: YamlError) -> Explanation | None:
    source = metadata.source
    line = _line(source, error.span)
    match = _VALUE.match(source.text, line.start, line.end)
    if match is None or match.start("value") > error.span.start:
        above = source.lines[max(source.line_index(error.span.start) - 1, 0)]
        return Explanation(
            Span(_indented(source, line), max(error.span.end, line.start)),
            "a key is not possible here: the text above it is already a value",
            "Indent the line like the keys that it belongs to, or put the value above in quotes.",
            above if len(above) and above.start >= metadata.span.start else None,
            "the value above",
        )
    value = _without_comment(source, Span(match.start("value"), line.end))
    joined = _joined_key(metadata, match["key"], value)
    if joined is not None:
        return joined
    if _is_item_of_texts(source, line):
        value = Span(match.start("key"), value.end)
    return Explanation(
        value,
        "an unquoted value contains a colon and a space, which YAML reads as another key",
        "Put the value in quotes.",
        error.span,
        "this colon",
        edits=_tried(metadata, Edit(value, _quoted(source.slice(value)))),
    )


def _is_item_of_texts(source: Source, line: Span) -> bool:
    """Return True if a line is an item of a list of texts, by the top-level key above it."""
    if not _ITEM.match(source.slice(line)):
        return False
    for above in range(source.line_index(line.start) - 1, -1, -1):
        text = source.slice(source.lines[above])
        name = key_at(text)
        if name is not None:
            key = MODEL_KEYS.get(name)
            return key is not None and key.shape.items == ("text",)
        if text.strip() and not text.startswith((" ", "\t", "-", "#")):
            return False
    return False


def _joined_key(metadata: Metadata, name: str, value: Span) -> Explanation | None:
    """Explain a value that is one word followed by another key: a line break is missing between them.

    In a text that people write, such as a description, a word with a colon does not show that there is a key.
    """
    source = metadata.source
    match = _WORD_AND_KEY.match(source.text, value.start, value.end)
    key = MODEL_KEYS.get(name)
    if match is None or match["key"] not in MODEL_KEYS or key is None or key.shape.form == "prose":
        return None
    start = match.start("key")
    blank = Span(start - len(match["blank"] or ""), start)
    line = _line(source, value)
    indent = source.text[line.start : _indented(source, line)]
    return Explanation(
        Span(start, match.end()),
        f"a line break is missing before the key `{match['key']}`",
        f"Write `{match['key']}` on a separate line.",
        Span(value.start, blank.start),
        f"the value of `{name}` ends here",
        edits=_tried(metadata, Edit(blank, f"\n{indent}")),
        safe=False,
    )


def _tab(metadata: Metadata, error: YamlError) -> Explanation | None:
    source = metadata.source
    line = _line(source, error.span)
    if "\t" not in source.text[line.start : error.span.end + 1]:
        return None
    edits = []
    for index in range(source.line_index(metadata.span.start), source.line_index(metadata.span.end) + 1):
        indent = Span(source.lines[index].start, _indented(source, source.lines[index]))
        if "\t" in source.slice(indent):
            edits.append(Edit(indent, source.slice(indent).replace("\t", "  ")))
    start = source.text.index("\t", line.start)
    return Explanation(
        Span(start, start + 1),
        "a tab in the indentation, which YAML does not allow",
        "Indent with spaces.",
        edits=_tried(metadata, *edits),
    )


def _open_quote(metadata: Metadata, error: YamlError) -> Explanation | None:
    if error.context is None or "quoted" not in error.context_reason:
        return None
    return Explanation(
        error.context,
        "this quote opens and is never closed",
        "Close the quote at the end of the value.",
        Span(metadata.span.end, metadata.span.end),
        "the front matter ends here, and the quote is still open",
    )


def _escape(metadata: Metadata, error: YamlError) -> Explanation | None:
    escape = Span(error.span.start, min(error.span.start + 2, metadata.span.end))
    shown = metadata.source.slice(escape)
    return Explanation(
        escape,
        f"`{shown}` is not an escape that YAML knows"
        if shown.startswith("\\")
        else "an escape that YAML does not know",
        "Write the backslash twice, or put the value in single quotes.",
        error.context,
        "in the quotes that open here",
    )


def _strange_start(metadata: Metadata, error: YamlError) -> Explanation | None:
    character = metadata.source.slice(error.span)
    if not character.strip():
        return None
    shown = "a back-tick" if character == "`" else f"`{character}`"
    return Explanation(error.span, f"{shown} cannot begin an unquoted value", "Put the value in quotes.")


def _alias(metadata: Metadata, error: YamlError) -> Explanation | None:
    # for an asterisk of Markdown the parser gives up after the word; the alias begins at the error's context
    place = error.context or error.span
    line = _line(metadata.source, place)
    start = metadata.source.text.rfind("*", line.start, place.end)
    if start < 0:
        return None
    return Explanation(
        Span(start, max(error.span.end, start + 1)),
        "`*` at the start of an unquoted value refers to an anchor, and no anchor has this name",
        "Put the value in quotes.",
    )


def _no_key(metadata: Metadata, error: YamlError) -> Explanation | None:
    source = metadata.source
    line = _line(source, error.span)
    before = source.text[line.start : error.span.start].rstrip()
    value = _VALUE.match(source.text, line.start, line.end)
    joined = _joined_key(metadata, value["key"], Span(value.start("value"), line.end)) if value else None
    if joined is not None:
        return joined
    if before.endswith(('"', "'")) and error.span.start < line.end:
        quote = before[-1]
        return Explanation(
            Span(error.span.start, max(len(source.text[: line.end].rstrip()), error.span.end)),
            "text after the quote that closes the value",
            f"Put the whole value into the other kind of quotes, or escape each `{quote}` in it.",
            Span(line.start + len(before) - 1, line.start + len(before)),
            "the value ends with this quote",
        )
    return Explanation(
        Span(error.span.start, max(_without_comment(source, line).end, error.span.end)),
        "the indentation of this line does not match any block above it",
        "Indent it like the lines that it belongs to.",
        error.context if error.context and _line(source, error.context) != line else None,
        "the open block begins here",
    )


def _no_colon(metadata: Metadata, error: YamlError) -> Explanation | None:
    source = metadata.source
    place = error.context or error.span
    line = _line(source, place)
    start = _indented(source, line)
    return Explanation(
        Span(start, max(_without_comment(source, line).end, start)),
        "this line is neither `key: value` nor an item of a list",
        "Put a colon and a space after the key, or indent the line if it continues the value above.",
    )


def _open_bracket(metadata: Metadata, error: YamlError) -> Explanation | None:
    if error.context is None:
        return None
    bracket = metadata.source.slice(error.context)
    what = "mapping" if bracket == "{" else "list"
    return Explanation(
        error.span,
        f"a comma or the closing bracket of the {what} is missing here",
        "Close the bracket, or put the item in quotes.",
        error.context,
        f"the {what} opens here",
    )


def _item_on_key_line(metadata: Metadata, error: YamlError) -> Explanation | None:
    source = metadata.source
    line = _line(source, error.span)
    value = _without_comment(source, Span(error.span.start, line.end))
    edits: tuple[Edit, ...] = ()
    if _DASHED_ITEMS.fullmatch(source.slice(value)):
        indent = source.text[line.start : _indented(source, line)]
        items = source.slice(value).split()[1::2]
        blanks = len(source.text[line.start : value.start]) - len(source.text[line.start : value.start].rstrip())
        place = Span(value.start - blanks, value.end)
        edits = _tried(metadata, Edit(place, "".join(f"\n{indent}- {item}" for item in items)))
    return Explanation(
        error.span,
        "a list item cannot be on the same line as its key",
        "Put each item on a separate line below the key.",
        edits=edits,
        safe=False,
    )


def _directive(metadata: Metadata, _: YamlError) -> Explanation | None:
    source = metadata.source
    line = _line(source, metadata.span)
    if not source.slice(line).startswith("%"):
        return None
    return Explanation(
        line,
        "`%` at the start of the metadata is a YAML directive, which a card cannot have: `---` ends the metadata",
        "Remove the line.",
    )


def _second_document(_: Metadata, error: YamlError) -> Explanation | None:
    return Explanation(error.span, "a second YAML document begins here, and the Hub reads one", "Join the documents.")


_Words = Callable[[Metadata, YamlError], Explanation | None]
_EXPLANATIONS: tuple[tuple[str, _Words], ...] = (
    ("tab character", _tab),
    ("cannot start any token", _tab),
    ("cannot start any token", _strange_start),
    (_COLON_REASON, _colons),
    ("unknown escape", _escape),
    ("while scanning a quoted scalar", _open_quote),
    ("alphabetic or numeric", _alias),
    ("refers to an anchor", _alias),
    ("could not find expected ':'", _no_colon),
    ("expected ',' or", _open_bracket),
    ("block sequence entries are not allowed", _item_on_key_line),
    ("document start", _directive),
    ("document start", _second_document),
    ("did not find expected key", _no_key),
    ("did not find expected '-' indicator", _no_key),
)


def _line(source: Source, span: Span) -> Span:
    return source.lines[source.line_index(span.start)]


def _indented(source: Source, line: Span) -> int:
    """Return the offset at which the text of a line begins."""
    text = source.slice(line)
    return line.start + len(text) - len(text.lstrip(" \t"))


def _without_comment(source: Source, span: Span) -> Span:
    text = source.slice(span)
    comment = _TRAILING_COMMENT.search(text)
    if comment:
        text = text[: comment.start()]
    return Span(span.start, span.start + len(text.rstrip()))


def _quoted(value: str) -> str:
    """Put a value in double quotes, or in single quotes if it contains double ones."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _tried(metadata: Metadata, *edits: Edit) -> tuple[Edit, ...]:
    """Return the edits if the YAML is valid with them, or its error is further down than before; else none."""
    error = with_edits(metadata, edits).error
    assert metadata.error is not None
    base = metadata.span.start
    if error is not None and error.span.start <= metadata.error.span.end - base + sum(len(edit.text) for edit in edits):
        return ()
    return edits
