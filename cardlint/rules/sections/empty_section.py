"""Rule `empty-section`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.markdown.tree import CodeBlock, Heading
from cardlint.card.text.sections import Section, SectionState
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

COMMENT = LazyPattern(r"<!--(?s:.*?)(?:-->|\Z)")
COMMENT_LINES = LazyPattern(r"\s*<!--(?:(?!-->)(?s:.))*-->[ \t]*(?:\r?\n|\Z)")
BLANK_LINES = LazyPattern(r"(?:[ \t]*\r?\n)*(?:[ \t]+\Z)?")
DIRECTIVE = "cardlint-"  # in a comment that suppresses findings
MOST_WORDS = 8  # of a title; a longer one is a sentence
# Kinds of sections that are parts of another kind.
PARTS = {
    "evaluation": {"results"},
    "training-procedure": {"training-data", "hyperparameters"},
}
STATEMENT = LazyPattern(r"[:：]\s*\S|://|\s[-+–]\s|[。！]")


@rule(severity=Severity.NOTE, fix=Safety.UNSAFE)
def empty_section(card: Card) -> Iterator[Problem]:
    r"""A section has no content but comments.

    Readers look for what the heading promises. Only headings that name a kind of section are checked. A heading above
    its parts is not empty, even if their headings have its level. If the whole template is unfilled, or the section
    above contains a placeholder, another rule reports that instead.

    Bad:
        # tide-small

        It predicts tides.

        ## Training results

        ## License

        The MIT license.

    Good:
        # tide-small

        It predicts tides.

        ## License

        The MIT license.
    """
    sections = card.sections
    empty = [index for index, section in enumerate(sections) if _is_empty(section)]
    empty = [index for index in empty if not _hides_something(card, sections, index)]
    empty = [index for index in empty if not _is_above_its_parts(sections, index)]
    if empty and not card.unfilled_template:
        yield from (_empty(card, sections[index]) for index in empty)


def _is_empty(section: Section) -> bool:
    if not isinstance(section.heading, Heading) or section.children or section.own_state is not SectionState.EMPTY:
        return False
    in_placeholder = section.parent is not None and section.parent.own_state is SectionState.PLACEHOLDER
    return not in_placeholder and _promises_content(section)


def _promises_content(section: Section) -> bool:
    """True if the heading names a kind of section and is not itself the statement, such as `License: MIT`."""
    return bool(section.kinds) and STATEMENT.search(section.title) is None


def _hides_something(card: Card, sections: Sequence[Section], index: int) -> bool:
    """True if the section has invisible content: definitions of links, or tags of a layout."""
    start = sections[index].heading.span.end
    following = sections[index + 1].heading if index + 1 < len(sections) else None
    end = following.span.start if following is not None else len(card.source.text)
    between = COMMENT.sub("", card.source.text[start:end]).strip(" \t\r\n-*_#")
    return bool(between) or (following is not None and not isinstance(following, Heading))


def _is_above_its_parts(sections: Sequence[Section], index: int) -> bool:
    """True if the next headings are what the heading promises: of its kind, its parts, code, a sentence, or several
    of no kind.

    Their levels are not below that of the heading, as they should be.
    """
    section, *following = sections[index : index + 3]
    if not following or following[0].level < section.level - 1:
        return False
    wanted = {*section.kinds, *(part for kind in section.kinds for part in PARTS.get(kind, ()))}
    first = following[0]
    if not wanted.isdisjoint(first.kinds) or len(first.title.split()) > MOST_WORDS:
        return True
    if "how-to-use" in section.kinds and not first.kinds and any(isinstance(each, CodeBlock) for each in first.blocks):
        return True
    return len(following) > 1 and not any(each.kinds for each in following)


def _empty(card: Card, section: Section) -> Problem:
    return Problem(
        section.heading.span,
        f"section `{section.title}` is empty",
        help="Write the section, or delete its heading.",
        fix=_remove(card, section),
        several="sections are empty",
    )


def _remove(card: Card, section: Section) -> Fix:
    """Return the fix that deletes the heading, and the comments and blank lines after it."""
    text, lines = card.source.text, card.source.lines
    following = card.source.line_index(section.heading.span.end) + 1
    end = lines[following].start if following < len(lines) else len(text)
    while (comment := COMMENT_LINES.match(text, end)) and DIRECTIVE not in comment[0]:
        end = comment.end()
    blank = BLANK_LINES.match(text, end)
    end = blank.end() if blank else end
    start = lines[card.source.line_index(section.heading.span.start)].start
    return Fix("Delete the heading", (Edit(Span(start, end), ""),), Safety.UNSAFE)
