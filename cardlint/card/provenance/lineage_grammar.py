"""Lineage sentences as expressions, built from the tables in `cardlint.vocabulary.lineage`.

An expression reads a sentence in which marks replace the models that it names. It matches only if all words up to the
name of the base model are in the tables, so that negated sentences and those about another model never match.
"""

from __future__ import annotations

from functools import cache

from cardlint.card.provenance.lineage_abroad import match_abroad
from cardlint.card.provenance.lineage_english import Reading, english_forms, merge_announcement, object_first_forms
from cardlint.card.provenance.lineage_labels import label_relation, relations_of_labels
from cardlint.card.provenance.lineage_match import NAME, Match, Signs, any_of, words_of
from cardlint.card.provenance.lineage_names import Sentence
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
    read = Sentence(sentence)
    for form in english_forms():
        reading = form.match(read)
        if reading is not None:
            return None if _is_of_a_tool(reading, sentence) else _found(reading, sentence)
    for form in object_first_forms():
        reading = form.match(read)
        if reading is not None and (reading.parts.get("subject") or not is_item):
            return _found(reading, sentence)
    return match_abroad(sentence, read.words)


def _is_of_a_tool(reading: Reading, sentence: str) -> bool:
    """Return True for a sentence about any model, not this one, that goes on to say what it was used for."""
    return reading.parts.get("subject") is None and _tool().match(sentence, reading.stop) is not None


@cache
def _tool() -> LazyPattern[str]:
    done = rf"(?:is|was|are|were|has\s+been|have\s+been)\s+(?:[\w-]+\s+){{0,2}}?(?:{any_of(english.AS_A_TOOL)})\b"
    return LazyPattern(rf"[\s)\]\"\u201d,]{{0,6}}(?:(?:model|checkpoint|adapter)\s+)?{done}")


def _found(reading: Reading, sentence: str) -> Match | None:
    found = (part.partition("_")[0] for part, text in reading.parts.items() if text)
    relation = next((name for name in found if name in english.RELATIONS), "derived")
    is_doubtful = relation == "derived" and "based" in sentence[: reading.stop]
    if relation == "distilled" and _NAME.search(sentence, reading.end):
        return None  # the student may be made from another model than its teacher
    return Match(
        relation,
        reading.start,
        reading.end,
        is_loose=not reading.parts.get("strict"),
        is_doubtful=is_doubtful,
        needs_link=bool(reading.parts.get("linked")),
    )


def announces_merge(sentence: str) -> bool:
    """Return True for a sentence that ends in a colon and says that this model is a merge of what follows."""
    return merge_announcement().fullmatch(sentence) is not None


def match_label(line: str) -> Match | None:
    """Return the base models behind a label such as `Base model:` at the beginning of a line, or None."""
    signs, label, form = _label_forms()
    if not signs.may_be_in(words_of(line)) or not label.match(line):
        return None
    match = form.match(line)
    if match is None:
        return None
    relation = label_relation(match["label"])
    return Match(relation, *match.span("names")) if relation else None


@cache
def _label_forms() -> tuple[Signs, LazyPattern[str], LazyPattern[str]]:
    """Return the signs of labels, an expression for one, and one for it with its value, which begins with a name."""
    colon = r"(?:\s*\[optional\])?\s*(?:[:\uff1a=\u2013\u2014]|\s-\s|\bis\b|\bwas\b)"
    label = rf"(?P<label>{any_of(relations_of_labels())}){colon}"
    others = any_of((*english.OTHER_THINGS, *english.CLOSED_CLASS))
    filler = rf"(?:(?!(?:{others})\b)[\w'\u2019.+-]{{1,40}}[,:]?\s+){{0,6}}?[(\[\"\u201c\s]*"
    names = rf"(?P<names>{NAME}(?:\s*(?:,|;|/|\+|&|\band\b|\bor\b|\n)\s*{NAME}){{0,12}})"
    tail = rf"(?!\s*(?:'s|(?:{any_of(english.OTHER_THINGS)})\b))"
    return Signs(relations_of_labels()), LazyPattern(label), LazyPattern(rf"{label}\s*{filler}{names}{tail}")
