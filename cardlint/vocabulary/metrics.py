"""Metrics by any of their names: canonical ids and aliases, ranges, and what bullets report that is no metric."""

from __future__ import annotations

from functools import cache

from cardlint.pattern import pattern
from cardlint.vocabulary.metric_names import ALIASES, NOISE

__all__ = ["identify_metric", "is_noise", "normalise_label"]

_SEPARATORS = pattern(r"[\s_-]+")
_PREFIX = pattern(r"(?:eval|val|validation|dev) ")

# Names that mean just the metric; every other alias is a variant of it (`macro f1`, `wer ortho`, `recall@10`).
_SYNONYMS = {
    "acc": "accuracy",
    "character error rate": "cer",
    "char error rate": "cer",
    "em": "exact_match",
    "exact": "exact_match",
    "f 1": "f1",
    "f1 score": "f1",
    "f score": "f1",
    "kappa": "cohen_kappa",
    "matthews corrcoef": "matthews_correlation",
    "mcc": "matthews_correlation",
    "matthews": "matthews_correlation",
    "mean absolute error": "mae",
    "mean squared error": "mse",
    "pearson": "pearsonr",
    "ppl": "perplexity",
    "prec": "precision",
    "rec": "recall",
    "r2": "r_squared",
    "root mean squared error": "rmse",
    "roc auc": "roc_auc",
    "auc": "roc_auc",
    "auroc": "roc_auc",
    "spearman": "spearmanr",
    "word error rate": "wer",
}


@cache
def identify_metric(label: str) -> tuple[str, str | None]:
    """The id of the metric that a label names, and its variant if it is not the metric as such.

    `F1 Score` is (`f1`, None), `Macro F1` is (`f1`, `macro f1`), `Rouge1` is (`rouge`, `rouge1`); a label that names no
    known metric is an id of its own, in lower case.
    """
    plain = _PREFIX.sub("", normalise_label(label), count=1)
    synonym = _SYNONYMS.get(plain)
    if synonym:
        return synonym, None
    known = ALIASES.get(plain)
    if known is None:
        return plain, None
    return known, None if plain.replace(" ", "_") == known or plain == known else plain.replace(" ", "")


@cache
def normalise_label(label: str) -> str:
    """A label in lower case, separators folded to one blank, markup and percent sign taken off."""
    plain = _SEPARATORS.sub(" ", label.strip().strip("*_` ").lower())
    return plain.removesuffix("(%)").removesuffix("%").strip()


@cache
def is_noise(label: str) -> bool:
    """Whether a label names no metric but a run time or a counter."""
    plain = normalise_label(label)
    return _PREFIX.sub("", plain, count=1) in NOISE
