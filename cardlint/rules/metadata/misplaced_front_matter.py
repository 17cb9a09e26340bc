"""Rule `misplaced-front-matter`."""

from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.frontmatter import FrontMatterState, looks_like_metadata
from cardlint.finding import Edit, Fix, Problem, Related, Safety, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.source import BYTE_ORDER_MARK, Source, Span

CODE_FENCE = LazyPattern(r" {0,3}(?P<marks>`{3,}|~{3,})(?P<text>.*)")


@rule(severity=(Severity.ERROR, Severity.WARNING), fix=Safety.UNSAFE)
def misplaced_front_matter(card: Card) -> Iterator[Problem]:
    r"""The front matter is not where the Hub looks for it.

    The Hub reads a front matter only if the file begins with a line of exactly three dashes. After a title, a comment
    or any other text it silently reads no metadata. A second front matter below the first is a warning: it is shown as
    text, and its keys have no effect.

    Bad:
        # A model

        ---
        license: mit
        ---

    Good:
        ---
        license: mit
        ---

        # A model
    """
    front_matter = card.front_matter
    if front_matter.state is FrontMatterState.VALID:
        yield from _second(card)
    if front_matter.state is not FrontMatterState.MISPLACED:
        return
    opening = card.source.slice(front_matter.opening)
    if not opening:
        yield _never_opened(card)
    elif opening == "---":
        first = next(line for line in card.source.lines if card.source.slice(line).strip("\ufeff \t"))
        yield Problem(
            front_matter.opening,
            "the front matter is not at the top of the file, so the Hub reads no metadata",
            help="Move the front matter to the very top of the file.",
            related=(Related(first, "this comes before it"),),
            fix=_move(card),
        )
    else:
        yield Problem(
            front_matter.opening,
            "this line is not exactly `---` and does not open a front matter, so the Hub reads no metadata",
            help="Open the front matter with a line of exactly three dashes, without blanks after them.",
            fix=Fix("Make the line `---`", (Edit(front_matter.opening, "---"),), Safety.UNSAFE),
        )


def _second(card: Card) -> Iterator[Problem]:
    source = card.source
    for index in range(card.front_matter.body_line, len(source.lines)):
        line = source.lines[index]
        text = source.slice(line)
        if text.strip():
            if text == "---" and looks_like_metadata(source, index + 1, known=True):
                yield Problem(
                    line,
                    "a second front matter: the Hub reads only the first, and shows this one as text",
                    help="Move its keys into the first front matter and delete it.",
                    related=(Related(card.front_matter.opening, "the one that is read"),),
                    severity=Severity.WARNING,
                )
            return


def _never_opened(card: Card) -> Problem:
    front_matter = card.front_matter
    start = front_matter.opening.start
    line_end = card.source.text[card.source.lines[0].end : card.source.lines[1].start]
    return Problem(
        Span(start, card.source.lines[card.source.line_index(start)].end),
        "the front matter has no opening fence, so the Hub reads no metadata",
        help="Put a line of exactly three dashes before it, as the first thing in the file.",
        related=(Related(front_matter.closing, "the closing fence"),),
        fix=Fix("Open the front matter", (Edit(front_matter.opening, f"---{line_end}"),), Safety.UNSAFE),
    )


def _move(card: Card) -> Fix:
    """Return the fix that moves the block to the beginning of the file."""
    source, block = card.source, card.front_matter.span
    line = source.line_index(block.start)
    block = Span(source.lines[line].start, block.end)
    place = _place(source, *_with_code_fences(source, line, source.line_index(block.end) + 1))
    top = 1 if source.text.startswith(BYTE_ORDER_MARK) else 0
    line_end = source.text[source.lines[0].end : source.lines[1].start]
    text = source.slice(block) + line_end + line_end
    return Fix(
        "Move the front matter to the top",
        (Edit(Span(top, top), text), Edit(place, "")),
        Safety.UNSAFE,
    )


def _with_code_fences(source: Source, first: int, following: int) -> tuple[int, int]:
    """Return the lines of the block, with those of the code block that contains nothing else."""
    if first == 0 or following >= len(source.lines):
        return first, following
    opening = CODE_FENCE.match(source.slice(source.lines[first - 1]))
    closing = CODE_FENCE.match(source.slice(source.lines[following]))
    if opening and closing and closing["marks"].startswith(opening["marks"]) and not closing["text"].strip():
        return first - 1, following + 1
    return first, following


def _place(source: Source, first: int, following: int) -> Span:
    """Return the block's lines and one blank line after them, or at the end of the file the blank lines before them."""
    lines = source.lines
    if not source.text[lines[following - 1].end :].strip():
        while first > 1 and not source.slice(lines[first - 1]).strip():
            first -= 1
        return Span(lines[first].start, len(source.text))
    if not source.slice(lines[following]).strip():
        following += 1
    return Span(lines[first].start, lines[following].start)
