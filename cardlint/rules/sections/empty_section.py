"""Rule `empty-section`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Heading
from cardlint.card.text.sections import Section, SectionState
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

COMMENT = LazyPattern(r"<!--(?s:.*?)(?:-->|\Z)")
STATEMENT = LazyPattern(r"[:：]\s*\S|://|\s[-+–]\s|[。！]")


@rule(severity=Severity.NOTE, fix=Safety.UNSAFE)
def empty_section(card: Card) -> Iterator[Problem]:
    r"""A section has no content but comments.

    Readers look for what the heading promises. Only headings that name a kind of section are checked. If the whole
    template is unfilled, or the section above contains a placeholder, another rule reports that instead.

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


def _empty(card: Card, section: Section) -> Problem:
    return Problem(
        section.heading.span,
        f"section `{section.title}` is empty",
        help="Write the section, or delete its heading.",
        fix=_remove(card, section),
    )


def _remove(card: Card, section: Section) -> Fix:
    """Return the fix that deletes the heading and the blank lines after it."""
    lines = card.source.lines
    first = card.source.line_index(section.heading.span.start)
    following = card.source.line_index(section.heading.span.end) + 1
    while following < len(lines) and not card.source.slice(lines[following]).strip():
        following += 1
    end = lines[following].start if following < len(lines) else lines[-1].end
    return Fix("Delete the heading", (Edit(Span(lines[first].start, end), ""),), Safety.UNSAFE)
