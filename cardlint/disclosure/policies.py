"""Acceptable use policies that a card names or has as a section."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardlint.card.card import Card
from cardlint.card.provenance.license_sentences import visible_text
from cardlint.disclosure.evidence import Evidence
from cardlint.disclosure.section_texts import SectionTexts, evidence_of_section
from cardlint.disclosure.substance import is_statement, sentences_of
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.disclosure.phrases import POLICY_OWNERS

__all__ = ["find_policies"]


def find_policies(texts: SectionTexts) -> Iterator[Evidence]:
    """Yield the sections with a policy of the model, and the places where a sentence names one."""
    for section in texts.card.sections:
        if not _POLICY_TITLE.fullmatch(section.title.strip(" *:#.0123456789")) or not texts.is_filled(section):
            continue
        if any(is_statement(sentence.text) for sentence in texts.sentences(section, "out-of-scope")):
            yield evidence_of_section(section)
    names = _policy_names(texts.card)
    for block, _ in texts.paragraphs():
        if _POLICY.search(block.content.text) is None:
            continue
        text = visible_text(block, block.content, texts.card.body).text
        for sentence in sentences_of(text):
            for match in _POLICY.finditer(text, sentence.start(), sentence.end()):
                before = " ".join(text[max(match.start() - _AROUND, sentence.start()) : match.start()].lower().split())
                behind = " ".join(text[match.end() : min(match.end() + _AROUND, sentence.end())].split())
                if _is_own_policy(before, behind, names):
                    words = " ".join(match[0].split())
                    yield Evidence(words=words, span=block.content.span(*match.span()), form="sentence")


def _is_own_policy(before: str, behind: str, names: frozenset[str]) -> bool:
    """Return True if the words around "Acceptable Use Policy" make it that of the model."""
    if _DENIAL.search(before) or _NO_POLICY.match(behind):
        return False
    of = _OF.match(behind)
    if of is not None and not (of["this"] or any(of["rest"].lower().startswith(name) for name in names)):
        return False
    last = before.rpartition(" ")[2].strip("(,:;")
    return not before or last in POLICY_OWNERS or any(before.endswith(name) for name in names)


def _policy_names(card: Card) -> frozenset[str]:
    """Return the names of the model, of its base models and of its license, as they may precede the policy's name."""
    names = set()
    for written in (*card.own_names.titles, card.repo_id or "", *(base.text for base in card.lineage.base_models)):
        words = re.split(r"[\s/_-]", written[:_LONGEST_NAME].lower())
        names |= {" ".join(words), *(" ".join(words[:count]) for count in (1, 2))}
        names |= {" ".join(words[1:][:count]) for count in (1, 2) if "/" in written}
    return frozenset(name for name in names if len(name.strip()) > 2 and name.split()[0] not in POLICY_OWNERS)


_AROUND = 60
_LONGEST_NAME = 200
_POLICY = LazyPattern(
    r"\b(?:acceptable|prohibited)\s+uses?\s+polic(?:y|ies)\b|\busage\s+polic(?:y|ies)\b", re.IGNORECASE
)
_POLICY_TITLE = LazyPattern(r"(?:acceptable|prohibited) uses?(?: policy)?|usage policy", re.IGNORECASE)
_DENIAL = LazyPattern(r"\b(?:no|not|without|lacks?|neither|nor|never|n['’]t|other|their|will)\b|n['’]t\b")
_NO_POLICY = LazyPattern(
    r"\W{0,3}(?:none|no|n/a|tbd|tba)\b"
    r"|(?:will|shall|is being|is (?:not|in|under|planned|to)|does not|do not|has not|coming|soon|\(?planned)\b"
)
_OF = LazyPattern(r"(?:of|for|from|by) (?P<this>(?:this|the|our) (?:model|license)\b)?(?P<rest>.*)", re.IGNORECASE)
