"""Rule `unfinished-title`."""

import re
from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Heading
from cardlint.card.text.title import Title
from cardlint.finding import Problem, Severity
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.titles.first_tries import is_bare_word, is_first_try
from cardlint.vocabulary.titles.working_names import is_default_title, is_working_name

HELP = "Write the model's name."


@rule(severity=(Severity.WARNING, Severity.NOTE))
def unfinished_title(card: Card) -> Iterator[Problem]:
    r"""The title is missing, a template's, or the name of a working folder.

    The title is the first thing that people read about a model, and `results` or `Model Card for Model ID` does not
    tell them its name. It happens when training writes into a folder of that name, when the template's title is not
    replaced, or when a first try (`my_awesome_model`, `Test`) becomes a model. A name that the repository has too is
    not reported, nor is one by which the card cites the model.

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
    elif _is_working_name(title) and not _is_used(card, title.name):
        yield Problem(title.span, f"the title is a working name, not the model's name: `{title.text}`", HELP)


def _is_working_name(title: Title) -> bool:
    return is_working_name(title.name) or is_first_try(title.name) or (title.is_sole and is_bare_word(title.text))


def _is_used(card: Card, name: str) -> bool:
    """True if the repository has the name, or a BibTeX entry of the card."""
    if name == (card.repo_id or "").rpartition("/")[2]:
        return True
    cited = rf"@\w{{1,20}}\{{[ \t]*{re.escape(name)},|\btitle\s*=\s*[{{\"]+{re.escape(name)}(?![\w-])"
    return "@" in card.body_text and re.search(cited, card.body_text) is not None


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
