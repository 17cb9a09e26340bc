"""Settings of an evaluation by kind: how the same model was run on the same data.

A column headed by a setting holds results of the card's own model only if all columns beside it are settings of the
same kind. A plain setting is what a result without any setting was measured with.

Refresh: read the headings of results tables of new cards, and add what says how a model was run. A word that may also
name another model or another dataset does not belong here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

__all__ = ["NUMBER_FORMAT", "SETTINGS", "kind_of_setting", "narrowing_words"]

SOURCE = "read off the headings of results tables in 24,000 public model cards of 2020 to 2026"
DATE = "2026-11-29"

NUMBER_FORMAT = "number format"
"""The kind of settings that the name of a model may have too."""

SETTINGS: Mapping[str, tuple[str, ...]] = {
    "language model": (
        r"(?:with|w/|using|\+|and)? ?(?:an? |the )?(?:\w+ )?(?:\w-?grams? )?(?:lm|language model|kenlm)",
        r"(?:without|w/o|no|-) ?(?:an? |any |the )?(?:lm|language model)",
    ),
    "noise": (r"(?:test[- ])?(?:clean|other|noisy|noise)",),
    "decoding": (r"greedy(?: (?:search|decoding))?", r"beam(?: search)?(?: (?:size )?\d+)?", "argmax"),
    NUMBER_FORMAT: (
        r"(?:fp|bf|int|nf|w)\d{1,2}(?:a\d{1,2})?", r"\d{1,2}[- ]?bits?", r"i?q\d_[a-z0-9_]+", "full precision",
        "half precision", "quanti[sz]ed", "unquanti[sz]ed", "awq", "gptq", "gguf", "onnx", "pytorch", "mxfp4", "nvfp4",
    ),
    "tools": (
        r"(?:with|w/|no|without|w/o) (?:tools?|python|search|code execution|code interpreter|browsing|terminal)",
        "agentic", "agentless",
    ),
    "shots": (r"(?:zero|one|few|\d{1,3})[- ]?shots?", "(?:[035]-shot )?cot", "chain[- ]of[- ]thought"),
    "thinking": (
        r"(?:non|no)[- ]?(?:thinking|reasoning|think)(?: mode)?", r"(?:thinking|reasoning|think)(?: mode)?",
        r"(?:high|medium|low|max) (?:reasoning|effort|reasoning effort)",
    ),
    "attempts": (
        r"(?:pass|maj|cons|avg|acc|mean|best)@\d{1,4}", "single attempt", "multiple attempts", r"best[- ]of[- ]\d+",
    ),
}  # fmt: skip
"""Expressions for whole texts in lower case, by kind."""

PLAIN = (
    r"(?:without|w/o|no) (?:an? |any |the )?(?:lm|language model|tools?|python|search|code execution|browsing)",
    r"greedy(?: (?:search|decoding))?", "single attempt", "full precision", "fp32", "float32", "unquanti[sz]ed",
    "directly", "alone", "pytorch",
)  # fmt: skip
"""Settings that a result has if it names none."""


@lru_cache(1024)
def kind_of_setting(text: str) -> str | None:
    """Return the kind of a setting, or None if a text is not a setting; several of one kind are one."""
    plain = " ".join(text.lower().replace("\u2011", "-").split()).strip("[]*_` ")
    if plain.endswith(")"):  # a remark does not change the kind
        plain = plain.strip("()") if plain.startswith("(") else plain.partition("(")[0].strip()
    return next((kind for kind, expression in _expressions().items() if expression.fullmatch(plain)), None)


def narrowing_words(setting: str) -> str:
    """Return a setting without what is plain: empty if a result that names no setting has it too."""
    return _plain().sub(" ", setting.lower()).strip()


@cache
def _expressions() -> Mapping[str, re.Pattern[str]]:
    return {kind: re.compile("(?:{0})(?:[ ,/+-]+(?:{0}))*".format("|".join(forms))) for kind, forms in SETTINGS.items()}


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(PLAIN)})(?![\w-])")
