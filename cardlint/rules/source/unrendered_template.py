"""Rule `unrendered-template`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cardlint.card.card import Card
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

if TYPE_CHECKING:
    from cardlint.card.text.template_tags import TemplateTag

ONE_BY_ONE = 5
"""The most tags that get a finding each; with more, the card is the template itself and gets one finding."""

_HELP = "Replace it by the value that it names, or delete it."


@rule(severity=(Severity.ERROR, Severity.WARNING))
def unrendered_template(card: Card) -> Iterator[Problem]:
    r"""A template tag or variable was not filled in.

    The card was made from a template, and the step that fills it in did not run or did not know the variable. In the
    metadata, the Hub reads the braces as YAML, which is an error; in the body, readers see them, which is a warning.
    Render the template, or replace each tag by text. Code, math, URLs, BibTeX and comments of the YAML are skipped, and
    so are variables of prompts: only names that templates of model cards use are reported, and each `${name}` in the
    text.

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
            message = f"{_shown(card, tag)} is not filled in{_consequence(tag)}"
            yield Problem(tag.span, message, _HELP, severity=_severity((tag,)))
        return
    first, others = tags[0], tags[1:]
    message = f"{_shown(card, first)} and {len(others)} more template tags are not filled in"
    related = tuple(Related(tag.span, "also not filled in") for tag in others)
    advice = "Render the template, or replace its tags by text."
    yield Problem(first.span, message, advice, related, severity=_severity(tags))


def _severity(tags: Sequence[TemplateTag]) -> Severity:
    """Return an error for tags of which one breaks the metadata; readers of the body are only misled."""
    return Severity.ERROR if any(tag.in_metadata for tag in tags) else Severity.WARNING


def _shown(card: Card, tag: TemplateTag) -> str:
    text = card.source.slice(tag.span)
    return f"`{text if len(text) <= 60 else text[:57] + '...'}`"


def _consequence(tag: TemplateTag) -> str:
    return ", so the Hub reads its braces as YAML" if tag.in_metadata else ""
