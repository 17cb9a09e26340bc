"""Rule `duplicate-key`."""

from collections.abc import Iterator

from cardlint.card import Card
from cardlint.card.metadata import Entry, Mapping, same
from cardlint.card.yaml_edits import remove_lines
from cardlint.finding import Fix, Problem, Related, Safety, Severity
from cardlint.rule import rule
from cardlint.source import Source


@rule(severity=Severity.ERROR, fix=Safety.SAFE)
def duplicate_key(card: Card) -> Iterator[Problem]:
    r"""A key stands twice in one mapping.

    The Hub refuses the commit ("duplicated mapping key"). huggingface_hub keeps the last value and says nothing, so the
    first is lost when it saves the card.

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
        if isinstance(node, Mapping) and len(node.entries) > 1:
            yield from _duplicates(card.source, node)


def _duplicates(source: Source, mapping: Mapping) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in mapping.entries:
        name = entry.name
        if name is None:
            continue
        original = first.setdefault(name, entry)
        if original is entry or name == "<<":
            continue
        equal = same(original.value, entry.value)
        yield Problem(
            entry.key.span,
            f"duplicated mapping key: `{name}` stands here again",
            help="Delete one of the two." if equal else "Keep the value that is right, or join the two into one list.",
            related=(Related(original.key.span, "the first one"),),
            fix=_delete(source, entry) if equal and not mapping.flow else None,
        )


def _delete(source: Source, entry: Entry) -> Fix | None:
    edit = remove_lines(source, entry.span)
    return Fix("Delete the repetition", (edit,)) if edit else None
