"""Fingerprints, by which other programs recognise a finding even if its line has moved."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from cardlint.finding import Finding
from cardlint.reporters.masking import Mask
from cardlint.source import Source, Span

__all__ = ["fingerprints", "line_hashes"]

_LONGEST = 400  # the characters of a line that identify its findings; a longer one is often a whole card


def fingerprints(findings: Iterable[Finding], mask: Mask) -> Iterator[str]:
    """Yield a different text for each finding: a hash of path, rule and line text, and of a number if these are equal.

    Line numbers and messages are not part of it. Secrets are masked, so it does not depend on them.
    """
    import hashlib

    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = (finding.source.path, finding.rule.name, _subject(finding, mask))
        seen[key] += 1
        words = "\0".join((*key, str(seen[key])))
        yield hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _subject(finding: Finding, mask: Mask) -> str:
    source = finding.source
    line = source.lines[source.line_index(finding.span.start)]
    if len(line) > _LONGEST:
        start = finding.span.start
        line = Span(start, min(max(finding.span.end, start + 1), start + _LONGEST))
    return " ".join(mask.slice(source, line).split())


# GitHub identifies alerts by the hash of a line and the text after it. If a result has no hash, its upload action
# computes one from the file; if a result has a different one, the action reports that.
_WINDOW = 100  # the significant characters in a hash
_BASE = 37
_MODULUS = 1 << 64
_END = 0xFFFF  # the unit after the last character


def line_hashes(source: Source) -> list[str]:
    """Return GitHub's `primaryLocationLineHash` of every line: a polynomial of 100 UTF-16 units, blanks left out.

    Each ends with a counter of equal hashes. Empty if GitHub would see other lines or other characters.
    """
    text = source.text
    if source.encoding != "utf-8" or source.undecodable or "\r\r\n" in text:
        return []
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    units = array("H", text.encode("utf-16-le", "surrogatepass"))
    if sys.byteorder == "big":
        units.byteswap()
    units.extend([_END, *[0] * _WINDOW])
    sums = [0]
    for unit in units:
        sums.append((sums[-1] * _BASE + unit) % _MODULUS)
    weight = pow(_BASE, _WINDOW, _MODULUS)
    starts = [0] + [index + 1 for index in range(len(units) - _WINDOW - 1) if units[index] == 10]
    values = [(sums[start + _WINDOW] - sums[start] * weight) % _MODULUS for start in starts]
    seen: Counter[int] = Counter()
    hashes = []
    for value in values:
        seen[value] += 1
        hashes.append(f"{value:x}:{seen[value]}")
    return hashes
