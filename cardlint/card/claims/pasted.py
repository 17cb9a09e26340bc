"""Claims of results pasted as a program printed them: blocks and dicts that hold metrics, values and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from cardlint.card.claims.claim import Claim, Grounds, How
from cardlint.card.claims.grids import Context, headings_above
from cardlint.card.claims.subject import Subjects
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, CodeBlock, Content, Heading, Paragraph
from cardlint.card.numbers.number import NUMERAL, Number, read_number
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.labels.metrics import is_noise, read_label

__all__ = ["read_pasted"]

# `"accuracy": 0.83,`, `accuracy = 0.83`, `eval_f1  0.81`, with the quotes, braces and commas of JSON and Python.
# Blanks are bounded, since a long run of them could be split between label, separator and number in very many ways.
_ENTRY = (
    r"[\"']?(?P<label>[A-Za-z](?:[\w./@+-]|[ ](?![ ])){0,40}?)[\"']?"
    r"\s{0,30}(?:[:=]\s{0,30}|\s{2,30})(?:np\.float\d+\()?"
    rf"(?P<number>{NUMERAL}(?:[ ]?%)?)\)?"
)
_LINE = LazyPattern(rf"\s*+[{{(\[]?\s*+{_ENTRY}\s*+,?\s*+[}})\]]?\s*+")
_DICT = LazyPattern(r"\{[^{}\n]{3,2000}\}")
_IN_DICT = LazyPattern(rf"{_ENTRY}\s*(?:,\s*|$)")
_BRACES = frozenset(("", "{", "}", "[", "]", "(", ")", "[{", "}]", "---", "..."))
_RESULTS = LazyPattern(r"(?i)\b(?:results?|evaluat\w*|metrics?|performance|scores?|benchmarks?|accuracy)\b")
_LANGUAGES = frozenset(("", "text", "txt", "json", "yaml", "console", "plaintext", "log", "output"))
_MOST_LINES = 60
_LONGEST_LINE = 200  # of one entry, indentation included


class _Found(Struct, frozen=True):
    label: str
    number: Number
    span: Span


def read_pasted(body: Document, subjects: Subjects) -> Iterator[Claim]:
    """Yield the claims of code blocks and of dicts in the text below a heading about results."""
    headings: tuple[Heading, ...] = ()
    before: Block | None = None
    for block in body.blocks:
        if isinstance(block, Heading):
            headings = headings_above(headings, block)
        entries = _in_block(block)
        if entries:
            above = Context(
                titles=tuple(body.plain(heading.content) for heading in headings),
                text=before.content.text if isinstance(before, Paragraph) else "",
            )
            yield from _claims(entries, above, block, subjects)
        before = block


def _claims(entries: Sequence[_Found], above: Context, block: Block, subjects: Subjects) -> Iterator[Claim]:
    if not _announces(above.title, above.text):
        return
    from cardlint.card.claims.clauses import is_of_another, split_of_heading  # here, since few cards have such a block

    if is_of_another(above.titles, above.caption, subjects):
        return
    for found in entries:
        read = read_label(found.label)
        yield Claim(
            metric=read.metric,
            label=found.label,
            number=found.number,
            source="fenced",
            span=found.span,
            variant=read.variant,
            split=read.split or split_of_heading(above.caption) or split_of_heading(above.title),
            grounds=Grounds(How.PASTED, block.span),
        )


def _announces(title: str, caption: str) -> bool:
    return bool(_RESULTS.search(title) or (caption.rstrip().endswith(":") and _RESULTS.search(caption)))


def _in_block(block: Block) -> Sequence[_Found]:
    if isinstance(block, CodeBlock) and block.language in _LANGUAGES:
        return _in_lines(block.content)
    if isinstance(block, Paragraph) and "{" in block.content.text:
        return _in_dict(block.content)
    return ()


def _in_lines(content: Content) -> Sequence[_Found]:
    """Return the entries of a text of which every line is one; a line of anything else makes it no list of results."""
    lines = content.text.split("\n")
    if len(lines) > _MOST_LINES:
        return ()
    found: list[_Found] = []
    start = 0
    for line in lines:
        match = _LINE.fullmatch(line) if len(line) <= _LONGEST_LINE else None
        if match is not None:
            found += _entry(content, start + match.start("number"), match["label"], match["number"])
        elif line.strip().rstrip(",") not in _BRACES:
            single = _DICT.fullmatch(line.strip())
            if single is None:
                return ()
            found += _entries(content, start + line.index("{") + 1, single[0][1:-1])
        start += len(line) + 1
    return _certain(found)


def _in_dict(content: Content) -> Sequence[_Found]:
    """Return the entries of a paragraph that consists of a dict."""
    text = content.text.strip()
    if _DICT.fullmatch(text) is None:
        return ()
    return _certain(list(_entries(content, content.text.index("{") + 1, text[1:-1])))


def _entries(content: Content, start: int, inside: str) -> Iterator[_Found]:
    for match in _IN_DICT.finditer(inside):
        yield from _entry(content, start + match.start("number"), match["label"], match["number"])


def _entry(content: Content, start: int, label: str, text: str) -> Iterator[_Found]:
    number = read_number(text)
    if number is not None:
        yield _Found(label.strip(), number, content.span(start, start + len(number.text)))


def _certain(found: Sequence[_Found]) -> Sequence[_Found]:
    """Return the metrics among the entries if there is nothing else but run times and counters."""
    metrics = [each for each in found if read_label(each.label).known]
    others = [each for each in found if not read_label(each.label).known and not is_noise(each.label)]
    return metrics if metrics and not others else ()
