"""Rule `heading-without-space`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Block, Content, Paragraph
from cardlint.card.text.headings import Headline
from cardlint.card.text.unfenced_code import is_code_line
from cardlint.card.text.visibility import shows_something
from cardlint.finding import Edit, Fix, Problem, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.titles.section_kinds import kinds_of_title

# A no-break space or an ideographic one is not a space to Markdown; read as cp1252, the former is `Â` and a blank.
LINE = LazyPattern(r"(?P<signs>#{1,6})(?P<blank>\u00c2[ \u00a0]|[\u00a0\u3000]|)(?P<title>[^\W\d_].*)")
OTHER_HASHTAG = LazyPattern(r"(?<!\S)#\w|https?://|www\.")
LONGEST = 80  # characters of a heading; a longer line is a sentence
STOP = LazyPattern(r"[.;]\s|[.;]$|。")
QUESTION = LazyPattern(r"(?:how|what|why|when|where|which|who)\b", re.IGNORECASE)
SUBJECT = LazyPattern(r"(?:this|it|we|you|they|these|there|i)\b(?![-.])", re.IGNORECASE)
VERB = LazyPattern(r"\s(?:is|are|was|were|has|have|had|will|can|should|does|did|must)\s", re.IGNORECASE)
# words of prompts and of the C preprocessor
PROMPTS = frozenset(
    (
        *("instruction", "instructions", "response", "human", "assistant", "input", "user", "system", "question"),
        *("answer", "context", "output", "prompt", "bot", "ai", "gpt", "endoftext", "end"),
        *("include", "define", "ifdef", "pragma"),
    )
)


@rule(severity=Severity.WARNING, fix=Safety.SAFE)
def heading_without_space(card: Card) -> Iterator[Problem]:
    r"""A line begins with `#` but is not a heading, since no space follows.

    The Hub shows the number signs and the title as plain text, without an anchor. Put a space after the signs. Hashtags
    and footnotes begin with one sign too, so such a line is reported only if it is the title of the card or names a
    known kind of section. Sentences and comments of code are not reported.

    Bad:
        # tide-small

        ##Usage

        Load it as any other model.

    Good:
        # tide-small

        ## Usage

        Load it as any other model.
    """
    if "#" not in card.body_text:
        return
    lines = [line for line in _lines(card.body.blocks) if _may_be_heading(line)]
    if not lines:
        return
    headlines = [part for part in card.headlines if isinstance(part, Headline)]
    levels = [(headline.block.span.start, headline.level) for headline in headlines if headline.level]
    levels += [(line.span.start, len(line.signs) if len(line.signs) > 1 else 0) for line in lines]
    levels.sort()
    start = _start_of_text(card.body.blocks)
    has_habit = any(len(line.signs) > 1 for line in lines)
    for line in lines:
        is_title = line.span.start == start and _can_be_title(line, headlines)
        if len(line.signs) > 1 or is_title or _is_section(line, has_habit=has_habit):
            yield _problem(line, _level(line, levels, is_title=is_title))


class Line(Struct, frozen=True):
    """A line that begins with number signs: its span, the span between signs and title, and the line below it."""

    span: Span
    signs: str
    blank: Span
    title: str
    first: bool
    below: str


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph) and "#" in block.content.text:
            yield from _in_paragraph(block.content)


def _in_paragraph(content: Content) -> Iterator[Line]:
    lines = content.text.split("\n")
    start = 0
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if match := LINE.match(line):
            yield Line(
                span=content.span(start, start + len(line)),
                signs=match["signs"],
                blank=_between(content, start + match.start("blank"), start + match.end("blank")),
                title=match["title"].strip(),
                first=start == 0,
                below=below,
            )
        start += len(line) + 1


def _between(content: Content, start: int, end: int) -> Span:
    return Span(content.offset(start), content.offset(end))


def _may_be_heading(line: Line) -> bool:
    """Return False for prompts, sentences, comments of code, and a second line after a hashtag."""
    words = line.title.rstrip(" :*").lower()
    if words in PROMPTS or words.split(None, 1)[0].rstrip(":") in PROMPTS or is_code_line(line.below):
        return False
    if len(line.signs) == 1 and (not line.first or OTHER_HASHTAG.search(line.title)):
        return False
    return bool(kinds_of_title(line.title, whole=True)) or not _is_sentence(line.title)


def _is_sentence(title: str) -> bool:
    if len(title) > LONGEST or STOP.search(title) or SUBJECT.match(title):
        return True
    return VERB.search(title) is not None and not QUESTION.match(title)


def _start_of_text(blocks: Sequence[Block]) -> int:
    """Return the start of the first block that a reader sees, -1 if there is none."""
    return next((block.span.start for block in blocks if shows_something(block)), -1)


def _can_be_title(line: Line, headlines: Sequence[Headline]) -> bool:
    """Return True if a line does not name a section, and no heading of level 1 is the title already."""
    if len(line.signs) > 1 or kinds_of_title(line.title, whole=True):
        return False
    return all(kinds_of_title(headline.title) for headline in headlines if headline.level == 1)


def _is_section(line: Line, *, has_habit: bool) -> bool:
    """Return True if a blank or the title shows that a line is a heading, or other lines show the author's habit."""
    if line.blank.start < line.blank.end or kinds_of_title(line.title, whole=True):
        return True
    # one word may be a hashtag
    return has_habit and not line.title[0].islower() and (" " in line.title or not line.title.isascii())


def _level(line: Line, levels: Sequence[tuple[int, int]], *, is_title: bool) -> int:
    """Return the level that the heading should have, or 0 if that is not certain.

    `levels` are the ascending starts and levels of headings and lines, 0 for a line with one sign. A second heading of
    level 1 would be a second title, so that of a section has level 2, unless sections of level 2 follow that are its
    own.
    """
    if len(line.signs) > 1:
        return len(line.signs)
    if is_title:
        return 0 if any(level == 1 for _, level in levels) else 1
    following = bisect_right(levels, (line.span.start, 6))
    return 0 if following < len(levels) and levels[following][1] == 2 else 2


def _problem(line: Line, level: int) -> Problem:
    shown = f"{line.signs}{line.title}"
    if line.blank.start == line.blank.end:
        message = f"`{shown}` is not a heading: a space is missing after `{line.signs}`"
    else:
        message = f"`{shown}` is not a heading: the blank after `{line.signs}` is not a space"
    edit = Edit(Span(line.span.start, line.blank.end), "#" * level + " ")
    if level == len(line.signs):
        edit = Edit(line.blank, " ")
    title = "Insert a space" if line.blank.start == line.blank.end else "Write a space"
    help_text = "Put a space after the number signs."
    fix = Fix(title, (edit,), Safety.SAFE) if level else None
    return Problem(line.span, message, help_text, fix=fix)
