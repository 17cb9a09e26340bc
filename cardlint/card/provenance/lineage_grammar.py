"""Lineage sentences as expressions, built from the tables in `cardlint.vocabulary.lineage`.

An expression reads a sentence in which marks replace the models that it names. It matches only if all words up to the
name of the base model are in the tables, so that negated sentences and those about another model never match.
"""

from __future__ import annotations

import re
from functools import cache

from cardlint.card.provenance.lineage_abroad import match_abroad
from cardlint.card.provenance.lineage_english import Form, english_forms, merge_announcement, object_first_form
from cardlint.card.provenance.lineage_labels import label_relation, relations_of_labels
from cardlint.card.provenance.lineage_match import NAME, Match, Signs, any_of, words_of
from cardlint.card.provenance.named_text import BARE, MARK
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.lineage import english

__all__ = ["Match", "announces_merge", "match_label", "match_sentence"]

_NAME = LazyPattern(NAME)


def match_sentence(sentence: str, *, is_item: bool = False) -> Match | None:
    """Return the origin of this model that a sentence states, or None.

    `is_item` is true in a list, where a sentence without a subject may be about another model.
    """
    if MARK not in sentence and BARE not in sentence:
        return None
    words = words_of(sentence)
    for form in english_forms():
        match = form.match(sentence, words)
        if match is not None:
            return None if _is_of_a_tool(match, sentence) else _found(match, sentence)
    match = object_first_form().match(sentence, words)
    if match is not None and (match["subject"] or not is_item):
        return _found(match, sentence)
    return match_abroad(sentence, words)


def _is_of_a_tool(match: re.Match[str], sentence: str) -> bool:
    """Return True for a sentence about any model, not this one, that goes on to say what it was used for."""
    groups = match.groupdict()
    return groups.get("subject") is None and _tool().match(sentence, match.end()) is not None


@cache
def _tool() -> LazyPattern[str]:
    done = rf"(?:is|was|are|were|has\s+been|have\s+been)\s+(?:[\w-]+\s+){{0,2}}?(?:{any_of(english.AS_A_TOOL)})\b"
    return LazyPattern(rf"[\s)\]\"\u201d,]{{0,6}}(?:(?:model|checkpoint|adapter)\s+)?{done}")


def _found(match: re.Match[str], sentence: str) -> Match | None:
    groups = match.groupdict()
    found = (group.partition("_")[0] for group, text in groups.items() if text)
    relation = next((name for name in found if name in english.RELATIONS), "derived")
    is_loose = not groups.get("strict")
    is_doubtful = relation == "derived" and "based" in match[0]
    start, end = match.span("names") if groups.get("names") else match.span("taken")
    if relation == "distilled" and _NAME.search(sentence, end):
        return None  # the student may be made from another model than its teacher
    return Match(
        relation, start, end, is_loose=is_loose, is_doubtful=is_doubtful, needs_link=bool(groups.get("linked"))
    )


def announces_merge(sentence: str) -> bool:
    """Return True for a sentence that ends in a colon and says that this model is a merge of what follows."""
    return merge_announcement().fullmatch(sentence) is not None


def match_label(line: str) -> Match | None:
    """Return the base models behind a label such as `Base model:` at the beginning of a line, or None."""
    label, form = _label_forms()
    if not label.match(line, words_of(line)):
        return None
    match = form.match(line)
    if match is None:
        return None
    relation = label_relation(match["label"])
    return Match(relation, *match.span("names")) if relation else None


@cache
def _label_forms() -> tuple[Form, LazyPattern[str]]:
    """Return an expression for a label, and one for the label with its value, which begins with a name."""
    colon = r"(?:\s*\[optional\])?\s*(?:[:\uff1a=\u2013\u2014]|\s-\s|\bis\b|\bwas\b)"
    label = rf"(?P<label>{any_of(relations_of_labels())}){colon}"
    others = any_of((*english.OTHER_THINGS, *english.CLOSED_CLASS))
    filler = rf"(?:(?!(?:{others})\b)[\w'\u2019.+-]{{1,40}}[,:]?\s+){{0,6}}?[(\[\"\u201c\s]*"
    names = rf"(?P<names>{NAME}(?:\s*(?:,|;|/|\+|&|\band\b|\bor\b|\n)\s*{NAME}){{0,12}})"
    tail = rf"(?!\s*(?:'s|(?:{any_of(english.OTHER_THINGS)})\b))"
    return Form(Signs(relations_of_labels()), LazyPattern(label)), LazyPattern(rf"{label}\s*{filler}{names}{tail}")
