"""Rule `missing-front-matter`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import Source, Span

SKELETON = """\
---
# What the Hub reads: take the hash away from what applies, and fill it in.
# license: apache-2.0
# language: en
# base_model: owner/name
# pipeline_tag: text-generation
tags: []
---

"""


@rule(severity=Severity.WARNING, fix=Safety.UNSAFE)
def missing_front_matter(card: Card) -> Iterator[Problem]:
    r"""The card has no metadata.

    The Hub shows the warning "empty or missing yaml metadata in repo card", and nobody who filters by task, license,
    language or base model finds the model.

    Bad:
        # A model

        It tells cats from dogs.

    Good:
        ---
        # What the Hub reads: take the hash away from what applies, and fill it in.
        # license: apache-2.0
        # language: en
        # base_model: owner/name
        # pipeline_tag: text-generation
        tags: []
        ---

        # A model

        It tells cats from dogs.
    """
    source = card.source
    if not card.front_matter.is_absent or card.is_lfs_pointer or card.source.encoding != "utf-8":
        return
    start = 1 if source.text.startswith("\ufeff") else 0
    first = next((line for line in source.lines if source.slice(line).strip("\ufeff \t")), Span(start, start))
    yield Problem(
        Span(max(first.start, start), max(first.end, start)),
        'the card has no metadata; the Hub says "empty or missing yaml metadata in repo card"',
        help="Begin the card with a block of YAML between two lines of `---`, at least with a `license`.",
        fix=_fill_in(source, Span(start, start)),
    )


def _fill_in(source: Source, place: Span) -> Fix:
    """The skeleton, with the line ends that the card has."""
    line_end = source.text[source.lines[0].end : source.lines[1].start] if len(source.lines) > 1 else "\n"
    edit = Edit(place, SKELETON.replace("\n", line_end))
    return Fix("Put a front matter to fill in before the text", (edit,), Safety.UNSAFE)
