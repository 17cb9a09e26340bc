"""Rule `missing-license`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Paragraph
from cardlint.card.text.sections import State
from cardlint.card.yaml.nodes import Scalar, Sequence, resolve
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import pattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.keys.table import meant_by

LABELLED = pattern(r"(?i)licen[cs]es?\s*:\s*(?P<license>\S.*)")
# What stands for a license where none is named.
EMPTY_WORDS = frozenset(("", "-", "?", "n/a", "na", "none", "tba", "tbd", "todo", "unknown", "more information needed"))

HELP = "Add `license` with one of https://huggingface.co/docs/hub/repositories-licenses, or `license: other`."


@rule(severity=Severity.WARNING, reads_metadata=True)
def missing_license(card: Card) -> Iterator[Problem]:
    r"""The metadata names no license.

    The Hub takes a card without one, but who filters by license does not find the model, and who finds it does not know
    what they may do with it. What the text says of a license only people read.

    Bad:
        ---
        language: en
        ---

        # Lighthouse

        ## License

        MIT

    Good:
        ---
        license: mit
        language: en
        ---

        # Lighthouse

        ## License

        MIT
    """
    metadata = card.metadata
    if not metadata.is_mapping:
        return
    value = metadata.get("license")
    if isinstance(value, Sequence) and not value.items:
        yield Problem(value.span, "the list of licenses is empty", help=HELP)
    elif value is None and not _is_misspelt(card):
        yield _missing(card)


def _is_misspelt(card: Card) -> bool:
    """Whether the license stands under a key that is nearly right; TRL writes `licence: license`, which names none."""
    entries = card.metadata.mapping.entries
    values = [resolve(entry.value) for entry in entries if meant_by(entry.name or "") == "license"]
    items = [item for value in values for item in (value.items if isinstance(value, Sequence) else (value,))]
    texts = [item.text.lower() for item in map(resolve, items) if isinstance(item, Scalar)]
    return any(text not in EMPTY_WORDS | {"license", "licence"} for text in texts)


def _missing(card: Card) -> Problem:
    evidence = _in_body(card)
    if evidence is None:
        return Problem(card.front_matter.opening, "the metadata names no `license`", help=HELP)
    from cardlint.vocabulary.licenses.ids import certain_license

    span, text = evidence
    known = certain_license(text)
    return Problem(
        span,
        "the metadata names no `license`, though the text speaks of one here",
        help=f"Add `license: {known}` to the metadata, if that is the model's." if known else HELP,
        related=(Related(card.front_matter.opening, "the metadata"),),
    )


def _in_body(card: Card) -> tuple[Span, str] | None:
    """Where the body names a license, in a line so labelled or a section of that title, and what it says."""
    body = card.lower_body
    if "license" not in body and "licence" not in body:
        return None
    for block in card.body.walk():
        found = _labelled(card, block) if isinstance(block, Paragraph) else None
        if found:
            return found
    for section in card.sections:
        if "license" in section.kinds and section.state is State.FILLED:
            first = section.blocks[0] if section.blocks else None
            text = card.body.plain(first.content) if isinstance(first, Paragraph) else ""
            return section.heading.span, text.strip(" \n.")
    return None


def _labelled(card: Card, paragraph: Paragraph) -> tuple[Span, str] | None:
    text = paragraph.content.text
    if len(text) > 300 or not text.lstrip("*_ ").lower().startswith(("license", "licence")):
        return None
    match = LABELLED.match(card.body.plain(paragraph.content).strip())
    if not match:
        return None
    said = match["license"].strip(" .*_[]()")
    return None if said.lower() in EMPTY_WORDS else (paragraph.span, said)
