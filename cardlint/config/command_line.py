"""Read the settings that the command line overrides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from cardlint.config.errors import ConfigError, ConfigProblem, quoted
from cardlint.config.model import Overrides
from cardlint.config.rule_names import UnknownNameError, resolve
from cardlint.config.setting_types import REPO_ID, FailOn, Level, MinSeverity, Profile, RepoId, word_for
from cardlint.rule_definition import Rule

__all__ = ["read_overrides", "split_names"]


def split_names(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names in the values of a repeatable option, each of which may have several, separated by commas."""
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
    min_severity: str | None = None,
    profile: str | None = None,
) -> Overrides:
    """Read the command line's options as they were typed; an empty `select` means that it was not given.

    Raises:
        ConfigError: names or values are wrong; with all of them.
    """
    reader = _OptionReader(known)
    selected = list(select or ())
    overrides = Overrides(
        select=reader.names("--select", selected) if selected else None,
        extend_select=reader.names("--extend-select", extend_select),
        ignore=reader.names("--ignore", ignore),
        severity=reader.levels("--severity", severity),
        repo_id=reader.repo_id("--repo-id", repo_id),
        fail_on=reader.word("--fail-on", fail_on, FailOn),
        min_severity=reader.word("--min-severity", min_severity, MinSeverity),
        profile=reader.word("--profile", profile, Profile),
    )
    if reader.problems:
        raise ConfigError(None, tuple(reader.problems))
    return replace(overrides, notes=tuple(reader.notes))


class _OptionReader:
    """Reads options of the command line and collects what is wrong with them."""

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

    def levels(self, option: str, values: Iterable[str]) -> dict[str, Level]:
        levels = {}
        for value in split_names(values):
            name, equals, word = (part.strip() for part in value.partition("="))
            if not equals:
                self.problem(option, f"expected RULE=LEVEL, got {quoted(value)}")
                continue
            found = self.name(option, name, groups=False)
            level: Level | None = self.word(option, word, Level)
            if found and level:
                levels[found] = level
        return levels

    def word(self, option: str, word: str | None, type_: Any) -> Any:
        if word is None:
            return None
        from cardlint.config.conversion import ConversionError, converted

        try:
            return converted(word, type_)
        except ConversionError as error:
            self.problem(option, str(error), error.suggestion)
            return None

    def repo_id(self, option: str, value: str | None) -> str | None:
        if value is None or re.search(REPO_ID, value):
            return value
        self.problem(option, f"expected {word_for(RepoId, 'one')}, got {quoted(value)}")
        return None
