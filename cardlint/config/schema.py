"""The JSON Schema of the configuration, for editors that complete and check it.

msgspec derives it from `Settings`. This module adds what msgspec does not know: that TOML has no null, and which rules,
groups and options are installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from cardlint.config.model import Settings
from cardlint.config.rule_names import REMOVED, RENAMED, group_names
from cardlint.config.setting_types import (
    FAIL_ON,
    LEVELS,
    MIN_SEVERITY,
    OPTION_TYPES,
    REPO_ID,
    WITHOUT_BLANKS,
    reference,
)
from cardlint.rule_definition import Option, Rule

__all__ = ["config_schema"]

Schema = dict[str, Any]

_NULL: Schema = {"type": "null"}
_LEVEL_HELP = {
    "error": "The Hub would refuse the card, or two of its statements are proved to disagree.",
    "warning": "The Hub or its reader would be misled, or would miss what they need.",
    "note": "Worth knowing; never fails a run by default.",
    "off": "The rule does not run.",
    "never": "No finding makes the run fail.",
}


def config_schema(rules: Mapping[str, Rule]) -> Schema:
    """Return the schema (draft 2020-12) of `cardlint.toml` and of `[tool.cardlint]`, with the rules that are installed.

    It accepts what `load_config` accepts. `load_config` refuses a little more: a glob that git could not read, and a
    float without a fraction for an integer, which JSON Schema cannot tell apart.
    """
    definitions = msgspec.json.schema(Settings)["$defs"]
    settings = definitions.pop("Settings")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cardlint",
        "description": "Configuration of cardlint: cardlint.toml, .cardlint.toml or [tool.cardlint] in pyproject.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _completed(schema, rules) for name, schema in settings["properties"].items()},
        "$defs": {**definitions, **_definitions(rules)},
    }


def _completed(schema: Schema, rules: Mapping[str, Rule]) -> Schema:
    """Return msgspec's schema of a value with what cardlint knows of it."""
    schema = _without_null(schema)
    if "$ref" in schema:  # of a named type, whose definition replaces what msgspec knows of it
        return {key: schema[key] for key in ("$ref", "description", "default", "examples") if key in schema}
    if schema.get("propertyNames") == {"$ref": reference("rule")}:
        return _by_rule(schema, rules)
    inner = [key for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
    return {**schema, **{key: _completed(schema[key], rules) for key in inner}}


def _without_null(schema: Schema) -> Schema:
    alternatives = [each for each in schema.get("anyOf", ()) if each != _NULL]
    if len(alternatives) == 1:
        schema = {**schema, **alternatives[0]}
        del schema["anyOf"]
    return {key: value for key, value in schema.items() if (key, value) != ("default", None)}


def _by_rule(schema: Schema, rules: Mapping[str, Rule]) -> Schema:
    """Return the schema of a table by rule names with a property for each rule, so that editors complete its name."""
    value = _completed(schema.pop("additionalProperties"), rules)
    of_options = value == {"$ref": reference("options")}
    del schema["propertyNames"]
    properties = {
        name: _options(name, text, rules) if of_options else {"description": text, **value}
        for name, text in _rules(rules)
    }
    return {**schema, **_table(properties)}


def _table(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _definitions(rules: Mapping[str, Rule]) -> dict[str, Schema]:
    """Return the schema of each named type but `options`, which differ from rule to rule."""
    groups = sorted(group_names(rules) - rules.keys() - RENAMED.keys() - REMOVED.keys())
    return {
        "rule": {
            "description": "The name of a rule.",
            "oneOf": [{"const": name, "description": text, **_old(name)} for name, text in _rules(rules)],
        },
        "rule-or-group": {
            "description": "The name of a rule or of a group of rules.",
            "oneOf": [
                *({"const": group, "description": f"All rules of the group {group}."} for group in groups),
                {"$ref": reference("rule")},
            ],
        },
        "level": _words(LEVELS),
        "fail-on": _words(FAIL_ON),
        "min-severity": _words(MIN_SEVERITY),
        "file-path": {"type": "string", "pattern": "^[^\0]+$"},
        "glob": {"type": "string", "pattern": r"^(?!#)[\s\S]*\S"},
        "negatable-glob": {"type": "string", "pattern": r"^!?(?![#!])[\s\S]*\S"},
        "repo-id": {"type": "string", "pattern": REPO_ID},
    }


def _words(words: Iterable[str]) -> Schema:
    return {"oneOf": [{"const": word, "description": _LEVEL_HELP[word]} for word in words]}


def _rules(rules: Mapping[str, Rule]) -> list[tuple[str, str]]:
    """Return every rule's name, old ones too, with what an editor says of it."""
    named = {name: f"{rule.info.summary}{_why_off(rule)}" for name, rule in rules.items()}
    renamed = {old: f"The old name of `{new}`." for old, new in RENAMED.items() if new in rules}
    removed = {name: f"Removed: {why}" for name, why in REMOVED.items()}
    return sorted({**removed, **renamed, **named}.items())


def _why_off(rule: Rule) -> str:
    if rule.default:
        return ""
    if rule.policy:
        return f" Off until its option `{rule.policy}` is set."
    return " Off by default: it runs only when it is selected by its own name."


def _old(name: str) -> Schema:
    return {"deprecated": True} if name in RENAMED or name in REMOVED else {}


def _options(name: str, text: str, rules: Mapping[str, Rule]) -> Schema:
    if name in REMOVED and name not in rules:
        return {"description": text, "deprecated": True}
    properties: dict[str, Schema] = {}
    twice: list[Schema] = []
    for option in rules[name if name in rules else RENAMED[name]].options.values():
        properties[option.key] = _option(option)
        if option.key != option.name:
            properties[option.name] = {**_option(option), "description": f"The same as `{option.key}`."}
            twice.append({"required": [option.key, option.name]})
    table = {"description": text, **_old(name), **_table(properties)}
    return {**table, "not": {"anyOf": twice}} if twice else table


def _option(option: Option) -> Schema:
    default = list(option.default) if isinstance(option.default, tuple) else option.default
    schema: Schema = {"description": option.help, **msgspec.json.schema(OPTION_TYPES[option.kind]), "default": default}
    if option.choices:
        allowed = {"enum": sorted({*option.choices, *(choice.replace("-", "_") for choice in option.choices)})}
        schema |= {"items": allowed} if isinstance(option.default, tuple) else allowed
    elif isinstance(option.default, tuple):
        schema |= {"items": {"type": "string", "pattern": WITHOUT_BLANKS}}
    return schema
