"""The paragraphs with sentences that may report a result: few have a metric and a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardlint.card.claims.subject import names_benchmark
from cardlint.card.markdown.document import Document
from cardlint.card.markdown.tree import Block, Content, List, ListItem, Paragraph, Table
from cardlint.card.numbers.number import read_number
from cardlint.card.training.training import read_bullet
from cardlint.lazy_regex import LazyPattern

__all__ = ["MARKS", "METRIC", "find_prose"]

METRIC = (
    r"(?:accuracy|accuracies|acc\b|f[-_ ]?1(?:[-_ ]?(?:score|measure))?|f[-_](?:score|measure)|precision|recall"
    r"|wer\b|cer\b|word error rate(?: *\(wer\))?|char(?:acter)? error rate(?: *\(cer\))?"
    r"|sacrebleu|bleu(?:-?[1-4])?(?: score)?"
    r"|chr-?f(?:\+\+|2)?|rouge[-_ ]?(?:1|2|l(?:sum)?)|bertscore|perplexity|ppl\b|loss\b|rmse\b|mse\b|mae\b|r2\b|r\^2|r²"
    r"|em\b|mcc\b|matthews correlation(?: coefficient)?|pearson(?: correlation)?|spearman(?: rank)?(?: correlation)?"
    r"|roc[-_ ]auc|auroc|auc\b|mean average precision|map@[0-9.]+|ndcg@\d+|mrr(?:@\d+)?|exact match|miou|iou\b"
    r"|dice\b|fid\b|eer\b|der\b|mean reward|pass@\d+|uas\b|las\b|meteor\b|kappa\b)"
)
"""An expression for the name of a metric in lower case."""

MARKS = r"[*_`\"' ]*+"
"""An expression for markup and blanks between a name and its number."""

# Every text with a claim contains one of these in lower case. They are searched for first, because hardly any text has
# one: most cards then do not need to compile the expression.
_WORDS = (
    *("acc", "f1", "f-1", "f_1", "f 1", "f-s", "f_s", "f-m", "f_m", "precision", "recall", "wer", "cer", "error rate"),
    *("bleu", "chr", "rouge", "bertscore", "perplexity", "ppl", "loss", "mse", "mae", "r2", "r^2", "r²", "mcc"),
    *("matthews", "pearson", "spearman", "auc", "auroc", "map@", "ndcg@", "mrr", "exact match", "iou", "dice", "fid"),
    *("eer", "der", "em", "reward", "pass@", "uas", "las", "meteor", "kappa", "result"),
)
_SIGN = LazyPattern(rf"(?<![a-z0-9])(?:{METRIC}|results?(?: *\(\w{{2,12}}\))?{MARKS}:)")
_DIGIT = LazyPattern(r"[0-9]")
_SCORE_VERBS = ("scor", "achiev", "reach", "attain", "obtain", "get", "got")
_SCORES = LazyPattern(rf"\b(?:{'|'.join(_SCORE_VERBS)})")


def find_prose(body: Document) -> Iterator[Content]:
    """Yield the paragraphs that may report a result."""
    for content in _contents(body.blocks):
        lower = content.text.lower()
        if "{" not in lower and (_may_claim(lower) or (_may_score(lower) and names_benchmark(content.text))):
            yield content


def _may_claim(text: str) -> bool:
    return any(word in text for word in _WORDS) and _SIGN.search(text) is not None


def _may_score(text: str) -> bool:
    return any(verb in text for verb in _SCORE_VERBS) and _SCORES.search(text) is not None


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
