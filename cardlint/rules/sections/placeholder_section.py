"""Rule `placeholder-section`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.text.placeholders import Placeholder
from cardlint.card.text.sections import Section, SectionState
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span


@rule(severity=Severity.WARNING, fix=Safety.UNSAFE)
def placeholder_section(card: Card) -> Iterator[Problem]:
    r"""A section contains only a placeholder.

    The heading promises something that the card does not say. Write the section or delete it. Placeholders are the
    words of generators' templates, and `TODO`, `TBD`, `N/A`, `coming soon`, three dots and the like, in other languages
    too, if the section contains nothing else. Six or more placeholders of the Hub's own template in one card are
    reported together.

    Bad:
        ---
        license: mit
        ---

        # A model

        ## Intended uses & limitations

        More information needed

    Good:
        ---
        license: mit
        ---

        # A model

        ## Intended uses & limitations

        It is meant for photographs of cats.
    """
    template = card.unfilled_template
    if template:
        yield _unfilled(template)
    covered = {place.span for place in template}
    for section in card.sections:
        if section.own_state is SectionState.PLACEHOLDER and section.placeholders[0].span not in covered:
            yield _placeholder(card, section)


def _unfilled(places: tuple[Placeholder, ...]) -> Problem:
    return Problem(
        places[0].span,
        f"the Hub's template is not filled in: {len(places)} placeholders are left",
        help="Write what you know, and delete the other sections and bullets.",
        related=tuple(Related(place.span, _name(place)) for place in places[1:]),
    )


def _name(place: Placeholder) -> str:
    return f"placeholder for {place.label}" if place.label else "placeholder"


def _placeholder(card: Card, section: Section) -> Problem:
    optional = section.title.lower().rstrip().endswith("[optional]") and not section.children
    first, *others = section.placeholders
    name = f"section `{section.title}`" if section.title else "a section"
    # subsections that are filled in would be deleted with the section
    has_parts = any(child.state is SectionState.FILLED for child in section.children)
    return Problem(
        first.span,
        f"{name} begins with only a placeholder" if has_parts else f"{name} contains only a placeholder",
        help="Write an introduction to the subsections, or delete the placeholder."
        if has_parts
        else "Write the section, or delete it and its heading.",
        related=(
            Related(section.heading.span, "the section"),
            *(Related(place.span, _name(place)) for place in others),
        ),
        fix=_remove(card, section) if optional else None,
        several="" if has_parts else "sections contain only a placeholder",
    )


def _remove(card: Card, section: Section) -> Fix:
    """Return the fix that deletes the section and the blank lines after it."""
    lines = card.source.lines
    following = card.source.line_index(section.span.end) + 1
    while following < len(lines) and not card.source.slice(lines[following]).strip():
        following += 1
    end = lines[following].start if following < len(lines) else lines[-1].end
    edit = Edit(Span(section.heading.span.start, end), "")
    return Fix("Delete the optional section", (edit,), Safety.UNSAFE)
