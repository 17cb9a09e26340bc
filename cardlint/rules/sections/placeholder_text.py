"""Rule `placeholder-text`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.text.placeholders import Placeholder
from cardlint.card.text.sections import State
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

LONGEST = 60  # characters of a placeholder that a message quotes


@rule(severity=Severity.WARNING)
def placeholder_text(card: Card) -> Iterator[Problem]:
    r"""A placeholder stands in a text that is filled in otherwise.

    A generator or a template left a gap and nobody filled it: `- **License:** [More Information Needed]`, an example
    that loads `sentence_transformers_model_id`, TRL's question about the time machine. Where nothing else stands in a
    section, or all of the template is left as it was, `placeholder-section` says so.

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
        if section.own_state is State.PLACEHOLDER:
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
    return Problem(
        place.span,
        f"{text} is all that the card says for `{place.label}`" if place.label else f"{text} is a placeholder",
        help=f"Write what belongs there, or delete the {'entry' if place.label else 'text'}.",
    )


def _example(card: Card, places: list[Placeholder]) -> Problem:
    """All places of a card in which one thing is missing."""
    first, *others = places
    return Problem(
        first.span,
        f"the example has {_quoted(card, first)} where {first.example} belongs",
        help=f"Put {first.example} there, so that people can use the example as it stands.",
        related=tuple(Related(place.span, "here too") for place in others),
    )


def _quoted(card: Card, place: Placeholder) -> str:
    text = " ".join(card.source.slice(place.span).split()).replace("`", "").removeprefix("= ")
    return f"`{text}`" if len(text) <= LONGEST else f"`{text[: LONGEST - 1]}…`"
