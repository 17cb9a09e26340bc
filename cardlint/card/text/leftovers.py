"""Leftovers within a sentence: the orders of a template, and values as Python prints them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import CodeSpan, Paragraph
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span
from cardlint.vocabulary.boilerplate import PYTHON_OBJECT_FORM

__all__ = ["find_leftovers"]

_LEFTOVER = LazyPattern(
    # the templates of the XLSR fine-tuning week and of NeMo
    r"(?<!\S)#[ \t]?TODO[ \t]*(?:[:(].*)?$"
    r"|\b(?:PUT|INSERT|ADD|ENTER|WRITE)[-_]YOUR[-_][A-Z][A-Z_-]{2,40}[-_]HERE\b"
    rf"|(?P<printed>{PYTHON_OBJECT_FORM})",
    re.MULTILINE,
)
# every leftover contains one of these
_SIGNS = ("TODO", "YOUR", "Path('", "<class '", " at 0x")


def find_leftovers(block: Paragraph, document: Document, known: Sequence[Span]) -> Iterator[tuple[Span, bool]]:
    """Yield the spans of leftovers outside of code and of known places, and True for a value as Python prints it."""
    content = block.content
    if not any(sign in content.text for sign in _SIGNS):
        return
    matches = list(_LEFTOVER.finditer(content.text))
    code: list[Span] = []
    if matches and "`" in content.text:
        parts = [part for inline in document.inlines(content) for part in inline.walk()]
        code = [part.span for part in parts if isinstance(part, CodeSpan)]
    for match in matches:
        span = content.span(*match.span())
        line = content.text[content.text.rfind("\n", 0, match.start()) + 1 : match.start()]
        # between bars it is the type of an argument, in a table whose header is missing
        is_cell = match["printed"] is not None and "|" in line
        if not (is_cell or _is_within(span, code) or _is_within(span, known)):
            yield span, match["printed"] is not None


def _is_within(span: Span, places: Sequence[Span]) -> bool:
    """Return True if a span overlaps one of the ascending places, which do not overlap each other."""
    index = bisect_left(places, span)
    return any(place.overlaps(span) for place in places[max(index - 1, 0) : index + 1])
