"""The words around a label and its number: a result of this model or not, and what was measured.

Decided by white lists (`cardlint.vocabulary.labels.statements`): a word on none of them makes the number that
of another model, or of a part of the data only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from cardlint.card.claims.columns import is_value_title
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels.metrics import read_label

if TYPE_CHECKING:
    from cardlint.card.claims.subject import Subjects

__all__ = ["Lead", "Measured", "Tail", "is_of_another", "measured_on", "read_lead", "read_tail", "split_of_heading"]

_MARKUP = LazyPattern(r"[*_`>#\"\u201c\u201d\u2018\u2019]+|\[|\]\([^)\n]{0,1000}\)|\]")
_BLANKS = LazyPattern(r"\s+")


class Lead(Struct, frozen=True):
    """The words before a label: `places` are the phrases that name what was measured.

    `states` is true if they have a subject or a verb; a label with `of` needs one: "a perplexity of 1 indicates ...".
    """

    places: tuple[str, ...] = ()
    states: bool = False


class Tail(Struct, frozen=True):
    """The words behind a number: `places` as in `Lead`, `length` the characters that belong to the number."""

    places: tuple[str, ...] = ()
    length: int = 0


class Measured(Struct, frozen=True):
    """The data set and split of a number, and what else narrows it (`setting`)."""

    dataset: str | None = None
    split: str | None = None
    setting: str | None = None


def read_lead(text: str, subjects: Subjects, before: Lead | None, *, is_later: bool) -> Lead | None:
    """Return the lead if all of its words state a result of this model, else None.

    `before` is the lead of the pair before it if it `is_later` in the sentence: mere connectives continue that one.
    """
    rest = _plain(text)
    forms = _forms()
    if is_later and forms.connective.fullmatch(rest):
        return before
    places: list[str] = []
    has_subject = states = is_training = False
    while rest:
        own = subjects.own_prefix(rest)
        word = forms.lead.match(rest)
        if own:
            rest, has_subject, states = _trimmed(rest[own:]), True, True
        elif word is not None and word.end():
            has_subject = has_subject or word["subject"] is not None
            states = states or has_subject or word["verb"] is not None
            is_training = word["training"] is not None
            rest = _trimmed(rest[word.end() :])
        else:
            phrase = (forms.phrase_after_verb if has_subject else forms.phrase).match(rest)
            if phrase is None or not (is_training or _is_explained(phrase[0], subjects)):
                return None
            if not is_training:
                places.append(phrase[0])
            rest = _trimmed(rest[phrase.end() :])
    return Lead(tuple(places), states)


def read_tail(text: str, *, is_last: bool) -> Tail | None:
    """Return what belongs to the number before it; None if the words behind it make it relative to another value.

    The words up to the next pair of the sentence are that pair's lead, except a phrase right behind the number.
    """
    forms = _forms()
    match = forms.tail.match(text)
    length = match.end() if match else 0
    places = tuple(_plain(part) for part in forms.parts.findall(text[:length]))
    rest = _plain(text[length:])
    if forms.relative.match(rest):
        return None
    if is_last and not forms.end.match(rest):
        places = (*places, f"when {rest}")
    return Tail(tuple(filter(None, places)), length)


def measured_on(places: Iterable[str], subjects: Subjects) -> Measured:
    """Read phrases: a split, a data set, a harmless circumstance, or else a setting that narrows the number."""
    dataset = split = None
    setting: list[str] = []
    for place in places:
        stripped = _MEASURED.sub("", place.strip(" ()[],"))
        words = _PREPOSITION.sub("", stripped).strip()
        if not words or (_CIRCUMSTANCE.match(stripped) and _is_harmless(words)):
            continue
        named = _SPLIT.fullmatch(words)
        if named:
            split = split or read_label(named["split"]).split
            words = named["dataset"].strip()
            if not words:
                continue
        words = _DATA.sub("", words).strip()
        if not words or subjects.is_own(words):
            continue
        if dataset is None and (subjects.is_dataset(words) or _is_name(words)):
            dataset = words
        else:
            setting.append(stripped if _WITH.match(stripped) else words)
    return Measured(dataset, split, " ".join(setting) or None)


_ANOTHER = LazyPattern(
    r"\b(?:base[- ]model|original|teacher|baselines?|previous|parent|before (?:fine-?)?(?:tuning|training)|prior to"
    r"|untrained|un-?tuned|starting point|pre-?trained model(?!.{0,200}fine)|other models?|human)\b",
    re.IGNORECASE,
)


def is_of_another(titles: Sequence[str], caption: str, subjects: Subjects) -> bool:
    """Return True if a heading, or the sentence that leads to a table or list, says that it is about another model.

    One that names this model is about this model.
    """
    return any(
        _ANOTHER.search(text) and not _THIS.search(text) and not subjects.is_own(text) for text in (*titles, caption)
    )


_THIS = LazyPattern(
    r"(?i)\b(?:this|our|final|fine-?tuned) (?:fine-?tuned )?(?:model|version|checkpoint)\b"
    r"|\b(?:vs|versus|comparison|compared)\b"
)
_HEADING_SPLIT = LazyPattern(
    r"(?i)(?<![\w-])(?P<split>test|testing|validation|val|dev|development|train|training|held-out)[- ]*"
    r"(?:data)?(?:sets?|splits?|data|dataset|samples|documents|partition|subset)\b"
)


def split_of_heading(title: str) -> str | None:
    """Return the split that a heading names: alone, or as a set; "Post-training evaluation" names none."""
    found = _HEADING_SPLIT.search(title)
    if found is not None:
        return read_label(found["split"]).split
    read = read_label(title)
    is_split = bool(read.split) and not read.known and "-" not in title
    return read.split if is_split and all(map(is_value_title, read.words)) else None


# "When evaluated on the test set": only the end says on what.
_MEASURED = LazyPattern(
    r"(?i)^(?:when|if|while|as)\s+(?:it\s+(?:is|was)\s+|being\s+)?"
    r"(?:evaluated|tested|measured|validated|benchmarked|assessed|evaluating|testing)\s*"
)
_WITH = LazyPattern(r"(?i)with(?:out)?\b")
_CIRCUMSTANCE = LazyPattern(r"(?i)(?!on\b|for\b|over\b|across\b|against\b|\w+$)")
_PREPOSITION = LazyPattern(
    r"^(?:on|in|for|over|across|against|when|after|during|from|using|with|at|through|by|via|under|upon|without)\b *"
    r"(?:(?:the|our|a|an|its|their|this|all|full|complete|entire|whole|official|standard|unseen|held-out|same)\b *)*",
    re.IGNORECASE,
)
_SPLIT = LazyPattern(
    r"(?P<dataset>(?:.*?[^ -])?)[ -]*+\b(?P<split>test|testing|validation|val|dev|development|eval|evaluation|train"
    r"|training|held-out|hold-out|holdout)(?:[- ]*(?:data)?(?:set|sets|split|splits|data|dataset|samples|subset"
    r"|part|corpus|images|documents|examples|portion))?(?: of (?:the )?(?P<of>.*))?",
    re.IGNORECASE | re.DOTALL,  # with `.` for line ends too, the first split that ` of ` follows ends the search
)
_DATA = LazyPattern(r"(?i)(?:(?<![ -])[ -]++)?\b(?:data ?sets?|data|corpus|benchmark|set|task|challenge)\b *$")
_MOST_WORDS = 5
_PROPER = LazyPattern(r"\b[A-Z]\w|\w/\w")


def _is_explained(phrase: str, subjects: Subjects) -> bool:
    """True for a phrase that names data or a split, or narrows nothing; "in a separate ablation" does neither."""
    measured = measured_on((phrase,), subjects)
    return measured.setting is None or measured.split is not None or phrase.lower().startswith(("on ", "for "))


def _is_name(words: str) -> bool:
    """True for a few words with a capital, or a path, which name a data set that the metadata does not."""
    return len(words.split()) <= _MOST_WORDS and _PROPER.search(words) is not None


def _is_harmless(words: str) -> bool:
    from cardlint.vocabulary.labels.statements import HARMLESS_CIRCUMSTANCES

    plain = re.sub(r"\b\d+(?:[.,]\d+)*k?\b", "", words.lower()).strip(" ,.")
    return " ".join(plain.split()) in HARMLESS_CIRCUMSTANCES or not plain


def _plain(text: str) -> str:
    return _trimmed(_BLANKS.sub(" ", _MARKUP.sub("", text)))


def _trimmed(text: str) -> str:
    return text.strip(" ,:;-\u2013\u2014=|()\u2022\U0001f449\u2705")


class _Forms(Struct, frozen=True):
    """The white lists as expressions."""

    lead: re.Pattern[str]
    phrase: re.Pattern[str]
    phrase_after_verb: re.Pattern[str]
    connective: re.Pattern[str]
    tail: re.Pattern[str]
    parts: re.Pattern[str]
    relative: re.Pattern[str]
    end: re.Pattern[str]


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _forms() -> _Forms:
    from cardlint.vocabulary.labels import statements as said

    adjectives = rf"(?:(?:{_any(said.SUBJECT_ADJECTIVES)})\s+)*"
    subject = (
        rf"(?:(?:{_any(said.SUBJECT_DETERMINERS)})\s+{adjectives}(?:{_any(said.SUBJECT_NOUNS)})|{_any(said.PRONOUNS)})"
    )
    auxiliaries = rf"(?:(?:{_any(said.AUXILIARIES)})\s+)*"
    training = rf"{auxiliaries}(?:{_any(said.TRAINING_VERBS)})"
    verb = rf"{auxiliaries}(?:{_any((*said.STATING_VERBS, *said.MEASURING_VERBS, *said.TRAINING_VERBS))})"
    others = _any((*said.ADVERBS, *said.QUALIFIERS, *said.DETERMINERS, "and", "which", "that", "where"))
    opening = (
        rf"(?:{_any(said.OPENINGS)})(?=\s*(?:$|[:,\u2013-]|(?:on|of|for|in)\b))"
        rf"|(?:{_any(said.BARE_SUBJECTS)})(?=\s+(?:{verb})\b)"
    )
    lead = (
        rf"(?:(?P<subject>{subject}|{opening})|(?P<training>{training})|(?P<verb>{verb})"
        rf"|{others}|{_any(said.AUXILIARIES)})(?![\w-])"
    )
    stop = rf"(?=,|:|;|$|\s+(?:an?|its|it|we|i|{subject})\b|\s+the\s*$)"
    stop_at_verb = rf"(?=,|:|;|$|\s+(?:an?|its|it|we|i|and|which|{_any(said.STATING_VERBS)}|with an?|{subject})\b)"
    introduced = _any((*said.MEASURED_ON, *said.CIRCUMSTANCES))
    # neither may hold a verb, whose subject would then be in the phrase
    verbs = _any((*said.STATING_VERBS, *said.AUXILIARIES))
    phrase = rf"(?:{introduced})\b\s+(?:(?!\b(?:{verbs})\b)[^,:;]){{1,80}}?"
    # an article alone leads to the next pair
    words = rf"(?:(?!\b(?:{introduced}|and|but|while|which)\b)[^,.;:()\n=|]){{1,80}}"
    after = rf"\s*\b(?:{introduced})\b(?!\s+(?:an?|the|its)?\s*$){words}"
    aside = r"\([^()\n]{1,60}\)"
    flags = re.IGNORECASE
    return _Forms(
        re.compile(lead, flags),
        re.compile(phrase + stop, flags),
        re.compile(phrase + stop_at_verb, flags),
        re.compile(rf"(?:(?:and|with|an?|the|its|of|as well as|or|{_any(said.QUALIFIERS)})\s*)*", flags),
        re.compile(rf"[*_`% ]*(?:{aside}|(?:{after}){{1,3}})?", flags),
        re.compile(rf"{aside}|{after}", flags),
        re.compile(
            r"(?:of|than|over|vs|versus|compared|relative|better|worse|higher|lower|above|below|more|less|points?|less|to"
            r"|from|until|before|improvement|gain|increase|drop|reduction|target|threshold|random|chance|baseline)\b",
            flags,
        ),
        re.compile(
            r"(?:$|[,.;!?)\]]|and\b|but\b|while\b|which\b|as\b|making\b|indicating\b|showing\b|demonstrating\b"
            rf"|or\b|\||score\b|(?:{_any(said.ADVERBS)})\b)",
            flags,
        ),
    )
