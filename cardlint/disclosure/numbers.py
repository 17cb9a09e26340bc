"""Facts with a number, a date or a known word: parameters, context, dates, cost of training, architecture.

The words around a fact decide if it is the model's: only known ones may be before it, and some may not follow it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cardlint.card.provenance.licenses import ABOUT_ANOTHER
from cardlint.disclosure.evidence import Evidence
from cardlint.disclosure.expressions import (
    BARE,
    BEHIND_OTHERS,
    BEHIND_PARAMETERS,
    BEHIND_RUN,
    COST,
    DATA_CUTOFF,
    LONG_CONTEXT,
    OWN_SENTENCES,
    RELEASED,
    SEVERAL,
    VALUES,
    WAS_RELEASED,
    compiled,
)
from cardlint.disclosure.passages import Passage, Subject
from cardlint.disclosure.substance import is_statement, sentences_of
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.disclosure.phrases import (
    ADJECTIVES,
    BARE_HOURS,
    CONNECTORS,
    DATA_OF_RUN,
    DESCRIBED,
    DETERMINERS,
    LABELS,
    MODEL_NOUNS,
    OF_TRAINING,
    PHRASES_OF_NUMBERS,
    TRAINING_GAP,
    VERBS,
)

__all__ = ["FACTS", "find_facts"]

FACTS = tuple(VALUES)
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
    pattern = VALUES.get(item)
    match = pattern.match(text) if pattern is not None else None
    if match is None and passage.label in BARE_HOURS:
        match = BARE.match(text)
    if match is None or _is_zero(match[0]) or not _is_certain(passage, item, match.end()):
        return 0
    return match.end() if item != "architecture" or is_statement(match[0]) else 0


def _end_of_description(text: str) -> int:
    """Return the end of the first sentence of a value if that states something of the model."""
    first = next(sentences_of(text), None)
    if first is None or not is_statement(first[0]) or ABOUT_ANOTHER.search(_ORIGINAL_PART.sub(" ", first[0])):
        return 0
    return first.end()


_ORIGINAL_PART = compiled(r"\d original\b(?! \w)")  # "300 original + 40 further hoots"


def _is_zero(text: str) -> bool:
    number = _NUMBER.search(text)
    return number is not None and not text.startswith("<") and not number[0].strip("0.,")


_NUMBER = LazyPattern(r"\d[\d.,]*")


def _is_certain(passage: Passage, item: str, end: int) -> bool:
    """Return True if the words behind a value do not make it another model's, a plan, a rate or one of several."""
    behind = passage.text[end : end + _BEHIND_VALUE]
    if BEHIND_OTHERS.match(behind):
        return False
    if item == "parameters":
        return BEHIND_PARAMETERS.match(behind) is not None and SEVERAL.match(behind) is None
    return item != "context-length" or not (passage.of_run or BEHIND_RUN.match(behind))


_BEHIND_VALUE = 60


def _of_context(passage: Passage) -> Iterator[tuple[str, Evidence]]:
    """Yield the length that the value of a label such as "Long context" states of the model."""
    match = OWN_SENTENCES["context-length"].search(passage.text, 0, _LONGEST_GAP)
    if match is None or LONG_CONTEXT.match(passage.text) is None or passage.of_run:
        return
    if _is_gap(f" {passage.text[: match.start()]}") and _is_certain(passage, "context-length", match.end()):
        yield "context-length", _evidence(passage, match.start(), match.end())


def _of_sentence(passage: Passage) -> Iterator[tuple[str, Evidence]]:
    text = passage.text
    for item, pattern in OWN_SENTENCES.items():
        match = pattern.search(text)
        if match is None or not _is_gap(_without_verb(passage, text[: match.start()])):
            continue
        if _is_of_model(passage, item, match) and _is_certain_in_sentence(passage, item, match):
            yield item, _evidence(passage, match.start(), match.end())
    released = WAS_RELEASED.match(text)
    if released is not None and not BEHIND_OTHERS.match(text, released.end()):
        yield "release-date", _evidence(passage, *released.span("date"))


def _without_verb(passage: Passage, gap: str) -> str | None:
    """Return the words between the verb behind the subject and a fact; an apposition has no verb."""
    if passage.subject is Subject.APPOSITION:
        return gap
    verb = _VERB.match(gap)
    return gap[verb.end() :] if verb is not None else None


_NAME_END = r"(?: model)?(?: ?\([^()]{0,60}\))?"
_VERB = compiled(rf"{_NAME_END}(?:,| ?[-–—:] | (?:natively |also |currently )?(?:{'|'.join(sorted(VERBS))})\b)")
_COPULA = compiled(rf"{_NAME_END}(?:,| ?[-–—:] | (?:is|was|are)\b)")


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
    return not BEHIND_OTHERS.match(behind) and not (item == "context-length" and BEHIND_RUN.match(behind))


_PLURAL_END = compiled(
    r"\s*(?:$|[.,;:)\]]|\(|(?:and|based on|built on|built|trained|that|which|in total|total|pre-?trained"
    r"|fine-?tuned|optimized|designed|developed|capable)\b)"
)
_TOOL = compiled(
    r"[ -](?:library|libraries|package|code|codebase|version|pipeline|framework|tokenizer|decoder|encoder)s?\b"
)
_ARCHITECTURE = compiled(
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
    cutoff = DATA_CUTOFF.match(passage.text)
    if cutoff is not None and not BEHIND_OTHERS.match(passage.text, cutoff.end()):
        yield "data-cutoff", _evidence(passage, 0, cutoff.end())
    released = RELEASED.match(passage.text)
    if released is not None and is_own_name(passage.text[released.end() :]):
        yield "release-date", _evidence(passage, *released.span("date"))
    lower = passage.text[:80].lower()
    lead = max((len(phrase) for phrase in OF_TRAINING if lower.startswith(f"{phrase} ")), default=0)
    if lead:
        yield from _of_training(passage, lead)


def _of_training(passage: Passage, start: int) -> Iterator[tuple[str, Evidence]]:
    for item, pattern in COST.items():
        match = pattern.search(passage.text, start)
        if match is None or _is_zero(match[0]) or BEHIND_OTHERS.match(passage.text, match.end()):
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
_PHRASE_OF_NUMBER = compiled(rf"\b(?:{'|'.join(PHRASES_OF_NUMBERS)})\b")
_LONGEST_GAP = 300
_GAP_WORDS = ADJECTIVES | DETERMINERS | CONNECTORS | VERBS


def _is_gap(text: str | None) -> bool:
    """Return True if all words of a text may be between a verb and a fact, whole or by their parts."""
    if text is None or len(text) > _LONGEST_GAP or _ALTERNATIVE.search(text):
        return False
    return all(_is_known(match[0].lower(), _GAP_WORDS) for match in _TOKEN.finditer(_PHRASE_OF_NUMBER.sub(" ", text)))


_ALTERNATIVE = compiled(r"\bor\b")


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
