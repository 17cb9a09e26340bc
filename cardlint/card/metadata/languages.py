"""Codes of languages that a text names."""

from __future__ import annotations

from cardlint.lazy_regex import LazyPattern

__all__ = ["certain_code", "certain_codes"]

_LONGEST = 200  # characters of a text that may name several languages
_SEPARATOR = LazyPattern(r"[,;/+&]|\band\b")
_SHORT_CODES = LazyPattern(r"[a-z]{2}(?: [a-z]{2})+")


def certain_code(text: str) -> str | None:
    """Return the Hub's code of a language, given by its name or by another code, or None if it is not certain."""
    from cardlint.vocabulary.languages import BIBLIOGRAPHIC, COUNTRIES, NAMES, RETIRED, is_language  # here: it is large

    lowered = text.lower().strip()
    known = BIBLIOGRAPHIC.get(lowered) or NAMES.get(lowered) or RETIRED.get(lowered) or COUNTRIES.get(lowered)
    return known or (lowered if is_language(lowered) else None)


def certain_codes(text: str) -> tuple[str, ...]:
    """Return the codes of all languages in a text such as `English and de`; none if one of them is not certain."""
    if len(text) > _LONGEST:
        return ()
    parts = text.split() if _SHORT_CODES.fullmatch(text) else _SEPARATOR.split(text)
    codes = [certain_code(part) for part in parts]
    return () if None in codes else tuple(dict.fromkeys(code for code in codes if code is not None))
