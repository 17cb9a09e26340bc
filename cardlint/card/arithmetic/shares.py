"""Percentages and fractions with the counts that they are of: `99.1% accuracy (855/863 reviews)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext

from msgspec import Struct

from cardlint.card.arithmetic.contradiction import Contradiction
from cardlint.card.arithmetic.texts import find_texts
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Content
from cardlint.card.numbers.number import Number, read_number
from cardlint.card.numbers.rounding import Interval, computed
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["wrong_shares"]

_MARKS = r"[*_`]*+"
_SHARE = r"(?:(?P<percent>\d{1,3}(?:[.,]\d+)?) ?\\?%|(?P<fraction>[01][.,]\d{2,}))"
_COUNT = r"\d{1,3}(?:,\d{3}){1,4}|\d{1,9}"
_COUNTS = rf"(?P<hits>{_COUNT}) ?(?:/|(?:out )?of|von|de|sur|su|van|av) ?(?P<all>{_COUNT})(?![\w/]|[.,]\d)"
# Metrics that are the share of cases that were right.
_OF_CASES = (
    r"(?:overall|test|validation|top-1|exact|match|accuracy|accurate|acc\.?|correct|correctly|success|successful|pass"
    r"|passed|pass@1|hits?|rate|recall|precision|sensitivity|specificity|solved|resolved|valid|agreement|coverage|classified"
    r"|recognized|recognised|detected|answered|score)"
)
_WORDS = rf"(?:[ ]{_MARKS}{_OF_CASES}{_MARKS}){{0,3}}"
_NOUN = r"(?P<noun>[^()\[\]\d%]{0,40})"
_FORMS = (
    LazyPattern(rf"(?i)(?<![\w.,/+-]){_SHARE}{_MARKS}{_WORDS}{_MARKS}[:,]? ?[(\[]{_MARKS}{_COUNTS}{_NOUN}[)\]]"),
    LazyPattern(
        rf"(?i)(?<![\w.,/+-]){_SHARE}{_MARKS}{_WORDS}{_MARKS},? (?:i\.e\.|that is|or|=),? {_COUNTS}"
        r"(?P<noun>(?: [a-z-]+){0,3})"
    ),
    LazyPattern(
        rf"(?i)(?<![\w.,/-]){_COUNTS}(?P<noun>(?: [a-z-]+){{0,3}}?){_MARKS} ?[(\[=≈] ?{_MARKS}"
        rf"{_SHARE}{_MARKS}{_WORDS}(?=[)\],;.]|\s*$)"
    ),
)
_ANOTHER_NUMBER = LazyPattern(
    r"(?i)(?:\b(?:by|up to|over|under|about|around|at least|at most|more than|less than|nearly|almost|approximately"
    r"|approx\.?|roughly|only|reduc\w*|improv\w*|increas\w*|faster|smaller)|[~≈<>≤≥±])\W*$"
)
_PARTS = LazyPattern(
    r"(?i)\b(?:splits?|train\w*|used|epochs?|steps?|iterations?|tokens?|layers?|params?|parameters|shots?|runs?|ratio"
    r"|gb|mb|subsets?|sampled|evaluated|tested|labell?ed|annotated|heads?|experts?|bits?|ms|s|sec\w*|days?|hours?|years?"
    r"|points?|stars?|votes?|seeds?)\b"
)
_RIGHT = LazyPattern(r"(?i)\b(?:correct\w*|right|passed|solved|resolved|accepted|valid|hits?)\b")
_COMPARED = LazyPattern(
    r"(?i)\W*(?:faster|slower|better|worse|more|less|fewer|smaller|larger|higher|lower|reduc\w*|improv\w*|increas\w*"
    r"|decreas\w*|drop|gain|speed-?up|savings?)\b"
)
_FRACTION = LazyPattern(r"[01][.,]\d\d")
_SHORTEST = len("9%(1/9)")
_TWO_COUNTS = LazyPattern(rf"(?i){_COUNTS}")
_BEFORE = 100  # the characters before a share in which a word may say that it is another number
_FEW = 100  # up to which two numbers beside a percentage may be precision and recall


class _Share(Struct, frozen=True):
    """A percentage or fraction and the counts beside it."""

    number: Number
    span: Span
    hits: int
    all: int
    is_certain: bool

    @property
    def value(self) -> Decimal:
        """The share that the counts make, in the unit of the number."""
        with localcontext(prec=30):
            return Decimal(self.whole * self.hits) / self.all

    @property
    def whole(self) -> int:
        return 100 if self.number.percent else 1

    def fits(self) -> bool:
        """Return True if the counts make the number, or the rest of it, at the digits shown."""
        stated = computed(self.number)
        if stated is None:
            return True
        values = [self.value, self.whole - self.value]
        if not self.is_certain:  # two numbers that are precision and recall, and their F1
            with localcontext(prec=30):
                values.append(Decimal(2 * self.hits * self.all) / (self.hits + self.all))
        return any(stated.meets(Interval(each, each)) for each in values)


def wrong_shares(body: Document) -> Iterator[Contradiction]:
    """Yield the percentages and fractions that are not what the counts beside them say.

    Small counts without a noun, which may be precision and recall, are read only in a card in which others are right.
    """
    shares = [share for content in find_texts(body) for share in _shares(content)]
    right = sum(share.fits() for share in shares)
    for share in shares:
        if not share.fits() and (share.is_certain or right > 1):
            digits = len(share.number.numeral.partition(".")[2])
            value = f"{round(share.value, digits):f}{'%' * share.number.percent}"
            yield Contradiction(
                relation=f"share {share.span.start}",
                span=share.span,
                message=f"this is {share.number.text}, but {share.hits} of {share.all} are {value}",
            )


def _shares(content: Content) -> Iterator[_Share]:
    text = content.text
    # most texts are cells with one number, or sentences without a share
    if len(text) < _SHORTEST or not ("%" in text or _FRACTION.search(text)) or not _TWO_COUNTS.search(text):
        return
    for form in _FORMS:
        for match in form.finditer(content.text):
            share = _share(match, content)
            if share is not None:
                yield share


def _share(match: re.Match[str], content: Content) -> _Share | None:
    """Return the share that a form matches, unless the words around it say that it is something else."""
    kind = "percent" if match["percent"] else "fraction"
    number = read_number(match[kind])
    hits, count = (int(match[name].replace(",", "")) for name in ("hits", "all"))
    noun = match["noun"].strip(" *_`")
    is_of_something_else = (
        _PARTS.search(noun)
        or _ANOTHER_NUMBER.search(content.text, max(match.start() - _BEFORE, 0), match.start())
        or _COMPARED.match(content.text, match.end())
    )
    # 500 of 2000 pictures may be those that were evaluated, and 12/2024 a date
    is_sample = noun and hits % 50 == 0 and count % 50 == 0 and not _RIGHT.search(noun)
    is_date = hits <= 12 and 1900 <= count < 2100
    if number is None or is_of_something_else or is_sample or is_date or not 0 < hits <= count or count < 2:
        return None
    is_percent = kind == "percent"
    return _Share(
        number=Number(number.value, is_percent, match[kind] + "%" * is_percent, number.numeral),
        span=content.span(*match.span(kind)),
        hits=hits,
        all=count,
        is_certain=bool(noun) or count > _FEW,
    )
