"""Claims from the evaluation bullets, and from the plain lines that AutoTrain writes instead."""

from __future__ import annotations

from collections.abc import Iterator

from cardlint.card.claims.claim import Claim, Grounds, How
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Heading, List, Paragraph
from cardlint.card.numbers.number import read_number
from cardlint.card.training.training import read_bullets
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels.metrics import is_noise, read_label

__all__ = ["EVALUATION_SET", "read_summary"]

EVALUATION_SET = "evaluation set"
"""A name of claims from the bullets for the Trainer's "evaluation set", which may be any split."""

_ANNOUNCES = LazyPattern(r"(?i)\b(?:results?|evaluat\w*|metrics?|perform\w*|scores?|achiev\w*|accurac\w*)\b")
_PLAIN_LINE = LazyPattern(r"[*_`]*+(?P<label>[\w./@ -]{1,40}?)[*_`]*+: *(?P<value>\S{1,30}(?: ?%)?)")
_EVALUATION = LazyPattern(r"(?i)\beval(?:uation)?[ -]*(?:data)?sets?\b")
_SPLIT = LazyPattern(
    r"(?i)\b(?:test|testing|validation|valid|val|dev|development|train|training)[ -]*(?:data)?"
    r"(?:set|split|data|results?|metrics|scores?|subset|partition|evaluation|performance)\b"
)
_SPLITS = ("test", "val", "dev", "train")
_TRAINERS = "It achieves the following results on the evaluation set:"
_ON_DATASET = LazyPattern(
    r"\bfine-tuned version of \S{1,300} (?:on|using) (?:the |an? )?"
    r"\[?(?P<name>[^\n\[\]().]{1,80}?)(?:\]\([^()\s]*\))? dataset\b"
)
_NO_DATASET = frozenset(("unknown", "none", "generator", "local", "custom", "json", "csv", "text", "imagefolder"))
_BEST_OF_TRAINING = LazyPattern(r"(?i)\b(?:step|epoch|checkpoint) \d")


def read_summary(body: Document) -> Iterator[Claim]:
    """Yield claims from the bullets below an announcement of results, and from lines below "Validation Metrics"."""
    before: Block | None = None
    heading: Heading | None = None
    below_metrics = False
    for block in body.blocks:
        if isinstance(block, Heading):
            heading = block
            title = block.content.text
            below_metrics = (
                "etrics" in title.lower() and body.plain(block.content).strip().lower() == "validation metrics"
            )
        elif isinstance(block, List):
            announcement = _announcement(body, before)
            if announcement is not None and before is not None:
                yield from _bullets(block, announcement, before)
        elif below_metrics and heading is not None and isinstance(block, Paragraph):
            yield from _plain_line(block, heading)
        before = block


def _announcement(body: Document, before: Block | None) -> str | None:
    """Return the heading or sentence right above a list that announces results, or None."""
    if isinstance(before, Heading):
        heading = body.plain(before.content)
        return heading if _ANNOUNCES.search(heading) else None
    if not isinstance(before, Paragraph):
        return None
    text = before.content.text.rstrip("*_ ")
    last = text.rsplit("\n", 1)[-1]
    if last == _TRAINERS:
        return text[text.rfind(". ") + 1 :]
    if not text.endswith((":", ")")) or _BEST_OF_TRAINING.search(last):
        return None
    # only this sentence, since the text before it may be about something else
    found = text[text.rfind(". ") + 1 :]
    return found if _ANNOUNCES.search(found) else None


def _bullets(block: List, announcement: str, above: Block) -> Iterator[Claim]:
    is_trainers = "following results on the evaluation set" in " ".join(announcement.split())
    names = (EVALUATION_SET,) if is_trainers or _EVALUATION.search(announcement) else ()
    dataset, config = _trained_on(above)
    words = announcement.replace(_TRAINERS, "").lower()
    said = _SPLIT.search(announcement) if any(split in words for split in _SPLITS) else None
    split = read_label(said[0]).split if said else None
    for bullet in read_bullets(block):
        number = read_number(bullet.text)
        read = read_label(bullet.label)
        if number is not None and not is_noise(bullet.label) and (is_trainers or read.known):
            variant, where = read.variant, read.split or split
            yield Claim(
                metric=read.metric,
                label=bullet.label,
                number=number,
                source="summary",
                span=bullet.span,
                variant=variant,
                dataset=dataset,
                config=config,
                split=where,
                names=names,
                grounds=Grounds(How.TEMPLATE if is_trainers else How.RESULTS_LIST, above.span),
            )


def _trained_on(above: Block) -> tuple[str | None, str | None]:
    """Return the dataset and configuration of the Trainer's sentence: "on the X - Y dataset"; None if unknown."""
    match = _ON_DATASET.search(above.content.text) if isinstance(above, Paragraph) else None
    if match is None or match["name"].lower() in _NO_DATASET:
        return None, None
    name, _, config = match["name"].partition(" - ")
    return name.strip(), config.strip() or None


def _plain_line(paragraph: Paragraph, above: Block) -> Iterator[Claim]:
    match = _PLAIN_LINE.fullmatch(paragraph.content.text.strip())
    number = read_number(match["value"]) if match else None
    if match and number and not is_noise(match["label"]):
        read = read_label(match["label"])
        start = paragraph.content.text.index(match["value"], match.start("value"))
        span = paragraph.content.span(start, start + len(match["value"]))
        yield Claim(
            metric=read.metric,
            label=match["label"],
            number=number,
            source="summary",
            span=span,
            variant=read.variant,
            split=read.split or "validation",
            grounds=Grounds(How.TEMPLATE, above.span),
        )
