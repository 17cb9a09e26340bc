"""Names of licenses in a text, and the Hub's ids for them.

Refresh: see `cardlint.vocabulary.licenses.ids`; read the texts after "License:" in cards and add names that are
unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from msgspec import Struct

from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.licenses.ids import certain_license

__all__ = ["LicenseName", "addresses_in", "names_in", "same_license"]

SOURCE = "the names in hub-docs' `repositories-licenses.md`, SPDX, and how 500 real cards write them"
DATE = "2026-11-29"


class LicenseName(Struct, frozen=True):
    """A license that a text names between `start` and `end`.

    `id` is the Hub's identifier, or the beginning of several if the text has no version: `apache`, `cc-by`. It is None
    for a license of its own name (`Coastlab Custom License`), and for a link whose text and target are two licenses.
    """

    id: str | None
    start: int
    end: int


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


_Identify = Callable[[re.Match[str]], str | None]
# Each with words of which every match contains one, in lower case, so that most expressions need not be searched for.
_Table = tuple[tuple[tuple[str, ...], LazyPattern[str], _Identify], ...]
_ADDRESSES: _Table = (
    (
        ("creativecommons.org",),
        LazyPattern(
            r"creativecommons\.org/licenses/(?P<parts>by[a-z-]*+)(?:/(?P<version>\d\.\d))?[^\s)>\"'|]*", re.IGNORECASE
        ),
        _creative_commons,
    ),
    (
        ("creativecommons.org",),
        LazyPattern(r"creativecommons\.org/(?:publicdomain/zero|licenses/CC0)[^\s)>\"'|]*", re.IGNORECASE),
        lambda _: "cc0-1.0",
    ),
    (
        ("apache",),
        LazyPattern(r"apache\.org/licenses/LICENSE-2\.0[^\s)>\"'|]*", re.IGNORECASE),
        lambda _: "apache-2.0",
    ),
    (
        ("gnu.org",),
        LazyPattern(
            r"gnu\.org/licenses/(?:old-licenses/)?(?P<kind>a|l)?gpl-(?P<version>\d\.\d)(?P<word>)[^\s)>\"'|]*",
            re.IGNORECASE,
        ),
        _gnu,
    ),
    (
        ("opensource.org/", "spdx.org/", "choosealicense.com/"),
        LazyPattern(
            r"(?:opensource\.org/licenses?|spdx\.org/licenses|choosealicense\.com/licenses)/"
            r"(?P<name>[A-Za-z0-9.+-]{2,40}?)(?:\.html|\.php)?(?=[\s)>\"'|/#]|\Z)/?",
            re.IGNORECASE,
        ),
        lambda match: certain_license(match["name"]),
    ),
    (
        ("stable-diffusion-license",),
        LazyPattern(r"huggingface\.co/spaces/CompVis/stable-diffusion-license\b", re.IGNORECASE),
        lambda _: "creativeml-openrail-m",
    ),
)
_NAMES: _Table = (
    (
        ("commons", "cc0", "cc-0"),
        LazyPattern(
            r"\bcreative commons(?: zero\b(?: \(cc-?0\))?| \(cc-?0\)| cc-?0\b)(?:[ -]v?1\.0)?|\bcc-?0\b(?:[ -]v?1\.0)?",
            re.IGNORECASE,
        ),
        lambda _: "cc0-1.0",
    ),
    (
        ("commons", "cc"),
        LazyPattern(
            r"\b(?:creative commons|cc)(?P<parts>(?:[ _-]*(?:by|nc|sa|nd|attribution|non-?commercial"
            r"|share-?alike|no-?deriv[a-z]*))+)\b" + _VERSION,
            re.IGNORECASE,
        ),
        _creative_commons,
    ),
    (
        ("apache",),
        LazyPattern(r"\bapache(?:[ -]software)?(?:[ -]licen[cs]e)?" + _VERSION, re.IGNORECASE),
        lambda match: _versioned("apache", match["version"]),
    ),
    (("mit",), LazyPattern(r"\bMIT\b(?! CSAIL)|\bmit(?= licen)"), lambda _: "mit"),
    (
        ("gpl", "general public"),
        LazyPattern(
            r"\b(?:gnu )?(?:(?P<kind>[al])?gpl(?!-?lr)|(?P<word>affero |lesser )?general public licen[cs]e)"
            r"(?: licen[cs]e)?" + _VERSION,
            re.IGNORECASE,
        ),
        _gnu,
    ),
    (
        ("bsd",),
        LazyPattern(r"\bbsd[ -](?P<count>[23])[ -]clause(?P<clear>[ -]clear)?", re.IGNORECASE),
        lambda match: f"bsd-{match['count']}-clause{'-clear' if match['clear'] else ''}",
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
            r"\b(?:creativeml|bigscience|bigcode)[ -]*+(?:bloom[ -]*+)?(?:open)?[ -]*+rail(?:[ -]*m)?\b", re.IGNORECASE
        ),
        _rail,
    ),
    (
        ("llama",),
        LazyPattern(r"\b(?:meta )?llama[ -]?(?P<version>\d(?:\.\d)?)(?= (?:community|licen))", re.IGNORECASE),
        lambda match: f"llama{match['version'].removesuffix('.0')}",
    ),
    (("gemma",), LazyPattern(r"\bgemma(?= (?:licen|terms))", re.IGNORECASE), lambda _: "gemma"),
    (
        ("mpl", "mozilla"),
        LazyPattern(r"\b(?:mpl|mozilla public licen[cs]e)" + _VERSION, re.IGNORECASE),
        lambda match: _versioned("mpl", match["version"]),
    ),
)
# Words that belong to the name before them.
_TAIL = LazyPattern(
    r"(?:[ ,-]{1,2}(?:software|public|community|international|intl\.?|generic|unported|universal|deed|agreement"
    r"|licen[cs]ed?|(?:version |ver\.? ?|v\.? ?)?\d(?:\.\d){0,2}(?![\w.]*\w)|v\d|terms of use"
    r"|\((?:version |v\.? ?)?\d(?:\.\d)?\))\b)*",
    re.IGNORECASE,
)
# A license of its own name: words in capitals before "License", of which one is not an everyday word.
_OWN_NAME = LazyPattern(
    r"\b(?P<words>(?:[A-Z][\w.&+'\u2019/-]{0,40}[ ]){1,6})(?:LICEN[CS]E|Licen[cs]e)\b(?:[ ](?:AGREEMENT|Agreement)\b)?"
)
_EVERYDAY = frozenset(
    (  # noqa: SIM905 - easier to read in this form
        "a an the this that these our its my your their same following full see read check view and or of for to "
        "in on by under with please use both all any no other more also is are be has have model models model's "
        "code data dataset dataset's weights software project repository repo source open open-source free public "
        "commercial non-commercial noncommercial custom modified original official additional special specific "
        "standard respective permissive research academic community dual individual upstream parent base third- "
        "party end-user user proprietary licensed released license licence international general agreement terms "
        "version creative commons library it we resource resources product work works content contents part if "
        "note important file files what which"
    ).split()
)


def names_in(text: str) -> list[LicenseName]:
    """Return the licenses that a visible text names, in their order; addresses are read by `addresses_in`."""
    found = _search(_NAMES, text)
    taken = "".join(_blanked(text, found))
    by_end = {name.end: name for name in found}
    for own in filter(None, map(_own_name, _OWN_NAME.finditer(taken))):
        before = by_end.get(own.start - 1) if taken[own.start - 1 : own.start] == "-" else None
        if before is None:
            by_end[own.end] = own
        else:  # `Open RAIL++-M-NC License` is another license
            by_end[own.end] = LicenseName(None, before.start, own.end)
            del by_end[before.end]
    found = list(by_end.values())
    if not found and (whole := text.strip(" .")) and len(whole) <= 60 and (known := certain_license(whole)):
        start = text.index(whole)
        found = [LicenseName(known, start, start + len(whole))]
    return [LicenseName(name.id, name.start, _tail_end(text, name.end)) for name in sorted(found, key=_place)]


def addresses_in(text: str) -> list[LicenseName]:
    """Return the licenses whose address a text contains."""
    return sorted((name for name in _search(_ADDRESSES, text) if name.id), key=_place) if "/" in text else []


def same_license(one: str, other: str) -> bool:
    """Return True if two ids are the same license but for a version that one of them lacks."""
    short, long = sorted((one, other), key=len)
    return long == short or re.fullmatch(rf"{re.escape(short)}-\d\.\d", long) is not None


def _place(name: LicenseName) -> tuple[int, int]:
    return name.start, name.end


def _search(table: _Table, text: str) -> list[LicenseName]:
    found: list[LicenseName] = []
    lower = text.lower()
    for signs, expression, read in table:
        if any(sign in lower for sign in signs):
            matches = [LicenseName(read(match), *match.span()) for match in expression.finditer(text)]
            text = "".join(_blanked(text, matches))
            found += matches
    return found


def _blanked(text: str, names: Iterable[LicenseName]) -> Iterable[str]:
    """Yield the parts of a text, with NUL in place of the names."""
    at = 0
    for name in sorted(names, key=_place):
        yield text[at : name.start]
        yield "\0" * (name.end - name.start)
        at = name.end
    yield text[at:]


def _tail_end(text: str, end: int) -> int:
    tail = _TAIL.match(text, end)
    return tail.end() if tail else end


def _own_name(match: re.Match[str]) -> LicenseName | None:
    """Return the license of a match without the everyday words before its name, or None if no other word is left."""
    start = match.start()
    words = match["words"].split()
    while words and words[0].lower() in _EVERYDAY:
        start = match.string.index(words[0], start) + len(words.pop(0)) + 1
    if not words:
        return None
    return LicenseName(certain_license(match.string[start : match.end()]), start, match.end())
