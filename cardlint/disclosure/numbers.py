"""Facts with a number, a date or a known word: parameters, context, dates, cost of training, architecture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cardlint.card.arithmetic.emissions import MASS_UNITS
from cardlint.card.provenance.licenses import ABOUT_ANOTHER
from cardlint.disclosure.evidence import Evidence
from cardlint.disclosure.passages import Passage, Subject
from cardlint.disclosure.substance import is_statement, sentences_of
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.disclosure.phrases import (
    ADJECTIVES,
    ARCHITECTURES,
    BARE_HOURS,
    CARBON,
    CONNECTORS,
    DATA_OF_RUN,
    DESCRIBED,
    DETERMINERS,
    LABELS,
    MODALITIES,
    MODEL_NOUNS,
    OF_ANOTHER,
    OF_TRAINING,
    PHRASES_OF_NUMBERS,
    TRAINING_GAP,
    VERBS,
)

__all__ = ["FACTS", "find_facts"]

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
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|januar|februar|märz|mai|juni|juli|august|oktober"
    r"|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo"
    r"|abril"
    r"|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?(?:[ -]| de | of ))?(?:{_MONTH})\.?,?(?:[ -]| de )(?:\d{{1,2}}(?:st|nd|rd"
    rf"|th)?,? )?"
    rf",? ?{_YEAR}|{_YEAR} ?[-./年] ?\d{{1,2}}(?: ?[-./月] ?\d{{1,2}}日?|月)?|\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}"
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


def _compiled(expression: str) -> LazyPattern[str]:
    return LazyPattern(expression, re.IGNORECASE)


_VALUES: dict[str, LazyPattern[str]] = {
    "parameters": _compiled(
        rf"{_ABOUT}{_N} ?{_SCALE}(?! ?(?:tokens?|bytes?|/))|{_ABOUT}\d{{1,3}}(?:,\d{{3}}){{2,4}}\b"
    ),
    "context-length": _compiled(rf"{_ABOUT}{_TOKENS}"),
    "release-date": _compiled(rf"(?:on )?(?:{_DATE})"),
    "data-cutoff": _compiled(
        rf"(?:{_DATE})|(?:the |our )?(?:pre-?)?(?:training )?data (?:has|have) a (?:knowledge )?cut-?off of (?:{_DATE})"
    ),
    "training-compute": _compiled(rf"{_ABOUT}(?:{_GPU_HOURS}|{_FLOP}|{_DURATION})"),
    "energy": _compiled(rf"{_ABOUT}(?:{_ENERGY}|{_MASS}(?: ?{CARBON})?)(?!\w)"),
    "architecture": _compiled(rf"\A(?:[^;\n.]|\.(?=\S)){{0,80}}?(?:{ARCHITECTURES})"),
    "modalities": _compiled(rf"\A(?:[\w-]+[ ,/&+]+){{0,3}}?{MODALITIES}"),
}
"""The values that a label states, at the beginning of the text behind the label."""

_BEHIND_PARAMETERS = _compiled(
    r"\s*(?:$|[)\]),;.+–—|-]|[(（]|(?:parameters?|params?|total|in total|active|activated|dense|and|with|including"
    r"|of which|trainable|learnable|参数|個|个)\b|[^\w\s])"
)
"""The words that may follow a number of parameters."""

_SEVERAL = _compiled(rf"\s*(?:,|/|&|and|or) ?~?{_N} ?{_SCALE}(?! ?[(（]?(?:active|activated|total))")
_OF_ANOTHER = _compiled(OF_ANOTHER)
_OF_RUN = _compiled(
    r"\W{0,3}(?:(?:in|during|for|at|used (?:in|for|during)) )?(?:fine-?tuning|training|evaluation)\b(?! data)"
)

_OWN_SENTENCES: dict[str, LazyPattern[str]] = {
    "parameters": _compiled(
        rf"(?<![\w.,]){_N}[ -]?{_SCALE}[ -]"
        r"(?:(?:total|active|activated|dense|model|learnable) )?(?P<unit>parameters?|params?)\b"
    ),
    "context-length": _compiled(
        rf"(?:{_CONTEXT} (?:of |is )?{_ABOUT}{_TOKENS}|(?<![\w.,]){_TOKENS}[ -](?:tokens? |token-)?{_CONTEXT}"
        rf"|(?<![\w.,]){_TOKENS}[ -](?:tokens? )?(?:of )?context\b)"
    ),
    "data-cutoff": _compiled(rf"(?:knowledge|data) cut-?off(?: date)? (?:of|is|in|:) ?(?:{_DATE})"),
    "architecture": _compiled(ARCHITECTURES),
}
"""The facts that a sentence states whose subject is the model, with only known words before the fact."""

_DATA_CUTOFF = _compiled(
    r"(?:the |our |its )?(?:model['’]s )?"
    rf"(?:(?:(?:pre-?)?training data|data|knowledge) (?:has (?:a )?)?(?:(?:knowledge|data) )?cut-?off"
    rf"|training cut-?off)(?: date)?(?: (?:of|is|was|in))? ?(?:{_DATE})"
)
_COST: dict[str, LazyPattern[str]] = {
    "training-compute": _compiled(rf"(?<![\w.,])(?:{_GPU_HOURS}|{_FLOP})"),
    "energy": _compiled(rf"(?<![\w.,])(?:{_ENERGY}|{_CO2})"),
}
"""The facts that a sentence on the training states, with only the words `TRAINING_GAP` before the fact."""

_RELEASED = _compiled(
    rf"[\[(【]?(?P<date>{_DATE})\W{{0,8}}"
    r"(?:we(?: have|['’]ve)? (?:officially )?(?:released?|are releasing|open-?sourced?|published)|released?"
    r"|initial release of) (?:the (?:(?:inference )?code and )?(?:model )?weights of )?(?:the )?"
)
_WAS_RELEASED = _compiled(
    r" (?:was|were|is|has been) (?:first |initially |officially |publicly |originally )?(?:released|published|launched)"
    rf" (?:on |in )(?P<date>{_DATE})"
)
_LONG_CONTEXT = _compiled(r"\A(?:natively |native )?(?:supports?|handles?|offers?|features?|has|up to|with)\b")

FACTS = tuple(_VALUES)
"""The items that are read from passages."""


def find_facts(passage: Passage, is_own_name: Callable[[str], bool]) -> Iterator[tuple[str, Evidence]]:
    """Yield the facts of a passage, each with the name of its item."""
    if passage.label:
        yield from _of_label(passage)
    elif passage.subject is Subject.MODEL:
        yield from _of_sentence(passage)
        yield from _of_training(passage, 0)
    elif passage.subject is Subject.APPOSITION:
        yield from _of_sentence(passage)
    else:
        yield from _of_other(passage, is_own_name)


def _of_label(passage: Passage) -> Iterator[tuple[str, Evidence]]:
    for item, labels in LABELS.items():
        if passage.label not in labels:
            continue
        end = _end_of_value(passage, item)
        if end:
            yield item, _evidence(passage, 0, end)
    if passage.of_run and passage.label in DATA_OF_RUN and _end_of_description(passage.text):
        yield "training-data", _evidence(passage, 0, _end_of_description(passage.text))
    if "context" in passage.label.split() and passage.label not in LABELS["context-length"]:
        yield from _of_context(passage)


def _end_of_value(passage: Passage, item: str) -> int:
    """Return the end of the value that a label states, 0 if it states none."""
    text = passage.text
    if passage.label in DESCRIBED:
        return _end_of_description(text)
    pattern = _VALUES.get(item)
    match = pattern.match(text) if pattern is not None else None
    if match is None and passage.label in BARE_HOURS:
        match = _BARE.match(text)
    if match is None or _is_zero(match[0]) or not _is_certain(passage, item, match.end()):
        return 0
    return match.end() if item != "architecture" or is_statement(match[0]) else 0


_BARE = _compiled(rf"{_ABOUT}{_N}(?![\w.,]? ?\w)")


def _end_of_description(text: str) -> int:
    """Return the end of the first sentence of a value if that states something of the model."""
    first = next(sentences_of(text), None)
    if first is None or not is_statement(first[0]) or ABOUT_ANOTHER.search(first[0]):
        return 0
    return first.end()


def _is_zero(text: str) -> bool:
    number = _NUMBER.search(text)
    return number is not None and not text.startswith("<") and not number[0].strip("0.,")


_NUMBER = LazyPattern(r"\d[\d.,]*")


def _is_certain(passage: Passage, item: str, end: int) -> bool:
    """Return True if the words behind a value do not make it another model's, a plan, a rate or one of several."""
    behind = passage.text[end : end + _BEHIND_VALUE]
    if _OF_ANOTHER.match(behind):
        return False
    if item == "parameters":
        return _BEHIND_PARAMETERS.match(behind) is not None and _SEVERAL.match(behind) is None
    return item != "context-length" or not (passage.of_run or _OF_RUN.match(behind))


_BEHIND_VALUE = 60


def _of_context(passage: Passage) -> Iterator[tuple[str, Evidence]]:
    """Yield the length that the value of a label such as "Long context" states of the model."""
    match = _OWN_SENTENCES["context-length"].search(passage.text, 0, _LONGEST_GAP)
    if match is None or _LONG_CONTEXT.match(passage.text) is None or passage.of_run:
        return
    if _is_gap(f" {passage.text[: match.start()]}") and _is_certain(passage, "context-length", match.end()):
        yield "context-length", _evidence(passage, match.start(), match.end())


def _of_sentence(passage: Passage) -> Iterator[tuple[str, Evidence]]:
    text = passage.text
    for item, pattern in _OWN_SENTENCES.items():
        match = pattern.search(text)
        if match is None or not _is_gap(_without_verb(passage, text[: match.start()])):
            continue
        if _is_of_model(passage, item, match) and _is_certain_in_sentence(passage, item, match):
            yield item, _evidence(passage, match.start(), match.end())
    released = _WAS_RELEASED.match(text)
    if released is not None and not _OF_ANOTHER.match(text, released.end()):
        yield "release-date", _evidence(passage, *released.span("date"))


def _without_verb(passage: Passage, gap: str) -> str | None:
    """Return the words between the verb behind the subject and a fact; an apposition has no verb."""
    if passage.subject is Subject.APPOSITION:
        return gap
    verb = _VERB.match(gap)
    return gap[verb.end() :] if verb is not None else None


_NAME_END = r"(?: model)?(?: ?\([^()]{0,60}\))?"
_VERB = _compiled(rf"{_NAME_END}(?:,| ?[-–—:] | (?:natively |also |currently )?(?:{'|'.join(sorted(VERBS))})\b)")
_COPULA = _compiled(rf"{_NAME_END}(?:,| ?[-–—:] | (?:is|was|are)\b)")


def _is_of_model(passage: Passage, item: str, match: re.Match[str]) -> bool:
    """Return True if what follows a fact makes it the model's, not that of a part or of another model."""
    behind = passage.text[match.end() :]
    if item == "parameters":
        if match["unit"].endswith("s"):
            return _PLURAL_END.match(behind) is not None
        return _is_noun_phrase(behind)
    if item == "architecture":
        if _TOOL.match(behind) or match[0].lower() == "transformers":
            return False
        is_copula = passage.subject is Subject.APPOSITION or _COPULA.match(passage.text) is not None
        return (is_copula and _is_noun_phrase(behind, may_end=True)) or _ARCHITECTURE.match(behind) is not None
    return True


def _is_certain_in_sentence(passage: Passage, item: str, match: re.Match[str]) -> bool:
    behind = passage.text[match.end() : match.end() + _BEHIND_VALUE]
    return not _OF_ANOTHER.match(behind) and not (item == "context-length" and _OF_RUN.match(behind))


_PLURAL_END = _compiled(
    r"\s*(?:$|[.,;:)\]]|\(|(?:and|based on|built on|built|trained|that|which|in total|total|pre-?trained|fine-?tuned"
    r"|optimized"
    r"|designed|developed|capable)\b)"
)
_TOOL = _compiled(
    r"[ -](?:library|libraries|package|code|codebase|version|pipeline|framework|tokenizer|decoder|encoder)s?\b"
)
_ARCHITECTURE = _compiled(
    r"(?:\s*\([^()]{0,30}\))?[ -](?:based )?(?:\w+ ){0,1}(?:architectures?|backbone|design|framework)\b"
)
_REMARK = LazyPattern(r"\([^()]*\)")
_OPEN_CLASS = LazyPattern(r"[a-z]+-[a-z-]*(?:ing|ed|based|only|native|aware|specific|focused|centric|level)")
_CLAUSE_VERB = frozenset(("is", "are", "was", "were", "can", "could", "may", "must", "should", "will", "would", "has"))


def _is_noun_phrase(behind: str, *, may_end: bool = False) -> bool:
    """Return True if a text begins with the rest of a noun phrase whose noun is of the whole model."""
    rest = _REMARK.sub(" ", behind[:_LONGEST_GAP]).removeprefix("-based")
    tokens = [match[0].lower().strip(".\"'") for match in _TOKEN_OR_SIGN.finditer(rest)]
    for place, token in enumerate(tokens):
        if token in MODEL_NOUNS:
            following = tokens[place + 1] if place + 1 < len(tokens) else ""
            if following not in MODEL_NOUNS and following not in ADJECTIVES:
                return following not in _CLAUSE_VERB
        elif token in _SIGNS:
            return may_end and place == 0
        elif not (_is_known(token, ADJECTIVES) or _OPEN_CLASS.fullmatch(token)):
            return may_end and place == 0 and token in CONNECTORS
    return may_end and not tokens


def _of_other(passage: Passage, is_own_name: Callable[[str], bool]) -> Iterator[tuple[str, Evidence]]:
    cutoff = _DATA_CUTOFF.match(passage.text)
    if cutoff is not None and not _OF_ANOTHER.match(passage.text, cutoff.end()):
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
        if match is None or _is_zero(match[0]) or _OF_ANOTHER.match(passage.text, match.end()):
            continue
        gap = passage.text[start : match.start()]
        if len(gap) <= _LONGEST_GAP and all(
            _is_known(token[0].lower(), TRAINING_GAP) for token in _TOKEN.finditer(gap)
        ):
            yield item, _evidence(passage, match.start(), match.end())


_TOKEN = LazyPattern(r"[^\s,;:()\[\]/–—~≈]+")
_TOKEN_OR_SIGN = LazyPattern(r"[^\s,;:()\[\]/–—~≈]+|[,;:()\[\]/–—]")
_SIGNS = frozenset(",;:()[]/–—")
_QUANTITY = LazyPattern(r"\d[\d.,]*[a-z]?", re.IGNORECASE)
_PHRASE_OF_NUMBER = _compiled(rf"\b(?:{'|'.join(PHRASES_OF_NUMBERS)})\b")
_LONGEST_GAP = 300
_GAP_WORDS = ADJECTIVES | DETERMINERS | CONNECTORS | VERBS


def _is_gap(text: str | None) -> bool:
    """Return True if all words of a text may be between a verb and a fact, whole or by their parts."""
    if text is None or len(text) > _LONGEST_GAP or _ALTERNATIVE.search(text):
        return False
    return all(_is_known(match[0].lower(), _GAP_WORDS) for match in _TOKEN.finditer(_PHRASE_OF_NUMBER.sub(" ", text)))


_ALTERNATIVE = _compiled(r"\bor\b")


def _is_known(token: str, words: frozenset[str]) -> bool:
    token = token.strip(".-\u2011").replace("\u2011", "-")
    return (
        not token
        or token in words
        or all(part in words or _QUANTITY.fullmatch(part) is not None for part in token.split("-"))
    )


def _evidence(passage: Passage, start: int, end: int) -> Evidence:
    words = passage.text[start:end].strip()
    return Evidence(words=words, span=passage.span(start, end), form=passage.form)
