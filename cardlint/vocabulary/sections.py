"""Section titles by kind.

Refresh: huggingface_hub's `templates/modelcard_template.md` and transformers' `modelcard.py`.
"""

from __future__ import annotations

import re
from functools import cache

from cardlint.pattern import pattern

__all__ = ["kinds_of_title"]

SOURCE = (
    "`modelcard_template.md` of huggingface_hub 2.4.0, `modelcard.py` of transformers 4.15 to 5.23, "
    "and plain English synonyms"
)
DATE = "2026-08-22"

_TITLES: dict[str, tuple[str, ...]] = {
    "description": (
        "model description",
        "description",
        "about",
        "overview",
        "introduction",
        "model summary",
        "summary",
    ),
    "intended-use": (
        "intended use",
        "intended uses",
        "uses",
        "use cases",
        "direct use",
        "downstream use",
        "primary intended uses",
        "intended usage",
    ),
    "out-of-scope": ("out of scope use", "out of scope uses", "out of scope use cases", "misuse", "out of scope"),
    "limitations": (
        "limitations",
        "limitation",
        "bias",
        "biases",
        "risks",
        "bias risks and limitations",
        "limitations and bias",
        "limitations and biases",
        "known limitations",
        "ethical considerations",
        "recommendations",
        "caveats",
        "caveats and recommendations",
    ),
    "training-data": ("training data", "training dataset", "training datasets", "dataset", "datasets", "data"),
    "training-procedure": ("training procedure", "training details", "training", "procedure", "fine tuning"),
    "hyperparameters": ("training hyperparameters", "hyperparameters", "hyper parameters", "training parameters"),
    "evaluation": ("evaluation", "evaluation data", "testing data", "testing data factors and metrics", "evaluate"),
    "results": ("results", "training results", "evaluation results", "performance", "benchmarks", "benchmark results"),
    "environmental-impact": ("environmental impact", "carbon emissions", "co2 emissions"),
    "how-to-use": (
        "how to use",
        "how to get started with the model",
        "how to get started",
        "usage",
        "getting started",
        "quickstart",
        "quick start",
        "inference",
        "example",
        "examples",
        "example usage",
        "how to use the model",
    ),
    "license": ("license", "licence", "licensing", "licensing information"),
    "citation": ("citation", "citations", "citing", "citation information", "bibtex", "bibtex entry and citation info"),
    "contact": ("contact", "model card contact", "authors", "model card authors", "contact information"),
    "framework-versions": ("framework versions", "framework version", "software"),
}
_KINDS = {title: kind for kind, titles in _TITLES.items() for title in titles}

# Titles that name several kinds at once.
_SEVERAL: dict[str, tuple[str, ...]] = {
    "intended uses and limitations": ("intended-use", "limitations"),
    "intended use and limitations": ("intended-use", "limitations"),
    "uses and limitations": ("intended-use", "limitations"),
    "training and evaluation data": ("training-data", "evaluation"),
    "training and evaluation": ("training-procedure", "evaluation"),
    "training data and procedure": ("training-data", "training-procedure"),
}

_DECORATION = pattern(r"^[\W\d_]+|[\W_]+$")


@cache
def kinds_of_title(title: str) -> tuple[str, ...]:
    """The kinds of section that a title names: none for a title that names no kind, several for a title of several."""
    if len(title) > 200:  # a paragraph behind a number sign
        return ()
    plain = title.lower().replace("[optional]", "").replace("&", " and ")
    plain = re.sub(r"[\s,/_:-]+", " ", _DECORATION.sub("", plain)).strip()
    if plain in _SEVERAL:
        return _SEVERAL[plain]
    kind = _KINDS.get(plain)
    return (kind,) if kind else ()
