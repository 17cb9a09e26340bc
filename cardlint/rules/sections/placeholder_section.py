"""Rule `placeholder-section`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.text.placeholders import Placeholder
from cardlint.card.text.sections import Section, State
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span


@rule(severity=Severity.WARNING, fix=Safety.UNSAFE)
def placeholder_section(card: Card) -> Iterator[Problem]:
    r"""A section holds nothing but a placeholder.

    The heading promises what the card does not tell. Words of a generator's template count, and so do `TODO`, `TBD`,
    `N/A`, `coming soon`, three dots and their like in other languages, where they are all that the section holds. Six
    or more placeholders of the Hub's own template in one card are one finding with its places.

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
        if section.own_state is State.PLACEHOLDER and section.placeholders[0].span not in covered:
            yield _placeholder(card, section)


def _unfilled(places: tuple[Placeholder, ...]) -> Problem:
    return Problem(
        places[0].span,
        f"the Hub's template is not filled in: {len(places)} placeholders are left",
        help="Write what you know, and delete the sections and bullets for which you have nothing.",
        related=tuple(Related(place.span, _name(place)) for place in places[1:]),
    )


def _name(place: Placeholder) -> str:
    return f"placeholder for {place.label}" if place.label else "placeholder"


def _placeholder(card: Card, section: Section) -> Problem:
    optional = section.title.lower().rstrip().endswith("[optional]") and not section.children
    first, *others = section.placeholders
    name = f"section `{section.title}`" if section.title else "a section"
    # what stands below it may be filled, and goes with the heading
    has_parts = any(child.state is State.FILLED for child in section.children)
    return Problem(
        first.span,
        f"{name} begins with nothing but a placeholder" if has_parts else f"{name} holds only a placeholder",
        help="Write what belongs above the first subsection, or delete the placeholder."
        if has_parts
        else "Write the section, or delete it with its heading.",
        related=(
            Related(section.heading.span, "the section"),
            *(Related(place.span, _name(place)) for place in others),
        ),
        fix=_remove(card, section) if optional else None,
    )


def _remove(card: Card, section: Section) -> Fix:
    """Take the section out with the blank lines behind it."""
    lines = card.source.lines
    following = card.source.line_index(section.span.end) + 1
    while following < len(lines) and not card.source.slice(lines[following]).strip():
        following += 1
    end = lines[following].start if following < len(lines) else lines[-1].end
    edit = Edit(Span(section.heading.span.start, end), "")
    return Fix("Delete the optional section", (edit,), Safety.UNSAFE)
