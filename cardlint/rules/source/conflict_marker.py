"""Rule `conflict-marker`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cardlint.card.card import Card
from cardlint.card.markdown.tree import CodeBlock
from cardlint.finding import Problem, Related, Severity
from cardlint.rule_definition import rule
from cardlint.source import SpanIndex

if TYPE_CHECKING:
    from cardlint.card.text.conflicts import Conflict


@rule(severity=Severity.ERROR)
def conflict_marker(card: Card) -> Iterator[Problem]:
    r"""A merge conflict was committed.

    The card contains both sides of the conflict and the markers around them. In the front matter they make the YAML
    invalid, and the Hub refuses the commit; in the body, readers see the markers as headings and nested quotes. Keep
    the text that is right and delete the three marker lines. A conflict that is shown in a code block is not reported.

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
    if not card.conflicts:
        return
    code = SpanIndex(block.span for block in card.body.walk() if isinstance(block, CodeBlock))
    for conflict in card.conflicts:
        if code.covers(conflict.span):
            continue
        related = (
            Related(conflict.parting, "the other side begins here"),
            Related(conflict.closing, "the conflict ends here"),
        )
        sides = f": the card has both {_labels(conflict)}" if conflict.ours and conflict.theirs else ""
        yield Problem(
            conflict.opening,
            f"a merge conflict was committed{sides}",
            "Keep the text that is right and delete the three marker lines.",
            related,
        )


def _labels(conflict: Conflict) -> str:
    return f"`{conflict.ours[:60]}` and `{conflict.theirs[:60]}`"
