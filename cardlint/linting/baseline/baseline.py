"""The findings that were there when somebody began: recorded once, they pass until they are mended.

A finding is known by its file, its rule and a hash of what it speaks of, never by its line, so that a baseline outlives
edits elsewhere in the card. Of findings that agree in all three there may be as many as were recorded; those beyond
that are new, and where there are fewer now, the rest of the record is stale.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cardlint.finding import Finding
from cardlint.source import HUB

__all__ = ["Baseline", "BaselineSplit", "Counts", "subject"]

Counts = Mapping[tuple[str, str], int]
"""How often something was found, by rule and hash."""

_LONGEST = 200  # characters of a span that tell it from others; a span may be a whole card
_DIGITS = 16


class BaselineSplit(Struct, frozen=True):
    """One card against the baseline: how many of its findings are known, and all that was counted.

    `ran` are the rules that ran: of what others found nothing can be said.
    """

    file: str
    known: int
    counts: Counts
    ran: frozenset[str]


class Baseline(Struct, frozen=True):
    """What is known, by file as seen from `folder`; one that `accepts_all` knows whatever is found."""

    folder: str
    files: Mapping[str, Counts]
    accepts_all: bool = False

    def split(
        self, path: Path, findings: Iterable[Finding], ran: Iterable[str]
    ) -> tuple[tuple[Finding, ...], BaselineSplit]:
        """What is new in the card at `path`, and what the rest comes to; of equal findings the first are known."""
        file = _seen_from(self.folder, path)
        left = Counter(self.files.get(file, {}))
        counts: Counter[tuple[str, str]] = Counter()
        new = []
        known = 0
        for finding in findings:
            key = (finding.rule.name, subject(finding))
            counts[key] += 1
            if self.accepts_all or left[key] > 0:
                left[key] -= 1
                known += 1
            else:
                new.append(finding)
        return tuple(new), BaselineSplit(file, known, counts, frozenset(ran))

    def stale(self, checked: Iterable[BaselineSplit], rules: Collection[str]) -> dict[str, Counts]:
        """What is recorded and was not found: in the cards that were checked, and in files that are gone.

        `rules` are all that there are: what a rule found that is no more is stale as well.
        """
        seen = {split.file: split for split in checked}
        rest = {}
        for file, recorded in self.files.items():
            if file in seen:
                gone = _missing(recorded, seen[file], rules)
            else:
                # what is on the Hub is not known to be gone
                is_there = file.startswith(HUB) or os.path.lexists(os.path.join(self.folder, file))  # noqa: PTH118
                gone = {} if is_there else recorded
            if gone:
                rest[file] = gone
        return rest

    @property
    def findings(self) -> int:
        """How many findings it lets pass."""
        return sum(sum(counts.values()) for counts in self.files.values())

    def without(self, stale: Mapping[str, Counts]) -> Baseline:
        """The baseline without what is stale."""
        return replace(self, files={file: _less(counts, stale.get(file, {})) for file, counts in self.files.items()})

    def renewed(self, checked: Iterable[BaselineSplit], rules: Collection[str]) -> Baseline:
        """The baseline with what was found in place of what it held of these cards and rules; the rest stays."""
        checked = list(checked)
        files = dict(self.without(self.stale(checked, rules)).files)
        for split in checked:
            kept = {key: count for key, count in files.get(split.file, {}).items() if key[0] not in split.ran}
            files[split.file] = {**kept, **split.counts}
        return replace(self, files=files)


def subject(finding: Finding) -> str:
    """A hash of what a finding speaks of: the text that it marks, and the code in its message.

    Other words in a message may change from one version to the next. A secret is hashed whole, since another one in
    its place is a new finding; a hash this short does not give it away.
    """
    import hashlib

    span = finding.span
    marked = finding.source.text[span.start : min(span.end, span.start + _LONGEST)]
    words = "\0".join([" ".join(marked.split()), *finding.message.split("`")[1::2]])
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _missing(recorded: Counts, split: BaselineSplit, rules: Collection[str]) -> Counts:
    """By how much a card has less than was recorded of the rules that ran, or are no more."""
    judged = {key: count for key, count in recorded.items() if key[0] in split.ran or key[0] not in rules}
    return _less(judged, split.counts)


def _less(counts: Counts, others: Counts) -> Counts:
    left = {key: count - others.get(key, 0) for key, count in counts.items()}
    return {key: count for key, count in left.items() if count > 0}


def _seen_from(folder: str, path: Path) -> str:
    """A card's path from the baseline's folder, with forward slashes; absolute where no relative one leads there."""
    if str(path).startswith(HUB):
        return path.as_posix()
    place = os.path.join(os.path.realpath(path.parent), path.name)  # noqa: PTH118
    with suppress(ValueError):  # another drive
        place = os.path.relpath(place, folder)
    return place.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode()
