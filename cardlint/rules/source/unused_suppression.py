"""Rule `unused-suppression`."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.finding import Problem, Safety, Severity
from cardlint.rule_definition import rule


@rule(severity=(Severity.WARNING, Severity.NOTE), fix=Safety.SAFE)
def unused_suppression(card: Card) -> Iterator[Problem]:  # noqa: ARG001
    r"""A comment suppresses nothing, or names a rule that does not exist.

    A comment that is no longer needed can later hide a finding that you should see: delete it. Each name in the comment
    is checked on its own, and only rules that ran are reported. A name that no rule or group has is a warning, since
    the finding that it should suppress is still reported. So is a comment such as `cardlint-ignore`, which is not one
    of the directives below.

    In the body, `<!-- cardlint-disable rule, group -- reason -->` holds from its line to `<!-- cardlint-enable rule,
    group -->` or to the end of the card; `cardlint-disable-line` for its own line; `cardlint-disable-next-line` for the
    next line that is not blank (only that line, even if a table or paragraph begins there; in a table, put
    `cardlint-disable-line` into a cell of the row); and `cardlint-disable-file` for the whole card, front matter
    included. Above a heading, `cardlint-disable-next-line` holds for the section with all its subsections, and so does
    every directive on the line of the heading.

    In the front matter, `# cardlint: disable=rule -- reason` after a value holds for its entry, and on a line of its
    own for the entry or item below with all that is nested in it; `# cardlint: disable-file=rule` holds for the whole
    card. A rule about missing metadata, such as `missing-license`, may be named anywhere in the front matter. A comment
    without a name applies to every rule. A finding belongs to the line on which it begins.

    `cardlint-disable-file unused-suppression` suppresses this rule too.

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
    # `linting/suppression` makes the findings, after those of all other rules are matched.
    yield from ()
