"""The words by which a text may state a lineage: most texts that name a model have none of them.

They are apart from the expressions of the sentences, which take long to build and to compile.
"""

from __future__ import annotations

from functools import cache

from cardlint.card.provenance.lineage_abroad import may_state_abroad
from cardlint.card.provenance.lineage_labels import relations_of_labels
from cardlint.card.provenance.lineage_match import Signs, phrases_of, words_of
from cardlint.vocabulary.lineage import english

__all__ = ["ACTIVE_PAIRS", "MAKERS", "RELATION_PAIRS", "TAKE", "WE_USE", "may_state_lineage"]

MAKERS = ("we", "i")
TAKE = ("take", "takes", "took")
WE_USE = "we the pre-trained"

RELATION_PAIRS = ((english.QUANTIZED_FORMATS, english.FORMAT_ENDS),)
"""Parts of phrases with a relation, of which a sentence has one of each."""
ACTIVE_PAIRS = ((MAKERS, phrases_of(english.ACTIVE, english.LINKED_AFTER_WE)), (TAKE, phrases_of(english.THEN)))
"""Subjects with their verbs, and two verbs of one sentence."""


def may_state_lineage(text: str) -> bool:
    """Return False for a text in lower case without all words of a phrase, a role or a label."""
    words = words_of(text)
    return _signs().may_be_in(words) or may_state_abroad(text, words)


@cache
def _signs() -> Signs:
    tables = (english.PARTICIPLES, english.LINKED_AFTER, english.PHRASES, english.GERUNDS, english.ACTIVE_OF_MODEL)
    phrases = (*phrases_of(*tables), *english.ROLES, *relations_of_labels(), WE_USE, "trained from scratch")
    return Signs(phrases, (*RELATION_PAIRS, *ACTIVE_PAIRS))
