"""Configuration files that extend another: the file that is meant, and the settings of both together."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from stat import S_ISREG
from typing import Any

from cardlint.config.errors import shown_path
from cardlint.repository_root import leads_outside
from cardlint.wording import reason_of

__all__ = ["combined", "file_to_extend", "why_not_extended"]


def file_to_extend(target: str, file: Path) -> Path:
    """Return the path of the file that `file` extends."""
    return Path(os.path.normpath(file.parent / target))


def why_not_extended(base: Path, files: Sequence[Path], *, named: bool) -> str:
    """Return why the last of `files`, each of which extends the next, cannot extend `base`; empty if it can.

    A file that the user did not name may belong to someone else, and must not show lines of files elsewhere.
    """
    if "\0" in str(base):
        return "not a path"
    if not named and leads_outside(str(base), os.path.realpath(files[-1].parent)):
        return f"{shown_path(base)} is outside of the repository, so it is not read; name this file with `--config`"
    real = os.path.realpath(base)
    if real in map(os.path.realpath, files):
        return f"files extend each other in a circle: {' -> '.join(map(shown_path, (*files, base)))}"
    try:
        is_file = S_ISREG(base.stat().st_mode)
    except OSError as error:
        return f"{shown_path(base)}: {reason_of(error)}"
    return "" if is_file else f"{shown_path(base)}: not a file"


def combined(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a file and of the file that it extends; its own outweigh those of the other.

    `select` starts anew, as on the command line. Other lists of rules and `exclude` are added to those of the base, and
    tables are combined key by key.
    """
    base = dict(base)
    if own.get("select") is not None:
        for field in ("select", "extend_select", "ignore"):
            base.pop(field, None)
    if own.get("fixable") is not None:
        for field in ("fixable", "unfixable"):
            base.pop(field, None)
    if "extend_select" in base:
        base["extend_select"] = _without(base["extend_select"], own.get("ignore"))
    if "ignore" in base:
        base["ignore"] = _without(base["ignore"], own.get("extend_select"))
    added = {field: _together(base[field], own[field]) for field in _ADDED if field in base and field in own}
    return {**base, **own, **added}


def _without(names: Sequence[str], others: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(name for name in names if name not in (others or ()))


def _together(base: Any, own: Any) -> Any:
    """Return two lists one after the other, or two tables with the keys of both."""
    if isinstance(base, Mapping) and isinstance(own, Mapping):
        return {**base, **own, **{key: _together(base[key], own[key]) for key in base.keys() & own.keys()}}
    return (*base, *own) if isinstance(base, tuple) and isinstance(own, tuple) else own


_ADDED = ("extend_select", "ignore", "unfixable", "exclude", "severity", "per_file_ignores", "rules")
