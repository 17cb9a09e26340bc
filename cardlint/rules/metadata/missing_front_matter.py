"""Rule `missing-front-matter`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.source import BYTE_ORDER_MARK, Source, Span

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

    The Hub shows the warning "empty or missing yaml metadata in repo card", and people who filter by task, license,
    language or base model do not find the model. Begin the card with a front matter.

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
    start = 1 if source.text.startswith(BYTE_ORDER_MARK) else 0
    first = next((line for line in source.lines if source.slice(line).strip("\ufeff \t")), Span(start, start))
    yield Problem(
        Span(max(first.start, start), max(first.end, start)),
        "the card has no metadata, so the Hub shows a warning",
        help="Begin the card with YAML between two lines of `---`, at least with a `license`.",
        fix=_fill_in(source, Span(start, start)),
    )


def _fill_in(source: Source, place: Span) -> Fix:
    """Return the fix that adds the skeleton, with the card's line ends."""
    line_end = source.text[source.lines[0].end : source.lines[1].start] if len(source.lines) > 1 else "\n"
    edit = Edit(place, SKELETON.replace("\n", line_end))
    return Fix("Add a front matter to fill in", (edit,), Safety.UNSAFE)
