"""Rule `duplicate-section`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Block, Heading, Html, Paragraph, ThematicBreak
from cardlint.card.text.sections import Section
from cardlint.card.text.unfenced_code import is_code_line
from cardlint.card.text.visibility import shows_something
from cardlint.finding import Problem, Related, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span

ENOUGH = 40  # characters of text that do not repeat by accident
LONGEST = 80  # characters of a line that opens a part
BOLD = ("**", "__")
HTML_LINE = LazyPattern(r"<(?:summary|b|strong)\b", re.IGNORECASE)


@rule(severity=Severity.WARNING)
def duplicate_section(card: Card) -> Iterator[Problem]:
    r"""Two sections under the same heading have the same title.

    Readers find the first and miss the second, and links to the anchor lead to the first. Merge the two, or give each
    its own title. Titles that name a kind of section are compared by the title alone, other titles only if the text
    below them is the same too. Titles that repeat for different models, versions or languages are not reported, nor
    those of parts that bold lines or labels open.

    Bad:
        # tide-small

        ## Usage

        Load it as any other model.

        ## Usage

        Run `tides predict`.

    Good:
        # tide-small

        ## Usage

        Load it as any other model, or run `tides predict`.
    """
    siblings: dict[int, list[Section]] = {}
    for section in card.sections:
        if isinstance(section.heading, Heading) and not _is_comment(card, section):
            siblings.setdefault(id(section.parent), []).append(section)
    for group in siblings.values():
        if len(group) > 1:
            yield from _in_group(card, group)


def _in_group(card: Card, group: Sequence[Section]) -> Iterator[Problem]:
    latest: dict[str, int] = {}
    for index, section in enumerate(group):
        title = _key(section)
        if title.startswith("original model card"):  # another card follows
            latest.clear()
            continue
        earlier = latest.get(title)
        latest[title] = index
        if earlier is not None and _repeats(card, title, group[earlier : index + 1]):
            yield Problem(
                section.heading.span,
                f"duplicate section `{section.title}`",
                help="Merge the two sections, or give each its own title.",
                related=(Related(group[earlier].heading.span, "the other section"),),
            )


def _key(section: Section) -> str:
    return " ".join(section.title.lower().split())


def _repeats(card: Card, title: str, group: Sequence[Section]) -> bool:
    """True if the last section of the group repeats the first, and not for another model, version or language."""
    if card.generator is not None and title in card.generator.repeats_titles:
        return False
    if _is_of_each_part(title, group) or _is_of_another_part(card, group[0], group[-1]):
        return False
    text = _text(card, group[0])
    if len(text) >= ENOUGH and text == _text(card, group[-1]):
        return True
    return all(section.kinds for section in group)


def _is_comment(card: Card, section: Section) -> bool:
    """True if a heading is a comment in code without a fence: the next line is code."""
    below = section.blocks[0] if section.blocks else None
    if not isinstance(below, Paragraph) or not is_code_line(below.content.text):
        return False
    return card.source.line_index(below.span.start) == card.source.line_index(section.heading.span.end) + 1


def _is_of_each_part(title: str, group: Sequence[Section]) -> bool:
    """True if the parts of the card between two sections have sections of this title too, one of them a level off."""
    return any(_key(inner) == title for section in group for child in section.children for inner in child.walk())


def _is_of_another_part(card: Card, first: Section, last: Section) -> bool:
    """True if a line that opens a part is right above the later section, or each section is below one of its own."""
    start = first.parent.heading.span.end if first.parent is not None else 0
    above = [block for block in card.body.blocks if start <= block.span.start < last.heading.span.start]
    seen = [block for block in above if not isinstance(block, ThematicBreak) and shows_something(block)]
    if seen and (_opens_part(seen[-1]) or _is_label(seen[-1])):
        return True
    openers = [block.span.start for block in seen if _opens_part(block)]
    return bool(openers) and openers[0] < first.heading.span.start < openers[-1]


def _opens_part(block: Block) -> bool:
    """True for a bold line, and for the title of a fold in HTML."""
    if isinstance(block, Html):
        return HTML_LINE.search(block.content.text) is not None
    if not isinstance(block, Paragraph):
        return False
    text = block.content.text.strip().rstrip(":：")
    return len(text) <= LONGEST and "\n" not in text and text.startswith(BOLD) and text.endswith(BOLD)


def _is_label(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    text = block.content.text.strip()
    return len(text) <= LONGEST and "\n" not in text and text.endswith((":", "："))


def _text(card: Card, section: Section) -> str:
    return " ".join(card.source.slice(Span(section.heading.span.end, section.span.end)).split())
