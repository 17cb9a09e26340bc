"""Rule `missing-license`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Paragraph
from cardlint.card.text.sections import SectionState
from cardlint.card.yaml.nodes import Scalar, Sequence, resolve
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.keys.table import meant_by

LABELLED = LazyPattern(r"(?i)licen[cs]es?\s*:\s*(?P<license>\S.*)")
# Texts in place of a license that do not name one.
EMPTY_WORDS = frozenset(("", "-", "?", "n/a", "na", "none", "tba", "tbd", "todo", "unknown", "more information needed"))

HELP = "Add `license` with one of https://huggingface.co/docs/hub/repositories-licenses, or `license: other`."


@rule(severity=Severity.WARNING, reads_metadata=True)
def missing_license(card: Card) -> Iterator[Problem]:
    r"""The metadata has no `license`.

    The Hub accepts a card without one, but people who filter by license do not find the model, and others do not know
    what they may do with it. A license in the body is not enough: the Hub does not read it.

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
    """True if a license is under a misspelt key; TRL writes `licence: license`, which names none."""
    entries = card.metadata.mapping.entries
    values = [resolve(entry.value) for entry in entries if meant_by(entry.name or "") == "license"]
    items = [item for value in values for item in (value.items if isinstance(value, Sequence) else (value,))]
    texts = [item.text.lower() for item in map(resolve, items) if isinstance(item, Scalar)]
    return any(text not in EMPTY_WORDS | {"license", "licence"} for text in texts)


def _missing(card: Card) -> Problem:
    evidence = _in_body(card)
    if evidence is None:
        return Problem(card.front_matter.opening, "the metadata has no `license`", help=HELP)
    from cardlint.vocabulary.licenses.ids import certain_license

    span, text = evidence
    known = certain_license(text)
    return Problem(
        span,
        "the metadata has no `license`, but the body names one here",
        help=f"Add `license: {known}` to the metadata, if it is the model's license." if known else HELP,
        related=(Related(card.front_matter.opening, "the metadata"),),
    )


def _in_body(card: Card) -> tuple[Span, str] | None:
    """Return the place and text of a license in the body: a line with this label, or a section of this title."""
    body = card.lower_body
    if "license" not in body and "licence" not in body:
        return None
    for block in card.body.walk():
        found = _labelled(card, block) if isinstance(block, Paragraph) else None
        if found:
            return found
    for section in card.sections:
        if "license" in section.kinds and section.state is SectionState.FILLED:
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
