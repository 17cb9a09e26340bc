"""Rule `duplicate-item`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.edits import remove_lines
from cardlint.card.yaml.nodes import Scalar, Sequence, resolve
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Source, Span
from cardlint.vocabulary.keys.table import MODEL_KEYS

LISTS = frozenset(name for name, key in MODEL_KEYS.items() if key.shape.items == ("text",))


@rule(severity=Severity.NOTE, fix=Safety.SAFE, reads_metadata=True)
def duplicate_item(card: Card) -> Iterator[Problem]:
    r"""A tag, language, dataset or other item is listed twice.

    It has no effect on the Hub, but may be a mistake for another item.

    Bad:
        ---
        tags:
        - vision
        - lighthouse
        - vision
        ---

    Good:
        ---
        tags:
        - vision
        - lighthouse
        ---
    """
    for entry in card.metadata.mapping.entries:
        value = resolve(entry.value)
        if entry.name in LISTS and isinstance(value, Sequence) and len(value.items) > 1:
            yield from _duplicates(card.source, entry.name, value)


def _duplicates(source: Source, name: str, sequence: Sequence) -> Iterator[Problem]:
    first: dict[str, Scalar] = {}
    for index, item in enumerate(sequence.items):
        if not isinstance(item, Scalar) or not item.text.strip() or item.is_null:
            continue
        original = first.setdefault(item.text, item)
        if original is item:
            continue
        edit = None
        if item.anchor is None:
            previous = sequence.items[index - 1]
            edit = _in_brackets(source, previous.span, item.span) if sequence.flow else _on_its_line(source, item.span)
        yield Problem(
            item.span,
            f"`{item.text}` is listed twice in `{name}`",
            help="Delete one of the two.",
            related=(Related(original.span, "the first one"),),
            fix=Fix("Delete the duplicate", (edit,)) if edit else None,
        )


def _in_brackets(source: Source, previous: Span, item: Span) -> Edit | None:
    between = source.text[previous.end : item.start]
    return Edit(Span(previous.end, item.end), "") if between.strip(" \t") == "," else None


def _on_its_line(source: Source, item: Span) -> Edit | None:
    line = source.lines[source.line_index(item.start)]
    before = source.text[line.start : item.start]
    if before.strip() != "-":
        return None
    return remove_lines(source, Span(line.start + before.index("-"), item.end))
