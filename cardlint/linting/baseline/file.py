"""The file of a baseline: sorted JSON with one line for each finding, so that diffs can be read and merged."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cardlint.config.rule_names import RENAMED
from cardlint.linting.baseline.baseline import Baseline, Counts
from cardlint.regular_file import read_regular
from cardlint.wording import reason_of

__all__ = ["DEFAULT_FILE", "BaselineError", "as_text", "empty_baseline", "read_baseline"]

DEFAULT_FILE = ".cardlint-baseline.json"
VERSION = 1


class BaselineError(Exception):
    """An error for a baseline that cannot be used; the message names the file, the place and the reason."""


def empty_baseline(file: Path) -> Baseline:
    """Return a baseline without findings; its paths are relative to the folder of `file`."""
    return Baseline(os.path.realpath(file.parent), {})


def read_baseline(file: Path) -> Baseline:
    """Read the baseline in a file.

    Raises:
        BaselineError: the file cannot be read, or is not a baseline of this version.
    """
    try:
        whole = json.loads(read_regular(file).decode("utf-8-sig"))
    except OSError as error:
        raise BaselineError(f"{file}: {_why(error)}") from None
    except UnicodeDecodeError as error:
        raise BaselineError(f"{file}: not a baseline: byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise BaselineError(f"{file}:{error.lineno}:{error.colno}: not a baseline: {error.msg.lower()}") from None
    except (RecursionError, ValueError):  # deep nesting, or a number with too many digits
        raise BaselineError(f"{file}: not a baseline") from None
    return Baseline(empty_baseline(file).folder, dict(_files(file, whole)))


def as_text(baseline: Baseline) -> str:
    """Write a baseline as text; the same findings always give the same text."""
    files: dict[str, dict[str, dict[str, int]]] = {}
    for file, counts in baseline.files.items():
        for (rule, subject), count in counts.items():
            files.setdefault(file, {}).setdefault(rule, {})[subject] = count
    whole = {"version": VERSION, "files": files}
    return json.dumps(whole, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _files(file: Path, whole: object) -> Iterator[tuple[str, Counts]]:
    """Yield each file of a baseline with its counts; renamed rules get their current names."""
    top = _mapping(file, whole, ())
    if top.get("version") != VERSION:
        raise BaselineError(f"{file}: `version` must be {VERSION}; a newer cardlint may have written this baseline")
    for name, by_rule in _mapping(file, top.get("files"), ("files",)).items():
        counts: Counter[tuple[str, str]] = Counter()
        for rule, by_subject in _mapping(file, by_rule, ("files", name)).items():
            for subject, count in _mapping(file, by_subject, ("files", name, rule)).items():
                if type(count) is not int or count < 1:
                    where = _place(("files", name, rule, subject))
                    raise BaselineError(f"{file}: {where} must be a number of at least 1")
                counts[RENAMED.get(rule, rule), subject] += count
        yield name, dict(counts)


def _mapping(file: Path, value: object, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BaselineError(f"{file}: {_place(keys)} must be an object")
    return value


def _place(keys: tuple[str, ...]) -> str:
    return " > ".join(f"`{key}`" for key in keys) if keys else "the whole file"


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such baseline; `--write-baseline` writes one"
    return f"cannot be read: {reason_of(error)}"
