"""Rule `generator-notice`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Html
from cardlint.card.text.comments import find_comments, reach
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.boilerplate import NOTICES


@rule(severity=Severity.NOTE, fix=Safety.UNSAFE)
def generator_notice(card: Card) -> Iterator[Problem]:
    r"""The generator's comment that asks for proofreading is still there.

    The comment says that the card was generated, and asks the author to proofread and complete the card and then to
    remove the comment. If it is still there, probably none of that was done.

    Bad:
        ---
        license: mit
        ---

        <!-- This model card has been generated automatically according to the information the Trainer had access to.
        You should probably proofread and complete it, then remove this comment. -->

        # A model

    Good:
        ---
        license: mit
        ---

        # A model
    """
    for comment in find_comments(card.body):
        plain = " ".join(comment.text.lower().split())
        writer = next((name for words, name in NOTICES.items() if words in plain), None)
        if writer and isinstance(comment.block, Html):
            edit = Edit(reach(card.source, comment.span), "")
            yield Problem(
                comment.span,
                f"the comment in which {writer} asks you to proofread the card is still there",
                help="Proofread and complete the card, then delete the comment.",
                fix=Fix("Delete the comment", (edit,), Safety.UNSAFE),
            )
