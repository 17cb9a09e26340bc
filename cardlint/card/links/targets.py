"""Targets of links that lead nowhere, as their text alone shows: no folder is asked."""

from __future__ import annotations

import re

from msgspec import Struct

from cardlint.card.links.addresses import Reference
from cardlint.lazy_regex import LazyPattern
from cardlint.vocabulary.addresses import (
    COUNTRIES,
    COUNTRY_PARTS,
    ENDINGS,
    FILE_NAMES,
    OWN_PAGES,
    SECURE_HOSTS,
    UNWRITTEN,
)
from cardlint.vocabulary.pending import ALONE, ANYWHERE

__all__ = ["TargetFault", "find_fault"]


class TargetFault(Struct, frozen=True):
    """A target that leads nowhere: `reason` follows the target in a message.

    `correct` is the target that was meant, if the written one shows it; it is `certain` if no other can be meant.
    """

    reason: str
    correct: str | None = None
    certain: bool = False


_BRACKETED = LazyPattern(r"\((?P<inside>(?:https?://[^\s()]{1,2000}|#[^\s()]{1,300}))\)?")
_LINK = LazyPattern(r"\[[^\[\]]{1,200}\]\((?P<inside>https?://[^\s()]{1,2000})\)")
_MAIL = LazyPattern(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,10}")
_SCHEME = LazyPattern(
    r"(?P<scheme>[A-Za-z]{3,7})(?P<sign>[:;.,]{1,2}/{1,3}|//|:(?:%5C|\\){1,2}|:(?=[\w-]+\.))(?P<rest>[^\s/].{0,2000})?",
    re.DOTALL,
)
_WRITTEN_TWICE = LazyPattern(r"https?://(?=https?(?::/?/?|/{1,2})\w)(?P<rest>.{1,2000})", re.DOTALL)
_HOST = LazyPattern(r"(?P<host>(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,6})(?:[/?#:]\S*)?")
_LOCAL = LazyPattern(r"/Users/[^/]+/.+|/home/[^/]+/.+|file:.*|[A-Za-z]:(?:[\\/]|%5C).*", re.DOTALL)
_DOTS = LazyPattern(r"\.{3,}|…+|[xX]{3,}|_{3,}|\?{2,}")
_WORDS = LazyPattern(r"[\w-]+")
_SCHEMES = ("https", "http")
_EMPTY = ("http://", "https://")
_MOST_WORDS = 6  # in the text of a link to the top that names a page of its own


def find_fault(reference: Reference) -> TargetFault | None:
    """Return the fault of a target, or None if it may lead somewhere."""
    target = reference.target
    for find in (_bracketed, _doubled, _scheme, _host, _mail, _local, _words):
        fault = find(target)
        if fault is not None:
            return fault
    return _top(reference) if target == "#" else _shown(reference)


def _bracketed(target: str) -> TargetFault | None:
    if match := _BRACKETED.fullmatch(target):
        return TargetFault("has brackets around the address", match["inside"], certain=target.startswith("("))
    if match := _LINK.fullmatch(target):
        return TargetFault("is a whole link, not an address", match["inside"], certain=False)
    return None


def _doubled(target: str) -> TargetFault | None:
    match = _WRITTEN_TWICE.fullmatch(target)
    if match is None:
        return None
    rest = _with_scheme(match["rest"])
    return TargetFault("has two schemes, so a browser looks for the host `http` or `https`", rest, rest is not None)


def _with_scheme(address: str) -> str | None:
    """Return an address whose scheme is right, or None if that cannot be had by correcting a slip of it."""
    match = _SCHEME.fullmatch(address)
    if match is None or not _HOST.fullmatch(match["rest"] or ""):
        return None
    scheme = _nearest(match["scheme"].lower())
    return f"{scheme}://{match['rest']}" if scheme else None


def _nearest(scheme: str) -> str | None:
    """Return the scheme of the web that a word is, or is but for one slip."""
    if scheme in _SCHEMES:
        return scheme
    return next((each for each in _SCHEMES if _one_slip(scheme, each)), None)


def _one_slip(written: str, meant: str) -> bool:
    """Return True if one letter is missing, added, replaced or swapped with its neighbour."""
    return not _shortened(written).isdisjoint(_shortened(meant))


def _shortened(word: str) -> set[str]:
    """Return a word and what is left of it without one of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _scheme(target: str) -> TargetFault | None:
    """Return the fault of a scheme with a slip; after `https:/`, a page that is read by `https` looks for a path."""
    match = _SCHEME.fullmatch(target)
    if match is None:
        return None
    scheme, sign = match["scheme"].lower(), match["sign"]
    if not match["rest"]:
        return TargetFault("has no address after its scheme") if f"{scheme}{sign}" in _EMPTY else None
    usual = scheme in _SCHEMES
    if usual and (sign in ("://", ":///") or (scheme == "http" and sign in (":", ":/"))):
        return None
    correct = _with_scheme(target)
    if correct is None and not usual:
        return None
    begins = f"{_nearest(scheme)}://"
    reason = f"begins with `{match['scheme']}{sign}` instead of `{begins}`"
    return TargetFault(reason, correct, certain=correct is not None)


def _host(target: str) -> TargetFault | None:
    match = _HOST.fullmatch(target)
    if match is None or not _is_host(match["host"], path="/" in target):
        return None
    known = match["host"].lower().removeprefix("www.") in SECURE_HOSTS
    return TargetFault("has no `https://`, so it leads to a file of the repository", f"https://{target}", certain=known)


def _is_host(host: str, *, path: bool = False) -> bool:
    """Return True if a text in the form of a host's name, before a path or alone, is not also the name of a file."""
    parts = host.lower().split(".")
    country = len(parts) > 2 and parts[-2] in COUNTRY_PARTS and len(parts[-1]) == 2
    country = country or (path and parts[-1] in COUNTRIES)
    return (parts[0] == "www" or country or parts[-1] in ENDINGS) and parts[0] not in FILE_NAMES


def _mail(target: str) -> TargetFault | None:
    if not _MAIL.fullmatch(target):
        return None
    return TargetFault("has no `mailto:`, so it leads to a file of the repository", f"mailto:{target}", certain=True)


def _local(target: str) -> TargetFault | None:
    return TargetFault("is a path on one computer") if _LOCAL.fullmatch(target) else None


def _words(target: str) -> TargetFault | None:
    words = " ".join(target.replace("%20", " ").replace("-", " ").replace("_", " ").lower().split())
    if words in UNWRITTEN or words in ANYWHERE or words in ALONE or _DOTS.fullmatch(target):
        return TargetFault("is not an address")
    return None


def _top(reference: Reference) -> TargetFault | None:
    """Return the fault of a link to the top of the page whose text names a page of its own."""
    words = _WORDS.findall(reference.text.lower())
    if len(words) > _MOST_WORDS or OWN_PAGES.isdisjoint(words) or "top" in words:
        return None
    return TargetFault("leads to the top of the page itself")


def _shown(reference: Reference) -> TargetFault | None:
    """Return the fault of a link that shows a host and leads to a word."""
    match = _HOST.fullmatch(reference.text)
    if match is None or not _is_host(match["host"]) or not _WORDS.fullmatch(reference.target):
        return None
    return TargetFault("is not the address that the link shows", f"https://{reference.text}")
