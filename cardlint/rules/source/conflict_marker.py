"""The rule `conflict-marker`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cardlint.card.card import Card
from cardlint.card.markdown.tree import CodeBlock
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule

if TYPE_CHECKING:
    from cardlint.card.text.conflicts import Conflict


@rule(severity=Severity.ERROR)
def conflict_marker(card: Card) -> Iterator[Problem]:
    r"""A merge conflict was committed with its markers.

    Both sides of the conflict stand in the card. In the front matter the YAML is broken by it, and the Hub refuses the
    commit; in the text, readers see the markers as headings and nested quotes. A conflict that is shown in a code block
    does not count.

    Bad:
        ---
        <<<<<<< HEAD
        license: mit
        =======
        license: apache-2.0
        >>>>>>> relicense
        ---

    Good:
        ---
        license: apache-2.0
        ---
    """
    for conflict in card.conflicts:
        if _is_code(card, conflict):
            continue
        related = (
            Related(conflict.parting, "the other side begins here"),
            Related(conflict.closing, "the conflict ends here"),
        )
        sides = f": {_named(conflict)} both stand here" if conflict.ours and conflict.theirs else ""
        yield Problem(
            conflict.opening,
            f"a merge conflict was committed with its markers{sides}",
            "Keep what is right of the two sides and delete the three marker lines.",
            related,
        )


def _named(conflict: Conflict) -> str:
    return f"`{conflict.ours[:60]}` and `{conflict.theirs[:60]}`"


def _is_code(card: Card, conflict: Conflict) -> bool:
    return any(isinstance(block, CodeBlock) and block.span.covers(conflict.span) for block in card.body.walk())
