"""The work of `cardlint config`: the JSON Schema of the configuration, and the settings in use with their origins."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from cardlint.commands.toml_text import toml_key, toml_value
from cardlint.config.errors import shown_path
from cardlint.config.model import Config, settings
from cardlint.config.rule_names import RENAMED
from cardlint.config.selection import ActiveRule, Selection
from cardlint.config.toml_places import KeyPath
from cardlint.finding import Severity
from cardlint.rule_definition import Option, Rule

__all__ = ["schema_text", "show_json", "show_text"]

_ORIGIN_COLUMN = 40
"""The column in which the origin of a setting begins, unless the setting is longer."""
_SELECTING = ("select", "extend-select", "ignore")
"""The settings that the command line does not replace: its selection is applied afterwards."""
_OPTIONS = "rules"
"""The setting that is shown with the options of all active rules, not only with those it sets."""


def schema_text(rules: Mapping[str, Rule]) -> str:
    """Return the JSON Schema of the configuration with every rule in `rules`, as the text of a file."""
    from cardlint.config.schema import config_schema

    return json.dumps(config_schema(rules), indent=2, ensure_ascii=False) + "\n"


def show_text(selection: Selection) -> str:
    """Return the settings in use as TOML, with the origin of each as a comment on its line.

    Raises:
        ConfigError: the configuration file can no longer be read.
    """
    config = selection.config
    origins = _Origins(config)
    lines = [_heading(config), *(f"# {note}" for note in config.notes), "", *_selected(config, origins)]
    for name, value in _plain(config).items():
        if name not in _SELECTING and value is not None:
            lines.append(_line(name, value, origins.of(name)))
    for name, table in _tables(config).items():
        lines += _table(name, table, origins)
    active = {each.rule.name: each for each in selection.active()}
    for name, rule in selection.known.items():
        if name in active or name in config.rules:
            given = active[name].options if name in active else config.rules[name]
            lines += _options(rule, given, origins)
    return "\n".join([*lines, "", *_active_rules(selection)]) + "\n"


def show_json(selection: Selection) -> str:
    """Return the settings in use as JSON, each with its value and origin."""
    config = selection.config
    origins = _Origins(config)
    answer = {
        "schema_version": 1,
        "file": None if config.file is None else shown_path(config.file),
        "root": config.root.absolute().as_posix(),
        "settings": {
            name: {"value": value, "origin": origins.of(name).as_json()} for name, value in _plain(config).items()
        },
        **{
            name.replace("-", "_"): {
                key: {"value": value, "origin": origins.of(name, key).as_json()} for key, value in table.items()
            }
            for name, table in _tables(config).items()
        },
        "command_line": {"select": config.overrides.select, **_added(config)},
        "rules": [_rule_json(active, origins) for active in selection.active()],
        "notes": config.notes,
    }
    return json.dumps(answer, indent=2, ensure_ascii=False) + "\n"


class _Origin(Struct, frozen=True):
    """The origin of a setting: a line of a file, the command line, the profile, or the default."""

    kind: str
    path: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.kind == "file" else self.kind

    def as_json(self) -> dict[str, Any]:
        return {"from": self.kind, "path": self.path or None, "line": self.line or None}


class _Origins:
    def __init__(self, config: Config) -> None:
        self.config = config
        self.lines: dict[KeyPath, tuple[Path, int]] = {}
        if config.file is not None:
            from cardlint.config.reader import setting_lines

            for file in (*reversed(config.extended), config.file):
                self.lines |= {path: (file, line) for path, line in setting_lines(file).items()}

    def of(self, *path: str) -> _Origin:
        if self._is_overridden(*path):
            return _Origin("command line")
        for written in self._as_written(path):
            if written in self.lines:
                file, line = self.lines[written]
                return _Origin("file", shown_path(file), line)
        return _Origin("default")

    def of_option(self, rule: Rule, option: Option, given: Mapping[str, Any]) -> _Origin:
        """Return the origin of a rule's option; the profile has given what the file does not."""
        from_profile = option.name in given and option.name not in self.config.rules.get(rule.name, {})
        return _Origin("profile") if from_profile else self.of(_OPTIONS, rule.name, option.key)

    def _as_written(self, path: tuple[str, ...]) -> Iterator[KeyPath]:
        """Yield the key paths that the file may use for a setting: old rule names, options with `_` for `-`."""
        setting, *names = path
        ways: list[list[str]] = [names]
        if names:
            ways += [[old, *names[1:]] for old, new in RENAMED.items() if new == names[0]]
        for way in ways:
            yield (setting, *way)
            yield (setting, *way[:1], *(name.replace("-", "_") for name in way[1:]))

    def _is_overridden(self, setting: str, name: str = "", *_: str) -> bool:
        if setting in _SELECTING:
            return False
        value = getattr(self.config.overrides, settings()[setting].field, None)
        return name in value if isinstance(value, Mapping) else value is not None


def _heading(config: Config) -> str:
    if config.file is None:
        return "# No configuration file is used here."
    extended = f", which extends {', '.join(map(shown_path, config.extended))}" if config.extended else ""
    return f"# Configuration file: {shown_path(config.file)}{extended}; globs are relative to {shown_path(config.root)}"


def _plain(config: Config) -> dict[str, Any]:
    """Return the settings that are not tables, with their values."""
    return {name: value for name, value in _values(config) if not isinstance(value, Mapping)}


def _tables(config: Config) -> dict[str, Mapping[str, Any]]:
    """Return the settings that are tables, but for the options of rules, with their values."""
    return {name: value for name, value in _values(config) if isinstance(value, Mapping) and name != _OPTIONS}


def _values(config: Config) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(config, setting.field)) for name, setting in settings().items())


def _selected(config: Config, origins: _Origins) -> list[str]:
    """Return the file's selection, with that of the command line as comments, since it is applied afterwards."""
    lines = []
    if config.select is None:
        lines.append("# select is not set: all rules run that are on in the profile")
    else:
        lines.append(_line("select", config.select, origins.of("select")))
    lines.append(_line("extend-select", config.extend_select, origins.of("extend-select")))
    lines.append(_line("ignore", config.ignore, origins.of("ignore")))
    if config.overrides.select is not None:
        lines.append(f"# --select {','.join(config.overrides.select)} replaces the three settings above")
    lines += [f"# --{name} {','.join(names)}" for name, names in _added(config).items() if names]
    return lines


def _added(config: Config) -> dict[str, tuple[str, ...]]:
    return {"extend-select": config.overrides.extend_select, "ignore": config.overrides.ignore}


def _table(name: str, values: Mapping[str, Any], origins: _Origins) -> list[str]:
    if not values:
        return []
    return ["", f"[{name}]", *(_line(toml_key(key), value, origins.of(name, key)) for key, value in values.items())]


def _options(rule: Rule, given: Mapping[str, Any], origins: _Origins) -> list[str]:
    lines = [
        _line(option.key, given.get(option.name, option.default), origins.of_option(rule, option, given))
        for option in rule.options.values()
    ]
    return ["", f"[{_OPTIONS}.{toml_key(rule.name)}]", *lines] if lines else []


def _active_rules(selection: Selection) -> list[str]:
    active = selection.active()
    lines = [f"# Active rules: {len(active)} of {len(selection.known)}"]
    for level in sorted(Severity, reverse=True):
        names = sorted(each.rule.name for each in active if each.highest is level)
        lines += [f"#   {level.label:8}{name}" for name in names]
    return lines


def _rule_json(active: ActiveRule, origins: _Origins) -> dict[str, Any]:
    rule = active.rule
    options = {
        option.key: {
            "value": active.options.get(option.name, option.default),
            "origin": origins.of_option(rule, option, active.options).as_json(),
        }
        for option in rule.options.values()
    }
    return {"rule": rule.name, "group": rule.info.group, "severity": active.highest.label, "options": options}


def _line(key: str, value: Any, origin: _Origin) -> str:
    return f"{f'{key} = {toml_value(value)}':{_ORIGIN_COLUMN - 2}}  # {origin}"
