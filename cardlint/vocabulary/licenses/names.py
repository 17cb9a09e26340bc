"""Names of licenses in a text, and the Hub's ids for them.

Refresh: see `cardlint.vocabulary.licenses.ids`; read the texts after "License:" in cards and add names that are
unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from cardlint.lazy_regex import LazyPattern

__all__ = ["names_in"]

SOURCE = "the names in hub-docs' `repositories-licenses.md`, SPDX, and how 500 real cards write them"
DATE = "2026-08-24"

_VERSION = r"(?:[ ,(_-]*(?:version|ver\.?|v\.?)?[ ]?(?P<version>\d(?:\.\d)?)(?![\d.]*\d))?"
_LETTERS = {"attribution": "by", "noncommercial": "nc", "sharealike": "sa"}


def _creative_commons(match: re.Match[str]) -> str:
    parts = re.findall(
        r"by|nc|sa|nd|attribution|noncommercial|sharealike|noderiv", match["parts"].lower().replace("-", "")
    )
    letters = [_LETTERS.get(part, "nd" if part == "noderiv" else part) for part in parts]
    return _versioned("-".join(["cc", *letters]), match["version"])


def _gnu(match: re.Match[str]) -> str:
    kind = (match["kind"] or {"affero": "a", "lesser": "l"}.get((match["word"] or "").strip().lower(), "")).lower()
    return _versioned(f"{kind}gpl", match["version"])


def _rail(match: re.Match[str]) -> str:
    text = match[0].lower()
    if "++" in text:
        return "openrail++"
    first = re.match(r"creativeml|bigscience|bigcode", text)
    return f"{first[0]}-openrail-m" if first and "bloom" not in text else "bigscience-bloom-rail-1.0"


def _versioned(name: str, version: str | None) -> str:
    if version is None:
        return name
    return f"{name}-{version}" if "." in version else f"{name}-{version}.0"


_Identify = Callable[[re.Match[str]], str]
# Each with words of which every match contains one, in lower case, so that most expressions need not be searched for.
_ADDRESSES: tuple[tuple[tuple[str, ...], LazyPattern[str], _Identify], ...] = (
    (
        ("creativecommons.org",),
        LazyPattern(r"creativecommons\.org/licenses/(?P<parts>by[a-z-]*)/(?P<version>\d\.\d)?"),
        _creative_commons,
    ),
    (("creativecommons.org",), LazyPattern(r"creativecommons\.org/publicdomain/zero/\S*"), lambda _: "cc0-1.0"),
    (
        ("apache",),
        LazyPattern(r"apache\.org/licenses/LICENSE-2\.0\S*|opensource\.org/licenses?/apache-2\S*", re.IGNORECASE),
        lambda _: "apache-2.0",
    ),
    (("opensource.org",), LazyPattern(r"opensource\.org/licenses?/mit\b", re.IGNORECASE), lambda _: "mit"),
    (
        ("gnu.org",),
        LazyPattern(r"gnu\.org/licenses/(?P<kind>a|l)?gpl-(?P<version>\d\.\d)(?P<word>)", re.IGNORECASE),
        _gnu,
    ),
)
_NAMES: tuple[tuple[tuple[str, ...], LazyPattern[str], _Identify], ...] = (
    (
        ("commons zero", "cc0", "cc-0"),
        LazyPattern(r"\bcreative commons zero\b(?: v?1\.0)?|\bcc-?0\b(?:-1\.0)?", re.IGNORECASE),
        lambda _: "cc0-1.0",
    ),
    (
        ("commons", "cc"),
        LazyPattern(
            r"\b(?:creative commons|cc)(?P<parts>(?:[ _-]*(?:by|nc|sa|nd|attribution|non-?commercial"
            r"|share-?alike|no-?deriv\w*))+)\b" + _VERSION,
            re.IGNORECASE,
        ),
        _creative_commons,
    ),
    (
        ("apache",),
        LazyPattern(r"\bapache(?:[ -]software)?(?:[ -]licen[cs]e)?" + _VERSION, re.IGNORECASE),
        lambda match: _versioned("apache", match["version"]),
    ),
    (("mit",), LazyPattern(r"\bMIT\b(?! CSAIL)|\bmit(?= licen)|\bmit\Z"), lambda _: "mit"),
    (
        ("gpl", "general public"),
        LazyPattern(
            r"\b(?:gnu )?(?:(?P<kind>[al])?gpl|(?P<word>affero |lesser )?general public licen[cs]e)(?: licen[cs]e)?"
            + _VERSION,
            re.IGNORECASE,
        ),
        _gnu,
    ),
    (
        ("bsd",),
        LazyPattern(r"\bbsd[ -](?P<count>[23])[ -]clause", re.IGNORECASE),
        lambda match: f"bsd-{match['count']}-clause",
    ),
    (("bsd",), LazyPattern(r"\bBSD\b"), lambda _: "bsd"),
    (
        ("rail",),
        LazyPattern(r"\b(?:creativeml|bigscience|bigcode)?[ -]*open[ -]?rail\+\+(?:[ -]*m)?", re.IGNORECASE),
        _rail,
    ),
    (
        ("rail",),
        LazyPattern(
            r"\b(?:creativeml|bigscience|bigcode)[ -]*(?:bloom[ -]*)?(?:open)?[ -]*rail(?:[ -]*m)?\b", re.IGNORECASE
        ),
        _rail,
    ),
    (
        ("llama",),
        LazyPattern(r"\bllama[ -]?(?P<version>\d(?:\.\d)?)(?= (?:community|licen)|\Z)", re.IGNORECASE),
        lambda match: f"llama{match['version']}",
    ),
    (("gemma",), LazyPattern(r"\bgemma(?= (?:licen|terms)|\Z)", re.IGNORECASE), lambda _: "gemma"),
    (
        ("mpl", "mozilla"),
        LazyPattern(r"\b(?:mpl|mozilla public licen[cs]e)" + _VERSION, re.IGNORECASE),
        lambda match: _versioned("mpl", match["version"]),
    ),
)

# Signs of a license that is not known: another name before the word, terms of use, a family's own license.
_UNKNOWN = LazyPattern(
    r"\b(?!(?:The|This|Model|Our|Its|A|An|Full|View|See|Please|Under|Same|No|Public|International|Software|Version)\b)"
    r"[A-Z][\w.+&'-]{0,40}[ -](?:\w{1,40}[ -]){0,2}?[Ll]icen[cs]e\b"
    r"|\b[Ll]icen[cs]e agreement|\b[Mm]odel [Ll]icen[cs]e\b|\b[Pp]roprietary\b|\b[Dd]ual[ -]licen|\b[Rr]esearch only"
    r"|(?i:open[ -]?rail|\bllama[ -]?\d|\bgemma\b|\bpublic domain|\bterms of use)"
)


def names_in(text: str) -> tuple[list[tuple[str, int, int]], bool]:
    """Return every license that a text names, and True if it may name others that are not known.

    Each license is its id, without a version if the text has none, and its place.
    """
    found = []
    lower = text.lower()
    for table in (_ADDRESSES, _NAMES):
        for signs, expression, read in table:
            if not any(sign in lower for sign in signs):
                continue
            matches = [(read(match), *match.span()) for match in expression.finditer(text)]
            if matches:
                found += matches
                text = expression.sub(_blank, text)
    return sorted(found, key=lambda name: name[1:]), _UNKNOWN.search(text) is not None


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])
