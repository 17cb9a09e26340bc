"""The baseline of a run: read it before the run, and report, write or prune it afterwards."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cardlint.commands.outputs import write_text
from cardlint.linting.baseline.baseline import Baseline, Counts
from cardlint.linting.baseline.file import DEFAULT_FILE, as_text, empty_baseline, read_baseline
from cardlint.run.totals import RunResult
from cardlint.wording import counted

__all__ = ["KeptBaseline", "keep_baseline"]

_SHOWN = 5  # stale entries that are listed; all with --verbose


class KeptBaseline(Struct, frozen=True):
    """A baseline with its file, and if a run is to write or prune it."""

    file: Path
    baseline: Baseline
    write: bool = False
    prune: bool = False

    def settle(self, checked: RunResult, rules: Collection[str], *, quiet: bool, verbose: bool) -> bool:
        """Write or prune the file after a run if requested, else list stale entries; return False if writing failed.

        A run with errors changes nothing, since it may have missed findings.
        """
        if checked.troubles:
            if self.write or self.prune:
                sys.stderr.write(f"error: {self.file} was not changed, because not everything could be checked\n")
            return True
        if self.write:
            return self._write(checked, rules, quiet=quiet)
        stale = self.baseline.stale(checked.splits, rules)
        gone = _sum(stale)
        if not self.prune:
            if gone and not quiet:
                _list_stale(self.file, stale, gone, verbose=verbose)
            return True
        if not quiet:
            sys.stderr.write(f"Removed {counted(gone, 'finding')} from {self.file}.\n")
        return not gone or write_text(self.file, as_text(self.baseline.without(stale)))

    def _write(self, checked: RunResult, rules: Collection[str], *, quiet: bool) -> bool:
        new = self.baseline.renewed(checked.splits, rules)
        written = write_text(self.file, as_text(new))
        if written and not quiet:
            findings, cards = counted(checked.counts.known, "finding"), counted(checked.counts.cards, "card")
            sys.stderr.write(f"Recorded {findings} of {cards} in {self.file}.\n")
        return written


def keep_baseline(file: Path | None, *, write: bool, prune: bool) -> KeptBaseline:
    """Read the baseline in `file`, by default that of the working folder; with `write` the file may be missing.

    Raises:
        BaselineError: the file cannot be read or is broken.
    """
    file = file or Path(DEFAULT_FILE)
    if not write:
        return KeptBaseline(file, read_baseline(file), prune=prune)
    # read it even to write it: entries of other cards are kept, and a broken file is not overwritten
    old = read_baseline(file) if file.exists() else empty_baseline(file)
    return KeptBaseline(file, replace(old, accepts_all=True), write=True)


def _list_stale(file: Path, stale: Mapping[str, Counts], gone: int, *, verbose: bool) -> None:
    occur = "occurs" if gone == 1 else "occur"
    recorded = f"{counted(gone, 'finding')} recorded in {file} no longer {occur}"
    sys.stderr.write(f"note: {recorded}; use `--prune-baseline` to remove {'it' if gone == 1 else 'them'}\n")
    lines = sorted(f"{name}: {rule}" for name, counts in stale.items() for rule, _ in counts)
    lines = list(dict.fromkeys(lines))
    for line in lines if verbose else lines[:_SHOWN]:
        sys.stderr.write(f"  {line}\n")
    if len(lines) > _SHOWN and not verbose:
        sys.stderr.write(f"  ... and {len(lines) - _SHOWN} more; `--verbose` lists all\n")


def _sum(stale: Mapping[str, Counts]) -> int:
    return sum(sum(counts.values()) for counts in stale.values())
