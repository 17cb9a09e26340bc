"""From a TOML file to a `Config`, or to everything that is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from cardlint.config.errors import ConfigError, ConfigProblem, quoted, shown_path
from cardlint.config.keys import FAIL_ON, LEVELS, REPO_ID, SETTINGS, Setting
from cardlint.config.lookup import PYPROJECT
from cardlint.config.model import Config, read_fail_on
from cardlint.config.rule_names import UnknownNameError, closest, resolve
from cardlint.config.toml_places import KeyPath, Place, find_places
from cardlint.finding import Severity
from cardlint.lazy_regex import pattern
from cardlint.rule_definition import Option, Rule
from cardlint.source import Source, Span

__all__ = ["load_config", "setting_lines"]


def load_config(path: Path, known: Mapping[str, Rule]) -> Config:
    """Read a configuration file; one called `pyproject.toml` is read at `[tool.cardlint]`.

    Raises:
        ConfigError: with all that is wrong with the file, be it unreadable, no TOML, or holding what we do not know.
    """
    path = path.absolute()
    source, data = _parse(path)
    reader = _Reader(source, known, _section_path(path))
    values = reader.settings(data)
    if reader.problems:
        raise ConfigError(source, tuple(sorted(reader.problems, key=_order)))
    return Config(file=path, root=path.parent, notes=tuple(reader.notes), **values)


def setting_lines(path: Path) -> dict[KeyPath, int]:
    """The line of everything that a configuration file sets, by its key path as written in our section.

    Raises:
        ConfigError: the file cannot be read, or is no TOML.
    """
    source, _ = _parse(path)
    section = _section_path(path)
    return {
        key_path[len(section) :]: source.position(place.key.start).line
        for key_path, place in _places(source).items()
        if key_path[: len(section)] == section
    }


def _section_path(path: Path) -> KeyPath:
    return ("tool", "cardlint") if path.name == PYPROJECT else ()


def _order(problem: ConfigProblem) -> Span:
    return problem.span or Span(0, 0)


def _parse(path: Path) -> tuple[Source, dict[str, Any]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = ConfigProblem(f"the file cannot be read: {error.strerror or error}")
        raise ConfigError(Source(str(path), ""), (problem,)) from None
    try:
        source = Source(str(path), content.decode("utf-8-sig"))  # editors on Windows write a byte order mark
    except UnicodeDecodeError as error:
        start = content[: error.start].decode()
        readable = Source(str(path), start + content[error.start :].decode("utf-8", "replace"))
        problem = ConfigProblem("the file is not encoded in UTF-8", Span(len(start), len(start) + 1))
        raise ConfigError(readable, (problem,)) from None
    try:
        return source, tomllib.loads(source.text)
    except RecursionError:
        raise ConfigError(source, (ConfigProblem("the values are nested too deeply"),)) from None
    except ValueError as error:  # tomllib's own, and Python's about an integer of thousands of digits
        raise ConfigError(source, (_syntax_problem(source, str(error)),)) from None


_PLACE = pattern(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def _syntax_problem(source: Source, message: str) -> ConfigProblem:
    """`message` is tomllib's, which ends with the place."""
    match = _PLACE.search(message)
    if match is None:
        return ConfigProblem(f"this is not TOML: {message}")
    start = len(source.text.rstrip())
    if match[1]:
        line = source.lines[min(int(match[1]), len(source.lines)) - 1]
        start = min(line.start + int(match[2]) - 1, line.end)
    return ConfigProblem(f"this is not TOML: {message[: match.start()]}", Span(start, start + 1))


def _places(source: Source) -> dict[KeyPath, Place]:
    try:
        return find_places(source.text)
    except RecursionError:  # tomllib got through, with less left of the stack we may not
        return {}


def _kind(value: object) -> str:
    for kinds, words in (
        (bool, "a boolean"),
        (int, "an integer"),
        (float, "a float"),
        (str, "a string"),
        (list, "an array"),
        (dict, "a table"),
    ):
        if isinstance(value, kinds):
            return words
    return "a date or time"


_WORDS = {
    "bool": "`true` or `false`",
    "int": "an integer",
    "float": "a number",
    "str": "a string",
    "list of str": "an array of strings",
}


class _Reader:
    """Reads our section and keeps what is wrong with it. Paths are those of keys inside the section."""

    def __init__(self, source: Source, known: Mapping[str, Rule], section: KeyPath) -> None:
        self.source = source
        self.known = known
        self.section = section
        self.problems: list[ConfigProblem] = []
        self.notes: list[str] = []

    @cached_property
    def places(self) -> dict[KeyPath, Place]:
        return _places(self.source)

    def span(self, path: KeyPath, *, key: bool) -> Span | None:
        """The key or the value at `path`; where it is not found, what holds it."""
        path = self.section + path
        while path:
            if place := self.places.get(path):
                return place.key if key else place.value
            path, key = path[:-1], False
        return None

    def problem(
        self, path: KeyPath, message: str, *, key: bool = False, suggestion: str | None = None, advice: str = ""
    ) -> None:
        self.problems.append(ConfigProblem(message, self.span(path, key=key), suggestion, advice))

    def settings(self, data: dict[str, Any]) -> dict[str, Any]:
        """The fields of `Config` that the file sets."""
        section: Any = data
        for part in self.section:
            if not isinstance(section, dict) or part not in section:
                self.problems.append(ConfigProblem("the file has no section `[tool.cardlint]`"))
                return {}
            section = section[part]
        values = {}
        for key, value in self.table((), section, "settings"):
            setting = SETTINGS.get(key)
            if setting is None:
                self.unknown_setting(key)
            else:
                values[setting.field] = self.value(setting, value)
        return values

    def unknown_setting(self, key: str) -> None:
        advice = ""
        if key in self.known:
            advice = f"options of the rule stand under `[rules.{key}]`"
        elif key == "tool" and not self.section:
            advice = "outside of pyproject.toml the settings stand at the top, without `[tool.cardlint]`"
        suggestion = None if advice else closest(key, SETTINGS)
        self.problem((key,), f"there is no setting {quoted(key)}", key=True, suggestion=suggestion, advice=advice)

    def value(self, setting: Setting, value: Any) -> Any:
        path: KeyPath = (setting.name,)
        match setting.kind:
            case "names":
                return self.names(path, value)
            case "globs":
                return tuple(glob for item, glob in self.strings(path, value, "globs") if self.glob(item, glob))
            case "names by glob":
                return self.names_by_glob(path, value)
            case "levels":
                return self.levels(path, value)
            case "options":
                return self.rules(path, value)
            case "repo id":
                return self.repo_id(path, value)
            case "fail on":
                word = self.word(path, value, FAIL_ON)
                return word and read_fail_on(word)

    def table(self, path: KeyPath, value: Any, what: str) -> Iterable[tuple[str, Any]]:
        if isinstance(value, dict):
            return value.items()
        self.problem(path, f"a table of {what} is needed here, and this is {_kind(value)}")
        return ()

    def strings(self, path: KeyPath, value: Any, what: str) -> Iterator[tuple[KeyPath, str]]:
        if not isinstance(value, list):
            self.problem(path, f"an array of {what} is needed here, and this is {_kind(value)}")
            return
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield (*path, index), item
            else:
                self.problem((*path, index), f"a string is needed here, and this is {_kind(item)}")

    def name(self, path: KeyPath, name: str, *, groups: bool = True, key: bool = False) -> str | None:
        try:
            found, note = resolve(name, self.known, groups=groups)
        except UnknownNameError as error:
            self.problem(path, str(error), key=key, suggestion=error.suggestion)
            return None
        if note:
            self.note(path, note)
        return found

    def note(self, path: KeyPath, text: str) -> None:
        span = self.span(path, key=True)
        line = "" if span is None else f":{self.source.position(span.start).line}"
        self.notes.append(f"{shown_path(Path(self.source.path))}{line}: {text}")

    def names(self, path: KeyPath, value: Any) -> tuple[str, ...]:
        what = "rule and group names"
        return tuple(found for item, name in self.strings(path, value, what) if (found := self.name(item, name)))

    def names_by_glob(self, path: KeyPath, value: Any) -> dict[str, tuple[str, ...]]:
        ignores = {}
        for glob, names in self.table(path, value, "globs and what they ignore"):
            self.glob((*path, glob), glob, key=True, negated=glob.startswith("!"))
            ignores[glob] = self.names((*path, glob), names)
        return ignores

    def glob(self, path: KeyPath, glob: str, *, key: bool = False, negated: bool = False) -> bool:
        from cardlint.config.globs import why_unusable

        trouble = why_unusable(glob[1:] if negated else glob)
        if negated and glob.startswith("!!"):
            trouble = "it has two `!`"
        if trouble:
            self.problem(path, f"{quoted(glob)} is no glob: {trouble}", key=key)
        return not trouble

    def levels(self, path: KeyPath, value: Any) -> dict[str, Severity]:
        levels = {}
        for name, word in self.table(path, value, "rules and severities"):
            found = self.name((*path, name), name, groups=False, key=True)
            level = self.word((*path, name), word, LEVELS)
            if found and level and (found == name or found not in levels):  # today's name goes before an old one
                levels[found] = Severity[level.upper()]
        return levels

    def word(self, path: KeyPath, value: Any, words: tuple[str, ...]) -> str | None:
        if isinstance(value, str) and value in words:
            return value
        given = quoted(value) if isinstance(value, str) else _kind(value)
        known = ", ".join(f"`{word}`" for word in words)
        suggestion = closest(value, words) if isinstance(value, str) else None
        self.problem(path, f"one of {known} is needed here, and this is {given}", suggestion=suggestion)
        return None

    def repo_id(self, path: KeyPath, value: Any) -> str | None:
        if isinstance(value, str) and re.search(REPO_ID, value):
            return value
        given = quoted(value) if isinstance(value, str) else _kind(value)
        self.problem(path, f"a repository's id on the Hub, `owner/name`, is needed here, and this is {given}")
        return None

    def rules(self, path: KeyPath, value: Any) -> dict[str, dict[str, object]]:
        rules = {}
        for name, options in self.table(path, value, "rules"):
            found = self.name((*path, name), name, groups=False, key=True)
            if found:
                given = self.options((*path, name), found, options)
                if found == name or found not in rules:
                    rules[found] = given
        return rules

    def options(self, path: KeyPath, rule: str, value: Any) -> dict[str, object]:
        known = self.known[rule].options
        given: dict[str, object] = {}
        for key, setting in self.table(path, value, "options"):
            option = known.get(key) or known.get(key.replace("-", "_"))
            if option is None:
                self.unknown_option((*path, key), rule, key)
            elif option.name in given:
                self.problem((*path, key), f"the option {quoted(key)} is given twice", key=True)
            elif self.accepts((*path, key), option, setting):
                given[option.name] = setting
        return given

    def unknown_option(self, path: KeyPath, rule: str, key: str) -> None:
        names = [name.replace("_", "-") for name in self.known[rule].options]
        advice = "" if names else "it has no options"
        if key == "severity":
            advice = f'its severity is set under `[severity]`: {rule} = "..."'
        suggestion = None if advice else closest(key, names)
        self.problem(
            path, f"the rule `{rule}` has no option {quoted(key)}", key=True, suggestion=suggestion, advice=advice
        )

    def accepts(self, path: KeyPath, option: Option, value: object) -> bool:
        if option.accepts(value):
            return True
        wrong = _first_not_string(value) if option.kind == "list of str" else None
        if wrong is not None:
            path, value = (*path, wrong[0]), wrong[1]
        needed = "a string" if wrong is not None else _WORDS[option.kind]
        self.problem(path, f"{needed} is needed here, and this is {_kind(value)}")
        return False


def _first_not_string(value: object) -> tuple[int, object] | None:
    items = enumerate(value) if isinstance(value, list) else iter(())
    return next(((index, item) for index, item in items if not isinstance(item, str)), None)
