"""Rule `duplicate-key`."""

from collections.abc import Iterator
from decimal import Decimal

from cardlint.card.card import Card
from cardlint.card.yaml.edits import remove_lines
from cardlint.card.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, resolve, same
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Source

# JavaScript's integers are exact below this.
_EXACT = Decimal(2**53)

# Spellings of null, true and false for the Hub.
_WORDS = frozenset(("~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"))


@rule(severity=Severity.ERROR, fix=Safety.SAFE)
def duplicate_key(card: Card) -> Iterator[Problem]:
    r"""Duplicate key.

    The Hub refuses the commit ("duplicated mapping key"). huggingface_hub silently keeps the last value, so the first
    is lost when it saves the card.

    Bad:
        ---
        license: mit
        tags:
        - vision
        license: mit
        ---

    Good:
        ---
        license: mit
        tags:
        - vision
        ---
    """
    for node in card.metadata.walk():
        if isinstance(node, Mapping) and len(node.entries) > 1 and not _differ_plainly(node):
            if any(isinstance(entry.key, Mapping) for entry in node.entries) and card.has_foreign_metadata:
                continue  # YAML reads a template's `{{ tag }}` as a mapping
            yield from _duplicates(card.source, node)


def _differ_plainly(mapping: Mapping) -> bool:
    """True if all keys are different texts that no other spelling can equal, as in nearly every mapping."""
    texts = {entry.key.text for entry in mapping.entries if isinstance(entry.key, Scalar)}
    # the first character of a number sorts before all letters
    return len(texts) == len(mapping.entries) and min(texts) >= "A" and _WORDS.isdisjoint(texts)


def _duplicates(source: Source, mapping: Mapping) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in mapping.entries:
        name = _property(entry.key)
        original = first.setdefault(name, entry)
        if original is entry or name == "<<":
            continue
        equal = same(original.value, entry.value)
        yield Problem(
            entry.key.span,
            f"duplicate key `{entry.name or name}`, so the Hub refuses the card",
            help="Delete one of the two." if equal else "Keep the right value, or write both in one list.",
            related=(Related(original.key.span, "the first one"),),
            fix=_delete(source, entry) if equal and not mapping.flow else None,
        )


def _property(key: Node) -> str:
    """Return the name that the Hub's parser gives to a key: `1` and `1.0` are equal, and so are `~` and `null`."""
    key = resolve(key)
    if isinstance(key, Sequence):
        return ",".join(map(_property, key.items))
    if not isinstance(key, Scalar):
        return "[object Object]"
    value = key.hub
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Decimal) and value == value and -_EXACT < value < _EXACT:  # noqa: PLR0124 - not a number
        return str(int(value)) if value == int(value) else repr(float(value))
    return key.text


def _delete(source: Source, entry: Entry) -> Fix | None:
    edit = remove_lines(source, entry.span)
    return Fix("Delete the duplicate", (edit,)) if edit else None
