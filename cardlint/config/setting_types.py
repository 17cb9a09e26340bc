"""The types of settings that cardlint has to check itself, such as the name of a rule.

Such a type has a name: `section_reader` checks its values by that name, and `schema` defines it under that name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Meta

__all__ = [
    "FAIL_ON",
    "LEVELS",
    "MIN_SEVERITY",
    "OFF",
    "OPTION_TYPES",
    "PROFILES",
    "REPO_ID",
    "WITHOUT_BLANKS",
    "FailOn",
    "FilePath",
    "Glob",
    "Level",
    "MinSeverity",
    "NegatableGlob",
    "Profile",
    "RepoId",
    "RuleName",
    "RuleOptions",
    "RuleOrGroup",
    "bare",
    "is_array",
    "is_table",
    "metas_of",
    "reference",
    "word_for",
]


def reference(name: str) -> str:
    """Return the reference by which the JSON Schema points to a named type."""
    return f"#/$defs/{name}"


def _named(name: str, one: str, many: str) -> Meta:
    """Name a type; `one` and `many` are the words for its values in messages."""
    return Meta(extra={"name": name, "one": one, "many": many}, extra_json_schema={"$ref": reference(name)})


RuleName = Annotated[str, _named("rule", "a rule name", "rule names")]
RuleOrGroup = Annotated[str, _named("rule-or-group", "a rule or group name", "rule or group names")]
RuleOptions = Annotated[Mapping[str, Any], _named("options", "a table of options", "tables of options")]
Glob = Annotated[str, _named("glob", "a glob", "globs")]
NegatableGlob = Annotated[str, _named("negatable-glob", "a glob", "globs")]
RepoId = Annotated[str, _named("repo-id", "a repository id such as `owner/name`", "repository ids")]

_Severity = Literal["error", "warning", "note"]
_Level = Literal[_Severity, "off"]
_FailOn = Literal[_Severity, "never"]
Level = Annotated[_Level, _named("level", "a level", "levels")]
FailOn = Annotated[_FailOn, _named("fail-on", "a level", "levels")]
OFF: Level = "off"
LEVELS: tuple[_Level, ...] = get_args(_Level)
Profile = Literal["hub", "standard", "release"]
PROFILES: tuple[Profile, ...] = get_args(Profile)
FAIL_ON: tuple[_FailOn, ...] = get_args(_FailOn)

# The Hub's own rule for ids. The look-ahead behind `$` matters to Python alone, whose `$` lets a newline follow.
REPO_ID = r"^(?!.*(?:--|\.\.))(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)?[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?$(?!\n)"

MinSeverity = Annotated[Literal["error", "warning", "note"], _named("min-severity", "a level", "levels")]
MIN_SEVERITY: tuple[str, ...] = get_args(get_args(MinSeverity)[0])
FilePath = Annotated[str, _named("file-path", "the path of a file", "paths of files")]
# An item of a list: neither empty nor with blanks around it.
WITHOUT_BLANKS = r"^\S(?:[\s\S]*\S)?$(?!\n)"

OPTION_TYPES: Mapping[str, Any] = {
    "bool": bool,
    "int": int,
    "float": float,
    "str": str,
    "list of str": tuple[str, ...],
}
"""The type of a rule's option by the option's kind."""


def bare(type_: Any) -> Any:
    """Return a type without what annotates it and without `| None`, which TOML cannot write."""
    *_, innermost = _layers(type_)
    return innermost


def is_array(type_: Any) -> bool:
    """Return True for `tuple[X, ...]`, with or without annotations."""
    kind = bare(type_)
    return get_origin(kind) is tuple and get_args(kind)[-1] is Ellipsis


def is_table(type_: Any) -> bool:
    """Return True for `Mapping[K, V]`, with or without annotations."""
    return get_origin(bare(type_)) is Mapping


def metas_of(type_: Any) -> Iterator[Meta]:
    """Yield what annotates a type, from the outside in."""
    for layer in _layers(type_):
        yield from (meta for meta in getattr(layer, "__metadata__", ()) if isinstance(meta, Meta))


def word_for(type_: Any, key: Literal["name", "one", "many"]) -> str:
    """Return the name of a named type, or the words for its values; an empty string if the type has no name."""
    return next((meta.extra[key] for meta in metas_of(type_) if meta.extra), "")


def _layers(type_: Any) -> Iterator[Any]:
    """Yield a type and what is left of it without its `Annotated` and its `| None`, layer by layer."""
    yield type_
    if get_origin(type_) is Annotated:
        yield from _layers(get_args(type_)[0])
    elif get_origin(type_) in (Union, UnionType) and NoneType in get_args(type_):
        others = [each for each in get_args(type_) if each is not NoneType]
        yield from _layers(reduce(or_, others))
