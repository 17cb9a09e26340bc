"""Rule `template-comment`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.text.comments import Comment, find_comments, reach
from cardlint.card.text.sections import SectionState
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.rule_definition import rule
from cardlint.vocabulary.template_comments import COMMENTS


@rule(severity=Severity.NOTE, fix=Safety.SAFE)
def template_comment(card: Card) -> Iterator[Problem]:
    r"""Instructions of the Hub's template are left in comments.

    Readers do not see them, but people who edit the card do. The fix deletes those in sections that are filled in; in
    the other sections they are still needed.

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
    # a template that is not rendered yet still needs all of its comments
    done = [] if card.template_tags else _in_filled_sections(card, comments)
    several = len(comments) > 1
    yield Problem(
        comments[0].span,
        "instructions of the Hub's template are left in comments",  # no number, which a fix of some would change
        help="Write the sections, then delete the comments."
        if several
        else "Write the section, then delete the comment.",
        related=tuple(Related(comment.span, "also here") for comment in comments[1:]),
        fix=_delete(card, done) if done else None,
    )


def _in_filled_sections(card: Card, comments: list[Comment]) -> list[Comment]:
    filled = set()
    for section in card.sections:
        if section.own_state is SectionState.FILLED:
            stack = list(section.blocks)
            while stack:
                block = stack.pop()
                filled.add(block.span)
                stack.extend(block.children)
    gaps = {place.span for place in card.placeholders}
    return [each for each in comments if each.block.span in filled and each.block.span not in gaps]


def _delete(card: Card, comments: list[Comment]) -> Fix:
    edits = tuple(Edit(reach(card.source, comment.span), "") for comment in comments)
    what = "the comments in sections that are filled in" if len(comments) > 1 else "the comment"
    return Fix(f"Delete {what}", edits, Safety.SAFE)
