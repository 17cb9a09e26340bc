"""Rule `missing-section`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from operator import attrgetter

from cardlint.card.card import Card
from cardlint.card.markdown.tree import Block, CodeBlock, Html, List, Paragraph, Table
from cardlint.card.text.visibility import shows_something
from cardlint.finding import Problem, Severity
from cardlint.lazy_regex import LazyPattern
from cardlint.rule_definition import rule
from cardlint.vocabulary.titles.evidence import FINE_TUNED, KEYS, MET_BY, PHRASES, QUANTIZED, USE_OR_LIMITS
from cardlint.vocabulary.titles.section_kinds import KINDS, kinds_of_title
from cardlint.wording import listed

SIGNED = LazyPattern(r"^#.*$", re.MULTILINE)  # hashtags, or a title without a space behind its signs
ENOUGH = 30  # characters of a paragraph that describes something
USE = frozenset(("intended-use", "limitations", "out-of-scope", "bias", "ethical-considerations"))
DESCRIBING = frozenset(("description", "technical-specifications"))
# A label at the start of a line or row that names a kind of section: `**Limitations:** ...`, `| License | ...`
LABEL = LazyPattern(
    r"[ \t>]*(?:\|[ \t]*)?(?:[-*+][ \t]+|\d+\.[ \t]+)?(?:\*\*|__)?"
    r"(?P<label>[^\W\d_][^\n:*_`|]{2,50}?)(?:\*\*|__|:|[ \t]*\|)",
)
NO_WORDS = LazyPattern(r"[*_~`\\]|[<&$].*", re.DOTALL)
# The beginning of a paragraph that describes the model, in lower case, wherever in the card.
DESCRIPTION = LazyPattern(
    r"(?:this|here) is (?:an?|the|our|my)\b"
    r"|(?:this|the|our) (?:\w[\w-]* ){0,3}(?:model|checkpoint|adapter) \w+(?:s|ed)\b"
    r"|\S+ is (?:an?|the) (?:\S+ ){0,8}model\b"
)
# Words in a script in which the phrases are not known: Greek, Cyrillic, Arabic, Indic, Chinese, Japanese, Korean, ...
OTHER_SCRIPT = LazyPattern(r"[\u0370-\u1cff\u1f00-\u1fff\u2e80-\ud7af]{2,}")
SENTENCE = 20  # letters; a name or a quoted word has fewer
# Content that the views of the card find, in whatever form.
FACTS = {
    "hyperparameters": attrgetter("training.hyperparameters"),
    "evaluation": attrgetter("claims"),
    "results": attrgetter("claims"),
    "how-to-use": attrgetter("loads"),
    "license": attrgetter("licenses"),
    "framework-versions": attrgetter("training.versions"),
}
NAMES = {
    "description": "no description",
    "use": "nothing about intended uses or limitations",
    "intended-use": "nothing about intended uses",
    "limitations": "nothing about limitations",
    "evaluation": "no evaluation",
    "training-data": "nothing about training data",
}


@rule(severity=(Severity.WARNING, Severity.NOTE), choices={"required": KINDS}, policy="required")
def missing_section(card: Card, *, required: tuple[str, ...] = (), complete: bool = False) -> Iterator[Problem]:
    r"""The card does not say what the model is, what it is for, or what it was trained on.

    These are the first questions of a reader. A card should have a description (a paragraph under the title is enough),
    its intended uses or its limitations, and for a fine-tuned model its training data. Sections are found by their
    meaning: by synonyms in many languages, by bold lines, by labels and sentences, and by the metadata. A section that
    holds a placeholder counts as present; `placeholder-section` reports it. Sentences are read in English only, so a
    card with text in another script is reported only if it lacks a description. It is a note, but a warning if your
    configuration requires the section.

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
        required: kinds of sections that every card must have, such as `license` or `how-to-use`. An unknown kind is an
            error that lists all.
        complete: also report a card that says what the model is for but not its limitations, or the other way round,
            and one without an evaluation. The profile `release` sets this option.
    """
    if card.is_lfs_pointer:
        return
    present = Present(card)
    kinds = [kind.replace("_", "-") for kind in required]
    demanded = [kind for kind in kinds if not _is_there(present, kind)]
    lacking = list(_missing(present))
    if complete and not _is_in_other_script(card):
        lacking = [kind for kind in lacking if kind != "use"] + list(_incomplete(present))
    missing = list(dict.fromkeys([*demanded, *lacking]))
    if missing:
        yield Problem(
            card.front_matter.opening,
            f"the card has {listed([NAMES.get(kind, f'no section of the kind `{kind}`') for kind in missing])}",
            help=f"Add a section for {'it' if len(missing) == 1 else 'each'}, or a sentence under the title.",
            severity=None if demanded else Severity.NOTE,
        )


class Present:
    """The kinds of sections that a card has, by its headings and by labels at the start of lines."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.by_headings = {kind for section in card.sections for kind in section.kinds}

    @cached_property
    def by_labels(self) -> set[str]:
        lines = self.card.body_text.split("\n")
        marked = (line for line in lines if ":" in line or "**" in line or "__" in line or line[:1] == "|")
        labels = {label["label"] for line in marked if (label := LABEL.match(line))}
        return {kind for label in labels for kind in kinds_of_title(label)}


def _is_there(present: Present, kind: str) -> bool:
    """True if a section, the metadata, a fact, a sentence or a label has the content of a kind of section."""
    card = present.card
    wanted = {kind, *MET_BY.get(kind, ())}
    return (
        not wanted.isdisjoint(present.by_headings)
        or any(card.metadata.get(key) is not None for key in KEYS.get(kind, ()))
        or (kind in FACTS and bool(FACTS[kind](card)))
        or (kind == "description" and _describes(card))
        or _says(card.lower_body, PHRASES.get(kind, {}))
        or not wanted.isdisjoint(present.by_labels)
    )


def _missing(present: Present) -> Iterator[str]:
    """Yield the kinds of sections that the card lacks; costly questions are asked last."""
    card = present.card
    if not _is_there(present, "description"):
        yield "description"
    lacks_use = (
        USE.isdisjoint(present.by_headings)
        and not _says(card.lower_body, USE_OR_LIMITS)
        and USE.isdisjoint(present.by_labels)
    )
    if lacks_use and not _is_in_other_script(card):
        yield "use"
    lacks_data = _is_fine_tuned(card, card.lower_body) and not _is_there(present, "training-data")
    if lacks_data and not _is_in_other_script(card):
        yield "training-data"


def _is_in_other_script(card: Card) -> bool:
    """True if the text outside of code and tables has a sentence in another script than Latin."""
    if card.body_text.isascii():
        return False
    prose = (block.span for block in card.body.blocks if not isinstance(block, CodeBlock | Table))
    words = (OTHER_SCRIPT.findall(card.source.text[span.start : span.end]) for span in prose)
    return sum(len(word) for found in words for word in found) >= SENTENCE


def _incomplete(present: Present) -> Iterator[str]:
    """Yield what else the Hub's checklist for a release asks for; a conversion was evaluated as its original."""
    lacking = [kind for kind in ("intended-use", "limitations") if not _is_there(present, kind)]
    yield from ("use",) if len(lacking) == 2 else lacking
    if not present.card.is_conversion and not _is_there(present, "evaluation"):
        yield "evaluation"


def _describes(card: Card) -> bool:
    """True if there is text under the title, or in a section of no known kind, or a paragraph describes the model."""
    first = card.sections[0].heading.span.start if card.sections else len(card.source.text)
    introducing = {id(block) for section in card.sections[:1] for block in section.blocks}
    elsewhere = (section for section in card.sections if not DESCRIBING.issuperset(section.kinds))
    inside = {id(block) for section in elsewhere for block in section.blocks}
    return any(
        _says_something(card, block, in_intro=block.span.start < first or id(block) in introducing)
        for block in card.body.blocks
        if id(block) not in inside
    ) or any(_is_description(card, block) for block in card.body.blocks)


def _is_description(card: Card, block: Block) -> bool:
    if not isinstance(block, Paragraph) or len(block.content.text) < ENOUGH:
        return False
    return DESCRIPTION.match(card.body.plain(block.content).strip().lower()) is not None


def _says_something(card: Card, block: Block, *, in_intro: bool) -> bool:
    if isinstance(block, Paragraph):
        raw = SIGNED.sub("", block.content.text)
        # the text before the first link or tag is usually enough
        if len(" ".join(NO_WORDS.sub("", raw.partition("[")[0]).split())) >= ENOUGH:
            return True
        text = SIGNED.sub("", card.body.plain(block.content)).strip()
        return len(text) >= ENOUGH or not text.isascii() or (in_intro and " " in text)
    if isinstance(block, Html):
        return shows_something(block)
    return in_intro and isinstance(block, List | Table | CodeBlock) and shows_something(block)


def _says(text: str, phrases: Mapping[str, LazyPattern[str]]) -> bool:
    return any(word in text and phrase.search(text) for word, phrase in phrases.items())


def _is_fine_tuned(card: Card, text: str) -> bool:
    has_base = card.metadata.get("base_model") is not None or bool(card.lineage.origin)
    return (has_base or _says(text, FINE_TUNED)) and not card.is_conversion and not _says(text, QUANTIZED)
