"""Rule `placeholder-text`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.text.placeholders import Placeholder
from cardlint.card.text.sections import SectionState
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

LONGEST = 60  # characters of a placeholder that a message quotes


@rule(severity=Severity.WARNING)
def placeholder_text(card: Card) -> Iterator[Problem]:
    r"""A placeholder was left in text that is otherwise filled in.

    A generator or template left a gap for the author: `- **License:** [More Information Needed]`, an example that loads
    `sentence_transformers_model_id`, TRL's question about the time machine. Write what belongs there, or delete it. If
    a section contains nothing else, or the whole template is unfilled, `placeholder-section` reports it instead.

    Bad:
        ---
        license: mit
        ---

        # A model

        It tells cats from dogs.

        - **Developed by:** [More Information Needed]
        - **Language:** English

    Good:
        ---
        license: mit
        ---

        # A model

        It tells cats from dogs.

        - **Developed by:** the cattery
        - **Language:** English
    """
    reported = {place.span for place in card.unfilled_template}
    for section in card.sections:
        if section.own_state is SectionState.PLACEHOLDER:
            reported |= {place.span for place in section.placeholders}
    examples: dict[str, list[Placeholder]] = {}
    for place in card.placeholders:
        if place.needs_section or place.span in reported:
            continue
        if place.example:
            examples.setdefault(place.example, []).append(place)
        else:
            yield _text(card, place)
    for places in examples.values():
        yield _example(card, places)


def _text(card: Card, place: Placeholder) -> Problem:
    text = _quoted(card, place)
    if place.printed:
        return Problem(place.span, f"{text} is a value as Python prints it", "Write its name, or delete the entry.")
    return Problem(
        place.span,
        f"`{place.label}` has only a placeholder, {text}" if place.label else f"{text} is a placeholder",
        help=f"Write what belongs there, or delete the {'entry' if place.label else 'text'}.",
    )


def _quoted(card: Card, place: Placeholder) -> str:
    text = " ".join(card.source.slice(place.span).split()).replace("`", "").removeprefix("= ")
    return f"`{text}`" if len(text) <= LONGEST else f"`{text[: LONGEST - 1]}…`"


def _example(card: Card, places: list[Placeholder]) -> Problem:
    """Report all places of the card in which the same value is missing from the example."""
    first, *others = places
    return Problem(
        first.span,
        f"the example has {_quoted(card, first)} in place of {first.example}",
        help=f"Write {first.example}, so that the example can be copied and run.",
        related=tuple(Related(place.span, "also here") for place in others),
    )
