"""Families of models with their own license, which also holds for models that are based on them.

Refresh: read the licenses of the organizations' models on the Hub. A new generation may be under another license, such
as Gemma 4; OpenLLaMA and TinyLlama have the same architecture but are under the Apache license.
"""

from __future__ import annotations

from cardlint.lazy_regex import LazyPattern

__all__ = ["PERMISSIVE", "family_of", "license_of_family"]

SOURCE = (
    "the licenses of meta-llama's, codellama's and google's models; the Gemma Terms of Use of 2026-04-01, which leave "
    "Gemma 4 to the Apache License; mirrors under other owners by their names"
)
DATE = "2026-08-24"

PERMISSIVE = frozenset(
    ("apache-2.0", "mit", "bsd", "bsd-2-clause", "bsd-3-clause", "cc0-1.0", "isc", "unlicense", "wtfpl", "zlib")
)
"""Licenses that are less restrictive than those of the families."""

_LLAMA = LazyPattern(
    r"(?:meta-llama/|codellama/codellama-|(?:unsloth|nousresearch)/(?:meta-llama-|llama-(?:2|3)|codellama-)).*"
)
_GEMMA = LazyPattern(
    r"(?:google|unsloth)/(?:gemma-(?:1\.1|2|2b|3|3n|7b)|codegemma-[\d.]+b|paligemma2?-\d+b|recurrentgemma-\d+b)(?:-.*)?"
)


def family_of(model: str) -> str | None:
    """Return the name of the family that a model's id belongs to, or None."""
    identifier = model.lower()
    if _LLAMA.fullmatch(identifier):
        return "Llama"
    return "Gemma" if _GEMMA.fullmatch(identifier) else None


_VERSION = LazyPattern(r"(?:meta-)?llama-?(2|3(?:\.[1-3])?|4)(?:-.*)?")


def license_of_family(model: str) -> str | None:
    """Return the Hub's id of the license of a model of a family, or None if its id does not tell the version."""
    family = family_of(model)
    if family == "Llama":
        match = _VERSION.fullmatch(model.lower().rpartition("/")[2])
        return f"llama{match[1]}" if match else None
    return "gemma" if family else None
