"""Rows and columns of averages that are not the mean of the numbers that they average."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext

from msgspec import Struct

from cardlint.card.arithmetic.contradiction import Contradiction
from cardlint.card.arithmetic.number_table import Line, NumberTable, TableNumber
from cardlint.card.numbers.rounding import Interval
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels.metrics import identify_metric

__all__ = ["wrong_averages"]

_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {word: number for number, word in enumerate(_WORDS, start=2)} | {"both": 2}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})"
_MOST_COLUMNS = 200  # each may be that by which each other one is weighted
_LONGEST = 300  # characters of a label
_AVERAGE = LazyPattern(
    r"(?i)[\W_]*(?:(?:the|overall|total|arithmetic|simple|unweighted|macro|all)[ -])*(?:avg|average|mean)\b"
    r"\.?(?P<rest>.*)"
)
_OTHER_MEAN = LazyPattern(
    r"(?i)\b(?:weighted|micro|geometric|geo|harmonic|moving|running|runs?|seeds?|folds?|trials?)\b"
)
_AGGREGATE = LazyPattern(
    r"(?i)\b(?:avg|average|mean|median|overall|total|sum|all|std|stdev|deviation|macro|micro|weighted|min|max|rank)\b|[σΣμ±]"
)
_COUNTED = LazyPattern(rf"(?i)[\W_]*+(?:of|over|across)?[ (]*+(?:(?:all|the|these|those) )*{_COUNT}\b[^\d]*")
_NAMED = LazyPattern(r"(?i)[\W_]*(?:(?:of|over|across) )?[(\[]?(?P<names>[^()\[\]]+)[)\]]?[\W_]*")
_SEPARATOR = LazyPattern(r"(?i)[,;+&/]|\band\b")
_IDLE = LazyPattern(
    r"(?i)\b(?:support|counts?|samples?|examples?|sentences?|rows?|tokens?|words|n|num|number|params?|parameters?|sizes?"
    r"|time|hours?|latency|speed|memory|gb|mb|rank|epochs?|steps?|year|context|length|runs?|rtf|throughput|vram|cost)\b|#"
)
_FEWEST = 3  # columns that prove what a line is the average of
_LEAST_SPREAD = 4  # units of the last digit


class _Mean(Struct, frozen=True):
    """The line of an average, and the sets of lines that it may be of."""

    line: Line
    sets: tuple[tuple[Line, ...], ...]
    is_named: bool


class _Reading(Struct, frozen=True):
    """An average read as that of some lines: the columns in which it is, and those in which it is not."""

    members: tuple[Line, ...]
    fitting: tuple[int, ...]
    wrong: tuple[int, ...]


def wrong_averages(table: NumberTable) -> Iterator[Contradiction]:
    """Yield the averages of a table that are none, in rows and in columns.

    The members of an average are certain if its label counts or names them (`Average of the three`), or if it is the
    mean of the same lines in all other columns.
    """
    for each in (table, table.transposed()):
        for mean in _means(each) if len(each.heads) <= _MOST_COLUMNS else ():
            yield from _wrong(each, mean)


def _means(table: NumberTable) -> Iterator[_Mean]:
    for index, line in enumerate(table.lines):
        match = _AVERAGE.fullmatch(line.label) if len(line.label) <= _LONGEST else None
        if match is None or _OTHER_MEAN.search(line.label):
            continue
        above, below = _members(table.lines[:index]), _members(table.lines[index + 1 :])
        sets = [_members(_last_block(table.lines[:index])), above, below, (*above, *below)]
        named = _named(match["rest"], sets)
        distinct = tuple(dict.fromkeys(each for each in named or sets if len(each) > 1))
        if distinct and (named or not _states_members(match["rest"])):
            yield _Mean(line, distinct, bool(named))


def _members(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if not (_AGGREGATE.search(line.label) or _IDLE.search(line.label)))


def _last_block(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines behind the last average or total."""
    last = max((index for index, line in enumerate(lines) if _AGGREGATE.search(line.label)), default=-1)
    return lines[last + 1 :]


def _states_members(rest: str) -> bool:
    return _COUNTED.fullmatch(rest) is not None or "(" in rest


def _named(rest: str, sets: Sequence[tuple[Line, ...]]) -> list[tuple[Line, ...]]:
    """Return the sets of lines that a label counts or names; none if it does neither."""
    counted = _COUNTED.fullmatch(rest)
    if counted:
        word = counted["count"].lower()
        count = _COUNTS[word] if word in _COUNTS else int(word)
        return [each for each in sets if len(each) == count]
    match = _NAMED.fullmatch(rest)
    names = [name.strip().lower() for name in _SEPARATOR.split(match["names"])] if match else []
    members = tuple(line for line in sets[-1] if line.label.lower() in names)
    return [members] if len(names) > 1 and len(members) == len(names) else []


def _wrong(table: NumberTable, mean: _Mean) -> Iterator[Contradiction]:
    """Yield the columns in which a line is not the mean of the lines that it is in the others, or says it is of."""
    best = max((_read(table, mean.line, members) for members in mean.sets), key=lambda reading: len(reading.fitting))
    proofs = sum(_varies(best.members, index) for index in best.fitting)
    if mean.is_named or (proofs >= _FEWEST and len(best.wrong) == 1):
        for index in best.wrong:
            stated = mean.line.numbers[index]
            if stated and not _is_explained(table, mean, index):
                yield _contradiction(mean.line, stated, best.members, index)


def _read(table: NumberTable, line: Line, members: tuple[Line, ...]) -> _Reading:
    columns = [index for index in range(len(table.heads)) if _is_complete(line, members, index)]
    fitting = tuple(index for index in columns if _fits(line.numbers[index], members, index))
    return _Reading(members, fitting, tuple(index for index in columns if index not in fitting))


def _varies(members: Sequence[Line], index: int) -> bool:
    """Return True if the numbers of a column differ so much that their mean is not an accident."""
    numbers = _numbers(members, index)
    unit = Decimal((0, (1,), -max(number.digits for number in numbers)))
    values = [number.value for number in numbers]
    return max(values) - min(values) > _LEAST_SPREAD * unit


def _numbers(lines: Sequence[Line], index: int) -> list[TableNumber]:
    return [number for line in lines if (number := line.numbers[index])]


def _is_complete(line: Line, members: tuple[Line, ...], index: int) -> bool:
    """Return True if a column has the average and all its members, in one unit."""
    numbers = [each.numbers[index] for each in (line, *members)]
    return len({number.number.percent for number in numbers if number}) == 1 and all(numbers)


def _fits(stated: TableNumber | None, members: Sequence[Line], index: int) -> bool:
    intervals = [number.interval for number in _numbers(members, index)]
    return stated is None or stated.interval.meets(_mean(intervals, [Decimal(1)] * len(intervals)))


def _mean(intervals: Sequence[Interval], weights: Sequence[Decimal]) -> Interval:
    with localcontext(prec=30):
        total = sum(weights)
        low = sum((each.low * weight for each, weight in zip(intervals, weights, strict=True)), Decimal()) / total
        high = sum((each.high * weight for each, weight in zip(intervals, weights, strict=True)), Decimal()) / total
    return Interval(low, high)


def _is_explained(table: NumberTable, mean: _Mean, index: int) -> bool:
    """Return True if the number may be another one: a sum, the mean of other lines, or weighted by a column."""
    head = table.heads[index]
    if _IDLE.search(head) or (identify_metric(head)[0] == "f1" and not mean.is_named):
        return True
    stated = mean.line.numbers[index]
    complete = [each for each in mean.sets if _is_complete(mean.line, each, index)]
    if any(_fits(stated, each, index) or _is_sum(stated, each, index) for each in complete):
        return True
    return any(
        _is_weighted(mean.line, members, index, weight) for members in mean.sets for weight in range(len(table.heads))
    )


def _is_sum(stated: TableNumber | None, members: Sequence[Line], index: int) -> bool:
    return stated is not None and stated.value == sum(number.value for number in _numbers(members, index))


def _is_weighted(line: Line, members: tuple[Line, ...], index: int, weight: int) -> bool:
    """Return True if a line is the mean of a column weighted by the counts in another."""
    stated = line.numbers[index]
    weights = [number.value for number in _numbers(members, weight)]
    values = [number.interval for number in _numbers(members, index)]
    if weight == index or stated is None or len(weights) != len(values):
        return False
    are_counts = all(value > 1 and value == value.to_integral_value() for value in weights)
    return are_counts and stated.interval.meets(_mean(values, weights))


def _contradiction(line: Line, stated: TableNumber, members: Sequence[Line], index: int) -> Contradiction:
    numbers = _numbers(members, index)
    with localcontext(prec=30):
        mean = sum((number.value for number in numbers), Decimal()) / len(numbers)
    is_mean = f"the mean of the {len(numbers)} numbers is {round(mean, stated.digits + 1):f}"
    return Contradiction(
        relation=f"average {stated.span.start}",
        span=stated.span,
        message=f"`{line.label}` is {stated.text}, but {is_mean}",
        related=tuple((number.span, number.text) for number in numbers),
    )
