"""What tells a finding from the others and stays when lines move: by it, other programs know it again."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from cardlint.finding import Finding
from cardlint.reporters.masking import Mask
from cardlint.source import Source, Span

__all__ = ["fingerprints", "line_hashes"]

_LONGEST = 400  # characters of a line that may stand for its findings; a longer one is often a whole card


def fingerprints(findings: Iterable[Finding], mask: Mask) -> Iterator[str]:
    """One for each finding, all of them different: by path, rule and the line's text, and a number where these agree.

    Neither line numbers nor messages are in it. It depends on no secret, since what is hidden is left out.
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


# GitHub tells alerts apart by the hash of a line and what follows it. Where a result brings none, its upload action
# works it out from the file; where it brings another one, the action complains.
_WINDOW = 100  # significant characters that go into a hash
_BASE = 37
_MODULUS = 1 << 64
_END = 0xFFFF  # stands behind the last character


def line_hashes(source: Source) -> list[str]:
    """GitHub's `primaryLocationLineHash` for every line: a polynomial of the next 100 UTF-16 units but blanks.

    It ends with how often that value has come by. Empty where GitHub would see other lines or other characters.
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
