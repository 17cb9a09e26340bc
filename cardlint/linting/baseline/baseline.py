"""The baseline: findings that were recorded once and are ignored until they are fixed.

A finding is identified by its file, its rule and a hash of its subject, not by its line, so that edits elsewhere in the
card do not matter. If several findings agree in all three, as many as were recorded are known and the others are new.
If fewer are found than were recorded, the rest of the record is stale.
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
from cardlint.wording import printable_path

__all__ = ["Baseline", "BaselineSplit", "Counts", "Messages", "subject"]

Counts = Mapping[tuple[str, str], int]
"""The number of findings by rule and hash."""

Messages = Mapping[tuple[str, str], str]
"""The message of each recorded finding by rule and hash: with both, findings have the same message."""

_LONGEST = 200  # the characters of a span that identify it; a span may be a whole card
_DIGITS = 16


class BaselineSplit(Struct, frozen=True):
    """The findings of one card, compared with the baseline: the number of known ones, and the counts of all.

    `ran` are the rules that ran; nothing is known about the findings of others. `messages` are those of findings that
    are to be recorded, without secrets. `baseline` is the file of the baseline.
    """

    file: str
    known: int
    counts: Counts
    ran: frozenset[str]
    messages: Messages = {}
    baseline: str = ""


class Baseline(Struct, frozen=True):
    """The known findings by file, as a path relative to `folder`; with `accepts_all` every finding is known.

    `messages` only help readers of the file. `name` is the path of the file as messages show it.
    """

    folder: str
    files: Mapping[str, Counts]
    accepts_all: bool = False
    messages: Messages = {}
    name: str = ""

    def split(
        self, path: Path, findings: Iterable[Finding], ran: Iterable[str]
    ) -> tuple[tuple[Finding, ...], BaselineSplit]:
        """Return the new findings of the card at `path`, and the split; of equal findings the first are known."""
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
        return tuple(new), BaselineSplit(file, known, counts, frozenset(ran), baseline=self.name)

    def stale(self, checked: Iterable[BaselineSplit], rules: Collection[str]) -> dict[str, Counts]:
        """Return findings that are recorded but were not found: in the checked cards, and in deleted files.

        `rules` are all existing rules; the recorded findings of other rules are stale too.
        """
        seen = {split.file: split for split in checked}
        rest = {}
        for file, recorded in self.files.items():
            if file in seen:
                gone = _missing(recorded, seen[file], rules)
            else:
                # a card on the Hub is not known to be deleted
                is_there = file.startswith(HUB) or os.path.lexists(os.path.join(self.folder, file))  # noqa: PTH118
                gone = {} if is_there else recorded
            if gone:
                rest[file] = gone
        return rest

    @property
    def findings(self) -> int:
        """The number of findings in the baseline."""
        return sum(sum(counts.values()) for counts in self.files.values())

    def without(self, stale: Mapping[str, Counts]) -> Baseline:
        """Return the baseline without stale findings."""
        return replace(self, files={file: _less(counts, stale.get(file, {})) for file, counts in self.files.items()})

    def renewed(self, checked: Iterable[BaselineSplit], rules: Collection[str]) -> Baseline:
        """Return the baseline with new counts for the checked cards and the rules that ran; the rest stays."""
        checked = list(checked)
        files = dict(self.without(self.stale(checked, rules)).files)
        messages = dict(self.messages)
        for split in checked:
            messages |= split.messages
            kept = {key: count for key, count in files.get(split.file, {}).items() if key[0] not in split.ran}
            files[split.file] = {**kept, **split.counts}
        return replace(self, files=files, messages=messages)


def subject(finding: Finding) -> str:
    """Return a hash of a finding's subject: the text that it marks, and the code in its message.

    The other words of a message may change between versions. A secret is hashed in full, since another secret in its
    place is a new finding; a hash this short does not reveal it.
    """
    import hashlib

    span = finding.span
    marked = finding.source.text[span.start : min(span.end, span.start + _LONGEST)]
    words = "\0".join([" ".join(marked.split()), *finding.message.split("`")[1::2]])
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _missing(recorded: Counts, split: BaselineSplit, rules: Collection[str]) -> Counts:
    """Return the recorded findings that a card lacks, of rules that ran or no longer exist."""
    judged = {key: count for key, count in recorded.items() if key[0] in split.ran or key[0] not in rules}
    return _less(judged, split.counts)


def _less(counts: Counts, others: Counts) -> Counts:
    left = {key: count - others.get(key, 0) for key, count in counts.items()}
    return {key: count for key, count in left.items() if count > 0}


def _seen_from(folder: str, path: Path) -> str:
    """Return a card's path relative to the baseline's folder, with forward slashes; absolute if that is impossible."""
    if str(path).startswith(HUB):
        return path.as_posix()
    place = os.path.join(os.path.realpath(path.parent), path.name)  # noqa: PTH118
    with suppress(ValueError):  # another drive
        place = os.path.relpath(place, folder)
    return printable_path(place)
