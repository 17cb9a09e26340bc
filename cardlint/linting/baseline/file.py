"""The file of a baseline: sorted JSON with one line for each finding, so that diffs can be read and merged."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct, ValidationError, convert, to_builtins
from msgspec.structs import astuple, replace

from cardlint.config.errors import BaselineError
from cardlint.config.rule_names import RENAMED
from cardlint.linting.baseline.baseline import Baseline
from cardlint.regular_file import read_regular
from cardlint.wording import reason_of, visible

__all__ = ["DEFAULT_FILE", "as_text", "empty_baseline", "read_baseline"]

_LARGEST = 1 << 26  # bytes; what is behind them is not read

DEFAULT_FILE = ".cardlint-baseline.json"
VERSION = 2
_OLD_VERSION = 1  # with counts by file, rule and hash, and without messages


class Entry(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The findings of a card that agree in rule and subject, as one line of the file."""

    path: str
    rule: str
    message: str = ""
    subject: str = ""
    count: Annotated[int, Meta(ge=1)] = 1


def empty_baseline(file: Path) -> Baseline:
    """Return a baseline without findings; its paths are relative to the folder of `file`."""
    return Baseline(os.path.realpath(file.parent), {}, name=visible(str(file)))


def read_baseline(file: Path) -> Baseline:
    """Read the baseline in a file.

    Raises:
        BaselineError: the file cannot be read, or is not a baseline of a known version.
    """
    baseline = empty_baseline(file)
    try:
        whole = json.loads(read_regular(file, _LARGEST).decode("utf-8-sig"))
    except OSError as error:
        raise BaselineError(baseline.name, _why(error)) from None
    except UnicodeDecodeError as error:
        raise BaselineError(baseline.name, f"not a baseline: byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        place = f":{error.lineno}:{error.colno}"
        raise BaselineError(baseline.name, f"{place}: not a baseline: {error.msg.lower()}") from None
    except (RecursionError, ValueError):  # deep nesting, or a number with too many digits
        raise BaselineError(baseline.name, "not a baseline") from None
    try:
        return _with(baseline, list(_entries(whole)))
    except _FormatError as error:
        raise BaselineError(baseline.name, str(error)) from None


def as_text(baseline: Baseline) -> str:
    """Write a baseline as text, one line for each entry; the same findings always give the same text."""
    entries = [
        Entry(file, rule, baseline.messages.get((rule, subject), ""), subject, count)
        for file, counts in baseline.files.items()
        for (rule, subject), count in counts.items()
    ]
    lines = [f"    {_encoded(entry)}" for entry in sorted(entries, key=astuple)]
    listed = "\n".join(["[", ",\n".join(lines), "  ]"]) if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {listed}\n}}\n'


def _encoded(entry: Entry) -> str:
    return json.dumps(to_builtins(entry), ensure_ascii=False)


def _with(baseline: Baseline, entries: Iterable[Entry]) -> Baseline:
    """Return the baseline with entries; renamed rules get their current names."""
    files: dict[str, Counter[tuple[str, str]]] = {}
    messages = {}
    for entry in entries:
        key = RENAMED.get(entry.rule, entry.rule), entry.subject
        files.setdefault(entry.path, Counter())[key] += entry.count
        if entry.message:
            messages[key] = entry.message
    return replace(baseline, files={file: dict(counts) for file, counts in files.items()}, messages=messages)


class _FormatError(ValueError):
    """A part of the file does not have the form of a baseline."""


def _entries(whole: object) -> Iterator[Entry]:
    """Yield the entries of a baseline of any version."""
    top = _mapping(whole, ())
    if top.get("version") == _OLD_VERSION:
        yield from _old_entries(top)
    elif top.get("version") != VERSION:
        raise _FormatError(f"`version` must be {VERSION}; a newer cardlint may have written this baseline")
    elif not isinstance(top.get("findings"), list):
        raise _FormatError("`findings` must be an array")
    else:
        for number, item in enumerate(top["findings"], 1):
            try:
                yield convert(item, Entry)
            except ValidationError as error:
                reason = str(error)
                raise _FormatError(f"finding {number}: {reason[0].lower()}{reason[1:]}") from None


def _old_entries(top: Mapping[str, Any]) -> Iterator[Entry]:
    for name, by_rule in _mapping(top.get("files"), ("files",)).items():
        for rule, by_subject in _mapping(by_rule, ("files", name)).items():
            for subject, count in _mapping(by_subject, ("files", name, rule)).items():
                if type(count) is not int or count < 1:
                    raise _FormatError(f"{_place(('files', name, rule, subject))} must be a number of at least 1")
                yield Entry(name, rule, "", subject, count)


def _mapping(value: object, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _FormatError(f"{_place(keys)} must be an object")
    return value


def _place(keys: tuple[str, ...]) -> str:
    return " > ".join(f"`{visible(key)}`" for key in keys) if keys else "the whole file"


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such baseline; `--write-baseline` writes one"
    return f"cannot be read: {reason_of(error)}"
