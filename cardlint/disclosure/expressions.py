"""The expressions of facts: how cards write numbers, dates and quantities, and what may follow them."""

from __future__ import annotations

import re

from cardlint.card.arithmetic.emissions import MASS_UNITS
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.disclosure.phrases import ARCHITECTURES, CARBON, MODALITIES, OF_ANOTHER

__all__ = [
    "BARE",
    "BEHIND_OTHERS",
    "BEHIND_PARAMETERS",
    "BEHIND_RUN",
    "COST",
    "DATA_CUTOFF",
    "LONG_CONTEXT",
    "OWN_SENTENCES",
    "RELEASED",
    "SEVERAL",
    "VALUES",
    "WAS_RELEASED",
    "compiled",
]

_N = r"\d{1,6}(?:[.,]\d{1,9}){0,4}"
_ABOUT = (
    r"(?:~|≈|≅|<|>|≤|full |about |approx(?:\.|imately) |around |roughly |up to |over |nearly |a total of |total |约|約"
    r"|\+)? ?"
)
_SCALE = (
    r"(?:billion|million|trillion|thousand|[bmtk](?!\w)|亿|億|万|mil millones|millones|milliards?|milliarden|millionen"
    r"|millions|bilh(?:ões|ão)|milh(?:ões|ão)|miliardi|milioni|млрд|млн)"
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
    r"|januar|februar|märz|mai|juni|juli|august|oktober|dezember"
    r"|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_DATE = (
    rf"(?:{_DAY}(?:[ -]| de | of ))?(?:{_MONTH})\.?,?(?:[ -]| de )(?:{_DAY},? )?,? ?{_YEAR}"
    rf"|{_YEAR} ?[-./年] ?\d{{1,2}}(?: ?[-./月] ?\d{{1,2}}日?|月)?|\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}"
    rf"|Q[1-4] {_YEAR}|{_YEAR}[ -]Q[1-4]|(?:early|mid|late|end of)[ -]{_YEAR}|{_YEAR}\b(?! ?\w)"
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
_TOKENS = r"(?:\d{1,3}(?:[.,]\d{1,3})? ?(?:k|m|million|thousand)|\d{1,3}(?:[,.]\d{3}){1,2}|\d{3,7})\b"


def compiled(expression: str) -> LazyPattern[str]:
    """Return the pattern of an expression, for letters of any case."""
    return LazyPattern(expression, re.IGNORECASE)


VALUES: dict[str, LazyPattern[str]] = {
    "parameters": compiled(rf"{_ABOUT}{_N} ?{_SCALE}(?! ?(?:tokens?|bytes?|/))|{_ABOUT}\d{{1,3}}(?:,\d{{3}}){{2,4}}\b"),
    "context-length": compiled(rf"{_ABOUT}{_TOKENS}"),
    "release-date": compiled(rf"(?:on )?(?:{_DATE})"),
    "data-cutoff": compiled(
        rf"(?:{_DATE})|(?:the |our )?(?:pre-?)?(?:training )?data (?:has|have) a (?:knowledge )?cut-?off of (?:{_DATE})"
    ),
    "training-compute": compiled(rf"{_ABOUT}(?:{_GPU_HOURS}|{_FLOP}|{_DURATION})"),
    "energy": compiled(rf"{_ABOUT}(?:{_ENERGY}|{_MASS}(?: ?{CARBON})?)(?!\w)"),
    "architecture": compiled(rf"\A(?:[^;\n.]|\.(?=\S)){{0,80}}?(?:{ARCHITECTURES})"),
    "modalities": compiled(rf"\A(?:[\w-]+[ ,/&+]+){{0,3}}?{MODALITIES}"),
}
"""The values that a label states, at the beginning of the text behind the label."""

BEHIND_PARAMETERS = compiled(
    r"\s*(?:$|[)\]),;.+–—|-]|[(（]|(?:parameters?|params?|total|in total|active|activated|dense|and|with|including"
    r"|of which|trainable|learnable|参数|個|个)\b|[^\w\s])"
)
"""The words that may follow a number of parameters."""

SEVERAL = compiled(
    rf"\s*(?:,|/|&|and|or) ?~?{_N} ?{_SCALE}(?! ?[(（]?(?:active|activated|total))|[^.;\n+]{{0,30}}\+ ?~?{_N} ?{_SCALE}"
)
"""Another number behind a number of parameters: the sizes of several models, or of the parts of one."""

BEHIND_OTHERS = compiled(OF_ANOTHER)
"""The words behind a value that make it another model's, a plan, or a rate."""

BEHIND_RUN = compiled(
    r"\W{0,3}(?:(?:in|during|for|at|used (?:in|for|during)) )?(?:fine-?tuning|training|evaluation)\b(?! data)"
)
"""The words behind a context length that make it that of a training run or of an evaluation."""

OWN_SENTENCES: dict[str, LazyPattern[str]] = {
    "parameters": compiled(
        rf"(?<![\w.,]){_N}[ -]?{_SCALE}[ -]"
        r"(?:(?:total|active|activated|dense|model|learnable) )?(?P<unit>parameters?|params?)\b"
    ),
    "context-length": compiled(
        rf"(?:{_CONTEXT} (?:of |is )?{_ABOUT}{_TOKENS}|(?<![\w.,]){_TOKENS}[ -](?:tokens? |token-)?{_CONTEXT}"
        rf"|(?<![\w.,]){_TOKENS}[ -](?:tokens? )?(?:of )?context\b)"
    ),
    "data-cutoff": compiled(rf"(?:knowledge|data) cut-?off(?: date)? (?:of|is|in|:) ?(?:{_DATE})"),
    "architecture": compiled(ARCHITECTURES),
}
"""The facts that a sentence states whose subject is the model, with only known words before the fact."""

DATA_CUTOFF = compiled(
    r"(?:the |our |its )?(?:model['’]s )?"
    rf"(?:(?:(?:pre-?)?training data|data|knowledge) (?:has (?:a )?)?(?:(?:knowledge|data) )?cut-?off"
    rf"|training cut-?off)(?: date)?(?: (?:of|is|was|in))? ?(?:{_DATE})"
)
COST: dict[str, LazyPattern[str]] = {
    "training-compute": compiled(rf"(?<![\w.,])(?:{_GPU_HOURS}|{_FLOP})"),
    "energy": compiled(rf"(?<![\w.,])(?:{_ENERGY}|{_CO2})"),
}
"""The facts that a sentence on the training states, with only the words `TRAINING_GAP` before the fact."""

RELEASED = compiled(
    rf"[\[(【]?(?P<date>{_DATE})\W{{0,8}}"
    r"(?:we(?: have|['’]ve)? (?:officially )?(?:released?|are releasing|open-?sourced?|published)|released?"
    r"|initial release of) (?:the (?:(?:inference )?code and )?(?:model )?weights of )?(?:the )?"
)
WAS_RELEASED = compiled(
    r" (?:was|were|is|has been) (?:first |initially |officially |publicly |originally )?(?:released|published|launched)"
    rf" (?:on |in )(?P<date>{_DATE})"
)
LONG_CONTEXT = compiled(r"\A(?:natively |native )?(?:supports?|handles?|offers?|features?|has|up to|with)\b")

BARE = compiled(rf"{_ABOUT}{_N}(?![\w.,]? ?\w)")
"""A number behind a label that has its unit."""
