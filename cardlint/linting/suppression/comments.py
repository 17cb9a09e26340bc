"""The comments of a card in YAML and Markdown, and the removal of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from cardlint.card.card import Card
from cardlint.card.frontmatter import FrontMatterState
from cardlint.card.markdown.tree import Block, CodeBlock, Content, Heading, Html, InlineHtml, List, Paragraph, Row
from cardlint.card.yaml.nodes import Metadata, parse_metadata
from cardlint.finding import Edit, Safety
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Source, Span

__all__ = ["Comment", "Lines", "body_comments", "front_matter_of", "metadata_comments", "removal"]

# HTML that may contain `<!--` without opening a comment.
_OPAQUE = LazyPattern(r"<!--|<(script|style|textarea|title)\b", re.IGNORECASE)
_INK = LazyPattern(r"\S")
_BEFORE = LazyPattern(r"[^ \t\ufeff]")
_LETTERS = LazyPattern(r"[^\W_]")
_LONGEST_LABEL = 1020  # of a link definition, with its brackets

_Pair = tuple[Block | None, Block | None]


class Comment(Struct, frozen=True):
    """A comment: the characters from `start` to `end` of a content, with `text` between its markers.

    A comment in YAML has the `metadata` around it. A comment in a block of raw HTML has that `block`, and as
    `neighbours` the nearest blocks before and after it that are not raw HTML.
    """

    content: Content
    start: int
    end: int
    text: slice
    metadata: Metadata | None = None
    block: Html | None = None
    neighbours: _Pair = (None, None)

    @property
    def span(self) -> Span:
        return self.content.span(self.start, self.end)


def front_matter_of(card: Card) -> Metadata:
    """Return the front matter as nodes, even if the Hub does not find it."""
    front_matter = card.front_matter
    if front_matter.state in (FrontMatterState.MISPLACED, FrontMatterState.UNCLOSED) and len(front_matter.yaml):
        return parse_metadata(card.source, front_matter.yaml)
    return card.metadata


def metadata_comments(source: Source, metadata: Metadata) -> Iterator[Comment]:
    """Yield the comments of the YAML; if it is invalid, parts of scalars may be among them."""
    for span in metadata.comments:
        content = Content(source.slice(span), span.start)
        yield Comment(content, 0, len(span), slice(1, len(span)), metadata)


def body_comments(card: Card, word: str) -> Iterator[Comment]:
    """Yield the comments of the body, in any order; text without `word` is skipped.

    Code, scripts and unclosed comments are left out.
    """
    stack: list[Sequence[Block]] = [card.body.blocks]
    while stack:
        blocks = stack.pop()
        neighbours: list[_Pair] = []
        for index, block in enumerate(blocks):
            if block.children and word in card.source.slice(block.span):
                stack.append(block.children)
            match block:
                case Html(content=content) if word in content.text:
                    neighbours = neighbours or _neighbours(blocks)
                    pair = neighbours[index]
                    yield from (_comment(content, *place, block, pair) for place in _in_html(content.text))
                case Paragraph(content=content) | Heading(content=content) if word in content.text:
                    yield from (_comment(content, *place) for place in _in_text(card, content))
                case Row(cells=cells):
                    for cell in cells:
                        if word in cell.content.text:
                            yield from (_comment(cell.content, *place) for place in _in_text(card, cell.content))


def _comment(
    content: Content,
    start: int,
    end: int,
    block: Html | None = None,
    neighbours: _Pair = (None, None),
) -> Comment:
    inside = slice(start + len("<!--"), end - len("-->"))
    return Comment(content, start, end, inside, block=block, neighbours=neighbours)


def _neighbours(blocks: Sequence[Block]) -> list[_Pair]:
    """Return for each block the nearest ones before and after it that are not raw HTML."""
    behind = list(_last_seen(reversed(blocks)))
    return list(zip(_last_seen(blocks), reversed(behind), strict=True))


def _last_seen(blocks: Iterable[Block]) -> Iterator[Block | None]:
    """Yield for each block the last one before it that is not raw HTML."""
    last: Block | None = None
    for block in blocks:
        yield last
        last = last if isinstance(block, Html) else block


def _in_html(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while (opening := _OPAQUE.search(text, at)) is not None:
        at = opening.end()
        if opening[1]:
            closing = re.compile(f"</{opening[1]}", re.IGNORECASE).search(text, at)
            if closing is None:
                return
            at = closing.end()
        elif not text.startswith((">", "->"), at):  # `<!-->` is a complete comment
            end = text.find("-->", at)
            if end < 0:
                return
            at = end + len("-->")
            yield opening.start(), at


def _in_text(card: Card, content: Content) -> Iterator[tuple[int, int]]:
    text = content.text
    if "<!--" not in text:
        return
    tops = card.body.inlines(content)
    starts = {inline.span.start for top in tops for inline in top.walk() if isinstance(inline, InlineHtml)}
    for opening in re.finditer("<!--(?!-?>)", text):
        end = text.find("-->", opening.end())
        if end >= 0 and content.offset(opening.start()) in starts:
            yield opening.start(), end + len("-->")


class Lines:
    """The lines of a span, by index from `first` to `last`; `alone` is true if they have no other text."""

    def __init__(self, source: Source, span: Span) -> None:
        self._text = source.text
        self._span = span
        self.first = source.line_index(span.start)
        self.last = source.line_index(max(span.end - 1, span.start))
        self.whole = Span(source.lines[self.first].start, source.lines[self.last].end)

    @property
    def before(self) -> str:
        return self._text[self.whole.start : self._span.start]

    @property
    def alone(self) -> bool:
        # searched, since a line may have thousands of comments
        return not self.is_followed and not _BEFORE.search(self._text, self.whole.start, self._span.start)

    @property
    def is_followed(self) -> bool:
        """True if there is text behind the span."""
        return _INK.search(self._text, self._span.end, self.whole.end) is not None

    @property
    def follows_letters(self) -> bool:
        """True if letters or digits are before the span."""
        return _LETTERS.search(self._text, self.whole.start, self._span.start) is not None

    @property
    def follows_bar(self) -> bool:
        """True if the bar of a table is before the span."""
        return self._text.find("|", self.whole.start, self._span.start) >= 0


def removal(source: Source, comment: Comment) -> tuple[Edit, Safety]:
    """Remove a comment, with its lines if it is alone on them.

    This is unsafe if the text around the comment would then be parsed in another way.
    """
    lines = Lines(source, comment.span)
    if comment.metadata is not None:
        # in invalid YAML, comments and text cannot be distinguished
        changes = comment.metadata.error is not None
        keep = _is_all(source, lines, comment.metadata.span)
    else:
        changes = _holds_together(source, lines, comment)
        keep = not changes and _keeps_apart(source, lines, comment.block)
    edit = (
        _removed_lines(source, lines, keep_break=keep)
        if lines.alone
        else _removed_text(source.text, lines, comment.span)
    )
    return edit, Safety.UNSAFE if changes else Safety.SAFE


def _removed_lines(source: Source, lines: Lines, *, keep_break: bool) -> Edit:
    start = lines.whole.start + lines.before.count("\ufeff")
    if keep_break or lines.last + 1 == len(source.lines):
        return Edit(Span(start, lines.whole.end), "")
    return Edit(Span(start, source.lines[lines.last + 1].start), "")


def _removed_text(text: str, lines: Lines, span: Span) -> Edit:
    """Remove the comment with the blanks on one side of it."""
    start, end = span.start, span.end
    while start > lines.whole.start and text[start - 1].isspace():
        start -= 1
    if not lines.is_followed:
        return Edit(Span(start, span.end), "")
    if start == lines.whole.start or start < span.start:
        while end < lines.whole.end and text[end].isspace():
            end += 1
    return Edit(Span(span.start, end), "")


def _is_all(source: Source, lines: Lines, yaml: Span) -> bool:
    """Return True if the front matter is only this comment: the Hub needs a line between the fences."""
    return not (
        _INK.search(source.text, yaml.start, lines.whole.start) or _INK.search(source.text, lines.whole.end, yaml.end)
    )


def _keeps_apart(source: Source, lines: Lines, block: Html | None) -> bool:
    """Return True if only the comment separates the lines above and below it: a blank line then replaces it."""
    if block is None or _is_blank(source, lines.first - 1) or _is_blank(source, lines.last + 1):
        return False
    return source.line_index(block.span.start) == lines.first and source.line_index(block.span.end) == lines.last


def _is_blank(source: Source, index: int) -> bool:
    """Return True if a line is blank or does not exist."""
    return not 0 <= index < len(source.lines) or not source.slice(source.lines[index]).strip(" \t\ufeff")


def _holds_together(source: Source, lines: Lines, comment: Comment) -> bool:
    """Return True if the text around the comment may be parsed in another way without it.

    The comment may make the text after it raw HTML, or separate two lists, or the characters around it.
    """
    if not lines.alone:
        if comment.block is not None and comment.block.span.start == comment.span.start:
            return True
        # the rest could become a thematic break or a link definition
        start = comment.span.start
        touches = start > lines.whole.start and not source.text[start - 1].isspace()
        label = source.text.find("]:", lines.whole.start, min(start, lines.whole.start + _LONGEST_LABEL))
        return touches or label >= 0 or not lines.follows_letters
    before, after = comment.neighbours
    if after is None or not (isinstance(before, List) or (isinstance(before, CodeBlock) and not before.fenced)):
        return False
    return isinstance(after, List) or source.position(after.span.start).column > 1
