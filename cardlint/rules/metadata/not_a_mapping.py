"""Rule `not-a-mapping`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Scalar, Sequence
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule


@rule(severity=Severity.ERROR, reads_metadata=True)
def not_a_mapping(card: Card) -> Iterator[Problem]:
    r"""The front matter does not consist of `key: value` lines.

    The Hub refuses the commit ("The YAML metadata of your README.md is invalid"). A card that begins with a horizontal
    rule and has another one further down is read as such a front matter, too.

    Bad:
        ---
        - license
        - mit
        ---

    Good:
        ---
        license: mit
        ---
    """
    metadata = card.metadata
    if not metadata.is_no_mapping:
        return
    root = metadata.root
    if isinstance(root, Sequence):
        kind = "a list"
    elif isinstance(root, Scalar) and root.is_null:
        kind = "empty"
    else:
        kind = "plain text"
    yield Problem(
        root.span if len(root.span) else card.front_matter.opening,
        f"the front matter is {kind}, not `key: value` lines, so the Hub refuses the card",
        help="Write `key: value` lines between the fences, or add a blank line before a horizontal rule.",
    )
