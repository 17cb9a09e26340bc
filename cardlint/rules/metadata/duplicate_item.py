"""Rule `duplicate-item`."""

from collections import Counter
from collections.abc import Iterator
from typing import TypeGuard

from cardlint.card.card import Card
from cardlint.card.yaml.edits import remove_lines
from cardlint.card.yaml.nodes import Node, Scalar, Sequence, resolve
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Source, Span
from cardlint.vocabulary.keys.table import MODEL_KEYS

MOST_PLACES = 10  # further items that a finding names
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
    texts = Counter(item.text for item in sequence.items if _is_listed(item))
    places: dict[str, list[int]] = {text: [] for text, count in texts.items() if count > 1}
    for index, item in enumerate(sequence.items if places else ()):
        if isinstance(item, Scalar) and item.text in places and _is_listed(item):
            places[item.text].append(index)
    for text, indices in places.items():
        yield _problem(source, name, sequence, text, indices)


def _is_listed(item: Node) -> TypeGuard[Scalar]:
    return isinstance(item, Scalar) and bool(item.text.strip()) and not item.is_null


def _problem(source: Source, name: str, sequence: Sequence, text: str, indices: list[int]) -> Problem:
    """Report all items with the same text in one finding; a few of their places are related."""
    first, second, *others = (sequence.items[index] for index in indices)
    deletions = [_deletion(source, sequence, index) for index in indices[1:]]
    edits = tuple(edit for edit in deletions if edit is not None)
    often = f"{len(indices):,} times" if others else "twice"
    return Problem(
        second.span,
        f"`{text}` is listed {often} in `{name}`",
        help="Delete all but one." if others else "Delete one of the two.",
        related=(
            Related(first.span, "the first one"),
            *(Related(item.span, "also here") for item in others[:MOST_PLACES]),
        ),
        fix=Fix("Delete the duplicates" if others else "Delete the duplicate", edits) if edits else None,
    )


def _deletion(source: Source, sequence: Sequence, index: int) -> Edit | None:
    item = sequence.items[index]
    if isinstance(item, Scalar) and item.anchor is not None:
        return None
    if sequence.flow:
        return _in_brackets(source, sequence.items[index - 1].span, item.span)
    return _on_its_line(source, item.span)


def _in_brackets(source: Source, previous: Span, item: Span) -> Edit | None:
    between = source.text[previous.end : item.start]
    return Edit(Span(previous.end, item.end), "") if between.strip(" \t") == "," else None


def _on_its_line(source: Source, item: Span) -> Edit | None:
    line = source.lines[source.line_index(item.start)]
    before = source.text[line.start : item.start]
    if before.strip() != "-":
        return None
    return remove_lines(source, Span(line.start + before.index("-"), item.end))
