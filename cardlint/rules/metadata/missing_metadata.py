"""Rule `missing-metadata`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Mapping, Node, Scalar, Sequence, resolve
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.keys.table import meant_by
from cardlint.wording import listed


@rule(severity=Severity.WARNING, reads_metadata=True, policy="required")
def missing_metadata(card: Card, *, required: tuple[str, ...] = ()) -> Iterator[Problem]:
    r"""The metadata does not have a key that your configuration requires.

    This rule is for an organization that wants the same facts about all of its models. It is off until the option
    `required` lists the keys. One finding names all keys that a card lacks. A key with an empty list or an empty text
    counts as missing. `null-value` reports a key without any value, `unknown-key` a misspelt one, and
    `missing-front-matter` a card without metadata.

    Configuration:
        required = ["license", "base_model", "pipeline_tag"]

    Bad:
        ---
        license: mit
        base_model: []
        ---

        # Lighthouse

    Good:
        ---
        license: mit
        base_model: coastlab/lighthouse
        pipeline_tag: image-classification
        ---

        # Lighthouse

    Options:
        required: keys that every card must have.
    """
    if not card.metadata.is_mapping:
        return
    given = {meant_by(entry.name or "") for entry in card.metadata.mapping.entries if not _is_empty(entry.value)}
    missing = [key for key in dict.fromkeys(map(meant_by, required)) if key not in given]
    if missing:
        names = listed([f"`{key}`" for key in missing])
        yield Problem(
            card.front_matter.opening,
            f"the metadata has no {names}, which the configuration requires",
            help=f"Add {'it' if len(missing) == 1 else 'them'}.",
        )


def _is_empty(node: Node) -> bool:
    value = resolve(node)
    if isinstance(value, Sequence):
        return not value.items
    if isinstance(value, Mapping):
        return not value.entries
    return isinstance(value, Scalar) and bool(value.style) and not value.text.strip()
