"""Lineage sentences in other languages as expressions, one for each phrase of the tables.

An expression is compiled when a sentence has all words of the phrase, or its longest part in a script without blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from cardlint.card.provenance.lineage_match import NAME, Match, any_of, words_of
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.lineage.other_languages import LANGUAGES, NEGATIONS, NOT_MODELS, Sentences

__all__ = ["match_abroad", "may_state_abroad"]

_Phrase = tuple[str, str, Sentences]
"""A phrase, its relation and its language."""


def match_abroad(sentence: str, words: frozenset[str]) -> Match | None:
    """Return the origin of this model that a sentence in lower case, with its words, states in another language."""
    for phrase, relation, language in sorted(_candidates(sentence, words), key=lambda each: -len(each[0])):
        match = _form(phrase, language.subjects, language.before_name).match(sentence)
        if match is None or _negation().search(sentence):
            continue
        if not _not_a_model().match(sentence, match.end("names")):
            return Match(relation, *match.span("names"), is_loose=True)
    return None


def may_state_abroad(text: str, words: frozenset[str]) -> bool:
    """Return False for a text in lower case, with its words, that has no phrase of the languages."""
    return any(True for _ in _candidates(text, words))


def _candidates(sentence: str, words: frozenset[str]) -> Iterator[_Phrase]:
    """Yield the phrases that may be in a sentence."""
    by_word, by_part = _phrases()
    for word in by_word.keys() & words:
        yield from (phrase for needed, phrase in by_word[word] if needed <= words)
    if not sentence.isascii():
        for part, phrases in by_part.items():
            if part in sentence:
                yield from phrases


@cache
def _phrases() -> tuple[dict[str, list[tuple[frozenset[str], _Phrase]]], dict[str, list[_Phrase]]]:
    """Return the phrases in Latin letters, with all words, by their longest word; the others by their longest part."""
    by_word: dict[str, list[tuple[frozenset[str], _Phrase]]] = {}
    by_part: dict[str, list[_Phrase]] = {}
    for language in LANGUAGES.values():
        for relation, phrases in language.phrases.items():
            for phrase in phrases:
                if _is_latin(phrase):
                    words = words_of(_without_preposition(phrase, language.before_name))
                    entry = (words, (phrase, relation, language))
                    by_word.setdefault(max(sorted(words), key=len), []).append(entry)
                else:
                    part = max(re.split(r"[{}~ ]+", phrase), key=len)
                    by_part.setdefault(part, []).append((phrase, relation, language))
    return by_word, by_part


def _is_latin(phrase: str) -> bool:
    """Return True for a phrase in Latin letters, among which those of Vietnamese are behind the other scripts."""
    return phrase.isascii() or all(letter < "\u0400" or "\u1dff" < letter < "\u2e80" for letter in phrase)


@lru_cache(256)
def _form(phrase: str, subjects: tuple[str, ...], before_name: tuple[str, ...]) -> re.Pattern[str]:
    subject = "|".join(map(_loosely, sorted(subjects, key=len, reverse=True)))
    before = "|".join(map(_loosely, sorted(before_name, key=len, reverse=True)))
    bare = _without_preposition(phrase, before_name)
    count = "?" if bare == phrase else ""
    name = rf"(?:(?:{before})\s*){count}[(\[\u00ab\u300c\"\u201c\s]*(?P<names>{NAME})[)\]\u00bb\u300d\"\u201d\s]*"
    named = _loosely(bare).replace(r"\{\}", name)
    return re.compile(rf"(?:(?:{subject})[\s,\uff0c\u3001:\uff1a]*)?{named}")


def _without_preposition(phrase: str, before_name: tuple[str, ...]) -> str:
    """Return a phrase without the preposition before its name, which any word that may be before a name can replace."""
    before, mark, behind = phrase.partition("{}")
    words = before.split()
    if len(words) > 1 and words[-1] in before_name:
        before = f"{' '.join(words[:-1])} "
    return before + mark + behind


def _loosely(phrase: str) -> str:
    """Return an expression for a phrase: `~` is up to six words, and blanks beside letters without spaces may miss."""
    if not phrase.isascii() and _UNSPACED.search(phrase):
        return re.escape(phrase).replace("\\ ", r"\s*").replace("\\~", r"[^\n,\uff0c\u3002.]{0,12}?")
    words = re.escape(phrase).replace("\\ \\~\\ ", r"\s+(?:[\w-]{1,40}\s+){0,6}?").replace("\\ ", r"\s+")
    return words.replace("\\~", r"(?:[\w-]{1,40}\s+){0,6}?")


_UNSPACED = LazyPattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")


@cache
def _negation() -> re.Pattern[str]:
    spaced = [word for word in NEGATIONS if not _UNSPACED.search(word)]
    unspaced = [word for word in NEGATIONS if _UNSPACED.search(word)]
    return re.compile(rf"(?<!\w)(?:{any_of(spaced)})(?!\w)|{any_of(unspaced)}")


@cache
def _not_a_model() -> re.Pattern[str]:
    return re.compile(rf"[\s)\]\u7684-]*(?:{any_of(NOT_MODELS)})")
