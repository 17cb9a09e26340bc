"""Rule `null-value`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.metadata.verdicts import consequence, severity_of
from cardlint.card.yaml.dashes import joined_lists
from cardlint.card.yaml.edits import remove_lines
from cardlint.card.yaml.nodes import Scalar, resolve
from cardlint.finding import Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import MODEL_KEYS


@rule(severity=(Severity.ERROR, Severity.WARNING), fix=Safety.UNSAFE, reads_metadata=True)
def null_value(card: Card) -> Iterator[Problem]:
    r"""A key has no value.

    The Hub accepts null only for a few keys (`thumbnail`, `description`, `instance_prompt`), and huggingface_hub drops
    the key when it saves the card. Under `language`, `tags` and `datasets` the Hub is known to refuse it, which is an
    error. Write a value, or delete the key.

    Bad:
        ---
        license: mit
        datasets:
        ---

    Good:
        ---
        license: mit
        ---
    """
    entries = card.metadata.mapping.entries
    joined = joined_lists(card.metadata)  # which `wrong-type` reports
    for entry in entries:
        name, value = entry.name, resolve(entry.value)
        if name in joined:
            continue
        key = MODEL_KEYS.get(name or "")
        if key is None or key.null.verdict == "accepted" or not isinstance(value, Scalar) or not value.is_null:
            continue
        if sum(other.name == name for other in entries) > 1:  # which `duplicate-key` reports
            continue
        edit = remove_lines(card.source, entry.span) if len(entries) > 1 else None
        yield Problem(
            entry.span,
            f"`{name}` has no value{consequence(key.null)}",
            help="Write a value, or delete the key.",
            fix=Fix("Delete the key", (edit,), Safety.UNSAFE) if edit else None,
            severity=severity_of(key.null),
        )
