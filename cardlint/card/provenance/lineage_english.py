"""English lineage sentences as expressions, built from the tables in `cardlint.vocabulary.lineage.english`.

Every sentence is made of parts: a lead (opening, subject, verb, noun phrase), the phrase with the relation, filler
words, the names of the base models, and a tail that tells them from a part of a model. Each part is bounded. A phrase
with names behind it is searched for first: the lead is the largest expression, and many sentences do not need it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from msgspec import Struct

from cardlint.card.provenance.lineage_match import NAME, Signs, any_of, phrases_of
from cardlint.card.provenance.lineage_names import (
    CLOSED,
    FILLER,
    FOUND,
    NOT_CLOSED,
    PREPOSITIONS,
    Names,
    Sentence,
    names_at,
)
from cardlint.card.provenance.lineage_signs import ACTIVE_PAIRS, MAKERS, RELATION_PAIRS, TAKE, WE_USE
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels import statements as said
from cardlint.vocabulary.lineage import english

__all__ = ["Form", "Reading", "english_forms", "merge_announcement", "object_first_forms"]


class Reading(Struct, frozen=True):
    """A sentence that a form matches: the named parts, the range of the base models, and the end of the match."""

    parts: Mapping[str, str | None]
    start: int
    end: int
    stop: int


class Form(Struct, frozen=True, kw_only=True):
    """A form of sentences: a lead, a phrase and names behind it, and the words that each of its matches has.

    `tail` is what follows the names, if the form says it.
    """

    signs: Signs
    lead: LazyPattern[str]
    phrase: LazyPattern[str]
    tail: LazyPattern[str] | None = None

    def match(self, sentence: Sentence) -> Reading | None:
        """Return what the form reads at the start of a sentence, or None."""
        return self.read(sentence) if self.signs.may_be_in(sentence.words) else None

    def read(self, sentence: Sentence) -> Reading | None:
        """Return the same without a look at the words of the sentence."""
        opening = _OPENING.match(sentence.text)
        with_opening = self._read_from(sentence, opening.end()) if opening else None
        return with_opening or self._read_from(sentence, 0)

    def _read_from(self, sentence: Sentence, start: int) -> Reading | None:
        found = dict(self._phrases(sentence, start))
        lead = self.lead.match(sentence.before(tuple(found), start)) if found else None
        if lead is None:
            return None
        phrase, names = list(found.values())[lead[0].count(FOUND) - 1]
        parts = {**lead.groupdict(), **phrase.groupdict(), **names.tail.groupdict()}
        stop = names.end if self.tail is None else names.tail.end()
        return Reading(parts, names.start, names.end, stop)

    def _phrases(self, sentence: Sentence, start: int) -> Iterator[tuple[int, tuple[re.Match[str], Names]]]:
        """Yield the phrases that have names behind them, by their places."""
        phrase = self.phrase.search(sentence.marked)
        while phrase is not None:
            place = sentence.place(phrase.start())
            if place == start or (place > start and sentence.text[place - 1].isspace()):
                names = names_at(sentence.text, sentence.place(phrase.end()) - 1, self.tail)
                if names is not None:
                    yield place, (phrase, names)
            phrase = self.phrase.search(sentence.marked, phrase.start() + 1)


def _by_relation(table: Mapping[str, Iterable[str]], kind: str = "") -> str:
    """Return a group for the phrases of each relation, whose name may end in what is special about them."""
    return "|".join(f"(?P<{relation}{kind}>{any_of(words)})" for relation, words in table.items())


def _lead(expression: str) -> LazyPattern[str]:
    """Return the expression of a lead, which ends where a phrase begins; it may have passed over other phrases."""
    return LazyPattern(rf"{FOUND}?{expression}(?:(?<={FOUND})|(?<={FOUND}{CLOSED}))")


def _phrase(expression: str, filler: str = FILLER) -> LazyPattern[str]:
    """Return the expression of a phrase, with the words between it and a name, and the name."""
    return LazyPattern(rf"(?<![^\s,:\u2013-])(?:{expression}){filler}{NAME}")


# A word of a noun phrase, and the phrase: words, and up to three groups of words behind a preposition.
_WORD = rf"(?:(?<!{CLOSED})[\w'/().+&%#\"-]{{1,40}}(?:,\s+|\s+))"
_PHRASE = rf"{_WORD}{{0,12}}?(?:(?:{any_of(PREPOSITIONS)})\s+{_WORD}{{1,8}}?){{0,3}}?"
_ARTICLE = r"(?:an?|the|our|my)\s+"
_BEHIND_IS = rf"(?:(?<=\bis\s)|(?<=\bis\s[{CLOSED}{FOUND}])|(?<=\bis\s{FOUND}{CLOSED}))"

_NOUNS = any_of({*said.SUBJECT_NOUNS, *english.SUBJECT_NOUNS} - set(english.PARTS))
_ADJECTIVES = any_of((*said.SUBJECT_ADJECTIVES, *english.SUBJECT_ADJECTIVES))
_SUBJECT = (
    rf"(?P<subject>this\s+{_WORD}{{0,5}}?(?:{_NOUNS})(?:\s+{NAME})?"
    rf"|(?:the|our|my)\s+(?:(?:{_ADJECTIVES})\s+){{0,3}}(?:{_NOUNS})"
    rf"|model|{any_of(english.SUBJECTS)})(?:\s+\((?:[\w -][{CLOSED}{FOUND}]*){{1,30}}\))?\s*[,:]?\s+"
)
_OPENING = LazyPattern(rf"(?:{any_of(english.OPENINGS)})\s*[,:\u2013-]\s*")
_AUXILIARIES = rf"(?:(?:{any_of({*english.AUXILIARIES, *said.ADVERBS} - {'also'})})\s+){{0,5}}"
_CONTAINING = rf"(?:(?:{any_of(english.CONTAINING)})\s+)?"
_MADE = rf"(?:(?:{any_of(english.MADE)})\s+)?"
_RELATIVE = rf"(?:,?\s*(?:that|which)\s+(?:{any_of(english.AUXILIARIES)})\s+{_AUXILIARIES})?"
# Without a subject, "the fine-tuned version of x" may be that of anyone, and so may a noun phrase that names something.
_PLAIN_PHRASE = (
    rf"an?\s+{_PHRASE}|(?:(?:{any_of((*said.SUBJECT_ADJECTIVES, *english.TASKS))})\s+){{1,4}}(?:{_NOUNS})\s+"
    rf"|(?:(?:{any_of(english.FORMATS)})\s+){{1,3}}"
)
_LEAD = _lead(
    rf"(?:{_SUBJECT}{_AUXILIARIES}{_CONTAINING}(?:(?:{_ARTICLE}|{_BEHIND_IS}){_PHRASE})?"
    rf"|{_AUXILIARIES}(?:{_PLAIN_PHRASE})?){_RELATIVE}{_MADE}{_AUXILIARIES}"
)
_NOTHING = _lead("")
_OF_FORMAT = rf"(?:{any_of(english.QUANTIZED_FORMATS)})[\s-]+(?:{any_of(english.FORMAT_ENDS)})"
_ROLES = rf"(?:{any_of(english.ROLES)})\b(?!\s+(?:{any_of((*english.OTHER_THINGS, *english.PARTS))})\b)"


@cache
def english_forms() -> tuple[Form, ...]:
    """Return the forms of English sentences that name the base model after the relation."""
    return (_relation_form(), _gerund_form(), _attribute_form(), *_active_forms(), *_role_forms())


def _relation_form() -> Form:
    """Return the form of "this model is a fine-tuned version of x", "fine-tuned from x", "based on x"."""
    version = rf"(?:[\w.-]+\s+){{0,3}}?(?:{any_of(english.VERSIONS)})\s+of"
    origin = rf"(?:(?:with|using)\s+[\w.+-]{{1,30}}\s+)?(?:{any_of(english.FROM)})"
    strict = rf"(?:{_by_relation(english.PARTICIPLES, '_strictly')})\s+(?:{version}|{origin})"
    linked = _by_relation(english.LINKED_AFTER, "_linked")
    phrases = f"{_by_relation(english.PHRASES)}|(?P<quantized_format>{_OF_FORMAT})"
    return Form(
        signs=Signs(phrases_of(english.PARTICIPLES, english.LINKED_AFTER, english.PHRASES), RELATION_PAIRS),
        lead=_LEAD,
        phrase=_phrase(rf"(?:(?P<strict>{strict})|(?P<linked>{linked})|{phrases})\s+"),
    )


def _gerund_form() -> Form:
    """Return the form of "it was created by fine-tuning x"."""
    return Form(
        signs=Signs(phrases_of(english.GERUNDS)),
        lead=_LEAD,
        phrase=_phrase(rf"(?:{any_of(english.MADE_BY)})\s+(?:{_by_relation(english.GERUNDS)})\s+"),
    )


def _attribute_form() -> Form:
    """Return the form of "this is a fine-tuned x", "a classifier that fine-tuned x", and "Fine-tuned x"."""
    owned = rf"{_SUBJECT}{_AUXILIARIES}{_CONTAINING}(?:{_ARTICLE}(?:{_PHRASE}(?:that\s+)?(?:an?\s+)?)?)?"
    return Form(
        signs=Signs(phrases_of(english.PARTICIPLES)),
        lead=_lead(rf"(?:{owned}|an?\s+)?"),
        phrase=_phrase(rf"(?:{_by_relation(english.PARTICIPLES)})\s+"),
    )


def _active_forms() -> tuple[Form, ...]:
    """Return the forms of "we fine-tuned x", "this model fine-tunes x" and "we took x and fine-tuned it"."""
    we = rf"(?P<subject>{any_of(MAKERS)})\s+{_AUXILIARIES}"
    anyone = _SUBJECT.replace("?P<subject>", "?:")
    done = f"{_by_relation(english.ACTIVE)}|(?P<linked>{_by_relation(english.LINKED_AFTER_WE, '_we')})"
    makers, taking = ACTIVE_PAIRS
    return (
        Form(signs=Signs((), (makers,)), lead=_lead(we), phrase=_phrase(rf"(?:{done})\s+")),
        Form(
            signs=Signs(phrases_of(english.ACTIVE_OF_MODEL)),
            lead=_lead(anyone),
            phrase=_phrase(rf"(?:{_by_relation(english.ACTIVE_OF_MODEL, '_does')})\s+"),
        ),
        Form(
            signs=Signs((), (taking,)),
            lead=_lead(rf"(?:{we.replace('?P<subject>', '?:')}|{anyone})"),
            phrase=_phrase(rf"(?:{any_of(TAKE)})\s+"),
            tail=LazyPattern(rf"\s+and\s+{_AUXILIARIES}(?:{_by_relation(english.THEN, '_then')})"),
        ),
    )


def _role_forms() -> tuple[Form, ...]:
    """Return the forms of "it uses x as its base", "the base model is x", "x was used as the base"."""
    uses = rf"(?:(?:that|which)\s+)?(?:(?:fine-?tuned|trained|built)\s+)?(?:{any_of(english.USES)})"
    word = _WORD.replace(f"(?<!{CLOSED})", NOT_CLOSED)  # behind a name there are no marks
    as_role = rf"\s*[)\]]?\s+{word}{{0,4}}?as\s+(?:the|its|our|a|an|my)?\s*(?:\w+\s+)?{_ROLES}"
    role = rf"(?P<subject>(?:the|our|its|as\s+(?:the|a|our))\s+{_ROLES}(?:\s+used|\s+for\s+this\s+model)?)"
    is_role = r"\s*(?:,?\s*(?:we|i)\s+(?:use|used|chose)|is|was|comes\s+from|:)\s+"
    used = rf"(?P<subject>(?:is|was|has\s+been)\s+used\s+as\s+(?:the|our|a)\s+{_ROLES})"
    return (
        Form(
            signs=Signs([f"as {each}" for each in english.ROLES]),
            lead=_LEAD,
            phrase=_phrase(rf"{uses}\s+"),
            tail=LazyPattern(as_role),
        ),
        Form(signs=Signs(english.ROLES), lead=_NOTHING, phrase=_phrase(rf"{role}{is_role}{_AUXILIARIES}")),
        Form(
            signs=Signs([f"used as {each}" for each in english.ROLES]),
            lead=_NOTHING,
            phrase=_phrase(r"\A", filler=""),
            tail=LazyPattern(rf"\s+{used}"),
        ),
        Form(
            signs=Signs((WE_USE,)),
            lead=_NOTHING,
            phrase=_phrase(r"we\s+used?\s+the\s+pre-?trained\s+"),
            tail=LazyPattern(r"\s*(?:model|checkpoint|weights)?\s*$"),
        ),
    )


@cache
def object_first_forms() -> tuple[Form, ...]:
    """Return the forms of "x fine-tuned on letters" and "the pretrained model x was fine-tuned on letters"."""
    subject = r"(?P<subject>(?:this|it|this\s+model|the\s+model|here)\s+is)\s+(?:(?:the|an?)\s+)?"
    named = r"(?:the|an?)\s+(?:pre-?trained|base)\s+(?:model|checkpoint)\s+"
    is_done = r"(?:,?\s*(?:that|which)\s+(?:is|was)\s+|,\s*)?"
    on_what = r"\s+(?:on|for|with|using|to|in|into|by|via|over)\b"
    done, passive = _by_relation(english.PARTICIPLES), _by_relation(english.PARTICIPLES, "_passive")
    signs = Signs(phrases_of(english.PARTICIPLES))
    return (
        Form(
            signs=signs,
            lead=_NOTHING,
            phrase=_phrase(rf"(?:{subject})?", filler=""),
            tail=LazyPattern(rf"\s*(?:{any_of(english.MODEL_NOUNS)})?{is_done}\s*(?:{done}){on_what}"),
        ),
        Form(
            signs=signs,
            lead=_NOTHING,
            phrase=_phrase(named, filler=""),
            tail=LazyPattern(rf"\s+(?:is|was|has\s+been)\s+(?:further\s+)?(?:{passive}){on_what}"),
        ),
    )


@cache
def merge_announcement() -> LazyPattern[str]:
    """Return an expression for "this model is a merge of the following models:"."""
    merges = any_of((*english.PHRASES["merge"], *english.MERGES))
    things = "models|llms|checkpoints|loras|adapters|components"
    used = r"(?:included\s+in\s+the\s+merge|merged|used\s+in\s+(?:this|the)\s+merge)"
    return LazyPattern(
        r"(?:(?:this|the|our|it)\s+(?:[\w-]+\s+){0,3}?(?:is|was|are)\s+(?:an?\s+)?(?:[\w-]+\s+){0,4}?)?(?:an?\s+)?"
        rf"(?:{merges})\s+(?:[\w'-]+\s+){{0,8}}?(?:{things})[^.:\n]{{0,120}}:"
        rf"|(?:the\s+)?following\s+models\s+were\s+{used}[^.:\n]{{0,60}}:|models\s+{used}\s*:"
    )
