"""English lineage sentences as expressions, built from the tables in `cardlint.vocabulary.lineage.english`.

Every expression is made of parts: a lead (opening, subject, verb, noun phrase), the phrase with the relation, filler
words, the names of the base models, and a tail that tells them from a part of a model. Each part is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct

from cardlint.card.provenance.lineage_match import NAME, Signs, any_of, phrases_of
from cardlint.card.provenance.lineage_signs import ACTIVE_PAIRS, MAKERS, RELATION_PAIRS, TAKE, WE_USE
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels import statements as said
from cardlint.vocabulary.lineage import english

__all__ = ["Form", "english_forms", "merge_announcement", "object_first_form"]


class Form(Struct, frozen=True):
    """An expression of sentences, and the words that each of its matches has."""

    signs: Signs
    pattern: LazyPattern[str]

    def match(self, sentence: str, words: frozenset[str]) -> re.Match[str] | None:
        """Return the match at the start of a sentence with its words, or None."""
        return self.pattern.match(sentence) if self.signs.may_be_in(words) else None


def _by_relation(table: Mapping[str, Iterable[str]], kind: str = "") -> str:
    """Return a group for the phrases of each relation, whose name may end in what is special about them."""
    return "|".join(f"(?P<{relation}{kind}>{any_of(words)})" for relation, words in table.items())


_PREPOSITIONS = ("for", "in", "of", "on", "to", "with", "and")
_NOT_CLOSED = rf"(?!(?:{any_of((*english.CLOSED_CLASS, *_PREPOSITIONS))})\b)"
_NOT_OTHER = rf"(?!(?:{any_of(english.OTHER_THINGS)})\b)"
# A word of a noun phrase, and the phrase: words, and up to three groups of words behind a preposition.
_WORD = rf"(?:{_NOT_CLOSED}[\w'/().+&%#\"-]{{1,40}}(?:,\s+|\s+))"
_PHRASE = rf"{_WORD}{{0,12}}?(?:(?:{any_of(_PREPOSITIONS)})\s+{_WORD}{{1,8}}?){{0,3}}?"
_ARTICLE = r"(?:an?|the|our|my)\s+"

_NOUNS = any_of({*said.SUBJECT_NOUNS, *english.SUBJECT_NOUNS} - set(english.PARTS))
_ADJECTIVES = any_of((*said.SUBJECT_ADJECTIVES, *english.SUBJECT_ADJECTIVES))
_SUBJECT = (
    rf"(?P<subject>this\s+{_WORD}{{0,5}}?(?:{_NOUNS})(?:\s+{NAME})?"
    rf"|(?:the|our|my)\s+(?:(?:{_ADJECTIVES})\s+){{0,3}}(?:{_NOUNS})"
    rf"|model|{any_of(english.SUBJECTS)})(?:\s+\([\w -]{{1,30}}\))?\s*[,:]?\s+"
)
_OPENING = rf"(?:(?:{any_of(english.OPENINGS)})\s*[,:\u2013-]\s*)?"
_AUXILIARIES = rf"(?:(?:{any_of({*english.AUXILIARIES, *said.ADVERBS} - {'also'})})\s+){{0,5}}"
_CONTAINING = rf"(?:(?:{any_of(english.CONTAINING)})\s+)?"
_MADE = rf"(?:(?:{any_of(english.MADE)})\s+)?"
_RELATIVE = rf"(?:,?\s*(?:that|which)\s+(?:{any_of(english.AUXILIARIES)})\s+{_AUXILIARIES})?"
# Without a subject, "the fine-tuned version of x" may be that of anyone, and so may a noun phrase that names something.
_PLAIN_PHRASE = (
    rf"an?\s+{_PHRASE}|(?:(?:{any_of((*said.SUBJECT_ADJECTIVES, *english.TASKS))})\s+){{1,4}}(?:{_NOUNS})\s+"
    rf"|(?:(?:{any_of(english.FORMATS)})\s+){{1,3}}"
)
_LEAD = (
    rf"{_OPENING}(?:{_SUBJECT}{_AUXILIARIES}{_CONTAINING}(?:(?:{_ARTICLE}|(?<=\bis\s)){_PHRASE})?"
    rf"|{_AUXILIARIES}(?:{_PLAIN_PHRASE})?){_RELATIVE}{_MADE}{_AUXILIARIES}"
)

# Behind "this model" a link leads to what was made from it: "quantized versions of this model: x".
_FILLER_WORD = rf"{_NOT_OTHER}{_NOT_CLOSED}(?!(?:this|these|it|its)\b)[\w'.+&#\"/-]{{1,40}}"
_FILLER = (
    rf"(?:{_FILLER_WORD},?\s+|\(\s*){{0,8}}?"
    r"(?:(?:weights|checkpoint|version|variant|parameters|model|release)\s+of\s+(?:the\s+)?"
    rf"(?:{_FILLER_WORD}\s+){{0,4}}?)?[(\[\"\u201c\s]*"
)
_MORE_NAMES = (
    r"(?:\s*[)\]]?\s*(?:,\s*and\b|,|\+|&|\band\b|\bwith\b|\u00d7)\s*(?:the\s+)?"
    rf"(?:{_FILLER_WORD}\s+){{0,3}}?{NAME})"
)
_NAMES = rf"(?P<names>{NAME}{_MORE_NAMES}{{0,12}})"
_TAIL = (
    rf"(?!\s*[)\]\"\u201d]*\s+as\s+(?:an?\s+|the\s+|our\s+)?(?:[\w-]+\s+)?(?:{any_of(english.OTHER_ROLES)})\b)"
    rf"(?=\s*[)\]\"\u201d]*\s*(?:$|[.,;:!?\u2013\u2014(\[+|]|-\s|\n|(?:{any_of(english.FOLLOWERS)})(?!\w)"
    rf"|(?:{_NOT_OTHER}[\w/.-]{{1,40}}\s+){{0,4}}?(?:{any_of(english.MODEL_NOUNS)})\b(?!-)"
    rf"|{_NOT_OTHER}[\w-]{{1,30}}\s+(?:using|on|in|with|for)\b))"
)
_OF_FORMAT = rf"(?:{any_of(english.QUANTIZED_FORMATS)})[\s-]+(?:{any_of(english.FORMAT_ENDS)})"
_ROLES = rf"(?:{any_of(english.ROLES)})\b(?!\s+(?:{any_of((*english.OTHER_THINGS, *english.PARTS))})\b)"


@cache
def english_forms() -> tuple[Form, ...]:
    """Return the forms of English sentences that name the base model after the relation."""
    return (_relation_form(), _gerund_form(), _attribute_form(), _active_form(), *_role_forms())


def _relation_form() -> Form:
    """Return the form of "this model is a fine-tuned version of x", "fine-tuned from x", "based on x"."""
    versions = "|".join(
        rf"(?P<{relation}_version>(?:{any_of(words)})\s+(?:[\w.-]+\s+){{0,3}}?(?:{any_of(english.VERSIONS)})\s+of"
        rf"|(?:{any_of(words)})(?:\s+(?:with|using)\s+[\w.+-]{{1,30}})?\s+(?:{any_of(english.FROM)}))"
        for relation, words in english.PARTICIPLES.items()
    )
    linked = _by_relation(english.LINKED_AFTER, "_linked")
    phrases = f"{_by_relation(english.PHRASES)}|(?P<quantized_format>{_OF_FORMAT})"
    relation = rf"(?:(?P<strict>{versions})|(?P<linked>{linked})|{phrases})"
    signs = Signs(phrases_of(english.PARTICIPLES, english.LINKED_AFTER, english.PHRASES), RELATION_PAIRS)
    return Form(signs, LazyPattern(rf"{_LEAD}{relation}\s+{_FILLER}{_NAMES}{_TAIL}"))


def _gerund_form() -> Form:
    """Return the form of "it was created by fine-tuning x"."""
    gerund = rf"(?:{any_of(english.MADE_BY)})\s+(?:{_by_relation(english.GERUNDS)})"
    return Form(Signs(phrases_of(english.GERUNDS)), LazyPattern(rf"{_LEAD}{gerund}\s+{_FILLER}{_NAMES}{_TAIL}"))


def _attribute_form() -> Form:
    """Return the form of "this is a fine-tuned x", "a classifier that fine-tuned x", and "Fine-tuned x"."""
    owned = rf"{_SUBJECT}{_AUXILIARIES}{_CONTAINING}(?:{_ARTICLE}(?:{_PHRASE}(?:that\s+)?(?:an?\s+)?)?)?"
    done = rf"{_OPENING}(?:{owned}|an?\s+)?(?:{_by_relation(english.PARTICIPLES)})"
    return Form(Signs(phrases_of(english.PARTICIPLES)), LazyPattern(rf"{done}\s+{_FILLER}{_NAMES}{_TAIL}"))


def _active_form() -> Form:
    """Return the form of "we fine-tuned x", "this model fine-tunes x" and "we took x and fine-tuned it"."""
    we = rf"(?P<subject>{any_of(MAKERS)})\s+{_AUXILIARIES}"
    done = (
        rf"{we}(?:{_by_relation(english.ACTIVE)}|(?P<linked>{_by_relation(english.LINKED_AFTER_WE, '_we')}))"
        rf"|{_SUBJECT.replace('?P<subject>', '?:')}(?:{_by_relation(english.ACTIVE_OF_MODEL, '_does')})"
    )
    subject = rf"(?:{we.replace('?P<subject>', '?:')}|{_SUBJECT.replace('?P<subject>', '?:')})"
    taken = rf"{subject}(?:{any_of(TAKE)})\s+{_FILLER}"
    then = rf"\s+and\s+{_AUXILIARIES}(?:{_by_relation(english.THEN, '_then')})"
    named = rf"(?:{done})\s+{_FILLER}{_NAMES}{_TAIL}"
    taking = rf"{taken}{_NAMES.replace('?P<names>', '?P<taken>')}{then}"
    signs = Signs(phrases_of(english.ACTIVE_OF_MODEL), ACTIVE_PAIRS)
    return Form(signs, LazyPattern(rf"{_OPENING}(?:{named}|{taking})"))


def _role_forms() -> tuple[Form, ...]:
    """Return the forms of "it uses x as its base", "the base model is x", "x was used as the base"."""
    uses = rf"(?:(?:that|which)\s+)?(?:(?:fine-?tuned|trained|built)\s+)?(?:{any_of(english.USES)})"
    as_role = rf"\s*[)\]]?\s+{_WORD}{{0,4}}?as\s+(?:the|its|our|a|an|my)?\s*(?:\w+\s+)?{_ROLES}"
    role = rf"(?P<subject>(?:the|our|its|as\s+(?:the|a|our))\s+{_ROLES}(?:\s+used|\s+for\s+this\s+model)?)"
    is_role = r"\s*(?:,?\s*(?:we|i)\s+(?:use|used|chose)|is|was|comes\s+from|:)\s+"
    used = rf"(?P<subject>(?:is|was|has\s+been)\s+used\s+as\s+(?:the|our|a)\s+{_ROLES})"
    pretrained = rf"{_OPENING}we\s+used?\s+the\s+pre-?trained\s+{_FILLER}{_NAMES}"
    as_roles = [f"as {each}" for each in english.ROLES]
    used_as_roles = [f"used as {each}" for each in english.ROLES]
    return (
        Form(Signs(as_roles), LazyPattern(rf"{_LEAD}{uses}\s+{_FILLER}{_NAMES}{as_role}")),
        Form(Signs(english.ROLES), LazyPattern(rf"{_OPENING}{role}{is_role}{_AUXILIARIES}{_FILLER}{_NAMES}{_TAIL}")),
        Form(Signs(used_as_roles), LazyPattern(rf"{_NAMES}\s+{used}")),
        Form(Signs((WE_USE,)), LazyPattern(rf"{pretrained}\s*(?:model|checkpoint|weights)?\s*$")),
    )


@cache
def object_first_form() -> Form:
    """Return the form of "x fine-tuned on letters" and "the pretrained model x was fine-tuned on letters"."""
    subject = r"(?P<subject>(?:this|it|this\s+model|the\s+model|here)\s+is)\s+(?:(?:the|an?)\s+)?"
    named = r"(?:the|an?)\s+(?:pre-?trained|base)\s+(?:model|checkpoint)\s+"
    is_done = r"(?:,?\s*(?:that|which)\s+(?:is|was)\s+|,\s*)?"
    done = _by_relation(english.PARTICIPLES)
    return Form(
        Signs(phrases_of(english.PARTICIPLES)),
        LazyPattern(
            rf"{_OPENING}(?:(?:{subject})?{_NAMES}\s*(?:{any_of(english.MODEL_NOUNS)})?{is_done}\s*(?:{done})"
            rf"|{named}{_NAMES.replace('?P<names>', '?P<taken>')}\s+(?:is|was|has\s+been)\s+(?:further\s+)?"
            rf"(?:{_by_relation(english.PARTICIPLES, '_passive')}))"
            r"\s+(?:on|for|with|using|to|in|into|by|via|over)\b"
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
