"""Edits of the metadata that keep all else: quotes, indentation, comments, line ends, the order of keys."""

from __future__ import annotations

from collections.abc import Iterable

from cardlint.card.yaml.nodes import Entry, Metadata, Scalar, Sequence, parse_metadata
from cardlint.finding import Edit
from cardlint.source import Source, Span

__all__ = ["add_entry", "add_items", "remove_lines", "replace_scalar", "split_scalar", "with_edits"]


def replace_scalar(scalar: Scalar, text: str) -> Edit:
    """Replace the text of a one-line scalar and keep its quotes; without quotes `text` must be a valid plain scalar."""
    quote = scalar.style if scalar.style in {"'", '"'} else ""
    escaped = text.replace("'", "''") if quote == "'" else text.replace("\\", "\\\\").replace('"', '\\"')
    return Edit(scalar.span, f"{quote}{escaped}{quote}" if quote else text)


def split_scalar(source: Source, scalar: Scalar, parent: Sequence | None, texts: tuple[str, ...]) -> Edit | None:
    """Replace a scalar by several plain ones: by items of its list, or by a list if `parent` is None.

    None if the scalar has a tag, an anchor or several lines, or if other text is before it on the line of its item.
    """
    written = source.slice(scalar.span)
    if scalar.tag or scalar.anchor or scalar.style in {"|", ">"} or "\n" in written or "\r" in written:
        return None
    if parent is None or parent.flow:
        items = ", ".join(texts)
        return Edit(scalar.span, items if parent else f"[{items}]")
    line = source.lines[source.line_index(scalar.span.start)]
    before = source.text[line.start : scalar.span.start]
    return Edit(scalar.span, f"\n{before}".join(texts)) if before.strip() == "-" else None


def remove_lines(source: Source, span: Span) -> Edit | None:
    """Remove the lines of a span; None if they hold other text too, or if the last line of the file is among them."""
    lines = source.lines
    first, last = source.line_index(span.start), source.line_index(span.end)
    before = source.text[lines[first].start : span.start]
    behind = source.text[span.end : lines[last].end]
    if before.strip() or behind.strip() or last + 1 >= len(lines):
        return None
    return Edit(Span(lines[first].start, lines[last + 1].start), "")


def add_entry(metadata: Metadata, *lines: str, last: bool = False) -> Edit | None:
    """Add a top-level entry, given as lines without line ends.

    It follows `license`; without that key, or with `last`, it is the last entry. The indentation is that of the other
    keys, the line ends are those of the file. Braces with nothing in them are replaced. None if the entries of the
    metadata are not on lines of their own.
    """
    mapping = metadata.mapping
    if metadata.is_mapping and not mapping.entries and metadata.source.slice(mapping.span) == "{}":
        return Edit(mapping.span, "\n".join(lines))
    if mapping.flow or not mapping.entries:
        return None
    source = metadata.source
    entry = (None if last else mapping.entry("license")) or mapping.entries[-1]
    indent = _indentation(source, mapping.entries[0])
    line = source.line_index(max(entry.span.end - 1, entry.span.start))
    if indent.strip() or line + 1 >= len(source.lines):
        return None
    line_end = source.text[source.lines[line].end : source.lines[line + 1].start]
    place = source.lines[line + 1].start
    return Edit(Span(place, place), "".join(f"{indent}{text}{line_end}" for text in lines))


def add_items(source: Source, sequence: Sequence, texts: tuple[str, ...]) -> Edit | None:
    """Add plain scalars to the end of a list, in brackets or on lines of their own like its last item.

    None if the list is empty, or if its last item is not alone on its line.
    """
    if not sequence.items:
        return None
    place = sequence.items[-1].span.end
    if sequence.flow:
        return Edit(Span(place, place), "".join(f", {text}" for text in texts))
    lines = source.lines
    line = source.line_index(place)
    start = lines[line].start
    before = source.text[start : sequence.items[-1].span.start]
    last = sequence.items[-1].span.start
    if line + 1 >= len(lines) or before.strip() != "-" or source.line_index(last) != line:
        return None
    line_end = source.text[lines[line].end : lines[line + 1].start]
    behind = lines[line + 1].start
    return Edit(Span(behind, behind), "".join(f"{before}{text}{line_end}" for text in texts))


def _indentation(source: Source, entry: Entry) -> str:
    start = entry.key.span.start
    return source.text[source.lines[source.line_index(start)].start : start]


def with_edits(metadata: Metadata, edits: Iterable[Edit]) -> Metadata:
    """Return the metadata of the YAML with edits, as a text of its own."""
    text, base = metadata.source.slice(metadata.span), metadata.span.start
    parts: list[str] = []
    done = 0
    for edit in sorted(edits):
        parts += (text[done : edit.span.start - base], edit.text)
        done = edit.span.end - base
    fixed = "".join((*parts, text[done:]))
    return parse_metadata(Source(metadata.source.path, fixed), Span(0, len(fixed)))
