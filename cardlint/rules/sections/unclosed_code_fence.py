"""Rule `unclosed-code-fence`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from cardlint.card.card import Card
from cardlint.card.markdown.tree import CodeBlock
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import Span
from cardlint.vocabulary.titles.section_kinds import kinds_of_title

# A single number sign also begins a comment in many languages, so it needs more evidence (see `_is_heading`).
HEADING = LazyPattern(r"(?P<signs>#{1,6})[ \t]++(?P<title>[^\w\n]*+\w[^\n]*)")
MARKS = {"`": "back-ticks", "~": "tildes"}
# A paragraph of text, not of code: a heading, a list, a table, or sentences.
PROSE = LazyPattern(
    r"#{1,6}[ \t]+\S.*|(?:[-*+]|\d{1,3}\.)[ \t].*|\|.*|[*_\[]{0,3}[^\W\d_a-z]\S*[ \t].*[.!?:：。][*_)]*"
)
TABLE = LazyPattern(r"\|?[ \t]*:?-{3,}+:?[ \t]*+(?:\|[ \t]*+:?-{2,}+:?[ \t]*+)++(?:\|[ \t]*+)?")


@rule(severity=Severity.WARNING, fix=Safety.UNSAFE)
def unclosed_code_fence(card: Card) -> Iterator[Problem]:
    r"""A code fence is never closed, so everything after it is shown as code.

    Readers lose the headings, tables and links that follow. A fence is closed by a line of at least as many signs of
    the same kind and nothing else. Only a fence that swallows a heading or table is reported. The fix deletes a fence
    that only text follows.

    Bad:
        # tide-small

        ## Usage

        ```python
        model = load("tide-small")

        ## Limitations

        It knows no tides beyond 2020.

    Good:
        # tide-small

        ## Usage

        ```python
        model = load("tide-small")
        ```

        ## Limitations

        It knows no tides beyond 2020.
    """
    for block in card.body.blocks:
        if isinstance(block, CodeBlock) and block.fenced and not block.closed:
            found = _swallowed(block)
            if found:
                yield _unclosed(card, block, *found)


def _swallowed(block: CodeBlock) -> tuple[Span, str] | None:
    """Return the first heading or table in a code block, and the word for it."""
    text = block.content.text
    start = 0
    before = ""
    for line in text.split("\n"):
        if line.startswith("#") and _is_heading(line, after_blank=not before.strip()):
            return block.content.span(start, start + len(line)), "heading"
        if "|" in before and "-|" in line.replace(" ", "") and TABLE.fullmatch(line):
            return block.content.span(start - len(before) - 1, start - 1), "table"
        start += len(line) + 1
        before = line
    return None


def _is_heading(line: str, *, after_blank: bool) -> bool:
    match = HEADING.fullmatch(line)
    if match is None:
        return False
    if kinds_of_title(match["title"], whole=True):
        return after_blank or len(match["signs"]) > 1
    return after_blank and (len(match["signs"]) > 1 or match["title"].startswith("**"))


def _unclosed(card: Card, block: CodeBlock, place: Span, kind: str) -> Problem:
    source = card.source
    opening = source.lines[source.line_index(block.span.start)]
    fence = source.slice(Span(block.span.start, opening.end)).rstrip()
    marker = fence[: len(fence) - len(fence.lstrip(fence[0]))]
    is_stray = _is_stray(card, block, place)
    advice = f"Close it with a line of {len(marker)} {MARKS[marker[0]]} where the code ends."
    return Problem(
        Span(block.span.start, block.span.start + len(fence)),
        f"this code fence is never closed, so a {kind} below is shown as code",
        help="Delete it: no code follows." if is_stray else advice,
        related=(Related(place, f"the {kind}"),),
        fix=_delete(card, block) if is_stray else _close(card, block, before=place, kind=kind, marker=marker),
    )


def _is_stray(card: Card, block: CodeBlock, before: Span) -> bool:
    """True if only text is between a fence without a language and a heading or table.

    The text begins with a blank line or a heading: code begins right below its fence.
    """
    if block.info.strip():
        return False
    source = card.source
    first, last = source.line_index(block.span.start) + 1, source.line_index(before.start)
    lines = [source.slice(line).strip() for line in source.lines[first:last]]
    paragraphs = ["\n".join(group) for is_text, group in groupby(lines, key=bool) if is_text]
    begins = bool(lines) and (not lines[0] or (paragraphs[0] == lines[0] and lines[0].startswith("#")))
    return begins and all(PROSE.fullmatch(text.replace("\n", " ")) for text in paragraphs)


def _delete(card: Card, block: CodeBlock) -> Fix:
    """Return the fix that deletes a fence and a blank line after it."""
    lines = card.source.lines
    first = card.source.line_index(block.span.start)
    following = first + 1 if card.source.slice(lines[first + 1]).strip() else first + 2
    edit = Edit(Span(lines[first].start, lines[following].start), "")
    return Fix("Delete the code fence", (edit,), Safety.UNSAFE)


def _close(card: Card, block: CodeBlock, *, before: Span, kind: str, marker: str) -> Fix:
    """Return the fix that adds a closing fence after the last line of code before a heading or table."""
    lines = card.source.lines
    last = card.source.line_index(before.start) - 1
    first = card.source.line_index(block.span.start)
    while last > first and not card.source.slice(lines[last]).strip():
        last -= 1
    newline = card.source.text[lines[last].end : lines[last + 1].start]
    code = card.source.slice(lines[last]).rstrip()
    # the closing fence may have been written after the code on its last line
    code = code[: -len(marker)] if code.endswith(marker) and last > first else code
    edit = Edit(Span(lines[last].start + len(code), lines[last].end), newline + marker)
    return Fix(f"Close the code fence before the {kind}", (edit,), Safety.UNSAFE)
