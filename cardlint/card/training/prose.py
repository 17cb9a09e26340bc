"""Hyperparameters that sentences state of this model: `we fine-tuned it for 3 epochs with a batch size of 16`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Content, Heading, List, Paragraph, Table
from cardlint.card.training.hyperparameters import announces_hyperparameters
from cardlint.lazy_regex import LazyPattern
from cardlint.source import Span

__all__ = ["StatedHyperparameter", "stated_hyperparameters"]


class StatedHyperparameter(Struct, frozen=True):
    """A hyperparameter in a sentence, by the Trainer's name; `is_own` if it is certain that it is this model's."""

    name: str
    value: Decimal
    text: str
    span: Span
    is_own: bool


_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: Decimal(number) for number, word in enumerate(_WORDS, start=1)}
_COUNT = rf"(?P<number>\d{{1,5}}(?:\.\d+)?|{'|'.join(_WORDS)})"
_MARKS = r"[*_`$ ]*+"
_IS = rf"{_MARKS}(?:of|is|was|to|set to|equal to|[:=])?{_MARKS}"
_TIMES = r"(?:[x×·*]|\\times|\\cdot)"
_RATE = rf"(?P<number>\d+(?:\.\d+)?(?:e-\d{{1,2}}| ?{_TIMES} ?10\^?\{{?[-\u2212]\d{{1,2}}\}}?)?)"
_FORMS = {
    "num_epochs": (
        rf"(?<![\w.,~\u2248-]){_COUNT}{_MARKS}(?:(?:full|training|complete) )?epochs?\b(?!-)",
        rf"\b(?:number of epochs|epochs){_MARKS}(?:is|was|to|[:=]){_MARKS}(?P<number>\d{{1,5}})(?![\w.,%-])",
    ),
    "learning_rate": (rf"\blearning[- ]rate{_IS}{_RATE}(?![\w%]|[.,]\d| ?{_TIMES})",),
    "train_batch_size": (
        rf"\bbatch[- ]size{_IS}(?P<number>\d{{1,6}})(?![\w%-]|[.,]\d| ?(?:[km]\b|million|tokens|[x×*]))",
        r"(?<![\w.,~\u2248-])(?P<number>\d{1,6}) batch[- ]size\b",
    ),
}
_EXPRESSIONS = {name: [LazyPattern(rf"(?i){form}") for form in forms] for name, forms in _FORMS.items()}
_OWN = LazyPattern(
    r"(?i)\b(?:this|the|our|my)(?: [\w.-]+){0,3}? (?:model|network|classifier|adapter|checkpoint|detector|tagger|lora"
    r"|system|version)\b|\b(?:it|we|i)\b|^\W*(?:the )?(?:trained|fine[- ]?tuned|training|fine[- ]?tuning)\b"
)
_TRAINED = LazyPattern(r"(?i)\b(?:train(?:ed|ing|s)?|fine[- ]?tun\w+|optimi[sz]er|optimi[sz]ed|used?)\b")
_OTHERS = LazyPattern(
    r"(?i)\b(?:pre-?train\w*|base\b|original\w*|teachers?|students?|baselines?|previous\w*|earlier|older|authors?"
    r"|papers?|first|second|third|another|additional(?:ly)?|more|further|again|extra|remaining|stages?|phases?|rounds?"
    r"|folds?|each|every|both|or|if|when|should|could|would|can|may|might|recommend\w*|try|tried|experiment\w*"
    r"|ablation\w*|models|versions|adapters|checkpoints|others?|different|compar\w*|instead|not|respectively)\b"
)
_VAGUE = {
    "num_epochs": LazyPattern(
        r"(?i)\b(?:early|stop\w*|best|after|before|until|up to|at most|at least|less|max\w*|min\w*|about|around"
        r"|approx\w*|roughly|nearly|almost|between|then|last|per|warm-?up|planned)\b"
    ),
    "learning_rate": LazyPattern(
        r"(?i)\b(?:max\w*|min\w*|peak|initial\w*|start\w*|final learning|lower|higher|about|around|approx\w*|between"
        r"|from|to \d|encoder|decoder|head|layers?|discriminator|generator)\b"
    ),
    "train_batch_size": LazyPattern(
        r"(?i)\b(?:micro\w*|mini|per|devices?|gpus?|evaluat\w*|test\w*|inference|validation|about|around|approx\w*"
        r"|between|up to|max\w*|min\w*)\b"
    ),
}
"""Words of sentences in which a number is a limit, a part, or one of several, rather than the hyperparameter."""
_POWER = LazyPattern(rf" ?{_TIMES} ?10")
_SENTENCE_END = LazyPattern(r"(?<=[.!?;])\s+|\n")


def stated_hyperparameters(body: Document, own_name: str) -> Iterator[StatedHyperparameter]:
    """Yield the epochs, learning rates and batch sizes in the paragraphs of a card about the model `own_name`."""
    for content, heading in _contents(body, body.blocks, None):
        if any(word in content.text.lower() for word in ("epoch", "learning", "batch")):
            is_of_another = heading is not None and _OTHERS.search(body.plain(heading.content)) is not None
            for start, sentence in _sentences(content.text):
                is_own = not is_of_another and _is_own(sentence, own_name)
                yield from _in_sentence(content, start, sentence, is_own)


def _contents(
    body: Document, blocks: tuple[Block, ...], heading: Heading | None
) -> Iterator[tuple[Content, Heading | None]]:
    """Yield the paragraphs outside tables and lists of hyperparameters, each with the heading above it."""
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Heading):
            heading = block
        elif isinstance(block, Paragraph):
            yield block.content, heading
        elif isinstance(block, List) and announces_hyperparameters(before, body):
            pass
        elif block.children and not isinstance(block, Table):
            yield from _contents(body, block.children, heading)
        before = block


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in (*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)):
        yield start, text[start:end]
        start = end


def _in_sentence(content: Content, start: int, sentence: str, is_own: bool) -> Iterator[StatedHyperparameter]:
    for name, expressions in _EXPRESSIONS.items():
        for match in (found for expression in expressions for found in expression.finditer(sentence)):
            yield StatedHyperparameter(
                name=name,
                value=_value(match["number"]),
                text=match["number"],
                span=content.span(start + match.start("number"), start + match.end("number")),
                is_own=is_own and _VAGUE[name].search(sentence) is None,
            )


def _is_own(sentence: str, own_name: str) -> bool:
    """Return True if a sentence says of this model, and of nothing else, that it was trained."""
    names_it = bool(own_name) and own_name.lower() in sentence.lower()
    is_own = (names_it or _OWN.search(sentence) is not None) and _TRAINED.search(sentence) is not None
    return is_own and _OTHERS.search(sentence.replace("from scratch", "")) is None


def _value(text: str) -> Decimal:
    if text.lower() in _NUMBERS:
        return _NUMBERS[text.lower()]
    mantissa, *power = _POWER.split(text.replace("\u2212", "-"))
    return Decimal(mantissa).scaleb(int(power[0].strip("^{}"))) if power else Decimal(mantissa)
