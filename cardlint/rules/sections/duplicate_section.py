"""Rule `duplicate-section`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Heading
from cardlint.card.text.sections import Section
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span

ENOUGH = 40  # characters of text that stand twice by no accident


@rule(severity=Severity.WARNING)
def duplicate_section(card: Card) -> Iterator[Problem]:
    r"""A section stands twice under one heading.

    A reader finds the first and takes it for all, and a link to its anchor leads there too. Only titles that name a
    kind of section count, and others where the text below them is the same too; titles that stand twice because they
    belong to different models, versions or languages do not.

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
        if title.startswith("original model card"):  # what follows is another card
            latest.clear()
            continue
        earlier = latest.get(title)
        latest[title] = index
        if earlier is not None and _repeats(card, title, group[earlier : index + 1]):
            yield Problem(
                section.heading.span,
                f"section `{section.title}` stands twice",
                help="Make one section of the two, or give each a title of its own.",
                related=(Related(group[earlier].heading.span, "it stands here already"),),
            )


def _repeats(card: Card, title: str, group: Sequence[Section]) -> bool:
    """Whether the last of some siblings is the first again, and not something of another model, version or language."""
    if card.generator is not None and title in card.generator.repeats_titles:
        return False
    text = _text(card, group[0])
    if len(text) >= ENOUGH and text == _text(card, group[-1]):
        return True
    return all(section.kinds for section in group)


def _text(card: Card, section: Section) -> str:
    return " ".join(card.source.slice(Span(section.heading.span.end, section.span.end)).split())
