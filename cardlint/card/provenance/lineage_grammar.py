"""Lineage sentences as expressions, built from the tables in `cardlint.vocabulary.lineage`.

An expression reads a sentence in which marks replace the models that it names. It matches only if all words up to the
name of the base model are in the tables, so that negated sentences and those about another model never match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from msgspec import Struct

from cardlint.card.provenance.named_text import BARE, MARK
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels import statements as said
from cardlint.vocabulary.lineage import english
from cardlint.vocabulary.lineage.labels import FAMILY_LABELS, LABELS
from cardlint.vocabulary.lineage.other_languages import LANGUAGES, NEGATIONS, NOT_MODELS, Sentences

__all__ = [
    "Match",
    "announces_merge",
    "is_family_label",
    "label_relation",
    "match_label",
    "match_sentence",
    "may_state_lineage",
]

NAME = f"[{MARK}{BARE}]"
_NAME = LazyPattern(NAME)


class Match(Struct, frozen=True):
    """The relation of a sentence, and the range in it that names the base models.

    `is_loose` is true if the words before the name may also precede what is not a model: a bare id is then none.
    `is_doubtful` is true after "based on", which may speak of the architecture alone.
    """

    relation: str
    start: int
    end: int
    is_loose: bool = False
    is_doubtful: bool = False


def may_state_lineage(text: str) -> bool:
    """Return False for a text in lower case without any word of a relation, a role or a label."""
    return any(sign in text for sign in _all_signs())


@cache
def _all_signs() -> tuple[str, ...]:
    """Return a word of each phrase of the tables, without those that contain another one."""
    tables = (english.PARTICIPLES, english.PHRASES, english.GERUNDS, english.ACTIVE)
    phrases = [phrase for _, phrase, _, _ in _other_phrases()]
    signs = {
        *(sign for table in tables for sign in _signs(table)),
        *_signs({"roles": english.ROLES, "labels": tuple(_relations_of_labels()), "abroad": tuple(phrases)}),
        *("trained from scratch", "merg"),
    }
    kept: list[str] = []
    for sign in sorted(signs, key=len):
        if not any(other in sign for other in kept):
            kept.append(sign)
    return tuple(kept)


def match_sentence(sentence: str, *, is_item: bool = False) -> Match | None:
    """Return the origin of this model that a sentence states, or None.

    `is_item` is true in a list, where a sentence without a subject may be about another model.
    """
    if MARK not in sentence and BARE not in sentence:
        return None
    forms, object_first = _forms()
    for form in forms:
        match = form.match(sentence)
        if match is not None:
            return _found(match, sentence)
    match = object_first.match(sentence)
    if match is not None and (match["subject"] or not is_item):
        return _found(match, sentence)
    return _abroad(sentence)


def _found(match: re.Match[str], sentence: str) -> Match | None:
    groups = match.groupdict()
    found = (group.partition("_")[0] for group, text in groups.items() if text)
    relation = next((name for name in found if name in english.RELATIONS), "derived")
    is_loose = not groups.get("strict")
    is_doubtful = relation == "derived" and "based" in match[0]
    if relation == "distilled" and _NAME.search(sentence, match.end("names")):
        return None  # the student may be made from another model than its teacher
    return Match(relation, *match.span("names"), is_loose, is_doubtful)


def _abroad(sentence: str) -> Match | None:
    for sign, phrase, relation, language in _other_phrases():
        if sign not in sentence:
            continue
        match = _other_form(phrase, language.subjects, language.before_name).match(sentence)
        if match is None or _negation().search(sentence):
            continue
        if not _not_a_model().match(sentence, match.end("names")):
            return Match(relation, *match.span("names"), is_loose=True)
    return None


def announces_merge(sentence: str) -> bool:
    """Return True for a sentence that ends in a colon and says that this model is a merge of what follows."""
    return _announcement().fullmatch(sentence) is not None


def match_label(line: str) -> Match | None:
    """Return the base models behind a label such as `Base model:` at the beginning of a line, or None."""
    label, form = _label_forms()
    if not label.match(line):
        return None
    match = form.match(line)
    if match is None:
        return None
    relation = label_relation(match["label"])
    return Match(relation, *match.span("names")) if relation else None


def label_relation(text: str) -> str | None:
    """Return the relation that a label of a bullet, row, column or section states, or None."""
    words = " ".join(text.lower().replace("[optional]", "").replace("\u2019", "'").strip(" \t:*_`\uff1a").split())
    return _relations_of_labels().get(words)


def is_family_label(text: str) -> bool:
    """Return True for a label such as `Chat version`, beside which "Base model" names a member of a family."""
    return " ".join(text.lower().strip(" \t:*_`").split()) in FAMILY_LABELS


@cache
def _relations_of_labels() -> dict[str, str]:
    return {label: relation for labels in LABELS.values() for relation, each in labels.items() for label in each}


def _any(words: Iterable[str]) -> str:
    """Return an expression for one of the words, the longest first, with any white space or hyphen between them."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+").replace(r"\-", "[\u2010\u2011-]?") for word in ordered)


def _by_relation(table: dict[str, tuple[str, ...]]) -> str:
    return "|".join(f"(?P<{relation}>{_any(words)})" for relation, words in table.items())


class _Form(Struct, frozen=True):
    """An expression of English sentences, and the beginnings of words of which each of its matches has one."""

    signs: tuple[str, ...]
    pattern: LazyPattern[str]

    def match(self, sentence: str) -> re.Match[str] | None:
        return self.pattern.match(sentence) if any(sign in sentence for sign in self.signs) else None


@cache
def _forms() -> tuple[tuple[_Form, ...], LazyPattern[str]]:
    """Return the forms of English sentences, and that of those which begin with the name of the base model."""
    prepositions = r"(?:for|in|of|on|to|with|and)\s+"
    closed = rf"(?!(?:{_any((*english.CLOSED_CLASS, *english.OTHER_THINGS))}|for|in|of|on|to|with|and)\b)"
    not_closed = rf"(?!(?:{_any(english.CLOSED_CLASS)}|for|in|of|on|to|with|and)\b)"
    inner = rf"(?:{not_closed}[\w'\u2019/().+&%#\"-]{{1,40}}(?:,\s+|\s+))"
    phrase = rf"{inner}{{0,12}}?(?:{prepositions}{inner}{{1,8}}?){{0,3}}?"
    adjectives = _any((*said.SUBJECT_ADJECTIVES, *english.SUBJECT_ADJECTIVES))
    nouns = _any({*said.SUBJECT_NOUNS, *english.SUBJECT_NOUNS} - set(english.PARTS))
    tasks = _any((*said.SUBJECT_ADJECTIVES, *english.TASKS))
    subject = (
        rf"(?P<subject>this\s+(?:{inner}){{0,5}}?(?:{nouns})(?:\s+{NAME})?"
        rf"|(?:the|our|my)\s+(?:(?:{adjectives})\s+){{0,3}}(?:{nouns})"
        rf"|model|{_any(english.SUBJECTS)})\s*[,:]?\s+"
    )
    opening = rf"(?:(?:{_any(english.OPENINGS)})\s*[,:\u2013-]\s*)?"
    auxiliaries = rf"(?:(?:{_any((*english.AUXILIARIES, *said.ADVERBS))})\s+){{0,5}}"
    containing = rf"(?:(?:{_any(english.CONTAINING)})\s+)?"
    article = r"(?:an?|the|our|my)\s+"
    relative = rf"(?:,?\s*(?:that|which)\s+(?:{_any(english.AUXILIARIES)})\s+{auxiliaries})?"
    made = rf"(?:(?:{_any(english.MADE)})\s+)?"
    # without a subject, "the fine-tuned version of x" may be that of anyone
    about = (
        rf"(?:{subject}{auxiliaries}{containing}(?:(?:{article}|(?<=\bis\s)){phrase})?"
        rf"|{auxiliaries}(?:an?\s+{phrase}|(?:(?:{tasks})\s+){{1,4}}(?:{nouns})\s+)?)"
    )
    lead = rf"{opening}{about}{relative}{made}{auxiliaries}"
    filler = (
        rf"(?:{closed}(?:[\w'\u2019.+&#\"/-]{{1,40}}[,:]?\s+|\(\s*)){{0,8}}?"
        r"(?:(?:weights|checkpoint|version|variant|parameters|model|release)\s+of\s+(?:the\s+)?"
        rf"(?:{closed}[\w'\u2019.+&#-]{{1,40}}\s+){{0,4}}?)?[(\[\"\u201c\s]*"
    )
    more = (
        r"(?:\s*[)\]]?\s*(?:,\s*and\b|,|\+|&|\band\b|\bwith\b|\u00d7)\s*(?:the\s+)?"
        rf"(?:{closed}[\w'\u2019.-]{{1,40}}\s+){{0,3}}?{NAME})"
    )
    names = rf"(?P<names>{NAME}{more}{{0,12}})"
    tail = (
        rf"(?=\s*[)\]\"\u201d]*\s*(?:$|[.,;:!?\u2013\u2014(\[+|]|-\s|\n|(?:{_any(english.FOLLOWERS)})(?!\w)"
        rf"|(?:(?!(?:{_any(english.OTHER_THINGS)})\b)[\w/.-]{{1,40}}\s+){{0,4}}?(?:{_any(english.MODEL_NOUNS)})\b(?!-)"
        rf"|(?!(?:{_any(english.OTHER_THINGS)})\b)[\w-]{{1,30}}\s+(?:using|on|in|with|for)\b))"
    )
    versions = "|".join(
        rf"(?P<{relation}_version>(?:{_any(words)})\s+(?:[\w.-]+\s+){{0,3}}?(?:{_any(english.VERSIONS)})\s+of"
        rf"|(?:{_any(words)})\s+(?:{_any(english.FROM)}))"
        for relation, words in english.PARTICIPLES.items()
    )
    linked = "|".join(f"(?P<{relation}_linked>{_any(words)})" for relation, words in english.LINKED_AFTER.items())
    relation = rf"(?:(?P<strict>{versions})|(?P<linked>{linked})|{_by_relation(english.PHRASES)})"
    gerund = rf"(?:{_any(english.MADE_BY)})\s+(?:{_by_relation(english.GERUNDS)})"
    attribute = (
        rf"{opening}(?:(?:we|i)\s+{auxiliaries}(?:{_by_relation(english.ACTIVE)})"
        rf"|(?:(?:{subject}){auxiliaries}{containing}(?:{article}(?:{phrase}(?:that\s+)?(?:an?\s+)?)?)?|an?\s+)?"
        rf"(?:{'|'.join(f'(?P<{name}_attribute>{_any(words)})' for name, words in english.PARTICIPLES.items())}))"
    )
    roles = _any(english.ROLES)
    uses = r"(?:uses|using|used|use|with|utilizes|utilizing|takes|employs|leverages|leveraging|from)"
    as_role = rf"\s*[)\]]?\s+(?:{inner}{{0,4}}?)as\s+(?:the|its|our|a|an|my)?\s*(?:\w+\s+)?(?:{roles})\b"
    participles = "|".join(f"(?P<{name}_done>{_any(words)})" for name, words in english.PARTICIPLES.items())
    pretrained = rf"{opening}we\s+used?\s+the\s+pre-?trained\s+{filler}{names}\s*(?:model|checkpoint|weights)?\s*$"
    return (
        _Form(("pre",), LazyPattern(pretrained)),
        _Form(
            (*_signs(english.PHRASES), *_signs(english.PARTICIPLES)),
            LazyPattern(rf"{lead}(?:{relation})\s+{filler}{names}{tail}"),
        ),
        _Form(_signs(english.GERUNDS), LazyPattern(rf"{lead}{gerund}\s+{filler}{names}{tail}")),
        _Form(
            (*_signs(english.ACTIVE), *_signs(english.PARTICIPLES)),
            LazyPattern(rf"{attribute}\s+{filler}{names}{tail}"),
        ),
        _Form((" as ",), LazyPattern(rf"{lead}(?:(?:fine-?tuned|trained|built)\s+)?{uses}\s+{filler}{names}{as_role}")),
        _Form(
            english.ROLES,
            LazyPattern(
                rf"{opening}(?P<subject>(?:the|our|its|as\s+(?:the|a|our))\s+(?:{roles})(?:\s+used|\s+for\s+this\s+model)?)"
                rf"\s*(?:,\s*(?:we|i)\s+(?:use|used|chose)|is|was|comes\s+from|:)\s+{auxiliaries}{filler}{names}{tail}"
            ),
        ),
        _Form(
            ("used as",),
            LazyPattern(rf"{names}\s+(?P<subject>(?:is|was|has\s+been)\s+used\s+as\s+(?:the|our|a)\s+(?:{roles}))\b"),
        ),
    ), LazyPattern(
        rf"{opening}(?:(?P<subject>(?:this|it|this\s+model|the\s+model|here)\s+is)\s+(?:(?:the|a|an)\s+)?)?{names}"
        rf"\s*(?:{_any(english.MODEL_NOUNS)})?,?\s*(?:that\s+(?:is|was)\s+|which\s+(?:is|was)\s+)?(?:{participles})"
        r"\s+(?:on|for|with|using|to|in|into|by|via|over)\b"
    )


def _signs(table: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the longest word of each phrase, without what its hyphens may be."""
    words = (max(re.split(r"[{}~ -]+", phrase), key=len) for each in table.values() for phrase in each)
    return tuple(dict.fromkeys(words))


@cache
def _announcement() -> LazyPattern[str]:
    merges = _any((*english.PHRASES["merge"], *english.MERGES))
    return LazyPattern(
        rf"(?:(?:this|the|our|it)\s+(?:[\w-]+\s+){{0,3}}?(?:is|was|are)\s+(?:an?\s+)?(?:[\w-]+\s+){{0,4}}?)?(?:an?\s+)?"
        rf"(?:{merges})\s+(?:[\w'-]+\s+){{0,8}}?(?:models|llms|checkpoints|loras|adapters|components)[^.:\n]{{0,120}}:"
        r"|(?:the\s+)?following\s+models\s+were\s+(?:included\s+in\s+the\s+merge|merged|used\s+in\s+(?:this|the)\s+merge)"
        r"[^.:\n]{0,60}:|models\s+(?:merged|used\s+in\s+(?:this|the)\s+merge)\s*:"
    )


@cache
def _label_forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return an expression for a label, and one for the label with its value, which begins with a name."""
    colon = r"(?:\s*\[optional\])?\s*(?:[:\uff1a=\u2013\u2014]|\s-\s|\bis\b|\bwas\b)"
    label = rf"(?P<label>{_any(_relations_of_labels())}){colon}"
    others = _any((*english.OTHER_THINGS, *english.CLOSED_CLASS))
    filler = rf"(?:(?!(?:{others})\b)[\w'\u2019.+-]{{1,40}}[,:]?\s+){{0,6}}?[(\[\"\u201c\s]*"
    names = rf"(?P<names>{NAME}(?:\s*(?:,|;|/|\+|&|\band\b|\bor\b|\n)\s*{NAME}){{0,12}})"
    tail = rf"(?!\s*(?:'s|(?:{_any(english.OTHER_THINGS)})\b))"
    return re.compile(label), re.compile(rf"{label}\s*{filler}{names}{tail}")


@cache
def _other_phrases() -> tuple[tuple[str, str, str, Sentences], ...]:
    """Return the phrases in other languages, the longest first: a word of each, itself, its relation and language."""
    phrases = (
        (max(re.split(r"[{}~ ]+", phrase), key=len), phrase, relation, language)
        for language in LANGUAGES.values()
        for relation, each in language.phrases.items()
        for phrase in each
    )
    return tuple(sorted(phrases, key=lambda entry: len(entry[1]), reverse=True))


@lru_cache(256)
def _other_form(phrase: str, subjects: tuple[str, ...], before_name: tuple[str, ...]) -> re.Pattern[str]:
    subject = "|".join(map(_loosely, sorted(subjects, key=len, reverse=True)))
    before = "|".join(map(_loosely, sorted(before_name, key=len, reverse=True)))
    name = rf"(?:(?:{before})\s*)?[(\[\u00ab\u300c\"\u201c\s]*(?P<names>{NAME})[)\]\u00bb\u300d\"\u201d\s]*"
    named = _loosely(phrase).replace(r"\{\}", name)
    return re.compile(rf"(?:(?:{subject})[\s,\uff0c\u3001:\uff1a]*)?{named}")


def _loosely(phrase: str) -> str:
    """Return an expression for a phrase: `~` is up to six words, and blanks beside letters without spaces may miss."""
    if not phrase.isascii() and _UNSPACED.search(phrase):
        return re.escape(phrase).replace("\\ ", r"\s*").replace("\\~", r"[^\s,\uff0c\u3002.]{0,12}?")
    words = re.escape(phrase).replace("\\ \\~\\ ", r"\s+(?:[\w-]{1,40}\s+){0,6}?").replace("\\ ", r"\s+")
    return words.replace("\\~", r"(?:[\w-]{1,40}\s+){0,6}?")


_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")


@cache
def _negation() -> re.Pattern[str]:
    spaced = [word for word in NEGATIONS if not _UNSPACED.search(word)]
    unspaced = [word for word in NEGATIONS if _UNSPACED.search(word)]
    return re.compile(rf"(?<!\w)(?:{_any(spaced)})(?!\w)|{_any(unspaced)}")


@cache
def _not_a_model() -> re.Pattern[str]:
    return re.compile(rf"[\s)\]\u7684-]*(?:{_any(NOT_MODELS)})")
