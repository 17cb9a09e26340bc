"""Rule `duplicate-section`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

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
    titles = Counter(map(_key, card.sections))
    repeated = frozenset(title for title, count in titles.items() if count > 1)
    if not repeated:
        return
    siblings: dict[int, list[Section]] = {}
    for section in card.sections:
        if isinstance(section.heading, Heading) and not _is_comment(card, section):
            siblings.setdefault(id(section.parent), []).append(section)
    groups = [group for group in siblings.values() if len(group) > 1]
    if groups:
        parts = Parts(card, repeated)
        for group in groups:
            yield from _in_group(card, group, parts)


def _is_comment(card: Card, section: Section) -> bool:
    """True if a heading is a comment in code without a fence: the next line is code."""
    below = section.blocks[0] if section.blocks else None
    if not isinstance(below, Paragraph) or not is_code_line(below.content.text):
        return False
    return card.source.line_index(below.span.start) == card.source.line_index(section.heading.span.end) + 1


class Parts:
    """The lines that open parts of a card, and its sections by title, of the titles that are repeated."""

    def __init__(self, card: Card, repeated: frozenset[str]) -> None:
        self.repeated = repeated
        self.openers = [block.span.start for block in card.body.blocks if _opens_part(block)]
        self.above = {id(section): above for above, section in pairwise(card.sections) if _key(section) in repeated}
        self.starts: dict[str, list[int]] = {title: [] for title in repeated}
        for section in card.sections:
            if _key(section) in repeated:
                self.starts[_key(section)].append(section.heading.span.start)

    def differ(self, first: Section, last: Section) -> bool:
        """Return True if two sections of one title are of different parts.

        That is so if a line that opens a part is right above the later section, if each section is below one of its
        own, or if another section of the title is between them, with another parent: a part with a slip in its level.
        """
        start, end = first.heading.span.start, last.heading.span.start
        if _has(self.starts[_key(first)], start, end) or _is_opened(self.above[id(last)]):
            return True
        parent = first.parent.heading.span.end if first.parent is not None else 0
        return _has(self.openers, parent, start) and _has(self.openers, start, end)


def _opens_part(block: Block) -> bool:
    """True for a bold line, and for the title of a fold in HTML."""
    if isinstance(block, Html):
        return HTML_LINE.search(block.content.text) is not None
    if not isinstance(block, Paragraph):
        return False
    text = block.content.text.strip().rstrip(":：")
    return len(text) <= LONGEST and "\n" not in text and text.startswith(BOLD) and text.endswith(BOLD)


def _key(section: Section) -> str:
    return " ".join(section.title.lower().split())


def _has(places: Sequence[int], start: int, end: int) -> bool:
    """Return True if one of the ascending places is between two others."""
    return bisect_right(places, start) < bisect_left(places, end)


def _is_opened(above: Section) -> bool:
    """True if the last that a section shows is a line that opens the part below it, or a label."""
    seen = [block for block in above.blocks if not isinstance(block, ThematicBreak) and shows_something(block)]
    last = seen[-1] if seen else above.heading
    return not isinstance(last, Heading) and (_opens_part(last) or _is_label(last))


def _is_label(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    text = block.content.text.strip()
    return len(text) <= LONGEST and "\n" not in text and text.endswith((":", "："))


def _in_group(card: Card, group: Sequence[Section], parts: Parts) -> Iterator[Problem]:
    repeats_titles = card.generator.repeats_titles if card.generator is not None else frozenset()
    latest: dict[str, int] = {}
    of_no_kind: list[int] | None = None
    for index, section in enumerate(group):
        title = _key(section)
        if title.startswith("original model card"):  # another card follows
            latest.clear()
            continue
        if title not in parts.repeated:
            continue
        earlier = latest.get(title)
        latest[title] = index
        if earlier is None or title in repeats_titles or parts.differ(group[earlier], section):
            continue
        if of_no_kind is None:  # only now, since few groups have such a section, and the kinds of many take long
            of_no_kind = [number for number, each in enumerate(group) if not each.kinds]
        if not _has(of_no_kind, earlier - 1, index + 1) or _has_same_text(card, group[earlier], section):
            yield Problem(
                section.heading.span,
                f"duplicate section `{section.title}`",
                help="Merge the two sections, or give each its own title.",
                related=(Related(group[earlier].heading.span, "the other section"),),
            )


def _has_same_text(card: Card, first: Section, last: Section) -> bool:
    text = _text(card, first)
    return len(text) >= ENOUGH and text == _text(card, last)


def _text(card: Card, section: Section) -> str:
    return " ".join(card.source.slice(Span(section.heading.span.end, section.span.end)).split())
