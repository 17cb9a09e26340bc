"""Rule `unfinished-title`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Heading
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.titles.working_names import is_default_title, is_working_name

HELP = "Write the model's name."


@rule(severity=Severity.WARNING)
def unfinished_title(card: Card) -> Iterator[Problem]:
    r"""The title is missing, a template's, or the name of a working folder.

    The title is the first thing that people read about a model, and `results` or `Model Card for Model ID` does not
    tell them its name. It happens when training writes into a folder of that name, or when the template's title is not
    replaced.

    Bad:
        ---
        license: mit
        ---

        # outputs

        This model tells lighthouses from ships.

    Good:
        ---
        license: mit
        ---

        # lighthouse-or-ship

        This model tells lighthouses from ships.
    """
    title = card.title
    if title is None:
        yield from _missing(card)
    elif not title.text:
        if card.source.text.startswith("#", title.span.start):
            yield Problem(title.span, "the title is empty", HELP)
    elif is_default_title(title.text):
        yield Problem(title.span, f"the title is a template's, not the model's name: `{title.text}`", HELP)
    elif is_working_name(title.name):
        yield Problem(title.span, f"the title is a working name, not the model's name: `{title.text}`", HELP)


def _missing(card: Card) -> Iterator[Problem]:
    """Report a body that begins without a title; a `#` without a space is for `heading-without-space`."""
    blocks = card.body.blocks
    generator = card.generator
    if not blocks or card.is_lfs_pointer or (generator is not None and generator.writes_no_title):
        return
    start = blocks[0].span.start
    if not card.source.text.startswith("#", start) or isinstance(blocks[0], Heading):
        line = card.source.lines[card.source.line_index(start)]
        span = Span(start, min(line.end, blocks[0].span.end))
        if any(place.span.overlaps(span) for place in card.placeholders):  # a placeholder has a finding of its own
            return
        help_text = "Begin the body with `# ` and the model's name."
        yield Problem(span, "the card has no title", help_text, severity=Severity.NOTE)
