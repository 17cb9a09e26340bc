"""The rule `unused-suppression`."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.finding import Problem, Safety, Severity
from cardlint.rule_definition import rule


@rule(severity=Severity.WARNING, fix=Safety.SAFE)
def unused_suppression(card: Card) -> Iterator[Problem]:  # noqa: ARG001
    r"""A comment that silences a rule silenced nothing, or names no rule there is.

    Such a comment outlives what it was written for, and later hides a finding that nobody has looked at. Only rules
    that ran are spoken of, each name on its own; a name that no rule or group has is a warning, since what it was meant
    to silence is not silenced.

    In the text, `<!-- cardlint-disable rule, group -- reason -->` holds from its line to
    `<!-- cardlint-enable rule, group -->` or to the end of the card, `cardlint-disable-line` for its own line,
    `cardlint-disable-next-line` for the next line that is not blank (that line only, even if a table or a paragraph
    begins there; in a table, put `cardlint-disable-line` into a cell of the row), and `cardlint-disable-file` for the
    whole card, front matter included. In the front matter, `# cardlint: disable=rule -- reason` behind a value holds
    for its entry, and alone on a line for the entry or item below with all that is nested in it;
    `# cardlint: disable-file=rule` holds for the whole card. Without a name every rule is meant. A finding belongs to
    the line on which it begins.

    `cardlint-disable-file unused-suppression` silences this rule too.

    Bad:
        ---
        license: mit
        ---
        # Llama for recipes

        <!-- cardlint-disable-next-line metric-mismatch -- measured on the small split -->
        It writes recipes from a list of ingredients.

    Good:
        ---
        license: mit
        ---
        # Llama for recipes

        It writes recipes from a list of ingredients.
    """
    # The linter makes the findings, once those of all other rules were matched (cardlint/suppression).
    yield from ()
