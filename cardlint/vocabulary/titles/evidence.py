"""Evidence for the content of sections outside of sections: keys of the metadata, and phrases of the text.

Source: the cards of 2020 to 2026 in the corpus in which a section is missing though its content is there; read
2026-11-29. Refresh: require every kind, and read the cards that are reported.
"""

from __future__ import annotations

from collections.abc import Mapping

from cardlint.lazy_regex import LazyPattern

__all__ = ["FINE_TUNED", "KEYS", "MET_BY", "PHRASES", "QUANTIZED", "USE_OR_LIMITS"]

SOURCE = "cards that have the content of a section without its heading"
DATE = "2026-11-29"

MET_BY: Mapping[str, frozenset[str]] = {
    "limitations": frozenset(("bias", "ethical-considerations", "out-of-scope")),
    "training-procedure": frozenset(("hyperparameters",)),
    "evaluation": frozenset(("results",)),
}
"""Kinds of sections that a section of another kind contains too."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "training-data": ("datasets",),
    "environmental-impact": ("co2_eq_emissions",),
    "license": ("license", "license_name", "license_link"),
}
"""Keys of the metadata that state what a section would."""

Phrases = Mapping[str, LazyPattern[str]]

# Phrases in lower case, each under a word that it contains: a phrase is searched for only if the text has its word, and
# begins with letters, which is ten times as fast as one expression for all.
_USE: Phrases = {
    **{
        word: LazyPattern(rf"{word}(?<!\w{word}) (?:for|to|only|as|use)\b")
        for word in ("meant", "designed", "appropriate")
    },
    **{
        word: LazyPattern(rf"{word}(?:(?<!\w{word}) (?:for|to|only|as|use)\b|(?<=\bnot {word}))")
        for word in ("intended", "suitable", "recommended")
    },
    "research purposes": LazyPattern(r"research(?<!\wresearch) purposes"),
    "case": LazyPattern(r"use(?<!\wuse)[- ]cases?\b"),
    "useful": LazyPattern(
        r"useful(?:(?<=\bis useful)|(?<=\bare useful)|(?<=\bbe useful)|(?<=ly useful)) (?:for|in|to|as|when)\b"
    ),
    "purpose": LazyPattern(
        r"purpose(?:(?<=\bwith the purpose) (?:to|of)\b| of (?:this|the|our) (?:\S{1,40} )?model (?:is|was) to\b)"
    ),
    "goal": LazyPattern(
        r"goal of (?:this|the|our) (?:\S{1,40} )?(?:model|fine-?tune|merge|checkpoint|adapter) (?:is|was) to\b"
    ),
    "tuned": LazyPattern(r"tuned(?:(?<=be fine-tuned)|(?<=be finetuned)) (?:for|on|to)\b"),
    "used": LazyPattern(
        r"\b(?:(?:be|is|are) (?:\w+ )?used (?:for|to|as|in|by)\b|should (?:not|only)? ?be used|not be used)"
    ),
}
_BIAS: Phrases = {"bias": LazyPattern(r"bias(?<!\wbias)(?:es|ed)?\b")}
_SCOPE: Phrases = {
    "scope": LazyPattern(r"out(?<!\wout)[- ]of[- ]scope"),
    "prohibited": LazyPattern(r"prohibited"),
    "restrictions": LazyPattern(
        r"restrictions(?:(?<=\buse restrictions)|(?<=\busage restrictions)|(?<=\buse-based restrictions))"
    ),
    "the model": LazyPattern(r"the model(?:(?<=n't use the model)|(?<=n’t use the model)|(?<=not use the model))"),
}
_LIMIT: Phrases = {
    "limit": LazyPattern(r"limit(?<!\wlimit)(?:ation|ed to)"),
    "concept": LazyPattern(r"\bproof[- ]of[- ]concept\b"),
    "moderation": LazyPattern(r"\b(?:no|any|without|lacks?) moderation\b"),
}
_NOT_FOR: Phrases = {
    "not": LazyPattern(r"\bnot (?:be used|intended|meant|designed|suitable|recommended|appropriate|to be used)\b"),
}
_TRAINED: Phrases = {
    "trained": LazyPattern(r"trained\s+(?:\S{1,60} ){0,8}?(?:on|with|using|by|from)\b"),
    "tuned": LazyPattern(r"tuned\s+(?:\S{1,60} ){0,8}?(?:on|with|using|by|from)\b"),
}
_SCORES: Phrases = {
    word: LazyPattern(rf"{word}(?<!\w{word})(?:s|ed|ing)?\b")
    for word in ("benchmark", "leaderboard", "outperform", "evaluated")
}

USE_OR_LIMITS: Phrases = {**_USE, **_LIMIT, **_BIAS, **_SCOPE}
"""Phrases that say what a model is meant for, and what not."""

FINE_TUNED: Phrases = {
    "fine": LazyPattern(r"\bfine-?tun(?:ed|ing) (?:\S{1,60} )?(?:version|model)|\bmodel (?:\S{1,60} ){0,3}fine-?tuned")
}
QUANTIZED: Phrases = {"gguf": LazyPattern(r"\bgguf\b"), "quanti": LazyPattern(r"quanti[sz]")}

PHRASES: Mapping[str, Phrases] = {
    "intended-use": _USE,
    "out-of-scope": {**_SCOPE, **_NOT_FOR},
    "limitations": {
        **_LIMIT,
        **_BIAS,
        **_SCOPE,
        **_NOT_FOR,
        "may": LazyPattern(r"\bmay (?:not|still|produce|generate|hallucinate|contain)\b"),
        "risk": LazyPattern(r"risk(?<!\wrisk)s?\b"),
        "hallucinat": LazyPattern(r"hallucinat"),
    },
    "bias": {**_BIAS, "stereotyp": LazyPattern(r"stereotyp"), "fairness": LazyPattern(r"fairness")},
    "ethical-considerations": {"ethic": LazyPattern(r"ethic(?<!\wethic)(?:s|al)"), "harm": LazyPattern(r"\bharmful")},
    "training-data": {
        "data": LazyPattern(r"data(?<!\wdata)(?: ?sets?)?\b|dataset_name"),
        "corp": LazyPattern(r"corp(?<!\wcorp)(?:us|ora)\b"),
        **_TRAINED,
        "training ": LazyPattern(r"training(?<!\wtraining) (?:sets?|images?|pictures|texts?|examples|samples)\b"),
        "concept": LazyPattern(r"concept(?<!\wconcept)\b"),
    },
    "training-procedure": {
        **_TRAINED,
        "epoch": LazyPattern(r"epoch(?<!\wepoch)s?\b"),
        "learning": LazyPattern(r"learning(?<!\wlearning)[ _-]rate"),
        "merge": LazyPattern(r"merge(?<!\wmerge)[ds]?\b"),
        "train": LazyPattern(r"\btrained for\b"),
    },
    "hyperparameters": {
        "learning": LazyPattern(r"learning(?<!\wlearning)[ _-]rate"),
        "batch": LazyPattern(r"batch(?<!\wbatch)[ _-]size"),
        "epoch": LazyPattern(r"\d epochs?\b|epochs?\W{1,4}\d"),
        "param": LazyPattern(r"hyper-?param"),
    },
    "evaluation": _SCORES,
    "results": _SCORES,
    "environmental-impact": {
        word: LazyPattern(rf"{word}(?<!\w{word})") for word in ("carbon", "co2", "emission", "kwh", "energy consum")
    },
    "technical-specifications": {
        "architecture": LazyPattern(r"architecture(?<!\warchitecture)s?\b"),
        "layers": LazyPattern(r"(?<!\d)\d+[ -]layers?\b|layers?\W{1,4}\d"),
        "parameters": LazyPattern(r"\d ?(?:b|m|billion|million)? (?:trainable )?parameters\b"),
        "transformer": LazyPattern(r"\btransformer(?:-based)? (?:encoder|decoder|model|language)"),
        "params": LazyPattern(r"\b(?:total|trainable) params\b"),
        "hidden": LazyPattern(r"hidden(?<!\whidden)[ _-](?:size|dim)"),
    },
    "compute": {
        "gpu": LazyPattern(r"gpu(?<!\wgpu)s?\b"),
        "tpu": LazyPattern(r"tpu(?<!\wtpu)s?\b"),
        "100": LazyPattern(r"\b[avh]100s?\b"),
        "ram": LazyPattern(r"\bv?ram\b"),
        "nvidia": LazyPattern(r"nvidia"),
    },
    "how-to-use": {
        "from_pretrained": LazyPattern(r"from_pretrained"),
        "install": LazyPattern(r"\binstall\b"),
        "```": LazyPattern(r"```(?!\s*(?:bib|latex|tex|@))"),
        "use": LazyPattern(r"\b(?:to use|use (?:the|this|it)|you can use|using (?:the|this) model)\b"),
    },
    "license": {"licen": LazyPattern(r"licen[cs]")},
    "citation": {
        "@": LazyPattern(r"@[a-z]{4,20}\s{0,4}\{"),
        "cit": LazyPattern(r"\bcit(?:e|ing|ation)\b"),
        "arxiv": LazyPattern(r"arxiv"),
    },
    "contact": {
        "@": LazyPattern(r"[\w.+-]{1,60}@[\w-]{1,60}\.[a-z]"),
        "contact": LazyPattern(r"contact(?<!\wcontact)"),
        "author": LazyPattern(r"author(?<!\wauthor)s?\b"),
        " by": LazyPattern(r"\b(?:developed|created|made|built|maintained|trained|published|written) by\b"),
        "discord": LazyPattern(r"discord"),
        "issues": LazyPattern(r"/issues\b|open an issue|\breport .{0,30}issues"),
        "reach": LazyPattern(r"\breach (?:out|us|me)\b"),
    },
    "framework-versions": {
        word: LazyPattern(rf"{word}\W{{1,6}}v?\d+\.\d")
        for word in ("transformers", "pytorch", "torch", "tensorflow", "python")
    },
}
"""Phrases by kind of section, in lower case, each under a word that it contains."""
