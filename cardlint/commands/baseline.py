"""The baselines of a run: read them before the run, and report, write or prune them afterwards."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cardlint.commands.outputs import write_text
from cardlint.config.errors import BaselineError
from cardlint.config.selection import Configurations
from cardlint.linting.baseline.baseline import Baseline, Counts
from cardlint.linting.baseline.configured import configured_file
from cardlint.linting.baseline.file import DEFAULT_FILE, as_text, empty_baseline, read_baseline
from cardlint.reporters.masking import masked
from cardlint.repository_root import OUTSIDE, leads_outside
from cardlint.run.totals import RunResult
from cardlint.wording import counted, visible

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
        name, shown = self.baseline.name, masked(self.baseline.name)
        if checked.troubles:
            if self.write or self.prune:
                sys.stderr.write(f"error: {shown} was not changed, because not everything could be checked\n")
            return True
        if self.write:
            return self._write(checked, rules, quiet=quiet)
        stale = self.baseline.stale([split for split in checked.splits if split.baseline == name], rules)
        gone = _sum(stale)
        if not self.prune:
            if gone and not quiet:
                _list_stale(self.baseline, stale, gone, verbose=verbose)
            return True
        if not quiet:
            sys.stderr.write(f"Removed {counted(gone, 'finding')} from {shown}.\n")
        return not gone or write_text(self.file, as_text(self.baseline.without(stale)))

    def _write(self, checked: RunResult, rules: Collection[str], *, quiet: bool) -> bool:
        new = self.baseline.renewed(checked.splits, rules)
        written = write_text(self.file, as_text(new))
        if written and not quiet:
            findings, cards = counted(checked.counts.known, "finding"), counted(checked.counts.cards, "card")
            sys.stderr.write(f"Recorded {findings} of {cards} in {masked(self.baseline.name)}.\n")
        return written


def keep_baseline(
    file: Path | None, configurations: Configurations, *, write: bool = False, prune: bool = False
) -> KeptBaseline:
    """Read the baseline in `file`; with `write` the file may be missing.

    The default is the file that the configuration of the working folder names, else `.cardlint-baseline.json` there.

    Raises:
        BaselineError: the file cannot be read or is broken, or is a link that leads out of the repository.
        ConfigError: the configuration cannot be used.
    """
    file = file or _default_file(configurations)
    if not write:
        return KeptBaseline(file, read_baseline(file), prune=prune)
    # read it even to write it: entries of other cards are kept, and a broken file is not overwritten
    old = read_baseline(file) if file.exists() else empty_baseline(file)
    return KeptBaseline(file, replace(old, accepts_all=True), write=True)


def _default_file(configurations: Configurations) -> Path:
    config = configurations.for_folder(Path.cwd()).config
    file = configured_file(config, trusted=configurations.file is not None)
    if file is None and leads_outside(DEFAULT_FILE, os.path.realpath(".")):  # the user has not named it
        raise BaselineError(DEFAULT_FILE, f"{OUTSIDE}; use `--baseline` to name it")
    return file or Path(DEFAULT_FILE)


def _list_stale(baseline: Baseline, stale: Mapping[str, Counts], gone: int, *, verbose: bool) -> None:
    occur = "occurs" if gone == 1 else "occur"
    recorded = f"{counted(gone, 'finding')} recorded in {masked(baseline.name)} no longer {occur}"
    sys.stderr.write(f"note: {recorded}; use `--prune-baseline` to remove {'it' if gone == 1 else 'them'}\n")
    lines = list(dict.fromkeys(sorted(_stale_lines(baseline, stale))))
    for line in lines if verbose else lines[:_SHOWN]:
        sys.stderr.write(f"  {visible(masked(line))}\n")
    if len(lines) > _SHOWN and not verbose:
        sys.stderr.write(f"  ... and {len(lines) - _SHOWN} more; `--verbose` lists all\n")


def _stale_lines(baseline: Baseline, stale: Mapping[str, Counts]) -> Iterator[str]:
    for path, counts in stale.items():
        for rule, subject in counts:
            message = baseline.messages.get((rule, subject), "")
            yield f"{path}: [{rule}] {message}" if message else f"{path}: [{rule}]"


def _sum(stale: Mapping[str, Counts]) -> int:
    return sum(sum(counts.values()) for counts in stale.values())
