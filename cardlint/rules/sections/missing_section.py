"""Rule `missing-section`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardlint.card import Card
from cardlint.card.origin import is_conversion
from cardlint.card.sections import Section
from cardlint.card.tree import Block, CodeBlock, Html, List, Paragraph, Table
from cardlint.card.visibility import shows_something
from cardlint.finding import Problem, Severity, listed
from cardlint.pattern import pattern
from cardlint.rule import rule
from cardlint.vocabulary.sections import kinds_of_title

ENOUGH = 30  # characters of a paragraph that describes something
USE = frozenset(("intended-use", "limitations", "out-of-scope"))
# `**Limitations:** ...` and `- Training data: ...`: what names a kind at the start of a line without being a heading
LABEL = pattern(
    r"^[ \t>]*(?:[-*+][ \t]+|\d+\.[ \t]+)?(?:\*\*|__)?(?P<label>[^\W\d_][^\n:*_`|]{2,50}?)(?:\*\*|__|:)", re.MULTILINE
)
# sentences that say for what a model is meant, or for what it is not
MEANT = pattern(
    r"\b(?:intended|meant|designed|suitable|recommended|appropriate) (?:for|to|only|as|use)\b|\blimit(?:ation|ed to)"
    r"|\bshould (?:not|only)? ?be used|\bnot (?:be used|suitable|recommended|intended)|\bresearch purposes"
    r"|\buse[- ]cases?\b|\b(?:be|is|are) (?:\w+ )?used (?:for|to|as|in|by)\b|\bbias(?:es|ed)?\b|\bout[- ]of[- ]scope",
    re.IGNORECASE,
)
# what says where the training data came from, or that nobody knows
DATA = pattern(
    r"\bdata(?: ?sets?)?\b|dataset_name|\bcorp(?:us|ora)\b"
    r"|(?:tuned|trained)\s+(?:\S{1,60} ){0,8}?(?:on|with|using|by|from)\b"
    r"|\btraining (?:sets?|images?|pictures|texts?|examples|samples)\b|\bconcept\b",
    re.IGNORECASE,
)
TUNED = pattern(
    r"\bfine-?tun(?:ed|ing) (?:\S{1,60} )?(?:version|model)|\bmodel (?:\S{1,60} ){0,3}fine-?tuned", re.IGNORECASE
)
QUANTIZED = pattern(r"\bgguf\b|quanti[sz]", re.IGNORECASE)
NAMES = {
    "description": "no description",
    "use": "nothing on intended uses or limitations",
    "training-data": "nothing on training data",
}


@rule(severity=Severity.WARNING)
def missing_section(card: Card, *, required: tuple[str, ...] = ()) -> Iterator[Problem]:
    r"""The card lacks what a reader needs first: what the model is, what it is for, what it was trained on.

    A card should have a description (a paragraph under the title will do), its intended uses or its limitations, and
    for a fine-tuned model its training data. Sections are found by what they mean: by synonyms in many languages, by
    bold lines, and by what labels and sentences say. One that holds a placeholder is there.

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
        required: kinds of sections whose absence is a warning, such as `license` or `how-to-use`.
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
            help="Write it in a section of its own, or in a sentence under the title.",
            severity=None if demanded else Severity.NOTE,
        )


def _kind(name: str) -> str:
    return "-".join(name.lower().replace("_", " ").split())


def _missing(card: Card, there: set[str]) -> Iterator[str]:
    """What of the three lacks; what costs more is asked only where the sections have it not."""
    if "description" not in there and not _describes(card):
        yield "description"
    text = card.source.text[card.front_matter.span.end :]
    if there.isdisjoint(USE) and not MEANT.search(text) and _labelled(card).isdisjoint(USE):
        yield "use"
    if "training-data" in there or card.metadata.get("datasets") is not None or DATA.search(text):
        return
    if _is_fine_tuned(card, text) and "training-data" not in _labelled(card):
        yield "training-data"


def _is_fine_tuned(card: Card, text: str) -> bool:
    has_base = card.metadata.get("base_model") is not None
    is_tuned = has_base or TUNED.search(text) is not None
    return is_tuned and not is_conversion(card) and not QUANTIZED.search(text)


def _describes(card: Card) -> bool:
    """Whether something stands under the title, or in a section of no kind."""
    first = card.sections[0].heading.span.start if card.sections else len(card.source.text)
    inside = {id(block) for section in card.sections if section.kinds for block in section.blocks}
    return any(
        _says_something(card, block, in_intro=block.span.start < first or _is_first(card, block))
        for block in card.body.blocks
        if id(block) not in inside
    )


def _is_first(card: Card, block: Block) -> bool:
    section: Section | None = card.sections[0] if card.sections else None
    return section is not None and any(block is own for own in section.blocks)


def _says_something(card: Card, block: Block, *, in_intro: bool) -> bool:
    if isinstance(block, Paragraph):
        text = card.body.plain(block.content).strip()
        return len(text) >= ENOUGH or not text.isascii() or (in_intro and " " in text)
    if isinstance(block, Html):
        return shows_something(block)
    return in_intro and isinstance(block, List | Table | CodeBlock) and shows_something(block)


def _labelled(card: Card) -> set[str]:
    """The kinds that labels at the start of lines name."""
    text = card.source.text[card.front_matter.span.end :]
    return {kind for match in LABEL.finditer(text) for kind in kinds_of_title(match["label"])}
