"""Reader of metric labels: the metric's id and variant, the split, and labels of other numbers such as run times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.labels.metric_names import ALIASES, COMPONENT_SCORES, NOISE, SYNONYMS

__all__ = ["SCORE", "Label", "identify_metric", "is_noise", "normalise_label", "read_label"]

SCORE = "score"
"""The id of a number whose label names only a dataset, or nothing."""


class Label(Struct, frozen=True):
    """A label in its parts.

    `metric` is the id of the metric, or the label in lower case if it is not `known`. `variant` distinguishes the
    number from the plain metric: its `marks` (averages, cut-offs, shots, a language model) and the `words` that are
    left over. `split` is `train`, `validation`, `test`, or None if the label names none.
    """

    metric: str
    variant: str | None
    split: str | None
    known: bool
    marks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


_SEPARATORS = LazyPattern(r"[\s_-]+")
_PREFIX = LazyPattern(r"(?:eval|val|validation|dev|test) ")
_PREFIXES = ("val ", "validation ", "dev ", "test ")
_WITHOUT_MODEL = LazyPattern(
    r"(?:\b(?:without|no|w/o)|(?<!\w)-) *(?:a *|any *|the *)?(?:language *model|lm|n-?gram\w*)\b"
)
_WITH_MODEL = LazyPattern(
    r"(?:\b(?:with|w/|using|and)|\+|\() *(?:a *|an *|the *)?(?:\w{0,20}[- ]?gram *|external *|kenlm *)*"
    r"(?:language *model|lm)\b"
)
_SHOTS = LazyPattern(r"\b(?:(?P<count>\d{1,3}|zero|one|few)[ -]?shots?|(?P<short>\d{1,3})-s)\b")
_CUT = LazyPattern(r"@ *(?P<cut>\d[\d.:]*|\.\d+(?::\.\d+)?)|\bat (?P<at>\d{1,4})\b|\btop[ -]?(?P<top>\d{1,3})\b")
_MAP_CUT = LazyPattern(r"\bmap[ _-]?(?P<low>50|75)(?:[ _:-]+(?P<high>95))?\b")
_OF_A_TEST = LazyPattern(r"\bp[ -]?values?\b")  # of two models' values of a metric
_WORD = LazyPattern(r"[\w.^/#+]+")
_ARROWS = str.maketrans(dict.fromkeys("↑↓⬆⬇▲▼↗↘\ufe0f%\uff05$*`", " ") | {"²": "2"})
_FOLDED = {"senter": "sentences"}  # the name in older versions of spaCy
_AVERAGES = {
    "macro": "macro", "micro": "micro", "weighted": "weighted", "binary": "binary", "samples": "samples",
}  # fmt: skip
_SPLITS = {
    "train": "train", "training": "train",
    "val": "validation", "valid": "validation", "validation": "validation", "dev": "validation",
    "development": "validation", "devtest": "test", "eval": "", "evaluation": "",
    "test": "test", "testing": "test", "predict": "test",
}  # fmt: skip
# Words that do not say what was measured.
_WORDS_WITHOUT_METRIC = frozenset((
    "evaluate", "none", "final", "best", "overall", "total", "avg", "average", "mean", "score", "scores", "rate",
    "value", "values", "result", "results", "model", "set", "split", "on", "of", "the", "for", "in", "our", "ours",
    "this", "a", "an", "and", "is", "was", "to", "at", "by", "dataset", "data", "percent", "metric",
))  # fmt: skip
# Names that are also English words: they name a metric only if they are the whole label.
_WORDS = frozenset(("is", "em", "exact", "map", "character", "reward", "glue", "rec", "squad", "acc none", "fever"))
# Metrics that have a precision, a recall and an F-score of their own.
_FAMILIES = frozenset(("bertscore", "bleu", "rouge"))
_PARTS = frozenset(("f1", "precision", "recall"))
_LONGEST = 4


@lru_cache(1024)
def read_label(label: str) -> Label:
    """Read a label as cards write them: `Test WER (+LM)`, `eval_f1_macro`, `**cosine_ndcg@10**`, `ARC (25-shot)`."""
    component = COMPONENT_SCORES.get(label.strip("`* "))
    text, marks = _marks((component or label).lower().translate(_ARROWS).replace("_", " "))
    split = None
    words: list[str] = []
    for word in _words(text):
        if word in _SPLITS:
            split = _SPLITS[word] or split  # `eval` may be the validation or the test split
        elif word == "lm":
            marks.append("lm")
        elif word in _AVERAGES:
            marks.append(_AVERAGES[word])
        else:
            words.append(_FOLDED.get(word, word))
    if "map" in words and any(mark.startswith("@") for mark in marks):
        at = words.index("map")
        words[at : at + 1] = ("mean", "average", "precision")  # with a cut-off it is not a map
    if "r" in words and any(mark.startswith("@") for mark in marks):
        words[words.index("r")] = "recall"
    metric, rest = _find(words)
    if metric is None or _OF_A_TEST.search(text):
        return Label(normalise_label(label), None, split, False, tuple(sorted(set(marks))), tuple(rest))
    if "@1" in marks and metric == "accuracy":
        marks.remove("@1")
    kind, _, form = metric.partition(" ")
    marks = sorted({*marks, form} - {""})
    return Label(kind, " ".join((*marks, *rest)) or None, split, True, tuple(marks), tuple(rest))


def _marks(text: str) -> tuple[str, list[str]]:
    """Remove the marks of a variant from the text, and return the rest and the marks."""
    marks: list[str] = []
    if "lm" in text or "model" in text or "gram" in text:
        text = _WITHOUT_MODEL.sub(" ", text)
    if "lm" in text or "language" in text:
        text, count = _WITH_MODEL.subn(" ", text)
        marks += ["lm"] * bool(count)
    if "shot" in text or "-s" in text:
        for match in _SHOTS.finditer(text):
            marks.append(f"{_COUNTS.get(match['count'] or match['short'], match['count'] or match['short'])}-shot")
        text = _SHOTS.sub(" ", text)
    if "map" in text:
        for match in _MAP_CUT.finditer(text):
            marks.append(f"@{match['low']}" + (f"-{match['high']}" if match["high"] else ""))
        text = _MAP_CUT.sub(" map ", text)
    if "@" in text or "at " in text or "top" in text:
        for match in _CUT.finditer(text):
            marks.append("@" + (match["cut"] or match["at"] or match["top"]).rstrip(".:"))
        text = _CUT.sub(_behind_top, text)
    return text, [_MAP_CUTS.get(mark, mark) for mark in marks]


_COUNTS = {"zero": "0", "one": "1"}
_MAP_CUTS = {"@0.5": "@50", "@.5": "@50", "@.50": "@50", "@0.50": "@50", "@0.75": "@75", "@.75": "@75"} | dict.fromkeys(
    ("@0.5:0.95", "@.5:.95", "@0.50:0.95", "@.50:.95"), "@50-95"
)


def _behind_top(match: object) -> str:
    # `top 1` names the accuracy
    return " accuracy " if match["top"] else " "  # type: ignore[index]


def _words(text: str) -> list[str]:
    return [word.strip(".") for word in _WORD.findall(text) if word.strip("./+")]


def _find(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the metric that the words name, with its form after a blank, and the words that are left over."""
    whole = _known(" ".join(words), alone=True)
    if whole:
        return whole, []
    said = [word for word in words if word not in _WORDS_WITHOUT_METRIC]
    whole = _known(" ".join(said), alone=True)
    if whole:
        return whole, []
    found = _metrics_among(words)
    named = next(found, None)
    if named is None:
        return None, said
    if named[0] in _PARTS:  # the precision of ROUGE-2 is a ROUGE score
        named = next((each for each in found if each[0].partition(" ")[0] in _FAMILIES), named)
    metric, start, end = named
    rest = [*words[:start], *words[end:]]
    return metric, [word for word in rest if word not in _WORDS_WITHOUT_METRIC and _known(word, alone=False) != metric]


def _metrics_among(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield the metrics that neighbouring words name, the longest names first, with the first word and the end."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            metric = _known(" ".join(words[start : start + length]), alone=False)
            if metric:
                yield metric, start, start + length


def _known(name: str, alone: bool) -> str | None:
    """Return the metric of a name, with its form if the name is not the plain metric."""
    if not alone and name in _WORDS:
        return None
    synonym = SYNONYMS.get(name)
    if synonym:
        return synonym
    metric = ALIASES.get(name)
    if metric is None or name.replace(" ", "_") == metric:
        return metric
    return f"{metric} {name.replace(' ', '')}"


@lru_cache(1024)
def identify_metric(label: str) -> tuple[str, str | None]:
    """Return the id of the metric that a label names, and its variant, None for the plain metric.

    `F1 Score` is (`f1`, None), `Macro F1` is (`f1`, `macro`), `Rouge1` is (`rouge`, `rouge1`). The id of an unknown
    metric is the label in lower case.
    """
    read = read_label(label)
    return read.metric, read.variant


@lru_cache(1024)
def normalise_label(label: str) -> str:
    """Return a label in lower case with single blanks as separators, without markup and percent sign."""
    plain = _SEPARATORS.sub(" ", label.strip().strip("*_` ").lower())
    return plain.removesuffix("(%)").removesuffix("%").strip()


@lru_cache(1024)
def is_noise(label: str) -> bool:
    """True if a label names a run time or a counter, not a metric."""
    plain = normalise_label(label)
    if any(prefix in plain for prefix in _PREFIXES):
        plain = _PREFIX.sub("", plain, count=1)
    return plain in NOISE
