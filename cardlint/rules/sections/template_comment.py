"""Rule `template-comment`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.text.comments import Comment, find_comments, reach
from cardlint.card.text.sections import State
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.template_comments import COMMENTS


@rule(severity=Severity.NOTE, fix=Safety.SAFE)
def template_comment(card: Card) -> Iterator[Problem]:
    r"""The template's comments that tell its author what to write are still there.

    Readers do not see them, but whoever edits the card or reads its source does. They are taken out of the sections
    that say something; elsewhere they are still needed.

    Bad:
        ---
        license: mit
        ---

        # Model Card for owls

        <!-- Provide a quick summary of what the model is/does. -->

        It tells owls by their calls.

    Good:
        ---
        license: mit
        ---

        # Model Card for owls

        It tells owls by their calls.
    """
    comments = [comment for comment in find_comments(card.body) if comment.text in COMMENTS]
    if not comments:
        return
    # in the template itself they belong there, whatever its tags will be filled with
    done = [] if card.template_tags else _in_filled_sections(card, comments)
    count = f"{len(comments)} comments" if len(comments) > 1 else "a comment"
    yield Problem(
        comments[0].span,
        f"{count} of the Hub's template that tell{'' if len(comments) > 1 else 's'} what to write",
        help="Delete them where you have written it." if len(comments) > 1 else "Delete it when you have written it.",
        related=tuple(Related(comment.span, "another one") for comment in comments[1:]),
        fix=_delete(card, done) if done else None,
    )


def _in_filled_sections(card: Card, comments: list[Comment]) -> list[Comment]:
    filled = set()
    for section in card.sections:
        if section.own_state is State.FILLED:
            stack = list(section.blocks)
            while stack:
                block = stack.pop()
                filled.add(block.span)
                stack.extend(block.children)
    gaps = {place.span for place in card.placeholders}
    return [each for each in comments if each.block.span in filled and each.block.span not in gaps]


def _delete(card: Card, comments: list[Comment]) -> Fix:
    edits = tuple(Edit(reach(card.source, comment.span), "") for comment in comments)
    where = "in the sections that are filled" if len(comments) > 1 else "in its section, which is filled"
    return Fix(f"Delete {'them' if len(comments) > 1 else 'it'} {where}", edits, Safety.SAFE)
