"""Claims from English sentences, and from the lines of templates: `achieves a WER of 12.3 % on the test set`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cardlint.card.claims.claim import Claim
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Content, List, ListItem, Paragraph, Table
from cardlint.card.numbers.number import NUMERAL, read_number
from cardlint.card.training.training import read_bullet
from cardlint.lazy_regex import pattern
from cardlint.vocabulary.labels.metrics import Label, read_label

if TYPE_CHECKING:
    from cardlint.card.claims.subject import Subjects
    from cardlint.source import Span

__all__ = ["read_prose"]

_NAME = (
    r"(?:accuracy|accuracies|acc\b|f[-_ ]?1(?:[-_ ]?(?:score|measure))?|f[-_](?:score|measure)|precision|recall"
    r"|wer\b|cer\b|word error rate(?: *\(wer\))?|char(?:acter)? error rate(?: *\(cer\))?"
    r"|sacrebleu|bleu(?:-?[1-4])?(?: score)?"
    r"|chr-?f(?:\+\+|2)?|rouge[-_ ]?(?:1|2|l(?:sum)?)|bertscore|perplexity|ppl\b|loss\b|rmse\b|mse\b|mae\b|r2\b|r\^2|r²"
    r"|mcc\b|matthews correlation(?: coefficient)?|pearson(?: correlation)?|spearman(?: rank)?(?: correlation)?"
    r"|roc[-_ ]auc|auroc|auc\b|mean average precision|map@[0-9.]+|ndcg@\d+|mrr(?:@\d+)?|exact match|miou|iou\b"
    r"|dice\b|fid\b|eer\b|der\b|mean reward|pass@\d+|uas\b|las\b|meteor\b|kappa\b)"
)
_BEFORE = (
    r"(?:(?:test|testing|validation|val|valid|dev|eval|evaluation|train|training|final|overall|average|mean|best|macro|micro"
    r"|weighted|balanced|top-?\d|binary|token|normali[sz]ed|averaged|avg)[-_ ]+){0,4}"
)
_BEHIND = r"(?:[-_ ](?:score|rate|value|macro|micro|weighted))*"
_PHRASE = rf"(?<![\w@])(?P<label>{_BEFORE}{_NAME}{_BEHIND}(?: *\([^()\n\d]{{1,30}}\))?)"
_MARKS = r"[*_`\"' ]*"
_NUMBER = rf"(?P<number>{NUMERAL}(?:[ ]?\\?[%\uff05])?)"
_END = r"(?![\w%]|[.,:]\d|[-\u2013/] ?\d| ?(?:x\b|times|points?|million|k\b|epochs?|steps?|hours?|samples))"
_WHERE = r"(?P<where>(?: (?:on|for|in|over)\b[^.:;=|\n\d()]{1,60}?)?)"
_NAMED_FIRST = pattern(
    rf"{_PHRASE}{_WHERE}{_MARKS}(?:[:=]|\b(?:is|was|of|at|reache[ds]|equals|score of|rate of)\b)"
    rf"{_MARKS}(?:of |score of |equal to )?{_MARKS}{_NUMBER}{_END}",
    re.IGNORECASE,
)
_NUMBER_FIRST = pattern(
    rf"(?<![\w.,%/@+~\-\u2013]){_NUMBER}{_MARKS}(?:(?:in|for) (?:terms of )?)?{_PHRASE}(?![\w@]| *[:=] *[\d*_`])",
    re.IGNORECASE,
)
_RESULT = pattern(
    rf"^{_MARKS}(?P<label>(?:(?:test|final|evaluation|validation) )?results?)(?: *\((?P<metric>\w{{2,12}})\))?"
    rf"{_MARKS}:{_MARKS}{_NUMBER}[* ]*$",
    re.IGNORECASE | re.MULTILINE,
)
# Every text with a claim contains one of these in lower case. They are searched for first, because hardly any text has
# one: most cards then do not need to compile the expression.
_WORDS = (
    *("acc", "f1", "f-1", "f_1", "f 1", "f-s", "f_s", "f-m", "f_m", "precision", "recall", "wer", "cer", "error rate"),
    *("bleu", "chr", "rouge", "bertscore", "perplexity", "ppl", "loss", "mse", "mae", "r2", "r^2", "r²", "mcc"),
    *("matthews", "pearson", "spearman", "auc", "auroc", "map@", "ndcg@", "mrr", "exact match", "iou", "dice", "fid"),
    *("eer", "der", "reward", "pass@", "uas", "las", "meteor", "kappa", "result"),
)
_SIGN = pattern(rf"(?<![a-z0-9])(?:{_NAME}|results?(?: *\(\w{{2,12}}\))?{_MARKS}:)")
_PLACE = pattern(
    r"\b(?:on|for) (?:the |our |a |an |its |their )?(?P<dataset>[^.;:()\n]{0,60}?)\b"
    r"(?P<kind>test|testing|validation|val|dev|development|eval|evaluation|train|training|held-out)?[- ]*"
    r"(?:set|sets|split|dataset|data|corpus|benchmark)\b",
    re.IGNORECASE,
)
_ASIDE = pattern(r"[*_` ]*\((?:on )?(?:the )?(?P<dataset>[^()\n]{2,60})\)")
_SPLIT_BEHIND = pattern(r"[* ]*[(,\[] *(?:on )?(?:the )?(?P<split>train|test|dev|val|validation)\w*\b", re.IGNORECASE)
_SPLITS = pattern(
    r"\b(?:train(?:ing)?(?=[ -](?:set|data|split|accuracy|loss|f1|score))"
    r"|test|testing|dev|development|val|valid|validation)\b",
    re.IGNORECASE,
)
_OTHERS = pattern(
    r"\b(?:baselines?|compar\w+|original\w*|base[- ]model|teacher|previous\w*|prior|state[- ]of[- ]the[- ]art|sota"
    r"|improv\w+|increas\w+|decreas\w+|reduc\w+|drop\w*|gains?|better|worse|outperform\w*|surpass\w*|whereas|while|human"
    r"|threshold\w*"
    r"|targets?|goals?|expected|random\w*|chance|versus|vs|than|until|per|each|respectively|early stopping|if|older"
    r"|earlier|began|begun|started|starting|parent|underlying|without|other models?|reported"
    r"|papers?|authors?|leaderboard|gpt\S*|instead"
    r"|before|difference|different)\b",
    re.IGNORECASE,
)
_SUBJECT = pattern(
    r"\b(?:(?:this|the|our|my|your|final|best|resulting|trained|fine-?tuned"
    r"|released) (?:[\w-]+ ){0,3}(?:model|checkpoint"
    r"|network|classifier|system|adapter|version|pipeline|tagger|parser)|it|its|we|i|achiev\w*|reach\w*|obtain\w*|attain\w*"
    r"|scor\w+|evaluat\w*|results?|performance|performs|yield\w*|get|gets|got|with an?|tested)\b",
    re.IGNORECASE,
)
_VAGUE = pattern(
    r"(?:up to|at least|at most|more than|less than|over|above|below|under|around|about"
    r"|approx\w*\.?|roughly|nearly|almost|"
    r"between|from|[~\u2248<>\u2264\u2265])[*_ ]*$",
    re.IGNORECASE,
)
_PROPER = pattern(r"[A-Z0-9]|[-_/`\[]")
_SENTENCE_END = pattern(r"(?<=[.!?;])\s+|\n")
_DIGIT = pattern(r"[0-9]")
_FIRST_DIGIT = pattern(r"(?<!\w)[0-9]")  # the first digit of a number; that of `fp16` is not one
_LONGEST = 1_000  # the characters of a sentence that a person may have written


def read_prose(body: Document, subjects: Subjects, taken: frozenset[Span]) -> Iterator[Claim]:
    """Yield every number that a sentence reports for this model; numbers at `taken` are claims already."""
    for content in _contents(body.blocks):
        if "{" not in content.text and _may_claim(content.text.lower()):
            for claim in _claims(content, subjects):
                if claim.span not in taken:
                    yield claim


def _may_claim(text: str) -> bool:
    return any(word in text for word in _WORDS) and _SIGN.search(text) is not None


def _contents(blocks: Sequence[Block]) -> Iterator[Content]:
    """Yield the paragraphs with a digit, also those in lists and quotes."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if _DIGIT.search(block.content.text):
                yield block.content
        elif isinstance(block, List) and block.start is None:
            # a bullet `label: number` is a claim only below an announcement of results
            yield from _contents([item for item in block.items if not _is_numeric(item)])
        elif block.children and not isinstance(block, Table):
            yield from _contents(block.children)


def _is_numeric(item: ListItem) -> bool:
    """Return True if an item is a bullet `label: number`."""
    first = item.blocks[0] if item.blocks else None
    if not isinstance(first, Paragraph) or not _DIGIT.search(first.content.text):
        return False
    bullet = read_bullet(item)
    return bullet is not None and read_number(bullet.text) is not None


def _claims(content: Content, subjects: Subjects) -> Iterator[Claim]:
    start = 0
    text = content.text
    for end in (*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)):
        sentence = text[start:end]
        if len(sentence) <= _LONGEST and _FIRST_DIGIT.search(sentence) and not _OTHERS.search(sentence):
            yield from _sentence(content, start, sentence, subjects)
        start = end


def _sentence(content: Content, start: int, sentence: str, subjects: Subjects) -> Iterator[Claim]:
    found: set[int] = set()
    for expression in (_NAMED_FIRST, _NUMBER_FIRST, _RESULT):
        for match in expression.finditer(sentence):
            at = match.start("number")
            if at in found or _VAGUE.search(sentence, max(at - 30, 0), at) or _VAGUE.search(sentence, 0, match.start()):
                continue
            before = sentence[: match.start()].strip("*_`-> ")
            if before and not _SUBJECT.search(sentence) and not subjects.is_own(sentence):
                continue
            number = read_number(match["number"])
            label = _label(match, subjects)
            if number is None or label is None:
                continue
            found.add(at)
            dataset, split = _measured_on(match, sentence, subjects)
            if dataset is _ANOTHER:
                continue
            place = content.span(start + at, start + at + len(number.text))
            name = match["label"].strip("*_` ")
            split = label.split or split
            yield Claim(label.metric, name, number, "prose", place, label.variant, dataset=dataset, split=split)


def _label(match: re.Match[str], subjects: Subjects) -> Label | None:
    """Return the metric of a number's label; for a bare "Test Result" it is the metric of the metadata."""
    if match.re.pattern != _RESULT.pattern:
        label = read_label(match["label"])
        return label if label.known else None
    stated = {claim.metric for claim in subjects.stated}
    metric = (
        read_label(match["metric"]).metric if match["metric"] else next(iter(stated)) if len(stated) == 1 else "wer"
    )
    if metric not in stated:
        return None
    return Label(metric, None, read_label(match["label"]).split, True)


_ANOTHER = "another dataset"


def _measured_on(match: re.Match[str], sentence: str, subjects: Subjects) -> tuple[str | None, str | None]:
    """Return the dataset and the split that are named around a number."""
    behind = _SPLIT_BEHIND.match(sentence, match.end())
    if behind:
        return None, read_label(behind["split"]).split
    aside = _ASIDE.match(sentence, match.end())
    if aside:
        is_known = subjects.is_dataset(aside["dataset"])
        return (aside["dataset"] if is_known else _ANOTHER if _PROPER.search(aside["dataset"]) else None), None
    splits = {read_label(found[0]).split for found in _SPLITS.finditer(sentence)}
    split = splits.pop() if len(splits) == 1 else None
    place = _PLACE.search(sentence, match.end("number")) or _PLACE.search(sentence)
    if place is None:
        return None, split
    split = (read_label(place["kind"]).split if place["kind"] else None) or split
    dataset = place["dataset"].strip(" *_`'\"")
    if subjects.is_dataset(dataset):
        return dataset, split
    return (_ANOTHER if _PROPER.search(dataset) else None), split
