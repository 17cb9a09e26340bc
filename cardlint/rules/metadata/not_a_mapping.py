"""Rule `not-a-mapping`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.yaml.nodes import Scalar, Sequence
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule


@rule(severity=Severity.ERROR, reads_metadata=True)
def not_a_mapping(card: Card) -> Iterator[Problem]:
    r"""The front matter is not made of `key: value` lines.

    The Hub refuses the commit: "The YAML metadata of your README.md is invalid." or `"value" must be of type object`. A
    card that begins with a horizontal rule and has another one further down is taken for such a front matter, too.

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
        what, hub = "a list", '`"value" must be of type object`'
    elif isinstance(root, Scalar) and root.is_null:
        what, hub = "empty", '"The YAML metadata of your README.md is invalid."'
    else:
        what, hub = "plain text", '"The YAML metadata of your README.md is invalid."'
    yield Problem(
        root.span if len(root.span) else card.front_matter.opening,
        f"the front matter is {what}, where `key: value` lines belong; the Hub refuses it: {hub}",
        help="Write `key: value` lines between the fences, or put a blank line before a rule that is meant as one.",
    )
