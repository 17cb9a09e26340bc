"""The JSON Schema of the configuration, for editors that complete and check it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cardlint.config.keys import FAIL_ON, LEVELS, REPO_ID, SETTINGS, Setting
from cardlint.config.rule_names import REMOVED, RENAMED, group_names
from cardlint.rule_definition import Option, Rule

__all__ = ["config_schema"]

Schema = dict[str, Any]

_GLOB: Schema = {"type": "string", "pattern": r"^(?!#)[\s\S]*\S"}
_KINDS: dict[str, Schema] = {
    "bool": {"type": "boolean"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "str": {"type": "string"},
    "list of str": {"type": "array", "items": {"type": "string"}},
}
_LEVEL_HELP = {
    "error": "The Hub would refuse the card, or two of its statements are proved to disagree.",
    "warning": "The Hub or its reader would be misled, or would miss what they need.",
    "note": "Worth knowing; never fails a run by default.",
    "never": "No finding makes the run fail.",
}


def config_schema(rules: Mapping[str, Rule]) -> Schema:
    """The schema (draft 2020-12) of `cardlint.toml` and of `[tool.cardlint]`, with the rules that are installed.

    It takes what `load_config` takes. `load_config` refuses a little more: a glob that git could not read, and a float
    without a fraction where an integer belongs, which JSON Schema can't tell apart.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cardlint",
        "description": "Configuration of cardlint: cardlint.toml, .cardlint.toml or [tool.cardlint] in pyproject.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"description": setting.help, **_setting(setting, rules)} for name, setting in SETTINGS.items()
        },
        "$defs": {
            "name": {"description": "The name of a rule or of a group of rules.", "oneOf": _names(rules)},
            "names": {"type": "array", "items": {"$ref": "#/$defs/name"}},
            "level": _words(LEVELS),
        },
    }


def _setting(setting: Setting, rules: Mapping[str, Rule]) -> Schema:
    match setting.kind:
        case "names":
            return {"$ref": "#/$defs/names"}
        case "globs":
            return {"type": "array", "items": _GLOB}
        case "names by glob":
            pattern = {"pattern": r"^!?(?![#!])[\s\S]*\S"}
            return {"type": "object", "propertyNames": pattern, "additionalProperties": {"$ref": "#/$defs/names"}}
        case "levels":
            return _table({name: {"description": text, "$ref": "#/$defs/level"} for name, text in _rules(rules)})
        case "options":
            return _table({name: _options(name, text, rules) for name, text in _rules(rules)})
        case "repo id":
            return {"type": "string", "pattern": REPO_ID, "examples": ["owner/name"]}
        case "fail on":
            return {**_words(FAIL_ON), "default": "warning"}


def _table(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _words(words: tuple[str, ...]) -> Schema:
    return {"oneOf": [{"const": word, "description": _LEVEL_HELP[word]} for word in words]}


def _names(rules: Mapping[str, Rule]) -> list[Schema]:
    groups = [
        {"const": group, "description": f"All rules of the group {group}."}
        for group in sorted(group_names(rules) - rules.keys() - RENAMED.keys() - REMOVED.keys())
    ]
    return groups + [{"const": name, "description": text, **_old(name)} for name, text in _rules(rules)]


def _rules(rules: Mapping[str, Rule]) -> list[tuple[str, str]]:
    """Every rule's name, old ones too, with what an editor says of it."""
    off = {True: "", False: " Off by default: it runs only when it is selected by its own name."}
    named = {name: rule.info.summary + off[rule.default] for name, rule in rules.items()}
    renamed = {old: f"The old name of `{new}`." for old, new in RENAMED.items() if new in rules}
    removed = {name: f"Gone: {why}" for name, why in REMOVED.items()}
    return sorted({**removed, **renamed, **named}.items())


def _old(name: str) -> Schema:
    return {"deprecated": True} if name in RENAMED or name in REMOVED else {}


def _options(name: str, text: str, rules: Mapping[str, Rule]) -> Schema:
    if name in REMOVED and name not in rules:
        return {"description": text, "deprecated": True}
    properties: dict[str, Schema] = {}
    twice: list[Schema] = []
    for option in rules[name if name in rules else RENAMED[name]].options.values():
        hyphened = option.name.replace("_", "-")
        properties[hyphened] = _option(option)
        if hyphened != option.name:
            properties[option.name] = {**_option(option), "description": f"The same as `{hyphened}`."}
            twice.append({"required": [hyphened, option.name]})
    table = {"description": text, **_old(name), **_table(properties)}
    return {**table, "not": {"anyOf": twice}} if twice else table


def _option(option: Option) -> Schema:
    default = list(option.default) if isinstance(option.default, tuple) else option.default
    return {"description": option.help, **_KINDS[option.kind], "default": default}
