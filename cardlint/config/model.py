"""The configuration: what a file sets, and what the command line overrides."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from cardlint.finding import Severity

__all__ = ["Config", "Overrides", "merge", "read_fail_on"]


# What every configuration without such settings has in common.
_NONE: Mapping[str, Any] = {}


class Overrides(Struct, frozen=True):
    """What the command line sets. `select` and `fail_on` are None where it does not; `fail_on` may be "never"."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = _NONE
    repo_id: str | None = None
    fail_on: str | None = None
    notes: tuple[str, ...] = ()


class Config(Struct, frozen=True):
    """All settings that hold for the cards below `root`, the folder that every glob is relative to.

    `file` is the file that set them, None where there is none. `select` is None where every rule runs that is not off
    by default, and `fixable` where the fixes of all rules may be applied. `rules` has the options of single rules by
    the names their functions give them, with the values as TOML gives them. `fail_on` is None where no finding fails
    a run. What the command line selects and ignores stays apart in `overrides`, since it is weighed after the file's
    own; its other settings have already taken the file's place. `notes` are things to tell the user that are no
    errors, such as a rule's old name.
    """

    file: Path | None = None
    root: Path = Path()
    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fixable: tuple[str, ...] | None = None
    unfixable: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = _NONE
    per_file_ignores: Mapping[str, tuple[str, ...]] = _NONE
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    rules: Mapping[str, Mapping[str, object]] = _NONE
    repo_id: str | None = None
    fail_on: Severity | None = Severity.WARNING
    overrides: Overrides = Overrides()
    notes: tuple[str, ...] = ()


def merge(config: Config, overrides: Overrides) -> Config:
    """The configuration with the command line above it."""
    fail_on = config.fail_on if overrides.fail_on is None else read_fail_on(overrides.fail_on)
    return replace(
        config,
        severity={**config.severity, **overrides.severity},
        repo_id=overrides.repo_id or config.repo_id,
        fail_on=fail_on,
        overrides=overrides,
        notes=config.notes + overrides.notes,
    )


def read_fail_on(word: str) -> Severity | None:
    """The severity that `error`, `warning` or `note` names, None for `never`."""
    return None if word == "never" else Severity[word.upper()]
