"""Rule `not-a-mapping`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.frontmatter import looks_like_metadata
from cardlint.card.yaml.nodes import Scalar, Sequence
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span


@rule(severity=Severity.ERROR, fix=Safety.SAFE, reads_metadata=True)
def not_a_mapping(card: Card) -> Iterator[Problem]:
    r"""The front matter does not consist of `key: value` lines.

    The Hub refuses the commit ("The YAML metadata of your README.md is invalid"). A card that begins with a horizontal
    rule and has another one further down is read as such a front matter, too. If an empty front matter comes before the
    real one, the Hub reads the empty one.

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
    second = _real_one(card) if kind == "empty" else None
    if second is not None:
        blank = not card.source.slice(metadata.span).strip()
        # the real one is written anew, since it was a part of the body
        edit = Edit(Span(0, second.end), card.source.slice(second))
        yield Problem(
            card.front_matter.opening,
            "an empty front matter comes before the real one, so the Hub refuses the card",
            help="Delete the two fences and what is between them.",
            fix=Fix("Delete the empty front matter", (edit,), Safety.SAFE if blank else Safety.UNSAFE),
        )
        return
    yield Problem(
        root.span if len(root.span) else card.front_matter.opening,
        f"the front matter is {kind}, not `key: value` lines, so the Hub refuses the card",
        help="Write `key: value` lines between the fences, or add a blank line before a horizontal rule.",
    )


def _real_one(card: Card) -> Span | None:
    """Return the front matter that follows an empty one, with its fences, or None if there is none.

    Its opening fence is the one that closes the empty front matter, or the first text below.
    """
    source, first = card.source, card.front_matter.body_line - 1
    if not looks_like_metadata(source, first + 1, known=True):
        text = (index for index in range(first + 1, len(source.lines)) if source.slice(source.lines[index]).strip())
        first = next(text, first)
        if source.slice(source.lines[first]) != "---" or not looks_like_metadata(source, first + 1, known=True):
            return None
    for line in source.lines[first + 1 :]:
        if source.slice(line).startswith("---"):
            return Span(source.lines[first].start, line.end)
    return None
