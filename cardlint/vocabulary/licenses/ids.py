"""Licenses that the Hub knows, and other spellings of them.

Refresh: read the region "licenses" of docs/hub/repositories-licenses.md in huggingface/hub-docs again. No package has
the whole list (the type `License` of npm `@huggingface/hub` is behind), but the Hub's answer to an unknown license has
it.
"""

from __future__ import annotations

from cardlint.lazy_regex import LazyPattern

__all__ = ["LICENSES", "certain_license", "likely_license"]

SOURCE = "`repositories-licenses.md` of huggingface/hub-docs at 242f4a1; further spellings curated by hand"
DATE = "2026-08-22"

LICENSES = frozenset(
    (  # noqa: SIM905 - eighty words are easier to read in this form
        "apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0 "
        "bigcode-openrail-m afl-3.0 artistic-2.0 bsl-1.0 bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear c-uda cc "
        "cc0-1.0 cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 "
        "cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 "
        "cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 wtfpl ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 "
        "eupl-1.2 agpl-3.0 gfdl gpl gpl-2.0 gpl-3.0 lgpl lgpl-2.1 lgpl-3.0 isc h-research intel-research lppl-1.3c "
        "ms-pl apple-ascl apple-amlr mpl-2.0 odc-by odbl openmdw-1.0 openmdw-1.1 openrail++ osl-3.0 postgresql ofl-1.1 "
        "ncsa unlicense zlib pddl lgpl-lr deepfloyd-if-license fair-noncommercial-research-license llama2 llama3 "
        "llama3.1 llama3.2 llama3.3 llama4 grok2-community gemma unknown other"
    ).split()
)
"""The ids, of which `license` must be one exactly."""

# Spellings in the form of `_key`; the ids themselves need no entry.
_SPELLINGS = {
    # SPDX ids that differ by more than case
    "agpl-3.0-only": "agpl-3.0",
    "c-uda-1.0": "c-uda",
    "gpl-2.0-only": "gpl-2.0",
    "gpl-3.0-only": "gpl-3.0",
    "lgpl-2.1-only": "lgpl-2.1",
    "lgpl-3.0-only": "lgpl-3.0",
    "lgpllr": "lgpl-lr",
    "odbl-1.0": "odbl",
    "odc-by-1.0": "odc-by",
    "pddl-1.0": "pddl",
    # names
    "academic-free-3.0": "afl-3.0",
    "apache-software-2.0": "apache-2.0",
    "apple-sample-code": "apple-ascl",
    "artistic-2": "artistic-2.0",
    "boost-software-1.0": "bsl-1.0",
    "bsd-2-clause-simplified": "bsd-2-clause",
    "bsd-3-clause-new-or-revised": "bsd-3-clause",
    "creative-commons-zero-1.0-universal": "cc0-1.0",
    "cc0-1.0-universal": "cc0-1.0",
    "deepfloyd-if": "deepfloyd-if-license",
    "eclipse-public-1.0": "epl-1.0",
    "eclipse-public-2.0": "epl-2.0",
    "european-union-public-1.1": "eupl-1.1",
    "european-union-public-1.2": "eupl-1.2",
    "gemma-terms-of-use": "gemma",
    "gnu-affero-general-public-3.0": "agpl-3.0",
    "gnu-general-public-2.0": "gpl-2.0",
    "gnu-general-public-3.0": "gpl-3.0",
    "gnu-lesser-general-public-2.1": "lgpl-2.1",
    "gnu-lesser-general-public-3.0": "lgpl-3.0",
    "llama-2-community": "llama2",
    "llama-3-community": "llama3",
    "llama-3.1-community": "llama3.1",
    "llama-3.2-community": "llama3.2",
    "llama-3.3-community": "llama3.3",
    "llama-4-community": "llama4",
    "microsoft-public": "ms-pl",
    "mozilla-public-2.0": "mpl-2.0",
    "open-software-3.0": "osl-3.0",
    "sil-open-font-1.1": "ofl-1.1",
    # short forms
    "agpl3": "agpl-3.0",
    "agplv3": "agpl-3.0",
    "apache2": "apache-2.0",
    "apache2.0": "apache-2.0",
    "bsd-2": "bsd-2-clause",
    "bsd-3": "bsd-3-clause",
    "bsd2": "bsd-2-clause",
    "bsd3": "bsd-3-clause",
    "cc0": "cc0-1.0",
    "cc-0": "cc0-1.0",
    "gnu-gpl-3": "gpl-3.0",
    "gnu-gpl-3.0": "gpl-3.0",
    "gpl2": "gpl-2.0",
    "gpl3": "gpl-3.0",
    "gplv2": "gpl-2.0",
    "gplv3": "gpl-3.0",
    "lgpl3": "lgpl-3.0",
    "lgplv3": "lgpl-3.0",
    "llama-2": "llama2",
    "llama-3": "llama3",
    "llama-3.1": "llama3.1",
    "llama-3.2": "llama3.2",
    "llama-3.3": "llama3.3",
    "llama-4": "llama4",
    "mpl2": "mpl-2.0",
}

# The most likely meaning of a spelling that lacks a version or has other terms than the id.
_GUESSES = {
    "agpl": "agpl-3.0",
    "agpl-3.0-or-later": "agpl-3.0",
    "apache": "apache-2.0",
    "cc-by": "cc-by-4.0",
    "cc-by-nc": "cc-by-nc-4.0",
    "cc-by-nc-nd": "cc-by-nc-nd-4.0",
    "cc-by-nc-sa": "cc-by-nc-sa-4.0",
    "cc-by-nd": "cc-by-nd-4.0",
    "cc-by-sa": "cc-by-sa-4.0",
    "creative-commons": "cc",
    "gpl-2.0+": "gpl-2.0",
    "gpl-2.0-or-later": "gpl-2.0",
    "gpl-3.0+": "gpl-3.0",
    "gpl-3.0-or-later": "gpl-3.0",
    "lgpl-2.1-or-later": "lgpl-2.1",
    "lgpl-3.0-or-later": "lgpl-3.0",
    "openrail-m": "bigscience-openrail-m",
    "proprietary": "other",
    "public-domain": "cc0-1.0",
    "public-domain-notice": "cc0-1.0",
    "custom": "other",
}

_CREATIVE_COMMONS_ADDRESS = LazyPattern(r"(?:https?://)?(?:www\.)?creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)\b")
_SPDX_ADDRESS = LazyPattern(
    r"(?:https?://)?(?:www\.)?(?:opensource|spdx)\.org/licenses?/([A-Za-z0-9.+-]+?)(?:\.html)?/?$"
)
_BETWEEN = LazyPattern(r"[\s,;_()\[\]\"'-]+")
_NAME_AND_VERSION = LazyPattern(r"(?:gnu-)?(?P<name>[a-z]+?(?:-[a-z]+){0,3}?)-?v?(?P<version>\d(?:\.\d)?)(?:-only)?")
_GNU = {
    "affero-general-public": "agpl",
    "general-public": "gpl",
    "lesser-general-public": "lgpl",
}
_VERSION = LazyPattern(r"v(?:er)?\.?(?=\d)")
_NOISE = frozenset(("the", "license", "licence", "licensed", "agreement", "under", "version", "v", "international"))


def certain_license(text: str) -> str | None:
    """Return the id that a text certainly means: in another case, an SPDX id, or the license's full name."""
    address = _CREATIVE_COMMONS_ADDRESS.match(text)
    if address:
        return _known(f"cc-{address[1]}-{address[2]}")
    address = _SPDX_ADDRESS.match(text)
    key = _key(address[1] if address else text)
    return _SPELLINGS.get(key) or _known(key) or _known(text.strip().lower()) or _known(_with_version(key))


def likely_license(text: str) -> str | None:
    """Return the id that a text may mean, to ask the author about."""
    return _GUESSES.get(_key(text))


def _with_version(key: str) -> str:
    """Return `gnu-agplv3` and `gnu-affero-general-public-3` as `agpl-3`, `eupl1.2` as `eupl-1.2`."""
    match = _NAME_AND_VERSION.fullmatch(key)
    return f"{_GNU.get(match['name'], match['name'])}-{match['version']}" if match else key


def _known(identifier: str) -> str | None:
    if identifier in LICENSES:
        return identifier
    # `gpl-3` is `gpl-3.0`; `bsl-1` may be the Business Source License, which the Hub does not know
    full = f"{identifier}.0"
    return full if full in LICENSES and not identifier.startswith("bsl") else None


def _key(text: str) -> str:
    """Return the words of a text in lower case, without those that do not matter, joined by hyphens."""
    if len(text) > 100:
        return ""
    text = text.lower().replace("noncommercial", "non-commercial").replace("sharealike", "share-alike")
    text = text.replace("noderivatives", "no-derivatives").replace("noderivs", "no-derivatives")
    words = [_VERSION.sub("", word) if _VERSION.match(word) else word for word in _BETWEEN.split(text)]
    return _creative_commons("-".join(word for word in words if word and word not in _NOISE))


def _creative_commons(key: str) -> str:
    """Return `creative-commons-attribution-share-alike-4.0` as `cc-by-sa-4.0`."""
    if not key.startswith("creative-commons-attribution"):
        return key
    for words, letters in (
        ("creative-commons", "cc"),
        ("attribution", "by"),
        ("non-commercial", "nc"),
        ("share-alike", "sa"),
        ("no-derivatives", "nd"),
    ):
        key = key.replace(words, letters)
    return key
