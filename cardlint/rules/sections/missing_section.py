"""Rule `missing-section`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Block, CodeBlock, Html, List, Paragraph, Table
from cardlint.card.text.visibility import shows_something
from cardlint.finding import Problem, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.titles.section_kinds import kinds_of_title
from cardlint.wording import listed

ENOUGH = 30  # characters of a paragraph that describes something
USE = frozenset(("intended-use", "limitations", "out-of-scope"))
# A label at the start of a line that names a kind of section: `**Limitations:** ...`, `- Training data: ...`
LABEL = LazyPattern(
    r"[ \t>]*(?:[-*+][ \t]+|\d+\.[ \t]+)?(?:\*\*|__)?(?P<label>[^\W\d_][^\n:*_`|]{2,50}?)(?:\*\*|__|:)",
)
NO_WORDS = LazyPattern(r"[*_~`\\]|[<&$].*", re.DOTALL)
# Phrases in lower case, each under a word that it contains: a phrase is searched for only if the text has its word, and
# begins with letters, which is ten times as fast as one expression for all. These say what a model is (not) meant for:
MEANT = {
    **{
        word: LazyPattern(rf"{word}(?<!\w{word}) (?:for|to|only|as|use)\b")
        for word in ("meant", "designed", "appropriate")
    },
    **{
        word: LazyPattern(rf"{word}(?:(?<!\w{word}) (?:for|to|only|as|use)\b|(?<=\bnot {word}))")
        for word in ("intended", "suitable", "recommended")
    },
    "limit": LazyPattern(r"limit(?<!\wlimit)(?:ation|ed to)"),
    "research purposes": LazyPattern(r"research(?<!\wresearch) purposes"),
    "case": LazyPattern(r"use(?<!\wuse)[- ]cases?\b"),
    "used": LazyPattern(
        r"\b(?:(?:be|is|are) (?:\w+ )?used (?:for|to|as|in|by)\b|should (?:not|only)? ?be used|not be used)"
    ),
    "bias": LazyPattern(r"bias(?<!\wbias)(?:es|ed)?\b"),
    "scope": LazyPattern(r"out(?<!\wout)[- ]of[- ]scope"),
}
# These say where the training data came from, or that it is not known:
DATA = {
    "data": LazyPattern(r"data(?<!\wdata)(?: ?sets?)?\b|dataset_name"),
    "corp": LazyPattern(r"corp(?<!\wcorp)(?:us|ora)\b"),
    "trained": LazyPattern(r"trained\s+(?:\S{1,60} ){0,8}?(?:on|with|using|by|from)\b"),
    "tuned": LazyPattern(r"tuned\s+(?:\S{1,60} ){0,8}?(?:on|with|using|by|from)\b"),
    "training ": LazyPattern(r"training(?<!\wtraining) (?:sets?|images?|pictures|texts?|examples|samples)\b"),
    "concept": LazyPattern(r"concept(?<!\wconcept)\b"),
}
# These say that the model was fine-tuned, and that it was quantized:
TUNED = {
    "fine": LazyPattern(r"\bfine-?tun(?:ed|ing) (?:\S{1,60} )?(?:version|model)|\bmodel (?:\S{1,60} ){0,3}fine-?tuned")
}
QUANTIZED = {"gguf": LazyPattern(r"\bgguf\b"), "quanti": LazyPattern(r"quanti[sz]")}
NAMES = {
    "description": "no description",
    "use": "nothing about intended uses or limitations",
    "training-data": "nothing about training data",
}


@rule(severity=Severity.WARNING)
def missing_section(card: Card, *, required: tuple[str, ...] = ()) -> Iterator[Problem]:
    r"""The card does not say what the model is, what it is for, or what it was trained on.

    These are the first questions of a reader. A card should have a description (a paragraph under the title is enough),
    its intended uses or its limitations, and for a fine-tuned model its training data. Sections are found by their
    meaning: by synonyms in many languages, by bold lines, and by labels and sentences. A section that holds a
    placeholder counts as present; `placeholder-section` reports it.

    Bad:
        ---
        base_model: tides/tide-base
        tags:
        - finetune
        ---

        # tide-small

    Good:
        ---
        base_model: tides/tide-base
        tags:
        - finetune
        ---

        # tide-small

        A small model that predicts the tides of the North Sea.

        ## Intended uses & limitations

        It is meant for harbours, and knows no tides beyond 2020.

        ## Training data

        Forty years of water levels.

    Options:
        required: kinds of sections that every card must have, such as `license` or `how-to-use`.
    """
    if card.is_lfs_pointer:
        return
    there = {kind for section in card.sections for kind in section.kinds}
    demanded = [kind for kind in map(_kind, required) if kind not in there]
    if demanded:
        there |= _labelled(card)
        demanded = [kind for kind in demanded if kind not in there]
    missing = list(dict.fromkeys([*demanded, *_missing(card, there)]))
    if missing:
        yield Problem(
            card.front_matter.opening,
            f"the card has {listed([NAMES.get(kind, f'no section of the kind `{kind}`') for kind in missing])}",
            help=f"Add a section for {'it' if len(missing) == 1 else 'each'}, or a sentence under the title.",
            severity=None if demanded else Severity.NOTE,
        )


def _kind(name: str) -> str:
    return "-".join(name.lower().replace("_", " ").split())


def _labelled(card: Card) -> set[str]:
    """Return the kinds of sections that labels at the start of lines name."""
    lines = card.body_text.split("\n")
    labels = [LABEL.match(line) for line in lines if ":" in line or "**" in line or "__" in line]
    return {kind for label in labels if label for kind in kinds_of_title(label["label"])}


def _missing(card: Card, there: set[str]) -> Iterator[str]:
    """Yield the kinds of sections that the card lacks; costly questions are asked last."""
    if "description" not in there and not _describes(card):
        yield "description"
    text = card.lower_body
    if there.isdisjoint(USE) and not _says(text, MEANT) and _labelled(card).isdisjoint(USE):
        yield "use"
    if "training-data" in there or card.metadata.get("datasets") is not None or _says(text, DATA):
        return
    if _is_fine_tuned(card, text) and "training-data" not in _labelled(card):
        yield "training-data"


def _describes(card: Card) -> bool:
    """True if there is text under the title, or in a section of no known kind."""
    first = card.sections[0].heading.span.start if card.sections else len(card.source.text)
    introducing = {id(block) for section in card.sections[:1] for block in section.blocks}
    inside = {id(block) for section in card.sections if section.kinds for block in section.blocks}
    return any(
        _says_something(card, block, in_intro=block.span.start < first or id(block) in introducing)
        for block in card.body.blocks
        if id(block) not in inside
    )


def _says_something(card: Card, block: Block, *, in_intro: bool) -> bool:
    if isinstance(block, Paragraph):
        # the text before the first link or tag is usually enough
        if len(" ".join(NO_WORDS.sub("", block.content.text.partition("[")[0]).split())) >= ENOUGH:
            return True
        text = card.body.plain(block.content).strip()
        return len(text) >= ENOUGH or not text.isascii() or (in_intro and " " in text)
    if isinstance(block, Html):
        return shows_something(block)
    return in_intro and isinstance(block, List | Table | CodeBlock) and shows_something(block)


def _says(text: str, phrases: Mapping[str, LazyPattern[str]]) -> bool:
    return any(word in text and phrase.search(text) for word, phrase in phrases.items())


def _is_fine_tuned(card: Card, text: str) -> bool:
    has_base = card.metadata.get("base_model") is not None
    return (has_base or _says(text, TUNED)) and not card.is_conversion and not _says(text, QUANTIZED)
