"""Claims from English sentences, and from the lines of templates: `achieves a WER of 12.3 % on the test set`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from cardlint.card.claims.claim import Claim, Grounds, How, Reason, Unattributed
from cardlint.card.claims.clauses import Lead, Measured, measured_on, read_lead, read_tail
from cardlint.card.claims.prose import MARKS, METRIC
from cardlint.card.claims.subject import names_benchmark
from cardlint.card.markdown.tree import Content
from cardlint.card.numbers.number import NUMERAL, Number, read_number
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels.metrics import SCORE, Label, read_label

if TYPE_CHECKING:
    from cardlint.card.claims.subject import Subjects
    from cardlint.source import Span

__all__ = ["read_sentences"]

_BEFORE = (
    r"(?:(?:test|testing|validation|val|valid|dev|eval|evaluation|train|training|final|overall|average|mean|best|macro|micro"
    r"|weighted|balanced|top[- ]?\d|binary|token|normali[sz]ed|averaged|avg)[-_ ]+){0,4}"
)
_BEHIND = r"(?:[-_ ](?:score|rate|value|macro|micro|weighted))*"
_PHRASE = rf"(?<![\w@])(?P<label>{_BEFORE}{METRIC}{_BEHIND}(?: *\([^()\n\d]{{1,30}}\))?)"
_NUMBER = rf"(?P<number>{NUMERAL}(?:[ ]?\\?[%\uff05])?)"
_END = r"(?![\w%]|[.,:]\d|[-\u2013/] ?\d| ?(?:x\b|times|points?|million|k\b|epochs?|steps?|hours?|samples))"
_WHERE = r"(?P<where>(?: (?:on|for|in|over)\b[^.:;=|\n\d()]{1,60}?)?)"
_OF_THIS_MODEL = r"(?: of (?:this|the|our|my) (?:[\w-]+ ){0,2}(?:model|network|classifier|system|tagger|adapter))?"
_NAMED_FIRST = LazyPattern(
    rf"{_PHRASE}{_OF_THIS_MODEL}{_WHERE}{MARKS}(?:[:=]|\b(?:is|was|of|at|reache[ds]|equals|score of|rate of)\b)"
    rf"{MARKS}(?:of |score of |equal to )?{MARKS}{_NUMBER}{_END}",
    re.IGNORECASE,
)
_NUMBER_FIRST = LazyPattern(
    rf"(?<![\w.,%/@+~\-\u2013])(?<!top ){_NUMBER}{MARKS}(?:(?:in|for) (?:terms of )?)?{_PHRASE}"
    r"(?![\w@]| *[:=] *[\d*_`])",
    re.IGNORECASE,
)
_RESULT = LazyPattern(
    rf"^{MARKS}(?P<label>(?:(?:test|final|evaluation|validation) )?results?)(?: *\((?P<metric>\w{{2,12}})\))?"
    rf"{MARKS}:{MARKS}{_NUMBER}[* ]*$",
    re.IGNORECASE | re.MULTILINE,
)
_VAGUE = LazyPattern(
    r"(?:up to|at least|at most|more than|less than|over|above|below|under|around|about"
    r"|approx\w{0,20}\.?|roughly|nearly|almost|"
    r"between|from|[~\u2248<>\u2264\u2265])[*_ ]*$",
    re.IGNORECASE,
)
_SENTENCE_END = LazyPattern(r"(?<=[.!?;])\s+|\n")
_FIRST_DIGIT = LazyPattern(r"(?<!\w)[0-9]")  # the first digit of a number; that of `fp16` is not one
_BARE = LazyPattern(
    rf"(?<![\w.,%/@+~\-\u2013$]){_NUMBER}(?![\w%]|[.,:]\d|-\w|[\u2013/] ?\d| ?(?:x\b|times|k\b))(?: points?)?"
)
# "0.81 on A and 0.79 on B", "8.49% directly and 7.37% with a language model"
_FURTHER = LazyPattern(
    rf"\s*+(?:(?:directly|alone)\b)?[*_`]*\s*+(?:,|\band\b|\bbut\b|,\s*and\b)\s++{MARKS}{_NUMBER}{MARKS}"
    r"(?=\s*(?:on|in|for|with|without|using|over|across)\b|\()",
    re.IGNORECASE,
)
_LONGEST = 1_000  # the characters of a sentence that a person may have written


def read_sentences(
    contents: Iterable[Content], subjects: Subjects, taken: frozenset[Span]
) -> Iterator[Claim | Unattributed]:
    """Yield every number that a sentence reports for a metric; numbers at `taken` are claims already."""
    for content in contents:
        for number in _numbers(content, subjects):
            if number.span not in taken:
                yield number


def _numbers(content: Content, subjects: Subjects) -> Iterator[Claim | Unattributed]:
    start = 0
    text = content.text
    for end in (*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)):
        sentence = text[start:end]
        if len(sentence) <= _LONGEST and _FIRST_DIGIT.search(sentence):
            yield from _sentence(content, start, sentence, subjects)
        start = end


def _sentence(content: Content, start: int, sentence: str, subjects: Subjects) -> Iterator[Claim | Unattributed]:
    """Yield the numbers of one sentence, pair of label and number by pair.

    The words before the first pair are its lead, those between two pairs the lead of the second. A lead that is not
    wholly made of words which state a result of this model ends the claims, until one names this model again.
    """
    pairs = _pairs(sentence, subjects) or _bare_pairs(sentence)
    lead: Lead | None = None
    end = 0
    found: list[_Stated] = []
    for index, pair in enumerate(pairs):
        is_last = index + 1 == len(pairs)
        words = _VAGUE.sub("", sentence[end : pair.start])
        lead = read_lead(words, subjects, lead, is_later=index > 0)
        if lead is not None and pair.needs_statement and not lead.states and (words.strip() or pair.is_bare):
            lead = None
        stop = len(sentence) if is_last else pairs[index + 1].start
        tail = read_tail(sentence[pair.end : stop], is_last=is_last)
        end = pair.end + (tail.length if tail else 0)
        if lead is None:
            yield _unattributed(content, start, pair, Reason.UNEXPLAINED, words.strip())
        elif tail is None:
            yield _unattributed(content, start, pair, Reason.RELATIVE, sentence[pair.end : stop].strip())
        else:
            if is_last and tail.places and not pair.is_further and not any(stated.places for stated in found):
                # "an accuracy of 0.9 and an F1 of 0.8 on the test set" is about both
                found = [_Stated(stated.pair, tail.places) for stated in found]
            found.append(_Stated(pair, (*lead.places, *pair.places, *tail.places)))
    for stated in found:
        yield from _stated(content, start, sentence, stated, subjects)


class _Stated(Struct, frozen=True):
    """A pair that the words around it make a result of this model, and the phrases that say of what it is."""

    pair: _Pair
    places: tuple[str, ...]


def _stated(
    content: Content, start: int, sentence: str, stated: _Stated, subjects: Subjects
) -> Iterator[Claim | Unattributed]:
    pair = stated.pair
    measured = measured_on(stated.places, subjects)
    if not pair.is_bare:
        is_vague = _VAGUE.search(sentence, max(pair.number_start - 30, 0), pair.number_start) is not None
        yield _claim(content, start, pair, measured, is_vague=is_vague)
    elif measured.dataset is not None and subjects.is_only_dataset(measured.dataset):
        yield _claim(content, start, replace(pair, name=measured.dataset), measured, is_vague=False)
    else:
        yield _unattributed(content, start, pair, Reason.NO_METRIC)


def _unattributed(content: Content, start: int, pair: _Pair, reason: Reason, words: str = "") -> Unattributed:
    begin = start + pair.number_start
    return Unattributed(
        number=pair.number,
        span=content.span(begin, begin + len(pair.number.text)),
        reason=reason,
        words=words,
        label=pair.name or None,
    )


def _claim(content: Content, start: int, pair: _Pair, measured: Measured, *, is_vague: bool) -> Claim:
    begin = start + pair.number_start
    return Claim(
        metric=pair.label.metric,
        label=pair.name,
        number=pair.number,
        source="prose",
        span=content.span(begin, begin + len(pair.number.text)),
        variant=pair.label.variant,
        dataset=measured.dataset,
        split=pair.label.split or measured.split,
        setting=measured.setting,
        grounds=Grounds(How.OWN_SENTENCE, content.span(start, begin)),
        vague=is_vague,
    )


_BY_PREPOSITION = LazyPattern(rf"(?:\bof|\bat){MARKS}(?:of )?{_NUMBER}$", re.IGNORECASE)


class _Pair(Struct, frozen=True, kw_only=True):
    """A label and its number in a sentence; `start` and `end` are those of both together.

    A `bare` number has no label, a `further` one shares the label of the pair before it: "0.81 on A and 0.79 on B".
    """

    start: int
    end: int
    number_start: int
    number: Number
    name: str
    label: Label
    needs_statement: bool
    places: tuple[str, ...] = ()
    is_bare: bool = False
    is_further: bool = False


def _bare_pairs(sentence: str) -> list[_Pair]:
    """Return the numbers of a sentence that a benchmark may belong to: "River-7B scores 84.9 on MMLU-Pro"."""
    found: list[_Pair] = []
    for match in _BARE.finditer(sentence) if names_benchmark(sentence) else ():
        number = read_number(match["number"])
        if number is not None:
            found.append(
                _Pair(
                    start=match.start("number"),
                    end=match.end(),
                    number_start=match.start("number"),
                    number=number,
                    name="",
                    label=Label(SCORE, None, None, False),
                    needs_statement=True,
                    is_bare=True,
                )
            )
    return found


def _further(sentence: str, pairs: Mapping[int, _Pair]) -> Iterator[_Pair]:
    """Yield the numbers that follow a pair with another dataset, split or setting, and share its label."""
    for pair in pairs.values():
        end = pair.end
        while True:
            between = read_tail(sentence[end:], is_last=False)
            match = _FURTHER.match(sentence, end + (between.length if between else 0))
            number = read_number(match["number"]) if match else None
            if match is None or number is None or match.start("number") in pairs:
                break
            start = match.start("number")
            yield replace(pair, start=start, end=match.end(), number_start=start, number=number, is_further=True)
            end = match.end()


def _pairs(sentence: str, subjects: Subjects) -> list[_Pair]:
    found: dict[int, _Pair] = {}
    for expression in (_NAMED_FIRST, _NUMBER_FIRST, _RESULT):
        for match in expression.finditer(sentence):
            at = match.start("number")
            number = read_number(match["number"])
            label = _label(match, subjects)
            if at in found or number is None or label is None:
                continue
            where = match["where"] if "where" in match.re.groupindex else ""
            found[at] = _Pair(
                start=match.start(),
                end=match.end(),
                number_start=at,
                number=number,
                name=match["label"].strip("*_` "),
                label=label,
                needs_statement=expression is _NAMED_FIRST and _BY_PREPOSITION.search(match[0]) is not None,
                places=(where,) if where else (),
            )
    return sorted((*found.values(), *_further(sentence, found)), key=lambda pair: pair.start)


def _label(match: re.Match[str], subjects: Subjects) -> Label | None:
    """Read the label of a number; a bare "Test Result" names the one metric that the metadata states."""
    if match.re.pattern != _RESULT.pattern:
        label = read_label(match["label"])
        return label if label.known else None
    stated = {claim.metric for claim in subjects.stated}
    metric = (
        read_label(match["metric"]).metric if match["metric"] else next(iter(stated)) if len(stated) == 1 else "wer"
    )
    if metric not in stated:
        return None
    return Label(metric, None, read_label(match["label"]).split, True)
