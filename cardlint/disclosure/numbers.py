"""Facts with a number, a date or a known word: parameters, context, dates, cost of training, architecture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cardlint.card.arithmetic.emissions import MASS_UNITS
from cardlint.disclosure.evidence import Evidence
from cardlint.disclosure.passages import Passage
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.disclosure.phrases import (
    ARCHITECTURES,
    CARBON,
    GAP,
    LABELS,
    MODALITIES,
    OF_TRAINING,
    TRAINING_GAP,
    VERBS,
)

__all__ = ["FACTS", "find_facts"]

_N = r"\d{1,6}(?:[.,]\d{1,9}){0,4}"
_ABOUT = r"(?:~|≈|≅|<|>|≤|about |approx(?:\.|imately) |around |roughly |up to |over |nearly |a total of |total |\+)? ?"
_SCALE = r"(?:billion|million|trillion|thousand|[bmtk])"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_YEAR = r"(?:19|20)\d\d"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ -])?{_MONTH}\.?[ -](?:\d{{1,2}}(?:st|nd|rd|th)?,? )?,? ?{_YEAR}"
    rf"|{_YEAR} ?[-./年] ?\d{{1,2}}(?: ?[-./月] ?\d{{1,2}})?|\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}"
    rf"|Q[1-4] {_YEAR}|{_YEAR}[ -]Q[1-4]|(?:early|mid|late|end of)[ -]{_YEAR}|{_YEAR}\b"
)
_SPELLED_HOURS = r"(?:(?:(?:nvidia|amd|google) )?(?:gpu|tpu|[ahblv]\d{2,3}s?|gh200|tpu ?v\d[a-z]?|mi\d{3}x?)(?: gpu)?)"
_GPU_HOURS = rf"{_N} ?{_SCALE}? ?(?:{_SPELLED_HOURS}(?: sxm\d?)?[ -]?(?:core[ -])?(?:hours?|hrs?|days?))\b"
_POWER = r"(?:(?:[x×·*] ?)?10 ?\^? ?\{?[\d⁰¹²³⁴-⁹]{1,3}\}?|e\+?\d{1,2}|zetta|yotta|exa)"
_FLOP = rf"{_N} ?{_POWER} ?-?flops?\b(?! ?(?:/|per))"
_DURATION = (
    rf"{_N} ?(?:hours?|hrs?|h|minutes?|mins?|min|days?|weeks?|months?|seconds?|secs?|s)"
    r"(?: ?(?:,|and)? ?\d{1,3} ?(?:minutes?|mins?|min|m|seconds?|secs?|s|hours?|h))?\b"
)
_MASS = rf"{_N} ?{_SCALE}? ?(?:metric )?(?:{'|'.join(sorted(MASS_UNITS, key=len, reverse=True))})"
_ENERGY = rf"{_N} ?{_SCALE}? ?[kmg]wh\b"
_CO2 = rf"{_MASS} ?{CARBON}"
_CONTEXT = r"context(?:[ -](?:length|window|size))(?: size| length)?s?"
_TOKENS = r"(?:\d{1,3}(?:[.,]\d{1,3})? ?(?:k|m|million|thousand)|\d{1,3}(?:,\d{3}){1,2}|\d{3,7})\b"


def _compiled(expression: str) -> LazyPattern[str]:
    return LazyPattern(expression, re.IGNORECASE)


_VALUES: dict[str, LazyPattern[str]] = {
    "parameters": _compiled(
        rf"{_ABOUT}{_N} ?{_SCALE}\b(?! ?(?:tokens?|bytes?|/))|{_ABOUT}\d{{1,3}}(?:,\d{{3}}){{2,4}}\b"
    ),
    "context-length": _compiled(rf"{_ABOUT}{_TOKENS}"),
    "release-date": _compiled(rf"(?:on )?(?:{_DATE})"),
    "data-cutoff": _compiled(
        rf"(?:{_DATE})|(?:the |our )?(?:pre-?)?(?:training )?data (?:has|have) a (?:knowledge )?cut-?off of (?:{_DATE})"
    ),
    "training-compute": _compiled(rf"{_ABOUT}(?:{_GPU_HOURS}|{_FLOP}|{_DURATION})"),
    "energy": _compiled(rf"{_ABOUT}(?:{_ENERGY}|{_MASS}(?: ?{CARBON})?)(?!\w)"),
    "architecture": _compiled(rf"\A[^.;\n]{{0,80}}?(?:{ARCHITECTURES})"),
    "modalities": _compiled(rf"\A(?:[\w-]+[ ,/&+]+){{0,3}}?{MODALITIES}"),
}
"""The values that a label states, at the beginning of the text behind the label."""

_OWN_SENTENCES: dict[str, LazyPattern[str]] = {
    "parameters": _compiled(
        rf"(?<![\w.,]){_N}[ -]?{_SCALE}[ -]"
        r"(?:(?:total|active|activated|dense|model|learnable) )?(?:parameters?|params?)\b"
    ),
    "context-length": _compiled(
        rf"(?:{_CONTEXT} (?:of |is )?{_ABOUT}{_TOKENS}|(?<![\w.,]){_TOKENS}[ -](?:tokens? |token-)?{_CONTEXT}"
        rf"|(?<![\w.,]){_TOKENS}[ -](?:tokens? )?(?:of )?context\b)"
    ),
    "data-cutoff": _compiled(rf"(?:knowledge|data) cut-?off(?: date)? (?:of|is|in|:) ?(?:{_DATE})"),
    "architecture": _compiled(ARCHITECTURES),
}
"""The facts that a sentence states whose subject is the model, with only the words `GAP` before the fact."""

_DATA_CUTOFF = _compiled(
    r"(?:the |our |its )?(?:model's )?(?:(?:pre-?)?training data |data |knowledge )?(?:has (?:a )?)?"
    rf"(?:(?:knowledge|data) )?cut-?off(?: date)?(?: (?:of|is|was|in))? ?(?:{_DATE})"
)
_COST: dict[str, LazyPattern[str]] = {
    "training-compute": _compiled(rf"(?<![\w.,])(?:{_GPU_HOURS}|{_FLOP})"),
    "energy": _compiled(rf"(?<![\w.,])(?:{_ENERGY}|{_CO2})"),
}
"""The facts that a sentence on the training states, with only the words `TRAINING_GAP` before the fact."""

_RELEASED = _compiled(
    rf"(?P<date>{_DATE})\W{{0,6}}(?:we (?:have )?(?:officially )?(?:released?|are releasing|open-?sourced?|published)"
    r"|released?|initial release of) (?:the )?"
)

FACTS = tuple(_VALUES)
"""The items that are read from passages."""


def find_facts(passage: Passage, is_own_name: Callable[[str], bool]) -> Iterator[tuple[str, Evidence]]:
    """Yield the facts of a passage, each with the name of its item."""
    if passage.label:
        yield from _of_label(passage)
    elif passage.own:
        yield from _of_sentence(passage)
        yield from _of_training(passage, 0)
    else:
        yield from _of_other(passage, is_own_name)


def _of_label(passage: Passage) -> Iterator[tuple[str, Evidence]]:
    for item, labels in LABELS.items():
        if passage.label not in labels:
            continue
        match = _VALUES[item].match(passage.text)
        if match is not None:
            yield item, _evidence(passage, match.start(), match.end())


def _of_sentence(passage: Passage) -> Iterator[tuple[str, Evidence]]:
    for item, pattern in _OWN_SENTENCES.items():
        match = pattern.search(passage.text)
        gap = passage.text[: match.start()] if match is not None else ""
        if match is not None and _VERB.match(gap) and _is_gap(gap, GAP):
            yield item, _evidence(passage, match.start(), match.end())


_VERB = _compiled(rf"(?: ?\([^()]{{0,60}}\))?(?:,| ?[-–—:] | (?:natively |also )?(?:{'|'.join(sorted(VERBS))})\b)")


def _of_other(passage: Passage, is_own_name: Callable[[str], bool]) -> Iterator[tuple[str, Evidence]]:
    cutoff = _DATA_CUTOFF.match(passage.text)
    if cutoff is not None:
        yield "data-cutoff", _evidence(passage, 0, cutoff.end())
    released = _RELEASED.match(passage.text)
    if released is not None and is_own_name(passage.text[released.end() :]):
        yield "release-date", _evidence(passage, *released.span("date"))
    lower = passage.text[:80].lower()
    lead = max((len(phrase) for phrase in OF_TRAINING if lower.startswith(f"{phrase} ")), default=0)
    if lead:
        yield from _of_training(passage, lead)


def _of_training(passage: Passage, start: int) -> Iterator[tuple[str, Evidence]]:
    for item, pattern in _COST.items():
        match = pattern.search(passage.text, start)
        if match is not None and _is_gap(passage.text[start : match.start()], TRAINING_GAP):
            yield item, _evidence(passage, match.start(), match.end())


_TOKEN = LazyPattern(r"[^\s,;:()\[\]/–—~≈]+")
_QUANTITY = LazyPattern(r"\d[\d.,]*[a-z]?", re.IGNORECASE)
_LONGEST_GAP = 300


def _is_gap(text: str, words: frozenset[str]) -> bool:
    """Return True if all words of a text are in a list, whole or by their parts, or are quantities."""
    if len(text) > _LONGEST_GAP:
        return False
    for match in _TOKEN.finditer(text.lower()):
        token = match[0].strip(".-\u2011")
        parts = token.replace("\u2011", "-").split("-")
        if token and token not in words and not all(part in words or _QUANTITY.fullmatch(part) for part in parts):
            return False
    return True


def _evidence(passage: Passage, start: int, end: int) -> Evidence:
    words = passage.text[start:end].strip()
    return Evidence(words=words, span=passage.span(start, end), form=passage.form)
