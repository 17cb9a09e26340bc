"""What the user has set: `cardlint.toml`, `.cardlint.toml` or `[tool.cardlint]`, and the command line above it."""

# ruff: noqa: PTH100, PTH113, PTH118, PTH120
# Paths are text where folders are walked up: that is done for every folder of cards, and pathlib is many times slower.

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from cardlint.config.errors import ConfigError, ConfigProblem, quoted
from cardlint.config.keys import FAIL_ON, LEVELS, REPO_ID
from cardlint.config.rule_names import UnknownNameError, closest, resolve
from cardlint.finding import Severity
from cardlint.lazy_regex import pattern
from cardlint.rule_definition import Rule

__all__ = [
    "Config",
    "ConfigError",
    "Overrides",
    "find_config",
    "load_config",
    "merge",
    "read_overrides",
    "split_names",
]

FILE_NAMES = ("cardlint.toml", ".cardlint.toml")


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


def find_config(start: Path, known: dict[str, Path | None] | None = None) -> Path | None:
    """The configuration file that holds for `start`, a folder or a file that need not exist.

    It is the one in the nearest folder upwards that has one; a `pyproject.toml` without `[tool.cardlint]` is none.
    `known` remembers the answer for every folder that was passed, for callers that ask often.
    """
    known = {} if known is None else known
    folder = os.path.abspath(start)
    if folder not in known and os.path.isfile(folder):
        folder = os.path.dirname(folder)
    passed = []
    while folder not in known:
        passed.append(folder)
        here = _config_in(folder)
        parent = os.path.dirname(folder)
        if here is not None or parent == folder:
            known[folder] = here
            break
        folder = parent
    known.update(dict.fromkeys(passed, known[folder]))
    return known[folder]


def _config_in(folder: str) -> Path | None:
    for name in FILE_NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return Path(path)
    pyproject = os.path.join(folder, "pyproject.toml")
    return Path(pyproject) if os.path.isfile(pyproject) and _has_section(pyproject) else None


_SECTION_HEADER = pattern(rb"""^[ \t]*\[\s*tool\s*\.\s*["']?cardlint\b""", re.MULTILINE)


def _has_section(pyproject: str) -> bool:
    try:
        content = Path(pyproject).read_bytes()
    except OSError:  # a file that we may not read is not known to be ours
        return False
    if b"cardlint" not in content:
        return False
    import tomllib

    try:
        tool = tomllib.loads(content.decode("utf-8-sig")).get("tool")
    except (ValueError, RecursionError):
        # Broken TOML: ours when it has our header, and then loading it says what is wrong.
        return _SECTION_HEADER.search(content) is not None
    return isinstance(tool, dict) and "cardlint" in tool


def load_config(path: Path, known: Mapping[str, Rule]) -> Config:
    """Read a configuration file; one called `pyproject.toml` is read at `[tool.cardlint]`.

    Raises:
        ConfigError: with all that is wrong with the file, be it unreadable, no TOML, or holding what we do not know.
    """
    from cardlint.config.reader import read_config

    return read_config(path, known)


def split_names(values: Iterable[str]) -> tuple[str, ...]:
    """The names in the values of a repeatable option, each of which may hold several with commas between them."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def read_overrides(  # noqa: PLR0913
    known: Mapping[str, Rule],
    *,
    select: Iterable[str] | None = None,
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severity: Iterable[str] = (),
    repo_id: str | None = None,
    fail_on: str | None = None,
) -> Overrides:
    """Read the command line's options as they were typed; an empty `select` is one that was not given.

    Raises:
        ConfigError: with every name and value that is wrong.
    """
    reader = _OptionReader(known)
    selected = list(select or ())
    overrides = Overrides(
        reader.names("--select", selected) if selected else None,
        reader.names("--extend-select", extend_select),
        reader.names("--ignore", ignore),
        reader.levels(severity),
        reader.matching("--repo-id", repo_id, REPO_ID),
        reader.one_of("--fail-on", fail_on, FAIL_ON),
    )
    if reader.problems:
        raise ConfigError(None, tuple(reader.problems))
    return replace(overrides, notes=tuple(reader.notes))


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


class _OptionReader:
    """Reads options of the command line and keeps what is wrong with them."""

    def __init__(self, known: Mapping[str, Rule]) -> None:
        self.known = known
        self.problems: list[ConfigProblem] = []
        self.notes: list[str] = []

    def problem(self, option: str, message: str, suggestion: str | None = None) -> None:
        self.problems.append(ConfigProblem(f"{option}: {message}", suggestion=suggestion))

    def names(self, option: str, values: Iterable[str]) -> tuple[str, ...]:
        values = list(values)
        names = split_names(values)
        if values and not names:
            # Taken as "no rule at all", a shell variable that happens to be empty would make a green run of nothing.
            self.problem(option, "no rule or group is named")
        return tuple(found for name in names if (found := self.name(option, name)))

    def name(self, option: str, name: str, *, groups: bool = True) -> str | None:
        try:
            found, note = resolve(name, self.known, groups=groups)
        except UnknownNameError as error:
            self.problem(option, str(error), error.suggestion)
            return None
        if note:
            self.notes.append(f"{option}: {note}")
        return found

    def levels(self, values: Iterable[str]) -> dict[str, Severity]:
        levels = {}
        for value in split_names(values):
            name, equals, word = (part.strip() for part in value.partition("="))
            if not equals:
                self.problem("--severity", f"{quoted(value)} is not of the form RULE=LEVEL")
                continue
            found = self.name("--severity", name, groups=False)
            level = self.one_of("--severity", word, LEVELS)
            if found and level:
                levels[found] = Severity[level.upper()]
        return levels

    def one_of(self, option: str, word: str | None, words: tuple[str, ...]) -> str | None:
        if word is None or word in words:
            return word
        known = ", ".join(f"`{each}`" for each in words)
        self.problem(option, f"{quoted(word)} is not one of {known}", closest(word, words))
        return None

    def matching(self, option: str, value: str | None, pattern: str) -> str | None:
        if value is not None and not re.search(pattern, value):
            self.problem(option, f"{quoted(value)} is no id of a repository on the Hub, which looks like `owner/name`")
        return value
