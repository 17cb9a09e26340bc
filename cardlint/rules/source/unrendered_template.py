"""The rule `unrendered-template`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cardlint.card.card import Card
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

if TYPE_CHECKING:
    from cardlint.card.text.template_tags import TemplateTag

ONE_BY_ONE = 5
"""Up to so many tags are a finding each; with more, the card is the template itself and gets one."""


@rule(severity=Severity.ERROR)
def unrendered_template(card: Card) -> Iterator[Problem]:
    r"""A template's tag or variable stands where it should have been filled in.

    The card was made from a template, and the step that fills it in did not run or did not know the variable. In the
    metadata the Hub then reads braces where a value belongs; in the text, readers do. Code, math, URLs and BibTeX are
    left alone, and so are the variables of prompts: only names that templates of model cards use are reported.

    Bad:
        ---
        {{ card_data }}
        ---

        # Model Card for {{ model_id | default("Model ID", true) }}

    Good:
        ---
        license: mit
        ---

        # Model Card for lighthouse-small
    """
    tags = card.template_tags
    if len(tags) <= ONE_BY_ONE:
        for tag in tags:
            yield Problem(tag.span, f"{_shown(card, tag)} was never filled in{_where(tag)}", _HELP)
        return
    first, others = tags[0], tags[1:]
    message = f"{_shown(card, first)} and {len(others)} more tags of a template were never filled in"
    related = tuple(Related(tag.span, "and this one") for tag in others)
    yield Problem(
        first.span, message, "Render the template, or write the card's own words in place of its tags.", related
    )


_HELP = "Put in its place what it stands for, or remove it."


def _shown(card: Card, tag: TemplateTag) -> str:
    text = card.source.slice(tag.span)
    return f"`{text if len(text) <= 60 else text[:57] + '...'}`"


def _where(tag: TemplateTag) -> str:
    return ": the Hub reads its braces as YAML" if tag.in_metadata else ""
