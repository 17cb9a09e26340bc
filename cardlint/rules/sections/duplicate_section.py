"""Rule `duplicate-section`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Heading
from cardlint.card.text.sections import Section
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span

ENOUGH = 40  # characters of text that do not repeat by accident


@rule(severity=Severity.WARNING)
def duplicate_section(card: Card) -> Iterator[Problem]:
    r"""Two sections under the same heading have the same title.

    Readers find the first and miss the second, and links to the anchor lead to the first. Merge the two, or give each
    its own title. Titles that name a kind of section are compared by the title alone, other titles only if the text
    below them is the same too. Titles that repeat for different models, versions or languages are not reported.

    Bad:
        # tide-small

        ## Usage

        Load it as any other model.

        ## Usage

        Run `tides predict`.

    Good:
        # tide-small

        ## Usage

        Load it as any other model, or run `tides predict`.
    """
    siblings: dict[int, list[Section]] = {}
    for section in card.sections:
        if isinstance(section.heading, Heading):
            siblings.setdefault(id(section.parent), []).append(section)
    for group in siblings.values():
        if len(group) > 1:
            yield from _in_group(card, group)


def _in_group(card: Card, group: Sequence[Section]) -> Iterator[Problem]:
    latest: dict[str, int] = {}
    for index, section in enumerate(group):
        title = " ".join(section.title.lower().split())
        if title.startswith("original model card"):  # another card follows
            latest.clear()
            continue
        earlier = latest.get(title)
        latest[title] = index
        if earlier is not None and _repeats(card, title, group[earlier : index + 1]):
            yield Problem(
                section.heading.span,
                f"duplicate section `{section.title}`",
                help="Merge the two sections, or give each its own title.",
                related=(Related(group[earlier].heading.span, "the other section"),),
            )


def _repeats(card: Card, title: str, group: Sequence[Section]) -> bool:
    """True if the last section of the group repeats the first, and not for another model, version or language."""
    if card.generator is not None and title in card.generator.repeats_titles:
        return False
    text = _text(card, group[0])
    if len(text) >= ENOUGH and text == _text(card, group[-1]):
        return True
    return all(section.kinds for section in group)


def _text(card: Card, section: Section) -> str:
    return " ".join(card.source.slice(Span(section.heading.span.end, section.span.end)).split())
