"""The baseline of a run: read before it, and told, written or pruned after."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cardlint.commands.outputs import write_text
from cardlint.linting.baseline.baseline import Baseline, Counts
from cardlint.linting.baseline.file import DEFAULT_FILE, as_text, empty_baseline, read_baseline
from cardlint.reporters.terminal.summary_text import counted
from cardlint.run.totals import RunResult

__all__ = ["KeptBaseline", "keep_baseline"]

_SHOWN = 5  # of what is stale; all with --verbose


class KeptBaseline(Struct, frozen=True):
    """A baseline with its file, and what is to become of it."""

    file: Path
    baseline: Baseline
    write: bool = False
    prune: bool = False

    def settle(self, checked: RunResult, rules: Collection[str], *, quiet: bool, verbose: bool) -> bool:
        """After a run, write or prune the file if that was asked for, else tell what is stale; whether that went well.

        Nothing is said or written of a run that could not be trusted.
        """
        if checked.troubles:
            if self.write or self.prune:
                sys.stderr.write(f"error: {self.file} is left as it was, since not everything could be checked\n")
            return True
        if self.write:
            return self._write(checked, rules, quiet=quiet)
        stale = self.baseline.stale(checked.splits, rules)
        gone = _sum(stale)
        if not self.prune:
            if gone and not quiet:
                _tell(self.file, stale, gone, verbose=verbose)
            return True
        if not quiet:
            sys.stderr.write(f"Took {counted(gone, 'finding')} out of {self.file}.\n")
        return not gone or write_text(self.file, as_text(self.baseline.without(stale)))

    def _write(self, checked: RunResult, rules: Collection[str], *, quiet: bool) -> bool:
        new = self.baseline.renewed(checked.splits, rules)
        written = write_text(self.file, as_text(new))
        if written and not quiet:
            findings, cards = counted(checked.counts.known, "finding"), counted(checked.counts.cards, "card")
            sys.stderr.write(f"Recorded {findings} in {cards} in {self.file}.\n")
        return written


def keep_baseline(file: Path | None, *, write: bool, prune: bool) -> KeptBaseline:
    """The baseline in `file`, by default that of the working folder; one that is to be written need not be there.

    Raises:
        BaselineError: it cannot be read, or is broken.
    """
    file = file or Path(DEFAULT_FILE)
    if not write:
        return KeptBaseline(file, read_baseline(file), prune=prune)
    # what it holds of other cards is kept, and a broken one is told and not written over
    old = read_baseline(file) if file.exists() else empty_baseline(file)
    return KeptBaseline(file, replace(old, accepts_all=True), write=True)


def _tell(file: Path, stale: Mapping[str, Counts], gone: int, *, verbose: bool) -> None:
    were = "is" if gone == 1 else "are"
    sys.stderr.write(f"note: {counted(gone, 'finding')} of {file} {were} gone; `--prune-baseline` forgets them\n")
    lines = sorted(f"{name}: {rule}" for name, counts in stale.items() for rule, _ in counts)
    lines = list(dict.fromkeys(lines))
    for line in lines if verbose else lines[:_SHOWN]:
        sys.stderr.write(f"  {line}\n")
    if len(lines) > _SHOWN and not verbose:
        sys.stderr.write(f"  ... and {len(lines) - _SHOWN} more, which `--verbose` names\n")


def _sum(stale: Mapping[str, Counts]) -> int:
    return sum(sum(counts.values()) for counts in stale.values())
