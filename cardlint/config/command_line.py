"""Read the settings that the command line overrides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from cardlint.config.errors import ConfigError, ConfigProblem, quoted
from cardlint.config.keys import FAIL_ON, LEVELS, REPO_ID
from cardlint.config.model import Overrides
from cardlint.config.rule_names import UnknownNameError, closest, resolve
from cardlint.finding import Severity
from cardlint.rule_definition import Rule

__all__ = ["read_overrides", "split_names"]


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
