"""Rule `client-unreadable-yaml`."""

from bisect import bisect_right
from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.ambiguity import quote
from cardlint.card.yaml.nodes import Mapping, Metadata, Node, Scalar, Sequence
from cardlint.card.yaml.scalars import Timestamp
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Source, Span
from cardlint.vocabulary.keys.table import KEYS

DAY = LazyPattern(r"(\d+)-(\d+)-(\d+)")
INSIDE_DAY = LazyPattern(r"\d-\d\d?-\d")  # bounded, so that a long row of digits is not tried from each digit
# Characters that PyYAML refuses, and characters that end a line for PyYAML only.
UNPRINTABLE = LazyPattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
LINE_ENDS = LazyPattern(r"[\x85\u2028\u2029](?=\S)")
LONGEST = 1024
TABS = LazyPattern(r"(?<! )[ ]*+\t[ \t]*")
UNLOADABLE = {name: key.unloadable for name, key in KEYS.items() if key.unloadable}


@rule(severity=Severity.WARNING, fix=Safety.SAFE, reads_metadata=True)
def client_unreadable_yaml(card: Card) -> Iterator[Problem]:
    r"""The Hub can read the metadata, but huggingface_hub cannot.

    The Hub reads YAML with js-yaml, huggingface_hub with PyYAML, which is stricter: for example, it refuses tabs
    between a key and its value, and huggingface_hub loads no card with a key that is not text. `ModelCard.load` and
    everything that uses it fail.

    Bad:
        ---
        license:\tmit
        ---

    Good:
        ---
        license: mit
        ---
    """
    metadata = card.metadata
    if not metadata.mapping.entries:
        return
    text = card.source.slice(metadata.span)
    if "\t" in text:
        yield from _tabs(metadata)
    if not text.isascii() or not text.replace("\n", "").isprintable():
        yield from _characters(metadata)
    yield from _keys(metadata)
    if "&" in text or "=" in text or "<<" in text or INSIDE_DAY.search(text):
        yield from _values(metadata)


def _tabs(metadata: Metadata) -> Iterator[Problem]:
    source = metadata.source
    scalars = sorted((node for node in metadata.walk() if isinstance(node, Scalar)), key=lambda node: node.span)
    starts = [node.span.start for node in scalars]
    for match in TABS.finditer(source.text, metadata.span.start, metadata.span.end):
        tab = source.text.index("\t", match.start())
        index = bisect_right(starts, tab) - 1
        inside = scalars[index] if index >= 0 and tab < _end(source, scalars[index]) else None
        if (inside is not None and inside.style) or any(
            comment.covers(Span(tab, tab)) for comment in metadata.comments
        ):
            continue
        yield _tab(source, Span(*match.span()), tab, inside is not None)


def _end(source: Source, scalar: Scalar) -> int:
    """Return the end of a scalar; a block scalar includes its last line and the indented blank lines after it."""
    end = scalar.span.end
    if scalar.style not in {"|", ">"}:
        return end
    lines = source.lines
    header, last = source.line_index(scalar.span.start), source.line_index(end)
    first = source.slice(lines[header + 1]) if last > header else " "
    indent = first[: len(first) - len(first.lstrip(" "))]
    while last + 1 < len(lines):
        line = source.slice(lines[last + 1])
        if line.strip() or not line.startswith(indent):
            break
        last += 1
    return lines[last].end


def _tab(source: Source, blanks: Span, tab: int, inside: bool) -> Problem:
    line = source.lines[source.line_index(tab)]
    if blanks.end >= line.end:
        fix = Fix("Delete the blanks", (Edit(blanks, ""),))
        place = "at the end of the line"
    else:
        # spaces that indent the line are kept
        space = source.text[blanks.start : tab] if blanks.start == line.start and tab > blanks.start else " "
        fix = Fix("Write a space", (Edit(blanks, space),), Safety.UNSAFE if inside else Safety.SAFE)
        place = "in a value without quotes" if inside else "between two parts of the YAML"
    return Problem(
        Span(tab, tab + 1),
        f"a tab {place}: the Hub reads it, but huggingface_hub cannot load the card",
        help="Delete it." if blanks.end >= line.end else "Replace it by a space.",
        fix=fix,
    )


def _characters(metadata: Metadata) -> Iterator[Problem]:
    source, span = metadata.source, metadata.span
    for match in UNPRINTABLE.finditer(source.text, span.start, span.end):
        yield Problem(
            Span(*match.span()),
            f"the character U+{ord(match[0]):04X}: the Hub reads it, but huggingface_hub cannot load the card",
            help="Delete it, or write it as an escape in double quotes.",
        )
    if LINE_ENDS.search(source.text, span.start, span.end):
        for place in _open_to_line_ends(metadata):
            found = LINE_ENDS.search(source.text, place.start, place.end)
            if found:
                yield _line_end(Span(*found.span()), ord(found[0]))


def _open_to_line_ends(metadata: Metadata) -> Iterator[Span]:
    """Yield comments, and scalars outside quotes and brackets, in which these characters end a line."""
    nodes = tuple(metadata.walk())
    flows = [node.span for node in nodes if isinstance(node, Mapping | Sequence) and node.flow]
    for node in nodes:
        if isinstance(node, Scalar) and node.style not in {'"', "'"} and not any(f.covers(node.span) for f in flows):
            yield node.span
    yield from metadata.comments


def _line_end(span: Span, code: int) -> Problem:
    return Problem(
        span,
        f"the character U+{code:04X} ends a line for huggingface_hub, which misreads or cannot load the card",
        help="Replace it by a space or a line break.",
        fix=Fix("Write a space", (Edit(span, " "),), Safety.UNSAFE),
    )


def _keys(metadata: Metadata) -> Iterator[Problem]:
    for entry in metadata.mapping.entries:
        key = entry.key
        if not isinstance(key, Scalar):
            yield Problem(
                key.span,
                "a key is not text, so huggingface_hub cannot load the card",
                help="Write the key as text.",
            )
        elif type(key.python) is not str:
            fix = Fix("Put the key in quotes", (Edit(key.span, quote(metadata, key.text)),))
            yield Problem(
                key.span,
                f"the key `{key.text}` is not text for Python, so huggingface_hub cannot load the card",
                help="Put the key in quotes.",
                fix=fix if str(key.hub) == key.text else None,
            )
        elif len(key.span) > LONGEST:
            yield Problem(
                Span(key.span.start, key.span.start + 40),
                f"a key has more than {LONGEST:,} characters, so huggingface_hub cannot load the card",
                help="Write the long text as the value of a short key.",
            )
        elif key.text in UNLOADABLE:
            yield Problem(
                key.span,
                f"the key `{key.text}` makes the card unreadable: {UNLOADABLE[key.text]}",
                help="Delete it; results belong under `model-index` or in a file in `.eval_results`."
                if key.text == "eval_results"
                else "Delete it, or give it another name.",
            )


def _values(metadata: Metadata) -> Iterator[Problem]:
    anchors: dict[str, Node] = {}
    merging: set[int] = set()
    for node in metadata.walk():
        anchor = getattr(node, "anchor", None)
        if anchor is not None:
            first = anchors.setdefault(anchor, node)
            if first is not node:
                yield _anchor(node, anchor, first)
        if isinstance(node, Mapping):
            merging.update(entry.key.span.start for entry in node.entries if entry.name == "<<")
        if isinstance(node, Scalar) and not node.style and node.tag is None and node.span.start not in merging:
            reading = _misread(node)
            if reading:
                yield Problem(
                    node.span,
                    f"{reading}: the Hub reads it, but huggingface_hub cannot load the card",
                    help="Put it in quotes.",
                    fix=Fix("Put it in quotes", (Edit(node.span, quote(metadata, node.text)),)),
                )


def _anchor(node: Node, name: str, first: Node) -> Problem:
    return Problem(
        node.span,
        f"duplicate anchor `&{name}`: the Hub reads it, but huggingface_hub cannot load the card",
        help="Rename it, and the aliases after it.",
        related=(Related(first.span, "the first one"),),
    )


def _misread(scalar: Scalar) -> str:
    """Return the part of the message about a scalar at which PyYAML raises, or an empty text."""
    if scalar.text == "=":
        return "a plain `=`"
    if scalar.text == "<<":
        return "a plain `<<`"
    day = DAY.match(scalar.text) if isinstance(scalar.python, Timestamp) else None
    if day:
        from datetime import date  # here, since few cards have a date

        try:
            date(int(day[1]), int(day[2]), int(day[3]))
        except ValueError:
            return f"`{scalar.text}` is not a day of the calendar"
    return ""
